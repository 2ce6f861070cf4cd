"""Atom feeds of arXiv: answers of its API, and its new papers."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.arxiv_announcements import is_announcement, month_of_id, without_announcement
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import fields_of, xml_records

NAME = "arxiv-atom"
DESCRIPTION = "Atom feeds of arXiv (XML)"

_ERROR = "arxiv.org/api/errors"


def _abstract(record: Record) -> object:
    return without_announcement(record.get("summary", ""))


def _date(record: Record) -> object:
    """The day of the first version; in a feed of new papers the month of the arXiv id, as the day is the feed's."""
    announced = is_announcement(record.get("summary", "")) or "announce_type" in record
    return month_of_id(record.get("id", "")) if announced else record.get("published")


FIELDS: Fields = {
    "id": ("id",),
    "title": ("title",),
    "abstract": (_abstract,),
    "published": (_date,),
    "authors": ("author[].name", "creator"),
    "organizations": ("author[].affiliation",),
    "url": ("id",),
    "arxiv_id": ("id",),
    "doi": ("doi",),
    "venue": ("journal_ref", "journal_reference"),
    "categories": ("category",),
}


def recognises(head: Head) -> Fit:
    """Certain if it is an Atom feed that names arXiv."""
    text = head.text.lstrip("\ufeff \t\r\n")
    feed = text.startswith("<") and "<feed" in text and "http://www.w3.org/2005/Atom" in text and "arxiv.org/" in text
    return Fit.CERTAIN if feed else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads entry by entry; see `kg.sources.format.Format`."""
    for found in xml_records(source, {"entry"}):
        if isinstance(found, Problem):
            yield found
            continue
        entry = _record(found.element)
        if _ERROR in entry.get("id", ""):
            yield Problem(source.file, found.line, f"arXiv answered with an error: {entry.get('summary', '')}")
        else:
            yield from papers(entry, FIELDS, NAME, source, found.line)


def _record(element: Element) -> Record:
    record = fields_of(element)
    record["author"] = [fields_of(author) for author in element.findall("author")]
    record["category"] = [term for each in element.findall("category") if (term := each.get("term"))]
    return record
