"""Which records are one paper: union-find over arXiv id, DOI and normalised title."""

from collections.abc import Iterable, Iterator

from kg.names import arxiv_id, doi, paper_key, title_key
from kg.schema import Paper


class UnionFind:
    """Disjoint sets of strings; the smallest member stands for its set, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        """The member that stands for the set of `item`."""
        parent = self._parent.setdefault(item, item)
        while parent != self._parent[parent]:
            self._parent[item] = self._parent[parent]
            parent = self._parent[parent]
        return parent

    def join(self, one: str, other: str) -> None:
        """Makes one set of two."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first


def identities(paper: Paper) -> Iterator[str]:
    """All keys by which a record is known: `arxiv:…`, `doi:…`, `title:…`, and its own id."""
    for text in (paper.arxiv_id, paper.id, paper.url, paper.doi):
        if text:
            arxiv, found_doi = arxiv_id(text), doi(text)
            if arxiv:
                yield f"arxiv:{arxiv}"
            elif found_doi:
                yield f"doi:{found_doi}"
    yield f"title:{title_key(paper.title)}"


def reference_identity(reference: str) -> str:
    """The key of a cited paper, from an id, URL, DOI or title."""
    arxiv, found_doi = arxiv_id(reference), doi(reference)
    if arxiv:
        return f"arxiv:{arxiv}"
    return f"doi:{found_doi}" if found_doi else f"title:{title_key(reference)}"


def fullness(paper: Paper) -> tuple[int, int, str, str]:
    """Order of records of one paper: the longer abstract first, then the longer title, then the alphabet."""
    return (-len(paper.abstract), -len(paper.title), paper.title, paper.id)


def merge(records: Iterable[Paper]) -> tuple[str, Paper]:
    """The graph's key and the one record of several of the same paper: the fuller record wins field by field."""
    ordered = sorted(records, key=fullness)
    fields = dict(ordered[0])
    for record in ordered[1:]:
        for name, value in record:
            if fields.get(name) in (None, (), "") and value not in (None, (), ""):
                fields[name] = value
    ids = sorted({identity for record in ordered for identity in identities(record)})
    arxiv = next((i.removeprefix("arxiv:") for i in ids if i.startswith("arxiv:")), None)
    found_doi = next((i.removeprefix("doi:") for i in ids if i.startswith("doi:")), None)
    paper = type(ordered[0]).model_construct(**fields)
    return paper_key(paper.title, arxiv, found_doi), paper
