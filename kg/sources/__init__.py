"""Paper records from files of many formats, streamed. One module a format; `FORMATS` is the registry."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.errors import InputError
from kg.schema import Extraction, Paper
from kg.sources import json_document, json_lines, listing, streams
from kg.sources.base import Format, Problem

__all__ = ["FORMATS", "Problem", "read"]

# In the order in which they are tried, the strictest first.
FORMATS: tuple[Format, ...] = (json_document, json_lines, listing)

_HEAD = 1 << 16


def read(inputs: Iterable[str | Path], on_problem: Callable[[Problem], None]) -> Iterator[Paper | Extraction]:
    """Reads all inputs, one after the other, in their own order.

    Args:
        inputs: paths, plain or gzip; `-` is standard input.
        on_problem: called with each record or line that could not be read; the rest goes on.

    Raises:
        InputError: an input is missing or may not be read (at once), or is of no known format (while iterating).
    """
    names = [str(name) for name in inputs]
    for name in names:
        streams.check(name)
    return chain.from_iterable(_read(name, on_problem) for name in names)


def _read(name: str, on_problem: Callable[[Problem], None]) -> Iterator[Paper | Extraction]:
    file = "standard input" if name == streams.STANDARD_INPUT else name
    with streams.opened(name) as stream:
        lines = streams.lines(stream, file, on_problem)
        head = _take(lines, _HEAD)
        if not any(line.strip() for line in head):
            on_problem(Problem(file, None, "is empty"))
            return
        for item in _format(b"".join(head), file).read(chain(head, lines), file):
            if isinstance(item, Problem):
                on_problem(item)
            else:
                yield item


def _take(lines: Iterator[bytes], size: int) -> list[bytes]:
    taken: list[bytes] = []
    for line in lines:
        taken.append(line)
        size -= len(line)
        if size <= 0:
            break
    return taken


def _format(head: bytes, file: str) -> Format:
    text = head.decode("utf-8", errors="replace")
    for candidate in FORMATS:
        if candidate.recognises(text):
            return candidate
    known = "; ".join(candidate.DESCRIPTION for candidate in FORMATS)
    raise InputError(f"{file}: of no known format; looked for: {known}")
