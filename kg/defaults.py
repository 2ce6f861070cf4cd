"""Defaults and limits that Python, the command line and the service share; needs no library, so the help is quick."""

STORE = "citegraph-data"
"""Data folder, if none is named."""

ROWS = 25
"""Rows of the answer to a question or a named query."""

STATEMENT_ROWS = 1000
"""Rows of the answer to a Cypher statement."""
STATEMENT_SECONDS = 30.0
"""Time for a Cypher statement."""

NEIGHBOURHOOD_EDGES = 100
"""Edges of a neighbourhood."""
MAX_DEPTH = 4
"""Edges between a node and the farthest node of its neighbourhood, at most."""

DRAWN_DEPTH = 2
"""Depth of a neighbourhood that is drawn."""
DRAWN_EDGES = 60
"""Edges of a neighbourhood that is drawn: more of them are hard to read."""

HITS = 10
"""Hits of a search by name."""

LONGEST_NAME = 400
"""Characters of a question or a name at most."""
