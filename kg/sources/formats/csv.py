"""Tables as text: columns named in the first row, separated by commas, semicolons, tabs or bars."""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.columns import fields_of
from kg.sources.field_names import text_keys
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.paper_evidence import are_papers
from kg.sources.problems import MAX_LINE, NOT_UTF8, NOT_UTF8_MESSAGE, Problem
from kg.sources.streams import Source
from kg.text.keys import name_key

NAME = "csv"
DESCRIPTION = "CSV or TSV with a column `title` and others that papers have"

_DELIMITERS = ",\t;|"
# A line that Excel writes before the column names.
_SEPARATOR = re.compile(r"sep=.?\s*", re.IGNORECASE)
# How many characters may be read a second time, on top of as many as were read once.
_PATIENCE = 1 << 20
_MOST_LINES = 10_000
_LONGEST_NAME = 100
_SAMPLE = 30
# How many lines before the names of the columns may say what the table is.
_PREFACE = 5
# A list as pandas writes it: ['Ada Lovelace', "Grace O'Hara"].
_LIST = re.compile(r"\[\s*(?:(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(?:,\s*)?)*\]")
_FEW = 3
_RULE = re.compile(r"(?::?-+:?)?")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def recognises(head: Head) -> Fit:
    """Certain if the first line names a title, and most rows are whole and have something that only papers have."""
    before, _, names = _layout(head)
    rows = sample(head)
    if before > 1 and len(rows) < _FEW:
        # A list in prose may look like names of columns with lines before and after it.
        return Fit.NONE
    whole = sum(len(row) >= len(set(names)) for row in rows)
    return Fit.CERTAIN if rows and 2 * whole >= len(rows) and not _is_rule(rows[0]) and are_papers(rows) else Fit.NONE


def _is_rule(row: dict[str, str]) -> bool:
    """Whether a row is the line below the header of a table in Markdown."""
    return any(row.values()) and all(_RULE.fullmatch(cell.strip()) for cell in row.values())


def sample(head: Head) -> list[dict[str, str]]:
    """The first rows, each with the names of its columns; none if this is no table."""
    before, delimiter, names = _layout(head)
    if not delimiter:
        return []
    lines = _split(head)
    rows = csv.reader((f"{line}\n" for line in lines[before + 1 :]), **_dialect(delimiter, lines[before]))
    found: list[dict[str, str]] = []
    try:
        for row in rows:
            if len(found) == _SAMPLE:
                break
            if any(row):
                found.append(dict(zip(names, row, strict=False)))
    except csv.Error:
        pass
    return found


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads row by row; see `kg.sources.format.Format`."""
    before, delimiter, names = _layout(source.head)
    texts = {name for name in names if name_key(name) in text_keys()}
    problems: list[Problem] = []
    rows = _Rows(_lines(source, problems), _dialect(delimiter or ",", _split(source.head)[before]))
    torn = False
    for line, row in rows:
        yield from problems
        problems.clear()
        if line <= before + 1:
            continue
        if isinstance(row, csv.Error):
            cells = rows.one()
            if len(cells) != len(names) or not names:
                yield Problem(source.file, line, f"not a row that can be read ({row}), left out")
                torn = True
                continue
            row = cells
        if (len(row) > len(names) and any(map(str.strip, row[len(names) :]))) or (torn and 0 < len(row) < len(names)):
            # After a row that could not be read, a shorter row is the rest of it.
            yield Problem(source.file, line, f"a row of {len(row)} cells under {len(names)} names, left out")
        elif any(map(str.strip, row)):
            torn = False
            cells = row[: len(names)]
            fields = fields_of(tuple(names[: len(cells)]))
            record = {name: cell if name in texts else _value(cell) for name, cell in zip(names, cells, strict=False)}
            yield from papers(record, fields, NAME, source, line)
    yield from problems


class _Rows:
    """Rows with the lines on which they begin.

    An unclosed quote swallows the lines after it. Only the first line of such a row is left out and the others are read
    again, unless that would mean reading most of the file twice.
    """

    def __init__(self, lines: Iterator[str], dialect: dict[str, Any]) -> None:
        """Takes lines, and what the reader of rows must know of them."""
        self._lines = lines
        self._dialect = dialect
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


def _layout(head: Head) -> tuple[int, str | None, list[str]]:
    """How many lines stand before the names of the columns, the delimiter (None if it is no table), and the names."""
    lines = [
        (number, line)
        for number, line in enumerate(_split(head)[: _PREFACE + 1])
        if line.strip() and not _SEPARATOR.fullmatch(line)
    ]
    first = (lines[0][0], None, _names(lines[0][1], ",")) if lines else (0, None, [])
    if not lines or lines[0][1].lstrip().startswith(tuple("{[<@%|")):
        return first
    widest: tuple[int, str | None, list[str]] = first
    for number, line in lines:
        for delimiter in _DELIMITERS:
            names = _names(line, delimiter)
            if len(names) > 1 and fields_of(tuple(names))["title"]:
                return number, delimiter, names
            if number == first[0] and len(names) > max(1, len(widest[2]) if widest[1] else 1):
                widest = (number, delimiter, names)
    return widest


def _names(line: str, delimiter: str) -> list[str]:
    """The names of the columns, if a line can hold them; a name that comes twice gets a number."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], **_dialect(delimiter, line)), [])]
    except csv.Error:
        return []
    if any(len(cell) > _LONGEST_NAME for cell in cells):
        return []
    seen: Counter[str] = Counter()
    names = []
    for cell in cells:
        seen[cell] += 1
        names.append(cell if seen[cell] == 1 else f"{cell} {seen[cell]}")
    return names


def _dialect(delimiter: str, header: str) -> dict[str, Any]:
    return {"delimiter": delimiter, "skipinitialspace": f"{delimiter} " in header}


def _split(head: Head) -> list[str]:
    return [line.removesuffix("\r") for line in head.text.lstrip("\ufeff").split("\n")]


def _value(cell: str) -> Any:
    if cell[:1] == "[" and _LIST.fullmatch(cell):
        return [re.sub(r"\\(.)", r"\1", single or double) for single, double in _QUOTED.findall(cell)]
    return cell
