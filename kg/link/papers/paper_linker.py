"""Which records are one paper: union-find over arXiv ids, DOIs, ids of other catalogues, and normalised titles."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl

from kg.link.papers.identities import TELLING_WORDS, free_key
from kg.link.papers.merging import fullest_first, key_of_records, merged_record
from kg.text.identifiers import arxiv_month, identity
from kg.text.keys import name_key
from kg.union_find import UnionFind


class PaperLinker:
    """Groups records by paper: `join` what else is one paper, then `merge`, then ask.

    Attributes:
        keys: by the number of the fullest record of each paper, the paper's key.
        table: a row for each paper, sorted by `key`: the columns of the table `records` of an `Analysis`, merged from
            all records of the paper; `record` is the number of the fullest, and what was found in that one counts.
    """

    def __init__(self, records: pl.DataFrame) -> None:
        """Groups records that share an id or a title.

        Args:
            records: the table `records` of an `Analysis`.
        """
        self._table = records
        self._groups: UnionFind[str] = UnionFind()
        self._identities: list[list[str]] = records["identities"].to_list()
        by_identities = sorted(range(records.height), key=self._identities.__getitem__, reverse=True)
        ids = records["id"].to_list()
        # Of several records with one id always the same is found, in whatever order they came.
        self._record_ids = {ids[place]: place for place in by_identities}
        self._keys: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self.keys: dict[int, str] = {}
        self.table = pl.DataFrame()
        short_titles: dict[str, set[str]] = defaultdict(set)
        for known, title in zip(self._identities, records["title"].to_list(), strict=True):
            first, *others = known
            if others and len(re.findall(r"\w+", title)) < TELLING_WORDS:
                short_titles[others.pop()].add(first)
            for other in others:
                self._groups.join(first, other)
        self._short_titles = short_titles

    def join(self, one: str, other: str) -> None:
        """Makes the papers one that two references name: ids, URLs, DOIs or titles, or the ids of their records."""
        self._groups.join(self._identity_of(one), self._identity_of(other))

    def merge(self) -> None:
        """Makes one row of all records of each paper, and gives each paper its key."""
        for title, known in self._short_titles.items():
            # A short title joins only what is one paper anyway.
            if len({self._groups.find(item) for item in known}) == 1:
                self._groups.join(title, min(known))
        groups: dict[str, list[int]] = defaultdict(list)
        for place, identities in enumerate(self._identities):
            groups[self._groups.find(identities[0])].append(place)
        own_keys = self._table["key"].to_list()
        keys: list[str] = []
        fullest: list[int] = []
        merged: dict[str, list[dict[str, Any]]] = {}
        taken: set[str] = set()
        for root in sorted(groups):
            places = groups[root]
            key = own_keys[places[0]]
            rows: list[dict[str, Any]] = []
            if len(places) > 1:
                places.sort(key=lambda place: fullest_first(self._table.row(place, named=True)))
                rows = [self._table.row(place, named=True) for place in places]
                key = key_of_records(rows)
            key = self._keys[root] = free_key(key, taken)
            taken.add(key)
            keys.append(key)
            fullest.append(places[0])
            if rows:
                merged[key] = rows
        self._set_table(keys, fullest, merged)

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
        """The key of the paper with this identity (`arxiv:…`, `doi:…`, `title:…` and so on), or None."""
        return self._keys.get(self._groups.find(identity))

    def key_of_record(self, identifier: str) -> str | None:
        """The key of the paper that a record with this id describes, or None."""
        place = self._record_ids.get(identifier)
        return None if place is None else self._keys[self._groups.find(self._identities[place][0])]

    def representative(self, identity: str) -> str:
        """Representative id of this paper's group."""
        return self._groups.find(identity)

    def _identity_of(self, reference: str) -> str:
        known = identity(reference)
        if known.startswith("title:"):
            place = self._record_ids.get(reference)
            return known if place is None else self._identities[place][0]
        return known

    def _set_table(self, keys: list[str], fullest: list[int], merged: Mapping[str, list[dict[str, Any]]]) -> None:
        table = self._table[fullest].with_columns(pl.Series("key", keys, pl.String))
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
