"""A JSON document: an array of records, or one record over several lines."""

import re
from collections.abc import Iterator

import ijson

from kg.schema import Paper
from kg.sources.base import Problem
from kg.sources.fields import items

NAME = "json"
DESCRIPTION = "a JSON array of such records"

_CHUNK = 1 << 16


def recognises(head: str) -> bool:
    """Whether it begins with an array, or with an object that its first line does not end."""
    return re.match(r"\s*(?:\[\s*(?:[{\]]|$)|\{[ \t]*(?:\r?\n|$))", head) is not None


def read(lines: Iterator[bytes], file: str) -> Iterator[Paper | Problem]:
    """Reads record by record, without holding the document; see `kg.sources.base.Format`.

    Where the JSON is broken, what stands behind cannot be read: one problem, after the records before it.
    """
    records = ijson.sendable_list()
    parser = None
    for number, line in enumerate(lines, 1):
        if parser is None:
            if not line.strip():
                continue
            parser = ijson.items_coro(records, "item" if line.lstrip().startswith(b"[") else "", use_float=True)
        try:
            for start in range(0, len(line), _CHUNK):
                parser.send(line[start : start + _CHUNK])
                for record in records:
                    yield from items(record, NAME, file, number)
                records.clear()
        except ijson.JSONError as error:
            yield Problem(file, number, f"not JSON from here on ({_reason(error)}), the rest of the file is left out")
            return
    try:
        if parser is not None:
            parser.close()
    except ijson.JSONError:
        yield Problem(file, number, "ends in the middle of the JSON document; what was complete has been read")


def _reason(error: ijson.JSONError) -> str:
    message = error.args[0] if error.args else error
    text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
    return text.splitlines()[0].strip()
