"""Papers of Semantic Scholar, from its API or its data sets."""

from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import has, read_records
from kg.sources.mapping import Fields, scheme
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
    # Not `citations`: those are the papers that cite this one.
    "references": ("references",),
}


def recognises(head: Head) -> Fit:
    """Certain if a record has one of Semantic Scholar's ids."""
    own = {"externalIds", "externalids", "corpusId", "corpusid"}
    fits = has(head, lambda record: bool(own & record.keys() or {"paperId", "title"} <= record.keys()))
    return Fit.CERTAIN if fits else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads papers; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS)
