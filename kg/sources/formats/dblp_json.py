"""Publications as DBLP's search API gives them in JSON."""

from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "dblp-json"
DESCRIPTION = "answers of DBLP's API (JSON)"


def _title(record: Record) -> object:
    """The title without the full stop that DBLP ends all titles with."""
    title = record.get("title")
    return title.removesuffix(".") if isinstance(title, str) and not title.endswith("..") else title


FIELDS: Fields = {
    "id": ("key",),
    "title": (_title,),
    "year": ("year",),
    "authors": ("authors.author[].text", "authors.author"),
    "url": ("ee", "url"),
    "doi": ("doi", "ee"),
    "arxiv_id": ("volume", "ee"),
    "venue": ("venue",),
    "kind": ("type",),
}


def recognises(head: Head) -> Fit:
    """Certain if most records hold `info` with a title and what DBLP says of publications."""
    return Fit.CERTAIN if have(head, _is_hit) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads publications; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS, _info)


def _is_hit(record: Record) -> bool:
    info = record.get("info")
    return isinstance(info, dict) and "title" in info and isinstance(info.get("authors", {}), dict)


def _info(record: dict[str, Any]) -> dict[str, Any]:
    inner = record.get("info")
    return inner if isinstance(inner, dict) else record
