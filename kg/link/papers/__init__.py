"""Which records are one paper, and the part of the graph that follows from papers alone."""
