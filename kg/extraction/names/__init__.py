"""Names: what may be one by catalogue, shape and position, which of these are, and the entities that they name."""
