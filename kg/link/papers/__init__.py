"""Which records are one paper, and the part of the graph that needs papers alone."""
