"""Submissions of OpenReview (notes), and the lists of papers that conferences publish."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kg.schema import Paper
from kg.sources import json_stream
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have
from kg.sources.mapping import Fields, Record, first_value, papers, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source

_NOT_TAKEN = re.compile(r"submi|withdrawn|reject|under review", re.IGNORECASE)

NAME = "openreview"
DESCRIPTION = "OpenReview notes and conference lists (JSON)"


def _day(name: str) -> Any:
    def day(record: Record) -> object:
        milliseconds = record.get(name)
        try:
            return datetime.fromtimestamp(milliseconds / 1000, UTC).date() if milliseconds else None
        except (TypeError, ValueError, OverflowError, OSError):
            return None

    return day


def _address(record: Record) -> str | None:
    identifier = first_value(record, ("forum", "id"))
    return f"https://openreview.net/forum?id={identifier}" if isinstance(identifier, str) else None


def _year(record: Record) -> object:
    """The year of the venue."""
    venues = (first_value(record, (place,)) for place in ("content.venueid", "content.venue", "invitation"))
    years = (re.search(r"\b(?:19|20)\d\d\b", venue) for venue in venues if isinstance(venue, str))
    return next((year.group() for year in years if year), None)


def _venue(record: Record) -> str | None:
    """The venue that took the paper, as it is written; not one that it was only sent to."""
    written = first_value(record, ("content.venue",))
    return written if isinstance(written, str) and not _NOT_TAKEN.search(written) else None


def _venue_year(record: Record) -> object:
    return _year(record) if _venue(record) else None


FIELDS: Fields = {
    "id": ("id", "forum"),
    "title": ("content.title",),
    "abstract": ("content.abstract",),
    "year": (_year,),
    "published": (_day("pdate"), _day("cdate"), _day("tcdate")),
    "authors": ("content.authors",),
    "url": (_address,),
    "arxiv_id": ("content.arxiv",),
    "doi": ("content.doi", "content.DOI"),
    "ids": (scheme("openreview:", "forum"), scheme("openreview:", "id")),
    "venue": (_venue,),
    "venue_year": (_venue_year,),
    "categories": ("content.primary_area", "content.subject_areas"),
    "repositories": ("content.code", "content.code_URL", "content.code_url", "content.software"),
}

LIST_FIELDS: Fields = {
    "id": ("uid", "id"),
    "title": ("name", "title"),
    "abstract": ("abstract",),
    "year": ("year",),
    "authors": ("authors[].fullname", "authors"),
    "organizations": ("authors[].institution",),
    "url": ("sourceurl", "paper_url", "virtualsite_url"),
    "arxiv_id": ("arxiv_id",),
    "doi": ("doi",),
    "ids": ("url", "paper_pdf_url"),
    "venue": ("venue", "conference"),
    "categories": ("topic",),
}
"""Where fields are in the lists of the virtual sites of ICLR, ICML and NeurIPS."""


def recognises(head: Head) -> Fit:
    """Certain if a record is a note with a title, or an event in a conference's list."""
    return Fit.CERTAIN if have(head, _is_event) or _hold_notes(head) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads submissions and skips reviews and comments; see `kg.sources.format.Format`."""
    for value in json_stream.values(source):
        if isinstance(value, Problem):
            yield value
            continue
        line, record = value
        if not isinstance(record, dict) or _is_event(record) or "content" not in record:
            yield from papers(record, LIST_FIELDS, NAME, source, line)
        elif record.get("forum", record.get("id")) == record.get("id"):
            yield from papers({**record, "content": _plain(record["content"])}, FIELDS, NAME, source, line)


def _is_note(record: Record) -> bool:
    content = record.get("content")
    return isinstance(content, dict) and "title" in content and _is_any_note(record)


def _is_event(record: Record) -> bool:
    return "name" in record and bool({"virtualsite_url", "sourceurl", "eventtype", "decision"} & record.keys())


def _hold_notes(head: Head) -> bool:
    """Whether most records are notes, reviews counted, and one at least has a title."""
    return have(head, _is_any_note) and any(map(_is_note, head.records))


def _is_any_note(record: Record) -> bool:
    return isinstance(record.get("content"), dict) and bool({"forum", "invitation", "invitations"} & record.keys())


def _plain(content: object) -> dict[str, Any]:
    """The fields without the wrapping of the second API: `{"value": …}`."""
    fields = content if isinstance(content, dict) else {}
    return {
        name: value.get("value") if isinstance(value, dict) and "value" in value else value
        for name, value in fields.items()
    }
