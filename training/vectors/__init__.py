"""Word vectors from unlabelled abstracts."""
