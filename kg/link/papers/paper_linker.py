"""Papers: their records, keys and merged rows, and how references find them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

import polars as pl

from kg.link.papers.agreement import WHOLE
from kg.link.papers.identities import free_key, key_from_identities
from kg.link.papers.merging import fullest_first, merged_record
from kg.link.papers.record_groups import RecordGroups, Refusal
from kg.text.identifiers import arxiv_month, identity
from kg.text.keys import name_key
from kg.union_find import UnionFind


class PaperLinker:
    """Groups records by paper: `join` what else is one paper, then `merge`, then ask.

    Attributes:
        groups: which records are one paper, before anything is joined by hand.
        keys: by the number of the fullest record of each paper, the paper's key.
        table: a row for each paper, sorted by `key`: the columns of the table `records` of an `Analysis`, merged from
            all records of the paper; `record` is the number of the fullest, and what was found in that one counts.
    """

    def __init__(self, records: pl.DataFrame) -> None:
        """Groups records that are one paper.

        Args:
            records: the table `records` of an `Analysis`.
        """
        self._table = records
        self._identities: list[list[str]] = records["identities"].to_list()
        self._own_keys: list[str] = records["key"].to_list()
        by_identities = sorted(range(records.height), key=self._identities.__getitem__, reverse=True)
        ids = records["id"].to_list()
        # Of several records with one id always the same is found, in whatever order they came.
        self._record_ids = {ids[place]: place for place in by_identities}
        self.groups = RecordGroups(records)
        self._place_of = {known: place for place in by_identities for known in self._identities[place]}
        self._rows: dict[int, dict[str, Any]] = {}
        self._joined: list[tuple[str, str]] = []
        self._same: UnionFind[str] = UnionFind()
        self._papers: list[list[int]] = []
        self._number_of: dict[int, int] = {}
        self._owners: dict[str, int | None] = {}
        self._numbers: dict[str, int] = {}
        self._key_of: list[str] = []
        self._places: dict[str, int] = {}
        self.keys: dict[int, str] = {}
        self.table = pl.DataFrame()

    def join(self, one: str, other: str) -> None:
        """Makes the papers one that two references name, whatever speaks against it.

        Args:
            one: an id, URL, DOI or title, the id of a record, or the key that the paper has without this.
            other: likewise.
        """
        self._joined.append((one, other))

    def merge(self) -> None:
        """Makes one row of all records of each paper, and gives each paper its key."""
        self._set_papers(self.groups.papers())
        if self._joined:
            for one, other in self._joined:
                self._same.join(self._node(one), self._node(other))
            together: dict[str, list[int]] = defaultdict(list)
            for key, places in zip(self._key_of, self._papers, strict=True):
                together[self._same.find(key)] += places
            self._set_papers(together.values())
            self._numbers = {node: number for number, node in enumerate(together)}
        self._set_table()

    @property
    def papers(self) -> Mapping[str, int]:
        """The keys of all papers, each with the place of its row in `table`."""
        return self._places

    @property
    def search_keys(self) -> dict[str, list[str]]:
        """The normal forms of all ids and titles of each paper, by the paper's key."""
        return dict(zip(self.table["key"].to_list(), self.table["keys"].to_list(), strict=True))

    def key_of_reference(self, reference: str) -> str | None:
        """The key of the paper that a reference (an id, URL, DOI or title) names, or None."""
        return self.key_of(identity(reference))

    def key_of(self, identity: str) -> str | None:
        """The key of the paper with this identity (`arxiv:…`, `doi:…`, `title:…` and so on), or None.

        Of several papers with one DOI it is the book or proceedings, else the earliest. A title of few words that
        several papers with ids have names none of them.
        """
        number = self._number_with(identity)
        if number is None and self._joined:
            number = self._numbers.get(self._same.find(identity))
        return None if number is None else self._key_of[number]

    def key_of_record(self, identifier: str) -> str | None:
        """The key of the paper that a record with this id describes, or None."""
        place = self._record_ids.get(identifier)
        return None if place is None else self._key_of[self._number_of[place]]

    def representative(self, identity: str) -> str:
        """The identity that stands for this one and all that were joined with it; it has no record."""
        return self._same.find(identity)

    def records(self, key: str) -> list[dict[str, Any]]:
        """The records of a paper, rows of the table `records` of an `Analysis`, the fullest first."""
        return [self._row(place) for place in self._papers[self._numbers[key]]]

    def refusals(self, key: str) -> Iterator[Refusal]:
        """The groups of records that share an id or a title with a paper and were not joined with it, and why."""
        (group,) = self.groups.groups_of(self._papers[self._numbers[key]])
        return self.groups.refusals(group)

    def key_of_place(self, place: int) -> str:
        """The key of the paper of a record, which is named by its place in the table."""
        return self._key_of[self._number_of[place]]

    def is_contested(self, identity: str) -> bool:
        """Whether several papers have this identity."""
        return identity in self._owners

    def _number_with(self, identity: str) -> int | None:
        if identity in self._owners:
            return self._owners[identity]
        place = self._place_of.get(identity)
        return None if place is None else self._number_of[place]

    def _node(self, reference: str) -> str:
        """What stands for the paper of a reference where papers are joined: its key so far, else its identity."""
        if reference in self._numbers:
            return reference
        known = identity(reference)
        number = self._number_with(known)
        if known.startswith("title:") and (place := self._record_ids.get(reference)) is not None:
            number = self._number_of[place]
        return known if number is None else self._key_of[number]

    def _set_papers(self, papers: Iterable[list[int]]) -> None:
        """Takes the records of each paper, and gives each its key."""
        self._papers = [sorted(places, key=self._fullest_first) if len(places) > 1 else places for places in papers]
        self._number_of = {place: number for number, places in enumerate(self._papers) for place in places}
        self._owners = {
            known: self._owner(known, numbers)
            for known in self.groups.contested
            if len(numbers := {self._number_of[place] for place in self.groups.sharing_one(known)}) > 1
        }
        foreign: dict[int, set[str]] = defaultdict(set)
        for known, owner in self._owners.items():
            for place in self.groups.sharing_one(known):
                if self._number_of[place] != owner:
                    foreign[self._number_of[place]].add(known)
        claims: dict[str, list[int]] = {}
        for number, places in enumerate(self._papers):
            key = self._own_keys[places[0]]
            if len(places) > 1 or number in foreign:
                own = {known for place in places for known in self._identities[place]} - foreign[number]
                key = key_from_identities(self._table["title"][places[0]], own)
            claims.setdefault(key, []).append(number)
        self._numbers = {key: numbers[0] for key, numbers in claims.items() if len(numbers) == 1}
        for key in sorted(claims.keys() - self._numbers.keys()):
            for number in sorted(claims[key], key=self._first_claim):
                self._numbers[free_key(key, self._numbers)] = number
        self._key_of = [key for key, _ in sorted(self._numbers.items(), key=itemgetter(1))]

    def _owner(self, identity: str, papers: Iterable[int]) -> int | None:
        """Which of the papers with an identity it leads to, or None."""
        if self.groups.sharing(identity).short_title:
            papers = [number for number in papers if len(self._identities[self._papers[number][0]]) == 1]
        return min(papers, key=self._first_claim, default=None)

    def _first_claim(self, paper: int) -> tuple[Any, ...]:
        """Sort key for papers that want one key or id: books and proceedings first, then by year."""
        records = [self._row(place) for place in self._papers[paper]]
        whole = any(record["kind"] in WHOLE for record in records)
        year = min((record["year"] for record in records if record["year"] is not None), default=math.inf)
        return not whole, year, -len(records), fullest_first(records[0])

    def _row(self, place: int) -> dict[str, Any]:
        """A record that shares something with others, which is asked for several times."""
        row = self._rows.get(place)
        if row is None:
            row = self._rows[place] = self._table.row(place, named=True)
        return row

    def _fullest_first(self, place: int) -> tuple[Any, ...]:
        return fullest_first(self._row(place))

    def _set_table(self) -> None:
        fullest = [places[0] for places in self._papers]
        merged = {
            key: [self._row(place) for place in places]
            for key, places in zip(self._key_of, self._papers, strict=True)
            if len(places) > 1
        }
        table = self._table[fullest].with_columns(pl.Series("key", self._key_of, pl.String))
        if merged:
            rows = [{"key": key, **merged_record(key, records)} for key, records in merged.items()]
            several = pl.DataFrame(rows, schema=table.schema)
            table = pl.concat([table.filter(~pl.col("key").is_in(list(merged))), several])
        undated = table.filter(pl.col("published").is_null())["key"].to_list()
        months = [arxiv_month(key) for key in undated]
        dated = pl.DataFrame({"key": undated, "month": months}, schema={"key": pl.String, "month": pl.String})
        search_keys = [name_key(key) for key in table["key"]]
        table = table.join(dated, on="key", how="left", maintain_order="left")
        self.table = (
            table.with_columns(
                pl.coalesce("published", "month").alias("published"),
                pl.concat_list("keys", pl.Series("key", search_keys, pl.String))
                .list.unique()
                .list.sort()
                .alias("keys"),
            )
            .drop("month")
            .sort("key")
        )
        self._places = {key: place for place, key in enumerate(self.table["key"])}
        self.keys = dict(zip(self.table["record"].to_list(), self.table["key"].to_list(), strict=True))
