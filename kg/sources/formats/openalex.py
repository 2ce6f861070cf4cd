"""Works of OpenAlex, from its API or its snapshot."""

import re
from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record, Where
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.markup import without_markup

NAME = "openalex"
DESCRIPTION = "OpenAlex works (JSON)"


def _abstract(record: Record) -> str | None:
    """The abstract, put together from its inverted index."""
    index = record.get("abstract_inverted_index")
    if not isinstance(index, dict):
        return None
    placed = (
        (position, word)
        for word, positions in index.items()
        if isinstance(positions, list)
        for position in positions
        if isinstance(position, int)
    )
    return without_markup(" ".join(word for _, word in sorted(placed)))


def _unmarked(name: str) -> Where:
    """Where a text is in which publishers leave tags; its value comes without them."""

    def place(record: Record) -> object:
        value = record.get(name)
        return without_markup(value) if isinstance(value, str) else value

    return place


FIELDS: Fields = {
    "id": ("id",),
    "title": (_unmarked("title"), _unmarked("display_name")),
    "abstract": (_abstract,),
    "year": ("publication_year",),
    "published": ("publication_date",),
    "authors": ("authorships[].author.display_name", "authorships[].raw_author_name"),
    "organizations": ("authorships[].institutions[].display_name",),
    "url": ("primary_location.landing_page_url", "doi", "id"),
    "arxiv_id": ("ids.arxiv", "locations[].landing_page_url", "locations[].pdf_url"),
    "doi": ("doi", "ids.doi"),
    "ids": ("id", "ids.pmid"),
    "venue": ("primary_location.source.display_name", "host_venue.display_name", "primary_location.raw_source_name"),
    "categories": ("primary_topic.field.display_name",),
    "kind": ("type", "type_crossref"),
    "references": ("referenced_works",),
}

_WORK = re.compile(r"(?:https?://(?:api\.)?openalex\.org/)?(?:works/)?W\d+", re.ASCII)


def recognises(head: Head) -> Fit:
    """Certain if most records have the id of a work in OpenAlex."""
    return Fit.CERTAIN if have(head, _is_work) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads works; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)


def _is_work(record: Record) -> bool:
    known = {"abstract_inverted_index", "authorships", "referenced_works", "primary_location", "publication_year"}
    identifier = str(record.get("id"))
    return bool(_WORK.fullmatch(identifier)) and ("openalex.org/" in identifier or bool(known & record.keys()))
