#!/usr/bin/env bash
# LadybugDB 0.22.0: in a list of maps, values are taken by position and not by key.
#
# A map is a set of keys with values, in Cypher as in Python and JSON; the order of its keys says nothing. LadybugDB
# gives a list the type of one of its maps and fills the others into it from left to right. Where two maps hold the
# same keys in another order, the values of one change places, without a word, and the usual way to write rows
# (UNWIND $rows) stores wrong data. Which map sets the type differs too: of three, with the second in another order,
# the same list swaps two maps as a parameter and one where it is written out. Only where the types differ is there an
# error.
# A cast with the same cause, reported for Kuzu, of which LadybugDB is a fork:
# https://github.com/kuzudb/kuzu/issues/5834
# What helps: give every map of a list its keys in one order.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check ladybug==0.22.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import ladybug

ROWS = [{"name": "BERT", "type": "Model"}, {"type": "Benchmark", "name": "MTEB"}, {"name": "LoRA", "type": "Method"}]
EXPECTED = [[row["name"], row["type"]] for row in ROWS]

connection = ladybug.Connection(ladybug.Database(":memory:"))


def read(source, **parameters):
    return list(connection.execute(f"UNWIND {source} AS row RETURN row.name, row.type", parameters))


literal = "[" + ", ".join("{" + ", ".join(f"{key}: '{row[key]}'" for key in row) + "}" for row in ROWS) + "]"
two, three, written = read("$rows", rows=ROWS[:2]), read("$rows", rows=ROWS), read(literal)

print(f"ladybug {version('ladybug')}")
print(f"expected:                       {EXPECTED}")
print(f"seen, a parameter of two maps:  {two}")
print(f"seen, a parameter of all three: {three}")
print(f"seen, all three written out:    {written}")

as_described = (
    two == [["Model", "BERT"], ["MTEB", "Benchmark"]]
    and three == [["Model", "BERT"], ["MTEB", "Benchmark"], ["Method", "LoRA"]]
    and written == [["BERT", "Model"], ["Benchmark", "MTEB"], ["LoRA", "Method"]]
)
print("as described" if as_described else "the behaviour has changed")
sys.exit(0 if as_described else 1)
PYTHON
