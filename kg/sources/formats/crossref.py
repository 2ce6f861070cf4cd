"""Works of Crossref, from its API or its yearly dump, and what doi.org answers for Crossref's DOIs."""

from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record, Where, as_list
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "crossref"
DESCRIPTION = "Crossref works (JSON)"


def _first(name: str) -> Where:
    """Where a text is that is alone or the first of a list; line ends within it are layout."""

    def place(record: Record) -> object:
        value = next(iter(as_list(record.get(name))), None)
        return " ".join(value.split()) if isinstance(value, str) else value

    return place


def _references(record: Record) -> list[dict[str, Any]]:
    """The cited works with a DOI or title; the others have only a text that is no title."""
    return [
        {"doi": one.get("DOI"), "title": one.get("article-title") or one.get("volume-title")}
        for one in as_list(record.get("reference"))
        if isinstance(one, dict)
    ]


FIELDS: Fields = {
    "id": ("DOI",),
    "title": (_first("title"),),
    "abstract": ("abstract",),
    "published": ("published", "issued", "published-print", "published-online", "posted", "created"),
    "authors": ("author",),
    "organizations": ("author[].affiliation[].name",),
    "url": ("resource.primary.URL", "URL"),
    "doi": ("DOI",),
    "ids": ("alternative-id", "URL"),
    "venue": (_first("container-title"), "event.name", "institution[].name", "group-title"),
    "categories": ("subject",),
    "kind": ("type", "subtype"),
    "references": (_references,),
}

_OWN = {"indexed", "member", "prefix", "is-referenced-by-count", "reference-count", "references-count"}


def recognises(head: Head) -> Fit:
    """Certain if most records have a DOI and what only Crossref says of works."""
    return Fit.CERTAIN if have(head, _is_work) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads works; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)


def _is_work(record: Record) -> bool:
    return "DOI" in record and (bool(_OWN & record.keys()) or isinstance(record.get("title"), list))
