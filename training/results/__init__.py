"""Training of the models that say what a figure is on, of and by; `training.join` runs it."""
