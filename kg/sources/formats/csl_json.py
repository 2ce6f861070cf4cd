"""CSL-JSON, the form in which Zotero, pandoc and doi.org give bibliographies to citation styles."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "csl-json"
DESCRIPTION = "CSL-JSON of Zotero, pandoc or doi.org"

FIELDS: Fields = {
    "id": ("id", "citation-key", "DOI"),
    "title": ("title",),
    "abstract": ("abstract",),
    "published": ("issued", "available-date"),
    "authors": ("author",),
    "url": ("URL",),
    "arxiv_id": ("arxiv", "number"),
    "doi": ("DOI",),
    "ids": (scheme("pmid:", "PMID"),),
    "venue": ("container-title", "event-title", "event", "collection-title", "container-title-short"),
    "kind": ("type", "genre"),
}

_OWN = {"container-title", "citation-key", "DOI", "URL", "ISBN", "ISSN", "publisher-place", "non-dropping-particle"}


def recognises(head: Head) -> Fit:
    """Certain if most records have a title, and dates or names as only CSL-JSON has them."""
    return Fit.CERTAIN if have(head, _is_item) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads items; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)


def _is_item(record: Record) -> bool:
    if not isinstance(record.get("title"), str):
        return False
    issued, authors = record.get("issued"), record.get("author")
    dated = isinstance(issued, dict) and bool({"date-parts", "raw", "literal", "season"} & issued.keys())
    people = [one for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    named = any({"family", "literal"} & one.keys() for one in people)
    return dated or named or ("type" in record and len(_OWN & record.keys()) > 1)
