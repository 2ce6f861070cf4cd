"""Records with common field names: JSON Lines, arrays, API pages; also files that `kg extract` wrote."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources import json_stream
from kg.sources.extractions import extracted
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, first_value, papers
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
    """Possible if a record has a title."""
    return Fit.POSSIBLE if any(first_value(record, FIELDS["title"]) for record in head.records) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads records and extractions; see `kg.sources.format.Format`."""
    for value in json_stream.values(source):
        if isinstance(value, Problem):
            yield value
        else:
            line, record = value
            yield from extracted(papers(record, FIELDS, NAME, source, line), record, source.file, line)
