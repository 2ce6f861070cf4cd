"""Records with the field names that are in use: JSON Lines, arrays, pages; also what `kg extract` wrote."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources import jsons
from kg.sources.base import Fit
from kg.sources.extractions import extracted
from kg.sources.head import Head
from kg.sources.mapping import Fields, found, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "json"
DESCRIPTION = "JSON or JSON Lines of records with a title, also what `kg extract` wrote"

FIELDS: Fields = {
    "id": ("id", "paper_id", "paperId"),
    "title": ("title",),
    "abstract": ("abstract", "summary", "abstract_note"),
    "year": ("year", "publication_year"),
    "published": ("published", "published_at", "publishedAt", "publication_date", "publicationDate", "date"),
    "authors": ("authors", "author"),
    "author_count": ("author_count",),
    "organizations": ("organizations", "organization", "organisations", "organisation", "affiliations"),
    "url": ("url", "link"),
    "arxiv_id": ("arxiv_id", "arxivId", "arxiv"),
    "doi": ("doi", "DOI"),
    "ids": ("ids",),
    "upvotes": ("upvotes",),
    "references": ("references", "referenced_works", "cites", "citations"),
}
"""Also the columns of tables (`kg.sources.formats.csv`, `parquet`)."""


def recognises(head: Head) -> Fit:
    """Whether one of the records has a title."""
    return Fit.POSSIBLE if any(found(record, FIELDS["title"]) for record in head.records) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads records and extractions; see `kg.sources.base.Format`."""
    for value in jsons.values(source):
        if isinstance(value, Problem):
            yield value
        else:
            line, record = value
            yield from extracted(papers(record, FIELDS, NAME, source.file, line), record, source.file, line)
