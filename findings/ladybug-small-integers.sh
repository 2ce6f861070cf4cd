#!/usr/bin/env bash
# LadybugDB 0.22.0: an integer parameter gets the narrowest type that holds its value.
#
# In Cypher an integer has 64 bits. LadybugDB's Python client turns 100 into an INT8 and 200 into a UINT8, and computes
# what stands between two parameters in that type. So one statement works or fails by the values it is given: a sum
# works with 60 and 60 and overflows with 100 and 100, although the same numbers, written out in the statement, are
# INT64 and add up. A statement that was tested with small numbers fails later, with larger ones.
# No documentation or issue about it was found.
# What helps: cast($a, 'INT64'), or one side that is a property or written out.
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


def answer(statement, **parameters):
    try:
        return next(iter(connection.execute(statement, parameters)))
    except RuntimeError as error:
        return type(error).__name__ if "verflow" in str(error) else str(error)


seen = {
    "typeof(100), typeof($a), typeof($b)": answer("RETURN typeof(100), typeof($a), typeof($b)", a=100, b=200),
    "100 + 100": answer("RETURN 100 + 100"),
    "$a + $b with 60 and 60": answer("RETURN $a + $b", a=60, b=60),
    "$a + $b with 100 and 100": answer("RETURN $a + $b", a=100, b=100),
    "$a * $b with 20000 and 2": answer("RETURN $a * $b", a=20000, b=2),
    "cast to INT64, 100 and 100": answer("RETURN cast($a, 'INT64') + cast($b, 'INT64')", a=100, b=100),
}

print(f"ladybug {version('ladybug')}")
print("expected: INT64 three times, and 200, 120, 200, 40000, 200")
print("seen:")
for what, value in seen.items():
    print(f"  {what}: {value}")

surprise = [["INT64", "INT8", "UINT8"], [200], [120], "RuntimeError", "RuntimeError", [200]]
as_described = list(seen.values()) == surprise
print("as described (RuntimeError: it says that the value overflows)" if as_described else "the behaviour has changed")
sys.exit(0 if as_described else 1)
PYTHON
