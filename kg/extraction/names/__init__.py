"""Finding names: candidates by catalogue, shape and position, which of them are names, and the entities they make."""
