"""Which records describe one paper: they share an id or a title, and nothing speaks against it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import polars as pl

from kg.link.papers.agreement import Doubt, PaperComparison, PaperEvidence, Sharing, plainly_agree
from kg.link.papers.identities import TELLING_WORDS
from kg.union_find import UnionFind

_MOST = 60
"""Papers that are compared for one id or title: what more of them have tells none of them."""
_WORD = re.compile(r"\w+")

_Occasion = tuple[Sharing, Sequence[int]]


class Refusal(NamedTuple):
    """Why a group of records was not joined with another one.

    Attributes:
        group: the other one.
        sharing: what they share.
        doubts: what speaks against it.
        between: groups that agree with one of the two and disagree with the other.
    """

    group: int
    sharing: Sharing
    doubts: Sequence[Doubt]
    between: Sequence[int]


class _Record(NamedTuple):
    identities: list[str]
    title: str
    kind: str | None
    authors: list[str]


class RecordGroups:
    """Groups of records, each the records of one paper, whatever the order of the records.

    A common arXiv id always joins. Then papers are joined that share an id of another catalogue, both DOI and title, a
    DOI, or a title, in this order and until nothing is left to join, unless something speaks against it
    (`PaperComparison.doubts`). A paper that agrees with several that disagree, as a record without authors and with a
    title of its own beside two chapters with its DOI, joins none of them.
    """

    def __init__(self, records: pl.DataFrame) -> None:
        """Groups them.

        Args:
            records: the table `records` of an `Analysis`. A record is named by its place in it.
        """
        self._number = records.height
        self._groups: UnionFind[int] = UnionFind()
        self._members: dict[int, list[int]] = {}
        self._evidence: dict[int, PaperEvidence] = {}
        self._shared = _shared(records["identities"])
        # Most records share nothing, and are not looked at.
        chosen = sorted(set(chain.from_iterable(self._shared.values())))
        rows = records.select("identities", "title", "kind", "authors")[chosen].iter_rows()
        self._records = dict(zip(chosen, map(_Record._make, rows), strict=True))
        open_ = self._occasions()
        joined = True
        while joined:
            joined = False
            for sharing, places in open_:
                joined |= self._settle(sharing, places)
            open_ = [(sharing, places) for sharing, places in open_ if len(self.groups_of(places)) > 1]
        self.contested = frozenset(sharing.identity for sharing, _ in open_)

    def papers(self) -> list[list[int]]:
        """The records of each paper, in no order."""
        several = list(self._members.values())
        joined = set(chain.from_iterable(several))
        return [*several, *([place] for place in range(self._number) if place not in joined)]

    def groups_of(self, places: Iterable[int]) -> set[int]:
        """The groups of some records."""
        return {self._groups.find(place) for place in places}

    def members(self, group: int) -> list[int]:
        """The records of a group, in no order."""
        return self._members.get(group, [group])

    def evidence(self, group: int) -> PaperEvidence:
        """What tells a group's paper from others."""
        known = self._evidence.get(group)
        if known is None:
            parts = [
                PaperEvidence.of(record.identities, record.kind, record.authors)
                for record in map(self._records.__getitem__, self.members(group))
            ]
            known = self._evidence[group] = parts[0] if len(parts) == 1 else PaperEvidence.joined(parts)
        return known

    def sharing_one(self, identity: str) -> Sequence[int]:
        """The records with an identity that several have; none where only one has it."""
        return self._shared.get(identity, ())

    def sharing(self, identity: str) -> Sharing:
        """What the records with an identity that several have share."""
        short = identity.startswith("title:") and any(
            len(_WORD.findall(self._records[place].title)) < TELLING_WORDS for place in self._shared[identity]
        )
        return Sharing(identity, short)

    def refusals(self, group: int) -> Iterator[Refusal]:
        """The groups that share an identity with a group and were not joined with it, and why."""
        for identity in sorted(self.contested):
            places = self._shared[identity]
            groups = sorted(self.groups_of(places), key=lambda other: (other != group, other))[:_MOST]
            if groups[0] != group:
                continue
            sharing = self.sharing(identity)
            comparison = PaperComparison(sharing, [self.evidence(each) for each in groups])
            for place, other in enumerate(groups[1:], 1):
                doubts = comparison.doubts(0, place)
                thirds = () if doubts else [n for n in range(1, len(groups)) if n != place]
                between = [n for n in thirds if bool(comparison.doubts(0, n)) != bool(comparison.doubts(place, n))]
                yield Refusal(other, sharing, doubts or [Doubt.BETWEEN], [groups[n] for n in between])

    def _occasions(self) -> list[_Occasion]:
        """What several records share, and which; the strongest first. Joins by arXiv ids."""
        catalogued: list[_Occasion] = []
        alike: list[_Occasion] = []
        dois: list[_Occasion] = []
        titles: list[_Occasion] = []
        for identity, places in self._shared.items():
            sharing = self.sharing(identity)
            if identity.startswith("arxiv:"):
                self._join(places)
            elif identity.startswith("doi:"):
                alike += ((sharing, same) for same in self._by_title(places))
                dois.append((sharing, places))
            else:
                (catalogued if sharing.catalogued else titles).append((sharing, places))
        return [*catalogued, *alike, *dois, *titles]

    def _by_title(self, places: Iterable[int]) -> list[list[int]]:
        """Those of some records that have a title in common."""
        by_title: dict[str, list[int]] = defaultdict(list)
        for place in places:
            by_title[self._records[place].identities[-1]].append(place)
        return [by_title[title] for title in sorted(by_title) if len(by_title[title]) > 1]

    def _settle(self, sharing: Sharing, places: Sequence[int]) -> bool:
        """Joins what may be joined of the papers that share something; whether there was any."""
        groups = list(self.groups_of(places))
        if len(groups) == 1:
            return False
        evidence = [self.evidence(group) for group in groups]
        if len(groups) == 2 and not sharing.short_title and plainly_agree(*evidence):
            self._join(groups)
            return True
        together: dict[object, list[int]] = defaultdict(list)
        alike: Sequence[object] = evidence
        if len(groups) <= _MOST:
            alike = PaperComparison(sharing, evidence).partition()
        for group, key in zip(groups, alike, strict=True):
            together[key].append(group)
        joined = False
        for key, some in together.items():
            if len(some) > 1 and not (isinstance(key, PaperEvidence) and sharing.short_title and key.has_ids):
                self._join(some)
                joined = True
        return joined

    def _join(self, places: Sequence[int]) -> None:
        for place in places[1:]:
            one, other = self._groups.find(places[0]), self._groups.find(place)
            if one != other:
                members = [*self.members(one), *self.members(other)]
                self._groups.join(one, other)
                for former in (one, other):
                    self._members.pop(former, None)
                    self._evidence.pop(former, None)
                self._members[self._groups.find(one)] = members


def _shared(identities: pl.Series) -> dict[str, list[int]]:
    """The identities that several records have, in the order of the alphabet, with the places of the records."""
    each = pl.DataFrame({"identity": identities}).with_row_index("place").explode("identity")
    several = each.filter(pl.col("identity").is_duplicated()).group_by("identity").agg("place").sort("identity")
    return dict(several.iter_rows())
