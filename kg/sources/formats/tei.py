"""TEI of papers, as GROBID writes it; the paper itself, not what it cites."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import inner_text, inner_texts, xml_records, xml_root

NAME = "tei"
DESCRIPTION = "TEI of papers, such as GROBID's (XML)"

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
# Plays and dictionaries are TEI too, but have none of these.
_MARKS = ("<abstract", "<analytic", 'level="a"', 'ident="GROBID"')
_SOURCE = "fileDesc/sourceDesc/biblStruct"

FIELDS: Fields = {
    "title": ("title",),
    "abstract": ("abstract",),
    "published": ("date",),
    "authors": ("author",),
    "organizations": ("orgName",),
    "arxiv_id": ("arXiv",),
    "doi": ("DOI",),
    "ids": ("PMID",),
    "venue": ("monogr",),
}


def recognises(head: Head) -> Fit:
    """Certain if it is TEI with what papers have."""
    papers_ = xml_root(head) in ("TEI", "teiCorpus") and _NAMESPACE in head.text
    return Fit.CERTAIN if papers_ and any(mark in head.text for mark in _MARKS) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads header by header, of which most files have one; see `kg.sources.format.Format`."""
    for found in xml_records(source, {"teiHeader"}):
        if isinstance(found, Problem):
            yield found
        elif found.around and found.around[-1].tag == "TEI":
            yield from papers(_record(found.element), FIELDS, NAME, source, found.line)


def _record(header: Element) -> dict[str, object]:
    source = header.find(_SOURCE)
    if source is None:
        source = Element("biblStruct")
    authors = source.findall("analytic/author") or header.findall("fileDesc/titleStmt/author")
    ids = {each.get("type", ""): text for each in source.iter("idno") if (text := inner_text(each))}
    titles = [*inner_texts(header, "fileDesc/titleStmt/title"), *inner_texts(source, "analytic/title")]
    record: dict[str, object | None] = {
        **ids,
        "title": next(iter(titles), None),
        "abstract": _abstract(header.find("profileDesc/abstract")),
        "date": _date(source.find("monogr/imprint/date")) or _date(header.find("fileDesc/publicationStmt/date")),
        "author": [name for author in authors if (name := _author(author))],
        "orgName": inner_texts(source, "analytic/author/affiliation/orgName[@type='institution']"),
        "monogr": next(iter(inner_texts(source, "monogr/title")), None),
        "PMID": f"pmid:{ids['PMID']}" if "PMID" in ids else None,
    }
    return {name: value for name, value in record.items() if value}


def _abstract(abstract: Element | None) -> str | None:
    """Its paragraphs; where sentences are elements, no blank stands between them."""
    if abstract is None:
        return None
    paragraphs = [paragraph.findall("s") or [paragraph] for paragraph in abstract.iter("p")]
    parts = [part for paragraph in paragraphs for part in paragraph] or [abstract]
    return " ".join(filter(None, map(inner_text, parts))) or None


def _date(date: Element | None) -> str | None:
    return None if date is None else date.get("when") or inner_text(date)


def _author(author: Element) -> dict[str, str]:
    name = author.find("persName")
    if name is None:
        return {}
    family, suffix = inner_text(name.find("surname")), inner_text(name.find("genName"))
    given = " ".join(inner_texts(name, "forename"))
    if not family and not given:
        whole = inner_text(name)
        return {"literal": whole} if whole else {}
    parts = {"given": given, "family": family, "suffix": suffix}
    return {part: text for part, text in parts.items() if text}
