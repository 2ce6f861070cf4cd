"""JSON Lines: one record a line."""

import json
from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.base import Problem
from kg.sources.fields import items
from kg.sources.streams import MAX_LINE

NAME = "jsonl"
DESCRIPTION = 'JSON Lines (a {"title": …, "abstract": …} a line)'


def recognises(head: str) -> bool:
    """Whether any line is a whole JSON object; the first may be a damaged one."""
    return any(_is_object(line) for line in head.split("\n"))


def _is_object(line: str) -> bool:
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read(lines: Iterator[bytes], file: str) -> Iterator[Paper | Problem]:
    """Reads a record a line; see `kg.sources.base.Format`."""
    number, inside = 0, False
    for line in lines:
        continued, inside = inside, len(line) >= MAX_LINE and not line.endswith(b"\n")
        if continued:
            continue
        number += 1
        if inside:
            yield Problem(file, number, f"line of more than {MAX_LINE >> 20} MiB, left out")
        elif line.strip():
            yield from _record(line, file, number)


def _record(line: bytes, file: str, number: int) -> Iterator[Paper | Problem]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        yield Problem(file, number, f"not UTF-8 (byte {error.start + 1} of the line), left out")
    except json.JSONDecodeError as error:
        yield Problem(file, number, f"not JSON ({error.msg}, column {error.colno}), left out")
    except (ValueError, RecursionError) as error:
        yield Problem(file, number, f"not JSON that can be read ({error}), left out")
    else:
        yield from items(record, NAME, file, number)
