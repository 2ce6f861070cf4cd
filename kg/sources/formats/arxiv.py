"""Dumps of arXiv: one JSON object a paper, such as the snapshot on Kaggle."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from kg.schema import Paper
from kg.sources.acceptance import venue_in_comment
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record, as_list, unwrapped
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "arxiv"
DESCRIPTION = "arXiv metadata dumps (JSON)"


def _authors(record: Record) -> list[str]:
    """Names from parts: last name, first names, suffix."""
    parts = (list(map(str, one[:3])) for one in as_list(record.get("authors_parsed")) if isinstance(one, list))
    names = (" ".join(filter(None, (*one[1:2], *one[:1], *one[2:3]))) for one in parts)
    return [name for name in names if name.strip()]


def _created(record: Record) -> object:
    """The day of the first version."""
    first = next(iter(as_list(record.get("versions"))), None)
    try:
        return parsedate_to_datetime(first["created"]).date() if isinstance(first, dict) else None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _accepted_at(record: Record) -> object:
    """The venue in the authors' comments."""
    comments = record.get("comments")
    return venue_in_comment(comments) if isinstance(comments, str) else None


def _categories(record: Record) -> object:
    """The subject classes, which the dump has in one text."""
    categories = record.get("categories")
    return categories.split() if isinstance(categories, str) else categories


FIELDS: Fields = {
    "id": ("id",),
    "title": (unwrapped("title"),),
    "abstract": (unwrapped("abstract"),),
    "published": (_created,),
    "authors": (_authors, "authors"),
    "arxiv_id": ("id",),
    "doi": ("doi",),
    "venue": ("journal-ref", "journal_ref", _accepted_at),
    "categories": (_categories,),
}


def recognises(head: Head) -> Fit:
    """Certain if a record has the fields that only arXiv's snapshot has."""
    fits = have(head, lambda record: "authors_parsed" in record or {"versions", "update_date"} <= record.keys())
    return Fit.CERTAIN if fits else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads papers; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)
