"""Reading shared by the formats that are JSON with their own field names."""

from collections.abc import Callable, Iterator
from typing import Any

from kg.schema import Paper
from kg.sources import json_stream
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source


def have(head: Head, mark: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether most records in a file's beginning pass a test."""
    return bool(head.records) and 2 * sum(map(mark, head.records)) > len(head.records)


def read_records(
    source: Source, name: str, fields: Fields, paper: Callable[[dict[str, Any]], Any] | None = None
) -> Iterator[Paper | Problem]:
    """Yields a paper for each JSON record.

    Args:
        source: the file.
        name: of the format.
        fields: where a record keeps the fields of a paper.
        paper: gives the object with these fields for a record, or None for one that is passed over; None if that is the
            record itself.
    """
    for value in json_stream.values(source):
        if isinstance(value, Problem):
            yield value
        else:
            line, record = value
            if paper and isinstance(record, dict) and (record := paper(record)) is None:
                continue
            yield from papers(record, fields, name, source, line)
