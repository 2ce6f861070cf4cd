"""Tables as text, with commas, semicolons, tabs or bars between columns that the first row names."""

import csv
import re
from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.base import Fit
from kg.sources.formats.json import FIELDS
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.problems import MAX_LINE, NOT_UTF8, NOT_UTF8_SAID, Problem
from kg.sources.streams import Source
from kg.sources.tables import column, is_table

NAME = "csv"
DESCRIPTION = "CSV or TSV whose first row names a column `title`"

_DELIMITERS = ",\t;|"
_TEXTS = {*FIELDS["title"], *FIELDS["abstract"]}
# A list as pandas writes it: ['Ada Lovelace', "Grace O'Hara"].
_LIST = re.compile(r"\[\s*(?:(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(?:,\s*)?)*\]")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def recognises(head: Head) -> Fit:
    """Whether its first line names a title and at least one more column that is known."""
    return Fit.CERTAIN if _delimiter(_first_line(head)) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads row by row; see `kg.sources.base.Format`."""
    delimiter = _delimiter(_first_line(source.head)) or ","
    problems: list[Problem] = []
    rows = csv.reader(_lines(source, problems), delimiter=delimiter)
    names: list[str] = []
    line = 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            problems.append(Problem(source.file, line, f"not a row that can be read ({error}), left out"))
            row = []
        yield from problems
        problems.clear()
        if row is None:
            return
        if row and not names:
            names = [column(cell) for cell in row]
        elif len(row) > len(names):
            message = f"a row of {len(row)} cells under {len(names)} names, left out"
            yield Problem(source.file, line, message)
        elif row:
            record = {name: _value(name, cell) for name, cell in zip(names, row, strict=False)}
            yield from papers(record, FIELDS, NAME, source.file, line)
        line = rows.line_num + 1


def _lines(source: Source, problems: list[Problem]) -> Iterator[str]:
    """The lines as text; one that is too long is empty."""
    inside, number = False, 0
    for line in source.lines():
        continued, inside = inside, len(line) >= MAX_LINE and not line.endswith(b"\n")
        if continued:
            continue
        number += 1
        if inside:
            problems.append(Problem(source.file, number, f"line of more than {MAX_LINE >> 20} MiB, left out"))
            yield "\n"
            continue
        text = line.decode("utf-8", errors="surrogateescape")
        if NOT_UTF8.search(text):
            problems.append(Problem(source.file, number, NOT_UTF8_SAID))
        yield text


def _first_line(head: Head) -> str:
    return next((line for line in head.text.lstrip("\ufeff").splitlines() if line.strip()), "")


def _delimiter(header: str) -> str | None:
    """What stands between the names of columns, if a title and another one that is known are among them."""
    if header.startswith(tuple("{[<@%")):
        return None
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            continue
        if is_table(names):
            return delimiter
    return None


def _value(name: str, cell: str) -> Any:
    if name not in _TEXTS and _LIST.fullmatch(cell):
        return [re.sub(r"\\(.)", r"\1", single or double) for single, double in _QUOTED.findall(cell)]
    return cell
