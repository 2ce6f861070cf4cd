"""What all formats that are JSON with field names of their own do alike."""

from collections.abc import Callable, Iterator
from typing import Any

from kg.schema import Paper
from kg.sources import jsons
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source


def has(head: Head, mark: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether a record of a file's beginning has a mark."""
    return any(mark(record) for record in head.records)


def read_records(source: Source, name: str, fields: Fields) -> Iterator[Paper | Problem]:
    """Reads JSON values as papers whose fields are where `fields` says."""
    for value in jsons.values(source):
        if isinstance(value, Problem):
            yield value
        else:
            line, record = value
            yield from papers(record, fields, name, source.file, line)
