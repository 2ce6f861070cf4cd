#!/usr/bin/env bash
# bibtexparser 2.1.0 with pylatexenc 2.11: LatexDecodingMiddleware ends every field at its first percent sign.
#
# In a BibTeX file, % inside the braces of a field is a character like any other: BibTeX has no comments there. The
# middleware hands each field to pylatexenc as if it were LaTeX source, where % begins a comment. So the percent-encoded
# addresses and DOIs that publishers export, and titles with a percentage, lose everything after the sign. Nothing is
# reported: there are no failed blocks and no warning.
# The same with another decoder: https://github.com/texworld/betterbib/issues/126
# What helps: write \% for every % that has no backslash before it, and only then decode.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check bibtexparser==2.1.0 pylatexenc==2.11

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware

FIELDS = {
    "title": "A 12% gain on a benchmark",
    "url": "https://example.org/papers/a%20paper.pdf",
    "doi": "10.1000/x%3C16::AID-1%3E3.0.CO",
}
source = "@article{key,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in FIELDS.items()) + "}\n"

plain = bibtexparser.parse_string(source)
decoded = bibtexparser.parse_string(source, append_middleware=[LatexDecodingMiddleware()])
before = {field.key: field.value for field in plain.entries[0].fields}
after = {field.key: field.value for field in decoded.entries[0].fields}

print(f"bibtexparser {version('bibtexparser')}, pylatexenc {version('pylatexenc')}")
print(f"without the middleware, as expected: {before}")
print(f"with LatexDecodingMiddleware, seen:  {after}")
print(f"blocks reported as failed: {decoded.failed_blocks}")

surprise = {"title": "A 12", "url": "https://example.org/papers/a", "doi": "10.1000/x"}
as_described = before == FIELDS and after == surprise and not decoded.failed_blocks
print("as described" if as_described else "the behaviour has changed")
sys.exit(0 if as_described else 1)
PYTHON
