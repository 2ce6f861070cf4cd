"""EndNote's XML, which Zotero, Mendeley and JabRef write too."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.endnote_types import endnote_kind
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import inner_text, inner_texts, xml_records, xml_root

NAME = "endnote-xml"
DESCRIPTION = "EndNote's XML"

_PLACES = {
    "title": "titles/title",
    "secondary-title": "titles/secondary-title",
    "periodical": "periodical/full-title",
    "alternate": "alt-periodical/full-title",
    "year": "dates/year",
    "day": "dates/pub-dates/date",
    "abstract": "abstract",
    "doi": "electronic-resource-num",
    "accession": "accession-num",
    "database": "remote-database-name",
    "publisher": "publisher",
}


def _date(record: Record) -> object:
    """The date, which has its year in a field of its own."""
    day, year = record.get("day", ""), record.get("year", "")
    return f"{day} {year}" if day and year and year not in day else day or year


def _pubmed(record: Record) -> object:
    pubmed = record.get("database", "").lower() in ("nlm", "pubmed", "medline")
    return f"pmid:{record.get('accession', '')}" if pubmed else None


def _organization(record: Record) -> object:
    """Where a thesis or report was published is its organization."""
    return record.get("publisher") if record.get("kind") in ("thesis", "report") else None


FIELDS: Fields = {
    "title": ("title",),
    "abstract": ("abstract",),
    "year": ("year", "day"),
    "published": (_date,),
    "authors": ("authors",),
    "organizations": (_organization,),
    "url": ("urls",),
    "arxiv_id": ("urls", "accession", "doi"),
    "doi": ("doi", "urls"),
    "ids": (_pubmed, "urls"),
    "venue": ("periodical", "secondary-title", "alternate"),
    "kind": ("kind",),
}


def recognises(head: Head) -> Fit:
    """Certain if it has records with titles in the order of EndNote's elements."""
    records = xml_root(head) in ("xml", "records", "record") and "<record>" in head.text
    return Fit.CERTAIN if records and ("<titles>" in head.text or "<ref-type" in head.text) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; see `kg.sources.format.Format`."""
    for found in xml_records(source, {"record"}):
        if isinstance(found, Problem):
            yield found
        else:
            yield from papers(_record(found.element), FIELDS, NAME, source, found.line)


def _record(element: Element) -> dict[str, object]:
    record: dict[str, object] = {
        name: text for name, path in _PLACES.items() if (text := inner_text(element.find(path)))
    }
    record["authors"] = inner_texts(element, "contributors/authors/author")
    record["urls"] = [text for kind in ("related", "web") for text in inner_texts(element, f"urls/{kind}-urls/url")]
    type_ = element.find("ref-type")
    kind = endnote_kind(type_.get("name", "")) if type_ is not None else None
    return {**record, "kind": kind} if kind else record
