"""DBLP's XML: the whole data set, records, pages of persons, answers of its search."""

import re
from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import XmlRecord, fields_of, inner_texts, xml_records, xml_root
from kg.text.titles import without_full_stop

NAME = "dblp-xml"
DESCRIPTION = "DBLP's XML"

_KINDS = {
    "article": "article",
    "inproceedings": "article",
    "proceedings": "proceedings",
    "book": "book",
    "incollection": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
}
# The search calls them so.
_TYPES = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "article",
    "Informal and Other Publications": "article",
    "Informal Publications": "article",
    "Editorship": "proceedings",
    "Books and Theses": "book",
    "Parts in Books or Collections": "chapter",
}
_RECORDS = {*_KINDS, "www", "info"}


def _title(record: Record) -> object:
    title = record.get("title")
    return without_full_stop(title) if title else None


def _edition(record: Record) -> object:
    """The year in the key of the proceedings: they may appear in the year after the conference."""
    found = re.match(r"conf/[^/]{1,40}/(\d{4})(?!\d)", record.get("crossref", ""))
    return int(found[1]) if found else None


def _kind(record: Record) -> object:
    return _KINDS.get(record["element"]) or _TYPES.get(record.get("type", ""))


def _preprint(record: Record) -> object:
    """The arXiv id, which DBLP has as `abs/1810.04805` in the volume of CoRR."""
    volume = record.get("volume", "")
    return volume if volume.startswith("abs/") else None


FIELDS: Fields = {
    "id": (scheme("dblp:", "key"),),
    "title": (_title,),
    "year": ("year",),
    "published": ("year",),
    "authors": ("author",),
    "organizations": ("school",),
    "url": ("ee",),
    "arxiv_id": ("ee", _preprint),
    "doi": ("doi", "ee"),
    "venue": ("journal", "booktitle", "venue"),
    "venue_year": (_edition,),
    "kind": (_kind,),
}


def recognises(head: Head) -> Fit:
    """Certain by the names of the outermost elements."""
    root = xml_root(head)
    search = root == "result" and "<hits" in head.text and "dblp." in head.text
    return Fit.CERTAIN if root in ("dblp", "dblpperson") or search else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; pages of persons are passed over; see `kg.sources.format.Format`."""
    for found in xml_records(source, _RECORDS):
        if isinstance(found, Problem):
            yield found
        elif not found.element.get("key", "").startswith("homepages/"):
            yield from papers(_record(found), FIELDS, NAME, source, found.line)


def _record(found: XmlRecord) -> dict[str, object]:
    element = found.element
    record = fields_of(element, several={"author", "editor", "ee", "cite", "isbn", "note"})
    # The search has authors in an element of their own.
    authors = record.get("author") or inner_texts(element, "authors/author")
    return {**record, "author": authors, "element": element.tag, "key": element.get("key") or record.get("key")}
