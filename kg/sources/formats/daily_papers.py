"""Daily papers from the Hugging Face API."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import has, read_records
from kg.sources.mapping import Fields
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "daily-papers"
DESCRIPTION = "daily papers of the Hugging Face API (JSON)"

FIELDS: Fields = {
    "id": ("paper.id",),
    "title": ("paper.title", "title"),
    "abstract": ("paper.summary", "summary"),
    "published": ("paper.publishedAt", "publishedAt"),
    "authors": ("paper.authors[].name",),
    "organizations": ("paper.organization", "organization"),
    "upvotes": ("paper.upvotes",),
}


def recognises(head: Head) -> Fit:
    """Certain if a record holds a `paper` with a title."""
    fits = has(head, lambda record: isinstance(record.get("paper"), dict) and "title" in record["paper"])
    return Fit.CERTAIN if fits else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads a day's papers; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)
