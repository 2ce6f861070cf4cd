"""What speaks against it that records with one id or title are one paper."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from kg.text.shared_surnames import common, comparable, plain_surnames, surnames
from kg.union_find import UnionFind

WHOLE = frozenset({"book", "proceedings"})
"""Kinds of works that others are parts of."""
_NEITHER: frozenset[str] = frozenset()
_PART = frozenset({"chapter", "article"})


class Doubt(StrEnum):
    """Why records are two papers although they have one id or title."""

    AUTHORS = "other authors"
    KIND = "another kind"
    ARXIV = "another arXiv id"
    SHORT_TITLE = "a short title alone"
    BETWEEN = "agrees with papers that disagree"


class PaperEvidence(NamedTuple):
    """What tells the paper of some records from others.

    Attributes:
        arxiv: its arXiv ids.
        kinds: `whole` for a book or proceedings, `part` for a chapter or article; empty where nothing says so. A report
            or thesis may be printed as either.
        authors: their names as written.
        has_ids: whether it has ids of any catalogue, arXiv or a DOI.
    """

    arxiv: frozenset[str]
    kinds: frozenset[str]
    authors: frozenset[str]
    has_ids: bool

    @classmethod
    def of(cls, identities: Sequence[str], kind: str | None, authors: Iterable[str]) -> "PaperEvidence":
        """The evidence of a record with these identities, the title among them."""
        arxiv = frozenset(known for known in identities if known.startswith("arxiv:"))
        return cls(arxiv, _sides(kind), frozenset(authors), len(identities) > 1)

    @classmethod
    def joined(cls, parts: Sequence["PaperEvidence"]) -> "PaperEvidence":
        """The evidence of several records together."""
        return cls(
            frozenset().union(*(part.arxiv for part in parts)),
            frozenset().union(*(part.kinds for part in parts)),
            frozenset().union(*(part.authors for part in parts)),
            any(part.has_ids for part in parts),
        )


class Sharing(NamedTuple):
    """What papers share, by which they may be one.

    Attributes:
        identity: the id or title.
        short_title: whether it is a title of so few words that papers of different ids may have it.
    """

    identity: str
    short_title: bool = False

    @property
    def long_title(self) -> bool:
        """Whether it is a title that tells papers apart."""
        return self.identity.startswith("title:") and not self.short_title

    @property
    def catalogued(self) -> bool:
        """Whether it is the id of a catalogue that numbers its works itself: no arXiv id, DOI or title."""
        return not self.identity.startswith(("arxiv:", "doi:", "title:"))


class PaperComparison:
    """What speaks against it that papers that share something are one.

    Authors are the same where each list has a surname in common with the next: one source names the first authors, one
    the last, one all.
    """

    def __init__(self, sharing: Sharing, papers: Sequence[PaperEvidence]) -> None:
        """Compares all of them.

        Args:
            sharing: what they share.
            papers: the evidence of each.
        """
        self._sharing = sharing
        self._papers = papers
        self._names = [surnames(paper.authors) for paper in papers]
        self._same: UnionFind[int] = UnionFind()
        for one in range(len(papers)):
            for other in range(one):
                if common(self._names[one], self._names[other]):
                    self._same.join(one, other)

    def doubts(self, one: int, other: int) -> list[Doubt]:
        """What speaks against it that two of the papers, named by their places, are one; empty where nothing does.

        A work has one id in a catalogue, whoever typed its authors. It may have two arXiv ids, as authors submit it
        twice: title and authors together say so, no other id does.
        """
        here, there = self._papers[one], self._papers[other]
        same_authors = self._same.find(one) == self._same.find(other)
        found = []
        if not self._sharing.catalogued:
            if not same_authors and comparable(self._names[one], self._names[other]):
                found.append(Doubt.AUTHORS)
            if _apart(here.kinds, there.kinds):
                found.append(Doubt.KIND)
        if _apart(here.arxiv, there.arxiv) and not (self._sharing.long_title and same_authors):
            found.append(Doubt.ARXIV)
        if self._sharing.short_title and here.has_ids and there.has_ids:
            found.append(Doubt.SHORT_TITLE)
        return found

    def partition(self) -> list[frozenset[int]]:
        """For each paper, by place, a set that is the same for all papers that are one.

        A paper that agrees with several that disagree is one with none of them; with others that are in the same place
        only where a title is shared.
        """
        places = range(len(self._papers))
        near = [frozenset(j for j in places if i == j or not self.doubts(i, j)) for i in places]
        by_title = self._sharing.identity.startswith("title:")
        return [
            here if by_title or all(here <= near[j] for j in here) else frozenset({i}) for i, here in enumerate(near)
        ]


def plainly_agree(one: PaperEvidence, other: PaperEvidence) -> bool:
    """Whether nothing speaks against one paper, where that is seen without taking names apart."""
    return (
        not (one.arxiv and other.arxiv)
        and not _apart(one.kinds, other.kinds)
        and (
            not one.authors
            or not other.authors
            or not plain_surnames(one.authors).isdisjoint(plain_surnames(other.authors))
        )
    )


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both are known and have nothing in common."""
    return bool(one and other) and one.isdisjoint(other)


def _sides(kind: str | None) -> frozenset[str]:
    """`whole` or `part`, as far as a record's kind says so."""
    if kind is None:
        return _NEITHER
    return frozenset({"whole"} if kind in WHOLE else {"part"} if kind in _PART else ())
