"""Which records are one paper: union-find over arXiv id, DOI and normalised title."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from kg.link.union import UnionFind
from kg.schema import Paper
from kg.text.identifiers import arxiv_month, identity, identity_from_id
from kg.text.keys import name_key, paper_key, slug, title_key

# Titles of fewer words ("Editorial", "Natural Language Generation") do not make one paper of two arXiv ids.
TELLING_WORDS = 4


class PaperLinker:
    """Takes records, which `join` may make one; after `close` it knows each paper by key.

    Attributes:
        keys: the key of the paper for which a record speaks, by the record's number.
        table: of each paper `key`, number of the `record` that speaks for it, and the merged record, by column.
    """

    def __init__(self, records: pl.DataFrame) -> None:
        """Takes the records of an analysis."""
        self._table = records
        self._same: UnionFind[str] = UnionFind()
        self._identities: list[list[str]] = records["identities"].to_list()
        by_identities = sorted(range(records.height), key=self._identities.__getitem__, reverse=True)
        ids = records["id"].to_list()
        # Of several records of one id always the same, whatever came first.
        self._record_ids = {ids[place]: place for place in by_identities}
        self._keys: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self.keys: dict[int, str] = {}
        self.table = pl.DataFrame()
        short: dict[str, set[str]] = defaultdict(set)
        for known, title in zip(self._identities, records["title"].to_list(), strict=True):
            first, *others = known
            if others and len(re.findall(r"\w+", title)) < TELLING_WORDS:
                short[others.pop()].add(first)
            for other in others:
                self._same.join(first, other)
        self._short_titles = short

    def join(self, one: str, other: str) -> None:
        """Makes the papers one that two references name: ids, URLs, DOIs or titles, or the ids of their records."""
        self._same.join(self._named(one), self._named(other))

    def close(self) -> None:
        """Merges the records of one paper."""
        for title, known in self._short_titles.items():
            if len({self._same.find(item) for item in known}) == 1:
                self._same.join(title, min(known))
        groups: dict[str, list[int]] = defaultdict(list)
        for place, identities_ in enumerate(self._identities):
            groups[self._same.find(identities_[0])].append(place)
        own = self._table["key"].to_list()
        keys: list[str] = []
        first: list[int] = []
        merged: dict[str, list[dict[str, Any]]] = {}
        taken: set[str] = set()
        for root in sorted(groups):
            places = groups[root]
            key = own[places[0]]
            rows: list[dict[str, Any]] = []
            if len(places) > 1:
                places.sort(key=lambda place: _fullness(self._table.row(place, named=True)))
                rows = [self._table.row(place, named=True) for place in places]
                key = _key(rows[0]["title"], sorted({known for row in rows for known in row["identities"]}))
            key = self._keys[root] = free_key(key, taken)
            taken.add(key)
            keys.append(key)
            first.append(places[0])
            if rows:
                merged[key] = rows
        self._finish(keys, first, merged)

    @property
    def papers(self) -> Mapping[str, int]:
        """Every key, with the place of its row in `table`."""
        return self._places

    @property
    def identities(self) -> dict[str, list[str]]:
        """All ids and titles of each paper as normal forms, by key."""
        return dict(zip(self.table["key"].to_list(), self.table["keys"].to_list(), strict=True))

    def cited(self, reference: str) -> str | None:
        """The key of the paper that a reference names: an id, URL, DOI or title."""
        return self.known(identity(reference))

    def known(self, identity: str) -> str | None:
        """The key of the paper with this identity: `arxiv:…`, `doi:…` or `title:…`."""
        return self._keys.get(self._same.find(identity))

    def of_record(self, identifier: str) -> str | None:
        """The key of the paper that a record of this id is of."""
        place = self._record_ids.get(identifier)
        return None if place is None else self._keys[self._same.find(self._identities[place][0])]

    def standing(self, identity: str) -> str:
        """The identity that stands for all that are one paper with this one."""
        return self._same.find(identity)

    def _named(self, reference: str) -> str:
        known = identity(reference)
        if known.startswith("title:"):
            place = self._record_ids.get(reference)
            return known if place is None else self._identities[place][0]
        return known

    def _finish(self, keys: list[str], first: list[int], merged: Mapping[str, list[dict[str, Any]]]) -> None:
        table = self._table[first].with_columns(pl.Series("key", keys, pl.String))
        if merged:
            rows = [{"key": key, **_merged(key, records)} for key, records in merged.items()]
            together = pl.DataFrame(rows, schema=table.schema)
            table = pl.concat([table.filter(~pl.col("key").is_in(list(merged))), together])
        undated = table.filter(pl.col("published").is_null())["key"].to_list()
        months = [arxiv_month(key) for key in undated]
        dated = pl.DataFrame({"key": undated, "month": months}, schema={"key": pl.String, "month": pl.String})
        renamed = [name_key(key) for key in table["key"]]
        table = table.join(dated, on="key", how="left", maintain_order="left")
        self.table = (
            table.with_columns(
                pl.coalesce("published", "month").alias("published"),
                pl.concat_list("keys", pl.Series("key", renamed, pl.String)).list.unique().list.sort().alias("keys"),
            )
            .drop("month")
            .sort("key")
        )
        self._places = {key: place for place, key in enumerate(self.table["key"])}
        self.keys = dict(zip(self.table["record"].to_list(), self.table["key"].to_list(), strict=True))


def paper_keys(paper: Paper, known: Sequence[str]) -> tuple[str, list[str]]:
    """The key of a paper of this one record with these identities, and the normal forms by which it is found."""
    key = _key(paper.title, sorted(known))
    found = {name_key(text.partition(":")[2]) for text in known} | {name_key(paper.id), name_key(paper.title)}
    return key, sorted(found)


def identities(paper: Paper) -> Iterator[str]:
    """All keys by which a record is known, the strongest first: `arxiv:…`, `doi:…`, `openalex:…`, `title:…`."""
    for text in (paper.arxiv_id, paper.id, paper.url, paper.doi, *paper.ids):
        known = identity_from_id(text) if text else None
        if known:
            yield known
    yield f"title:{title_key(paper.title)}"


def _fullness(record: Mapping[str, Any]) -> tuple[int, int, str, str, str, int]:
    """Order of records of one paper: the longer abstract first, then the longer title, then anything that differs."""
    title, abstract = record["title"], record["abstract"]
    return -len(abstract), -len(title), title, abstract, record["id"], record["digest"]


def _merged(key: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """One record of several of the same paper, the fullest first: each field from the first that has it.

    Of lists of names the longest is kept; of ids, references and forms by which it is found all are; of years and dates
    the earliest is: that of first publication.
    """
    fields = dict(records[0])
    for record in records[1:]:
        for name, value in record.items():
            known = fields[name]
            longer = isinstance(value, list) and len(value) > len(known)
            if longer or (known in (None, [], "") and value not in (None, [], "")):
                fields[name] = value
    for name in ("ids", "references"):
        fields[name] = list(dict.fromkeys(value for record in records for value in record[name]))
    for name, kind in (("authors", "author"), ("organizations", "organization")):
        fields[f"{kind}_ids"] = [f"{kind}/{slug(named)}" for named in fields[name]]
    fields["year"] = min((record["year"] for record in records if record["year"] is not None), default=None)
    dates = sorted(record["published"] for record in records if record["published"])
    fields["published"] = max((date for date in dates if date.startswith(dates[0])), key=len) if dates else None
    fields["first_seen"] = min((record["first_seen"] for record in records if record["first_seen"]), default=None)
    fields["keys"] = sorted({known for record in records for known in record["keys"]})
    fields["key"] = key
    return fields


def _key(title: str, ids: Iterable[str]) -> str:
    """The key of a paper with these identities, in order."""
    named = dict(reversed([known.split(":", 1) for known in ids]))
    return paper_key(title, named.get("arxiv"), named.get("doi"))


def free_key(key: str, taken: set[str]) -> str:
    """A key that no other paper has."""
    free, number = key, 2
    while free in taken:
        free = f"{key}-{number}"
        number += 1
    return free
