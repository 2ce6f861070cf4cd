"""Training the model of tasks."""
