"""Training of the models of names, relations and results: `python -m training.join`."""
