"""Training of the models of results: benchmark, system and metric of a figure. `training.join` runs it."""
