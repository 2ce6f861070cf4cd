"""RIS: what publishers, libraries and reference managers export."""

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
    from rispy import RisParser

NAME = "ris"
DESCRIPTION = "RIS"

# Some leave out the blank behind the hyphen.
_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: |$)?")
_BEGINS = re.compile(r"TY  ?- ?[A-Za-z][\w /-]{1,40}\s*$")
_TITLE_OR_AUTHOR = re.compile(r"(?:T[I1]|BT|CT|A[U1])  -")
_ENDS = re.compile(r"ER  ?-")
# Of lines copied from a web page one of the two blanks is missing; then it is missing in all.
_NARROW_TAG = re.compile(r"([A-Z][A-Z0-9]) -(?: |$)")
_OTHER_DAY = re.compile(r"received|accepted|revised", re.IGNORECASE)
_PREAMBLE = 10
"""Lines that may come before the first record, such as `Provider: …`."""

_MORE_NAMES = {"BT": "book_title", "CT": "caption_title", "J1": "alternate_title4"}
_REPEATED = ["PY", "Y1", "DA", "DO", "M3", "L3"]
_KINDS = {
    "article": "JOUR EJOUR CPAPER CONF MGZN INPR ABST UNPB PREPRINT JFULL",
    "book": "BOOK EBOOK EDBOOK WHOLE",
    "chapter": "CHAP ECHAP",
    "thesis": "THES DISS",
    "report": "RPRT GOVDOC",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}


def _kind(record: Record) -> object:
    return _KIND.get(record.get("type_of_reference", ""))


def _addresses(record: Record) -> list[str]:
    """The addresses, of which several may stand in one line."""
    return [each for value in record.get("urls", ()) for each in re.split(r"[;,]? *(?=https?://)", value) if each]


def _pubmed(record: Record) -> object:
    """The PubMed id, which Scopus and PubMed's own exports have in a field that elsewhere holds something else."""
    database = str(record.get("name_of_database", "")).lower()
    name = {"scopus": "custom2", "pubmed": "accession_number", "medline": "accession_number"}.get(database, "")
    value = str(record.get(name, ""))
    return f"pmid:{value}" if value.isdigit() else None


def _stated(record: Record) -> object:
    """The arXiv id in `arXiv preprint arXiv:1810.04805`, as Google Scholar writes it."""
    names = ("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "accession_number", "note")
    found = (re.search(r"arxiv:\s?\S+", str(record.get(name, "")), re.IGNORECASE) for name in names)
    return next((match.group() for match in found if match), None)


def _publisher(record: Record) -> object:
    """Where a thesis or report was published is its organization."""
    return record.get("publisher") if _kind(record) in ("thesis", "report") else None


def _years(record: Record) -> list[str]:
    """What is given as the year or date of publication; some give the days of receipt and acceptance alike."""
    values = [*record.get("year", ()), *record.get("publication_year", ())]
    return [value for value in values if re.search(r"\d{4}", value) and not _OTHER_DAY.search(value)]


def _year(record: Record) -> object:
    return next(iter([*_years(record), *record.get("date", ())]), None)


def _date(record: Record) -> object:
    """The date, if it is one of the year of publication: with some it is the day of the export."""
    years = _years(record)
    given = re.search(r"\d{4}", years[0]) if years else None
    days = [day for day in record.get("date", ()) if not given or given[0] in day]
    return next(iter([*days, *years]), None)


FIELDS: Fields = {
    "title": ("title", "primary_title", "book_title", "caption_title", "short_title"),
    "abstract": ("abstract", "notes_abstract"),
    "year": (_year,),
    "published": (_date,),
    "authors": ("authors", "first_authors"),
    "organizations": (_publisher,),
    "url": (_addresses,),
    "arxiv_id": (_addresses, _stated),
    "doi": ("doi", "type_of_work", "file_attachments3", "notes", _addresses),
    "ids": (_pubmed, _addresses),
    "venue": (
        "secondary_title",
        "alternate_title3",
        "book_title",
        "custom3",
        "journal_name",
        "alternate_title2",
        "alternate_title1",
    ),
    "kind": (_kind,),
}


def recognises(head: Head) -> Fit:
    """Certain if nearly every line belongs to a record between its first and its last tag.

    Within a record lines may go on without tags: broken abstracts, and in exports of Scopus lists of references.
    """
    outside = tags = inside = records = ends = 0
    open_ = begun = False
    for line in filter(str.strip, head.text.lstrip("\ufeff").splitlines()):
        if _BEGINS.match(line):
            open_ = begun = True
            records += 1
        if open_:
            inside += 1
            tags += bool(_TAG.match(line) or _NARROW_TAG.match(line))
            open_ = not _ENDS.match(line)
            ends += not open_
        else:
            outside += 1
            if not begun and outside > _PREAMBLE:
                return Fit.NONE
    # The last record of the head may be cut off.
    whole = ends >= max(records - 1, 1) and tags >= 5 * records
    fits = begun and tags > 1 and (whole or 3 * tags >= inside) and outside <= _PREAMBLE + inside // 20
    return Fit.CERTAIN if fits else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record, also the last one if the line is missing that ends it; see `kg.sources.format.Format`."""
    for found in tagged_records(source, _begins):
        if isinstance(found, Problem):
            yield found
        # What stands between records, such as links of Ovid, has neither.
        elif any(_BEGINS.match(line) or _TITLE_OR_AUTHOR.match(line) for line in found.lines):
            yield from papers(_record(found), FIELDS, NAME, source, found.line)


def _begins(line: str, before: Sequence[str]) -> bool:
    """A record begins with its type, or at the latest behind the end of the one before."""
    return bool(_BEGINS.match(line) or (before and _ENDS.match(before[-1])))


def _record(found: TaggedRecord) -> dict[str, object]:
    """The record by the names that rispy gives to tags."""
    lines = [line for line in found.lines if line.strip() and not _ENDS.match(line)]
    first = next((number for number, line in enumerate(lines) if _BEGINS.match(line)), None)
    # A record without its type is read all the same.
    lines = lines[first:] if first is not None else ["TY  -", *lines]
    if _NARROW_TAG.match(lines[0]):
        lines = [_NARROW_TAG.sub(r"\1  - ", line, count=1) for line in lines]
    (record,) = _parser().parse_lines(iter([*lines_with_tags(lines, _TAG, _parser().mapping), "ER  -"]))
    return {name: value for name, value in record.items() if value}


@cache
def _parser() -> "RisParser":
    from rispy import RisParser
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

    class Parser(RisParser):  # type: ignore[misc]
        """Reads tags also where the blank behind the hyphen is missing."""

        def parse_line(self, line: str) -> tuple[str | None, str]:
            found = _TAG.match(line)
            return (found[1], line[found.end() :].strip()) if found else (None, line.strip())

    return Parser(
        mapping={**TAG_KEY_MAPPING, **_MORE_NAMES},
        list_tags=[*LIST_TYPE_TAGS, *_REPEATED],
        delimiter_tags_mapping={},
    )
