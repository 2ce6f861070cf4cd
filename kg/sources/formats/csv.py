"""Tables as text: columns named in the first row, separated by commas, semicolons, tabs or bars."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.columns import column, is_table
from kg.sources.format import Fit
from kg.sources.formats.json import FIELDS
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.problems import MAX_LINE, NOT_UTF8, NOT_UTF8_MESSAGE, Problem
from kg.sources.streams import Source

NAME = "csv"
DESCRIPTION = "CSV or TSV whose first row names a column `title`"

_DELIMITERS = ",\t;|"
# A line that Excel writes before the column names.
_SEPARATOR = re.compile(r"sep=.?\s*", re.IGNORECASE)
# How many characters may be read a second time, on top of as many as were read once.
_PATIENCE = 1 << 20
_MOST_LINES = 10_000
_TEXTS = {*FIELDS["title"], *FIELDS["abstract"]}
# A list as pandas writes it: ['Ada Lovelace', "Grace O'Hara"].
_LIST = re.compile(r"\[\s*(?:(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(?:,\s*)?)*\]")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def recognises(head: Head) -> Fit:
    """Certain if the first line names a title and at least one other known column."""
    return Fit.CERTAIN if _delimiter(_first_line(head)) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads row by row; see `kg.sources.format.Format`."""
    header = _first_line(source.head)
    delimiter = _delimiter(header) or ","
    problems: list[Problem] = []
    rows = _Rows(_lines(source, problems), delimiter, f"{delimiter} " in header)
    names: list[str] = []
    torn = False
    for line, row in rows:
        yield from problems
        problems.clear()
        if isinstance(row, csv.Error):
            cells = rows.one()
            if len(cells) != len(names) or not names:
                yield Problem(source.file, line, f"not a row that can be read ({row}), left out")
                torn = True
                continue
            row = cells
        if _SEPARATOR.fullmatch("".join(row)) and not names:
            continue
        if row and not names:
            names = [column(cell) for cell in row]
        elif len(row) > len(names) or (torn and 0 < len(row) < len(names)):
            # After a row that could not be read, a shorter row is the rest of it.
            message = f"a row of {len(row)} cells under {len(names)} names, left out"
            yield Problem(source.file, line, message)
        elif row:
            torn = False
            record = {name: _value(name, cell) for name, cell in zip(names, row, strict=False)}
            yield from papers(record, FIELDS, NAME, source, line)
    yield from problems


class _Rows:
    """Rows with the lines on which they begin.

    An unclosed quote swallows the lines after it. Only the first line of such a row is left out and the others are read
    again, unless that would mean reading most of the file twice.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, blanks: bool) -> None:
        """Takes lines, the delimiter between cells, and whether blanks follow it."""
        self._lines = lines
        self._dialect: dict[str, Any] = {"delimiter": delimiter, "skipinitialspace": blanks}
        self._row: list[str] = []
        """Lines of the current row."""
        self._size = 0
        self._again: deque[str] = deque()
        self._patience = _PATIENCE

    def __iter__(self) -> Iterator[tuple[int, list[str] | csv.Error]]:
        """Yields the first line's number, and the row or the error in it."""
        line = 1
        rows = csv.reader(self._next(), strict=True, **self._dialect)
        while True:
            self._row.clear()
            self._size = 0
            try:
                row = next(rows, None)
            except csv.Error as error:
                again = self._row[1:]
                self._patience -= sum(map(len, again))
                if self._patience > 0:
                    self._again.extendleft(reversed(again))
                    del self._row[1:]
                elif again:
                    error = csv.Error(f"{error}, up to line {line + len(again)}")
                rows = csv.reader(self._next(), strict=True, **self._dialect)
                yield line, error
            else:
                if row is None:
                    return
                yield line, row
            line += len(self._row)

    def one(self) -> list[str]:
        """Cells of the current row's first line alone, ignoring quotes; empty if it is not complete."""
        try:
            cells = next(csv.reader([f"{self._row[0].rstrip()}\n"], **self._dialect), [])
        except csv.Error:
            return []
        return [] if cells and cells[-1].endswith("\n") else cells

    def _next(self) -> Iterator[str]:
        while True:
            if self._again:
                line = self._again.popleft()
            elif fresh := next(self._lines, None):
                line = fresh
                self._patience += len(line)
            else:
                return
            self._row.append(line)
            self._size += len(line)
            if self._size > MAX_LINE or len(self._row) > _MOST_LINES:
                raise csv.Error(f"more than {_MOST_LINES:,} lines or {MAX_LINE >> 20} MiB")
            yield line


def _lines(source: Source, problems: list[Problem]) -> Iterator[str]:
    """The lines as text; a line that is too long is replaced by an empty one."""
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
            problems.append(Problem(source.file, number, NOT_UTF8_MESSAGE))
        yield text


def _first_line(head: Head) -> str:
    lines = (line for line in head.text.lstrip("\ufeff").splitlines() if line.strip())
    return next((line for line in lines if not _SEPARATOR.fullmatch(line)), "")


def _delimiter(header: str) -> str | None:
    """The delimiter of a header line with a title and another known column, or None."""
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
