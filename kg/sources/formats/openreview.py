"""Submissions of OpenReview (notes), and the lists of papers that conferences publish."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kg.schema import Paper
from kg.sources import json_stream
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import has
from kg.sources.mapping import Fields, Record, first_value, papers, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source

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
}

LIST_FIELDS: Fields = {
    "id": ("uid", "id"),
    "title": ("name", "title"),
    "abstract": ("abstract",),
    "year": ("year",),
    "authors": ("authors[].fullname", "authors"),
    "organizations": ("authors[].institution",),
    "url": ("sourceurl", "paper_url", "virtualsite_url"),
}
"""Where fields are in the lists of the virtual sites of ICLR, ICML and NeurIPS."""


def recognises(head: Head) -> Fit:
    """Certain if a record is a note with a title, or an event in a conference's list."""
    return Fit.CERTAIN if has(head, _is_note) or has(head, _is_event) else Fit.NONE


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
    return isinstance(content, dict) and "title" in content and bool({"id", "forum", "invitation"} & record.keys())


def _is_event(record: Record) -> bool:
    return "name" in record and bool({"virtualsite_url", "sourceurl", "eventtype", "decision"} & record.keys())


def _plain(content: object) -> dict[str, Any]:
    """The fields without the wrapping of the second API: `{"value": …}`."""
    fields = content if isinstance(content, dict) else {}
    return {
        name: value.get("value") if isinstance(value, dict) and "value" in value else value
        for name, value in fields.items()
    }
