"""Papers of Semantic Scholar, from its API or its data sets."""

from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.mapping import Fields, Record, scheme
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "semantic-scholar"
DESCRIPTION = "Semantic Scholar papers (JSON)"

FIELDS: Fields = {
    "id": ("paperId", "corpusid", "corpusId"),
    "title": ("title",),
    "abstract": ("abstract",),
    "year": ("year",),
    "published": ("publicationDate", "publicationdate"),
    "authors": ("authors[].name",),
    "organizations": ("authors[].affiliations[]",),
    "url": ("url",),
    "arxiv_id": ("externalIds.ArXiv", "externalids.ArXiv"),
    "doi": ("externalIds.DOI", "externalids.DOI"),
    "ids": (
        scheme("s2:", "paperId"),
        scheme("corpusid:", "corpusId"),
        scheme("corpusid:", "corpusid"),
        scheme("corpusid:", "externalIds.CorpusId"),
        scheme("acl:", "externalIds.ACL"),
        scheme("acl:", "externalids.ACL"),
        scheme("pmid:", "externalIds.PubMed"),
        scheme("pmid:", "externalids.PubMed"),
    ),
    "venue": ("journal.name", "publicationVenue.name", "venue", "journal"),
    "categories": ("s2FieldsOfStudy[].category", "s2fieldsofstudy[].category", "fieldsOfStudy"),
    "kind": ("publicationTypes", "publicationtypes"),
    # Not `citations`: those are the papers that cite this one.
    "references": ("references",),
}


_OWN = {"externalIds", "externalids", "corpusId", "corpusid"}


def recognises(head: Head) -> Fit:
    """Certain if most records have a title and one of Semantic Scholar's ids."""
    return Fit.CERTAIN if have(head, _is_paper) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads papers, also those that a paper cites or is cited by; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS, _paper)


def _is_paper(record: Record) -> bool:
    paper = _paper(record)
    return "title" in paper and bool(_OWN & paper.keys() or "paperId" in paper)


def _paper(record: Record) -> dict[str, Any]:
    """The paper in an answer about a paper's references or citations; else the record."""
    inner = record.get("citedPaper") or record.get("citingPaper")
    return inner if isinstance(inner, dict) else dict(record)
