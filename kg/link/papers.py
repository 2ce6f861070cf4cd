"""Which records are one paper: union-find over arXiv id, DOI and normalised title."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.link.union import UnionFind
from kg.names import arxiv_id, doi, name_key, paper_key, title_key
from kg.schema import Extraction, Paper

# Titles of fewer words ("Editorial", "Natural Language Generation") do not make one paper of two arXiv ids.
_TELLING_WORDS = 4

_Fullness = tuple[int, int, str, str, str, int]


class PaperLinker:
    """Gathers records (`add`), makes papers of them (`close`), then knows each paper by key."""

    def __init__(self) -> None:
        self._same = UnionFind()
        self._records: list[tuple[_Fullness, int, Paper]] = []
        self._short_titles: dict[str, set[str]] = defaultdict(set)
        self._keys: dict[str, str] = {}
        self._speaks: dict[int, str] = {}
        self.papers: dict[str, Paper] = {}
        """The merged record of each paper, by key."""
        self.identities: dict[str, list[str]] = {}
        """All ids and titles of each paper as normal forms, by key."""

    def add(self, extraction: Extraction) -> None:
        """Takes a record; records are numbered in the order in which they come."""
        first, *others = identities(extraction)
        title = f"title:{title_key(extraction.title)}"
        if others and len(re.findall(r"\w+", extraction.title)) < _TELLING_WORDS:
            others.remove(title)
            self._short_titles[title].add(first)
        for other in others:
            self._same.join(first, other)
        paper = Paper.model_construct(**{name: getattr(extraction, name) for name in Paper.model_fields})
        self._records.append((_fullness(extraction), len(self._records), paper))

    def close(self) -> None:
        """Merges the records of one paper."""
        for title, known in self._short_titles.items():
            if len({self._same.find(item) for item in known}) == 1:
                self._same.join(title, min(known))
        groups: dict[str, list[tuple[_Fullness, int, Paper]]] = defaultdict(list)
        for record in self._records:
            groups[self._same.find(next(identities(record[2])))].append(record)
        self._records = []
        taken: set[str] = set()
        for root in sorted(groups):
            records = [paper for _, _, paper in sorted(groups[root], key=lambda record: record[0])]
            ids = sorted({known for paper in records for known in identities(paper)})
            merged = merge(records)
            key = _key(merged, ids, taken)
            taken.add(key)
            self._keys[root] = key
            self._speaks[min(groups[root])[1]] = key
            self.papers[key] = merged
            known = {name_key(text.split(":", 1)[1]) for text in ids}
            self.identities[key] = sorted(known | {name_key(key)} | {name_key(paper.id) for paper in records})

    def speaking(self, extractions: Iterable[Extraction]) -> Iterator[tuple[str, Extraction]]:
        """Of the extractions, in the order in which they were added, the one that speaks for each paper, with key."""
        for number, extraction in enumerate(extractions):
            if number in self._speaks:
                yield self._speaks[number], extraction

    def cited(self, reference: str) -> str | None:
        """The key of the paper that a reference names: an id, URL, DOI or title."""
        return self.known(identity(reference))

    def known(self, identity: str) -> str | None:
        """The key of the paper with this identity: `arxiv:…`, `doi:…` or `title:…`."""
        return self._keys.get(self._same.find(identity))


def identities(paper: Paper) -> Iterator[str]:
    """All keys by which a record is known, the strongest first: `arxiv:…`, `doi:…`, `title:…`."""
    for text in (paper.arxiv_id, paper.id, paper.url, paper.doi):
        if text:
            arxiv, found_doi = arxiv_id(text), doi(text)
            if arxiv:
                yield f"arxiv:{arxiv}"
            elif found_doi:
                yield f"doi:{found_doi}"
    yield f"title:{title_key(paper.title)}"


def merge(records: list[Paper]) -> Paper:
    """One record of several of the same paper, the fullest first: each field from the first that has it.

    Of lists the longest is kept, of years and dates the earliest: that of first publication.
    """
    fields = dict(records[0])
    for record in records[1:]:
        for name, value in record:
            known = fields[name]
            longer = isinstance(value, tuple) and len(value) > len(known)
            if longer or (known in (None, (), "") and value not in (None, (), "")):
                fields[name] = value
    fields["year"] = min((record.year for record in records if record.year is not None), default=None)
    dates = sorted(record.published for record in records if record.published)
    fields["published"] = max((date for date in dates if date.startswith(dates[0])), key=len) if dates else None
    return Paper.model_construct(**fields)


def identity(reference: str) -> str:
    """What a reference, an id, URL, DOI or title, is among a paper's identities."""
    arxiv, found_doi = arxiv_id(reference), doi(reference)
    if arxiv:
        return f"arxiv:{arxiv}"
    return f"doi:{found_doi}" if found_doi else f"title:{title_key(reference)}"


def _fullness(extraction: Extraction) -> _Fullness:
    """Order of records of one paper: the longer abstract first, then the longer title, then anything that differs."""
    digest = zlib.crc32(extraction.model_dump_json().encode())
    size = (-len(extraction.abstract), -len(extraction.title))
    return (*size, extraction.title, extraction.abstract, extraction.id, digest)


def _key(paper: Paper, ids: list[str], taken: set[str]) -> str:
    arxiv = next((i.removeprefix("arxiv:") for i in ids if i.startswith("arxiv:")), None)
    found_doi = next((i.removeprefix("doi:") for i in ids if i.startswith("doi:")), None)
    key = base = paper_key(paper.title, arxiv, found_doi)
    number = 2
    while key in taken:
        key = f"{base}-{number}"
        number += 1
    return key
