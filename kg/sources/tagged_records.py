"""Reads records of lines that begin with a tag: RIS, MEDLINE, EndNote, Web of Science."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.sources.problems import Problem
from kg.sources.streams import Source

LONGEST = 1 << 20
"""Longest record in bytes; longer ones are left out."""


@dataclass(frozen=True)
class TaggedRecord:
    """The lines of a record, without their ends, and the line on which it begins, from 1."""

    line: int
    lines: tuple[str, ...]


def tagged_records(source: Source, begins: Callable[[str, Sequence[str]], bool]) -> Iterator[TaggedRecord | Problem]:
    """Cuts a file into records.

    Args:
        source: the file.
        begins: whether a line that is not blank begins a record, judged by it and the lines of the record before it.

    Returns:
        The records in order, and a problem for each that is too long or not UTF-8. What stands before the first record
        is a record too.
    """
    begun, lines, size = 1, list[str](), 0
    for number, raw in enumerate(source.lines(), 1):
        # What cannot be decoded is found when the record is complete.
        line = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        if line.strip() and begins(line, lines):
            yield from _record(source.file, begun, lines, size)
            begun, lines, size = number, [], 0
        size += len(raw)
        if size <= LONGEST:
            lines.append(line)
    yield from _record(source.file, begun, lines, size)


def _record(file: str, line: int, lines: Sequence[str], size: int) -> Iterator[TaggedRecord | Problem]:
    if size > LONGEST:
        yield Problem(file, line, f"a record of more than {LONGEST >> 20} MiB, left out")
        return
    for number, each in enumerate(lines, line):
        if not each.isascii() and any("\udc80" <= character <= "\udcff" for character in each):
            yield Problem(file, number, "not UTF-8, record left out")
            return
    if any(map(str.strip, lines)):
        yield TaggedRecord(line, tuple(lines))


def lines_with_tags(lines: Iterable[str], tag: re.Pattern[str], names: Mapping[str, str]) -> Iterator[str]:
    """The lines without those of tags that rispy has no name for: it fails where the value of such a tag goes on.

    Args:
        lines: of one record. One that has no tag goes on with the value before it.
        tag: matches the beginning of a line, with the tag as its group 1.
        names: rispy's, by tag.
    """
    known = {each for each, name in names.items() if name != "unknown_tag"}
    keep = True
    for line in lines:
        found = tag.match(line)
        keep = found[1] in known if found else keep
        if keep:
            yield line


def tagged_values(lines: Sequence[str], tag: re.Pattern[str]) -> dict[str, list[str]]:
    """The values of each tag, in their order.

    Args:
        lines: of one record. One that has no tag goes on with the value before it.
        tag: matches the beginning of a line, with the tag as its group 1.
    """
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        found = tag.match(line)
        if found:
            parts.append((found[1], [line[found.end() :].strip()]))
        elif parts and line.strip():
            parts[-1][1].append(line.strip())
    values: dict[str, list[str]] = {}
    for name, pieces in parts:
        if value := " ".join(filter(None, pieces)):
            values.setdefault(name, []).append(value)
    return values
