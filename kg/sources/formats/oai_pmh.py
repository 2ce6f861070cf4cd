"""Answers by OAI-PMH, with the metadata of arXiv (arXiv, arXivRaw, arXivOld) or Dublin Core."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.xml_records import fields_of, inner_text, xml_records, xml_root

NAME = "oai-pmh"
DESCRIPTION = "OAI-PMH of arXiv and others (XML)"

_METADATA = {"arXiv", "arXivRaw", "arXivOld", "dc"}


def _authors(record: Record) -> object:
    """The authors: a list of each metadata format's own, or one text with all."""
    return record.get("author") or record.get("authors") or record.get("creator")


def _categories(record: Record) -> object:
    return record.get("categories", "").split() or record.get("subject")


FIELDS: Fields = {
    "id": ("id", "header"),
    "title": ("title",),
    "abstract": ("abstract", "description"),
    "published": ("created", "version", "date"),
    "authors": (_authors,),
    "url": ("identifier",),
    "arxiv_id": ("id", "header", "identifier"),
    "doi": ("doi", "identifier"),
    "ids": ("identifier",),
    "venue": ("journal-ref",),
    "categories": (_categories,),
}


def recognises(head: Head) -> Fit:
    """Certain by the name of the outermost element, or by the namespaces of OAI-PMH and of arXiv's metadata."""
    root = xml_root(head)
    namespaces = ("http://www.openarchives.org/OAI/2.0/", "http://arxiv.org/OAI/arXiv")
    known = root == "OAI-PMH" or (root and any(namespace in head.text for namespace in namespaces))
    return Fit.CERTAIN if known else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; deleted records are passed over; see `kg.sources.format.Format`."""
    for found in xml_records(source, {"record", "error", *_METADATA}):
        if isinstance(found, Problem):
            yield found
            continue
        element, header = found.element, found.element.find("header")
        if element.tag == "error":
            answer = f"{element.get('code', '')} {inner_text(element) or ''}".strip()
            yield Problem(source.file, found.line, f"the server answered with an error: {answer}")
        elif header is None or header.get("status") != "deleted":
            yield from papers(_record(element, header), FIELDS, NAME, source, found.line)


def _record(element: Element, header: Element | None) -> dict[str, object]:
    metadata = next((each for each in element.iter() if each.tag in _METADATA), None)
    if metadata is None:
        metadata = Element("none")
    record = fields_of(metadata, several={"creator", "subject", "identifier", "contributor", "relation"})
    own_id = inner_text(header.find("identifier")) if header is not None else None
    if own_id:
        record["header"] = own_id
    if authors := [_author(author) for author in metadata.findall("authors/author")]:
        record["author"] = authors
    if (first := metadata.find("version/date")) is not None:
        record["version"] = inner_text(first)
    return record


def _author(author: Element) -> dict[str, str | None]:
    names = {"family": "keyname", "given": "forenames", "suffix": "suffix"}
    return {name: text for name, tag in names.items() if (text := inner_text(author.find(tag)))}
