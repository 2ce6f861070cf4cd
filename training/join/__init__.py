"""Training of the components that join rules, catalogue and context: `python -m training.join`."""
