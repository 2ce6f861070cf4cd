"""Web of Science's plain text export."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.tagged_records import TaggedRecord, lines_with_tags, tagged_records

if TYPE_CHECKING:
    from rispy import WokParser

NAME = "web-of-science"
DESCRIPTION = "Web of Science's plain text"

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: |$)")
_CONTINUED = "   "
_FRAME = re.compile(r"(?:FN|VR|EF)(?: |$)")
"""What stands before the first record and behind the last one."""
_KINDS = {"B": "book", "S": "book", "J": "article", "C": "article"}


def _kind(record: Record) -> object:
    """The kind by the type of document, which says more than the type of publication."""
    described = str(record.get("document_type", "")).lower()
    if "chapter" in described:
        return "chapter"
    if "paper" in described or "article" in described:
        return "article"
    return _KINDS.get(record.get("publication_type", ""))


def _date(record: Record) -> object:
    """The date, which has its year in a field of its own."""
    day, year = record.get("publication_date"), record.get("publication_year")
    return f"{day} {year}" if day and year else year


def _categories(record: Record) -> list[str]:
    return [each for value in record.get("wos_categories", ()) for each in re.split(r"; *", value) if each]


def _references(record: Record) -> list[dict[str, str]]:
    """The cited papers that have a DOI; of the others only abbreviations are given."""
    dois = (re.search(r"\bDOI \[?(10\.[^\s,\]]+)", value) for value in record.get("cited_references", ()))
    return [{"doi": found[1]} for found in dois if found]


FIELDS: Fields = {
    "id": ("accession_number",),
    "title": ("document_title",),
    "abstract": ("abstract",),
    "year": ("publication_year", "early_access_year"),
    "published": (_date, "early_access_date"),
    "authors": ("author_full_name", "authors", "book_authors_full_name", "book_authors", "group_authors"),
    "doi": ("doi",),
    "ids": (lambda record: f"pmid:{record.get('pubmed_id', '')}",),
    "venue": ("publication_name", "conference_title"),
    "kind": (_kind,),
    "categories": (_categories,),
    "references": (_references,),
}


def recognises(head: Head) -> Fit:
    """Certain if it begins as such exports do, and every line has a tag or is indented as one that goes on."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:1000] if line.strip()]
    first = next((line for line in lines if not _FRAME.match(line)), "")
    if not re.match(r"PT [A-Z]\s*$", first):
        return Fit.NONE
    fitting = sum(bool(_TAG.match(line)) or line.startswith(_CONTINUED) for line in lines)
    return Fit.CERTAIN if 10 * fitting >= 9 * len(lines) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; see `kg.sources.format.Format`."""
    for found in tagged_records(source, _begins):
        if isinstance(found, Problem):
            yield found
        elif not all(_FRAME.match(line) for line in found.lines if line.strip()):
            yield from papers(_record(found), FIELDS, NAME, source, found.line)


def _begins(line: str, before: Sequence[str]) -> bool:
    return line.startswith("PT ") or bool(before and re.match(r"ER\s*$", before[-1]))


def _record(found: TaggedRecord) -> dict[str, object]:
    """The record by the names that rispy gives to tags."""
    lines = [line for line in found.lines if line.startswith(_CONTINUED) or _TAG.match(line)]
    lines = [line for line in lines if not line.startswith(("ER", "PT"))]
    first = found.lines[0] if found.lines[0].startswith("PT ") else "PT"
    lines.insert(0, first)
    (record,) = _parser().parse_lines(iter([*lines_with_tags(lines, _TAG, _parser().mapping), "ER"]))
    return {name: value for name, value in record.items() if value}


@cache
def _parser() -> "WokParser":
    from rispy import WokParser
    from rispy.config import WOK_LIST_TYPE_TAGS, WOK_TAG_KEY_MAPPING

    # Without a name for them, a tag that rispy does not know is an error.
    mapping = {**WOK_TAG_KEY_MAPPING, WokParser.UNKNOWN_TAG: "unknown_tag"}
    return WokParser(mapping=mapping, list_tags=[*WOK_LIST_TYPE_TAGS, "WC"])
