"""Daily papers from the Hugging Face API."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record
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
    "repositories": ("paper.githubRepo",),
    "upvotes": ("paper.upvotes",),
}

# What others that name a paper, such as lists of data sets, do not say of it.
_OWN = {"id", "summary", "authors", "upvotes", "publishedAt"}


def recognises(head: Head) -> Fit:
    """Certain if most records hold a `paper` with a title and its id, abstract or authors."""
    return Fit.CERTAIN if have(head, _holds_paper) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads a day's papers; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)


def _holds_paper(record: Record) -> bool:
    paper = record.get("paper")
    return isinstance(paper, dict) and "title" in paper and bool(_OWN & paper.keys())
