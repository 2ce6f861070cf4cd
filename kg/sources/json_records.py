"""Reading shared by the formats that are JSON with their own field names."""

from collections.abc import Callable, Iterator
from typing import Any

from kg.schema import Paper
from kg.sources import json_stream
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source


def has(head: Head, mark: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether any record in a file's beginning passes a test."""
    return any(mark(record) for record in head.records)


def read_records(source: Source, name: str, fields: Fields) -> Iterator[Paper | Problem]:
    """Yields a paper for each JSON record; `fields` says where its fields are."""
    for value in json_stream.values(source):
        if isinstance(value, Problem):
            yield value
        else:
            line, record = value
            yield from papers(record, fields, name, source, line)
