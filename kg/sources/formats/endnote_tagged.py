"""EndNote's tagged format, which refer had first: .enw files, also those of the ACL Anthology."""

import re
from collections.abc import Iterator, Sequence

from kg.schema import Paper
from kg.sources.endnote_types import endnote_kind
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.sources.tagged_records import tagged_records, tagged_values

NAME = "enw"
DESCRIPTION = "EndNote's tagged format (enw, refer)"

_TAG = re.compile(r"%([0-9A-Z@!#$&()*+,./:;<=>?\[\]^~|\\-])(?: |$)")
_TOP = 200
"""Lines of a record in which its type and title are looked for."""
_KNOWN = {"A", "D", "J", "B", "I", "X", "U", "R", "V", "P", "C", "E", "K"}


def _date(record: Record) -> object:
    """The date, which has its year in a field of its own; there may also be a whole date in that of the year."""
    day, year = record.get("8", ""), record.get("D", "")
    return day if re.search(r"\d{4}", day) else f"{day} {year}" if day and year else year


def _kind(record: Record) -> object:
    return endnote_kind(record.get("0", ""))


def _venue(record: Record) -> object:
    """The journal, book or conference; the ACL Anthology has the proceedings where others have a series."""
    names = "JBS" if _kind(record) == "article" else "JB"
    return next((record[name] for name in names if name in record), None)


def _arxiv(record: Record) -> object:
    places = [*(record.get(name, "") for name in "JBMRZ"), *record.get("U", ())]
    found = (re.search(r"arxiv:\s?\S+", place, re.IGNORECASE) for place in places)
    return next((match.group() for match in found if match), None)


def _organization(record: Record) -> object:
    """Where a thesis or report was published is its organization."""
    return record.get("I") if _kind(record) in ("thesis", "report") else None


FIELDS: Fields = {
    "title": ("T", "!"),
    "abstract": ("X",),
    "year": ("D", "8"),
    "published": (_date,),
    "authors": ("A",),
    "organizations": (_organization,),
    "url": ("U",),
    "arxiv_id": ("U", _arxiv),
    "doi": ("R", "U"),
    "ids": ("U",),
    "venue": (_venue,),
    "kind": (_kind,),
}
_SEVERAL = {"A", "U", "E", "Y", "K"}


def recognises(head: Head) -> Fit:
    """Certain if it begins with a tag, has titles, and most of its lines have tags."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:1000] if line.strip()]
    found = [_TAG.match(line) for line in lines]
    if not lines or not found[0]:
        return Fit.NONE
    tags = [match[1] for match in found if match]
    known = len(_KNOWN.intersection(tags))
    fits = "T" in tags and (known > 1 or (known and "0" in tags)) and 2 * len(tags) >= len(lines)
    return Fit.CERTAIN if fits else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads record by record; see `kg.sources.format.Format`."""
    for found in tagged_records(source, _begins):
        if isinstance(found, Problem):
            yield found
            continue
        values = tagged_values(found.lines, _TAG)
        record = {name: value if name in _SEVERAL else value[0] for name, value in values.items()}
        yield from papers(record, FIELDS, NAME, source, found.line)


def _begins(line: str, before: Sequence[str]) -> bool:
    """A record begins with its type, or, where it has none, behind a blank line.

    A blank line may also be part of an abstract, and the type may stand behind the title.
    """
    found = _TAG.match(line)
    after_blank = bool(before) and not before[-1].strip()
    if not found or not (after_blank or found[1] == "0"):
        return False
    # Type and title are at the top.
    tags = {each[:2] for each in before[:_TOP]}
    if found[1] == "0":
        return after_blank or "%0" in tags
    return "%T" in tags and (found[1] == "T" or "%0" not in tags)
