#!/usr/bin/env bash
# LadybugDB 0.22.0: a pattern without direction finds a relationship from a node to itself twice.
#
# `(a)-[r]-(b)` finds a relationship between two nodes once from either side, so two rows in all, with a and b exchanged.
# For a relationship from a node to itself there is one way to give values to a, r and b, and Neo4j 5.26 gives one row.
# LadybugDB gives the same row twice, and so counts, sums and degrees are too large by one for each such relationship.
# With DISTINCT over all three, or with an arrow, there is one row.
# No documentation or issue about it was found.
# What helps: DISTINCT over the ids of all nodes and relationships, which we do where a graph has such relationships.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check ladybug==0.22.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import ladybug

connection = ladybug.Connection(ladybug.Database(":memory:"))
run = lambda statement: [tuple(row) for row in connection.execute(statement)]
run("CREATE NODE TABLE P(id STRING PRIMARY KEY)")
run("CREATE REL TABLE CITES(FROM P TO P)")
run("CREATE (:P {id: 'x'}), (:P {id: 'y'})")
run("MATCH (a:P {id: 'x'}) CREATE (a)-[:CITES]->(a)")
run("MATCH (a:P {id: 'x'}), (b:P {id: 'y'}) CREATE (a)-[:CITES]->(b)")

seen = {
    "(a)-[r]-(b)": sorted(run("MATCH (a:P)-[r:CITES]-(b:P) RETURN a.id, b.id")),
    "(a)-[r]->(b)": sorted(run("MATCH (a:P)-[r:CITES]->(b:P) RETURN a.id, b.id")),
    "relationships of x": run("MATCH (a:P {id: 'x'})-[r:CITES]-() RETURN count(r)"),
    "different ones": run("MATCH (a:P {id: 'x'})-[r:CITES]-() RETURN count(DISTINCT id(r))"),
}

print(f"ladybug {version('ladybug')}")
print("expected: x-x, x-y and y-x once each; x-x and x-y; 2; 2")
print("seen:")
for what, value in seen.items():
    print(f"  {what}: {value}")

twice = [("x", "x"), ("x", "x"), ("x", "y"), ("y", "x")]
as_described = list(seen.values()) == [twice, [("x", "x"), ("x", "y")], [(3,)], [(2,)]]
print("as described" if as_described else "the behaviour has changed")
sys.exit(0 if as_described else 1)
PYTHON
