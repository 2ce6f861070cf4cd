"""Records with any common field names: JSON Lines, arrays, pages, objects by id; also files that `kg extract` wrote."""

from collections.abc import Iterator
from typing import Any

from kg.schema import Extraction, Paper
from kg.sources import json_stream
from kg.sources.columns import fields_of
from kg.sources.extractions import extracted
from kg.sources.field_names import title_keys, wrappers
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.paper_evidence import are_papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.keys import name_key

NAME = "json"
DESCRIPTION = "JSON or JSON Lines of records with a title and an abstract, authors or ids, also what `kg extract` wrote"


def recognises(head: Head) -> Fit:
    """Possible if most records have a title and something that only papers have."""
    return Fit.POSSIBLE if are_papers([_unwrapped(record) for record in head.records]) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads records and extractions; see `kg.sources.format.Format`."""
    for value in json_stream.values(source):
        if isinstance(value, Problem):
            yield value
        else:
            line, record = value
            record = _unwrapped(record)
            fields = fields_of(tuple(record) if isinstance(record, dict) else ())
            found = isinstance(record, dict) and "entities" in record
            if found:
                source.fields.looked_at.update(Extraction.model_fields)
            read = papers(record, fields, NAME, source, line, as_written=found)
            yield from extracted(read, record, source.file, line) if found else read


def _unwrapped(record: Any) -> Any:
    """The paper itself, where a record holds it in an object."""
    if not isinstance(record, dict) or "title" in record:
        return record
    if title_keys().isdisjoint(map(name_key, record)):
        for name in wrappers():
            inner = record.get(name)
            if isinstance(inner, dict) and not title_keys().isdisjoint(map(name_key, inner)):
                return inner
    return record
