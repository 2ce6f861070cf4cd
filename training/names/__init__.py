"""What the model of names learns from, beside annotated papers."""
