"""The documents of the index: nodes with their names, read page by page from a graph."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kg.schema import ENTITY_LABELS
from kg.statements import queries
from kg.store import GraphReader
from kg.text.keys import name_key, slug

if TYPE_CHECKING:
    from kg.schema.tables import Tables

_PAGE = 50_000
"""Nodes that are read at a time."""
_PAGES = ("pages_of_papers", "pages_of_entities", "pages_of_others")

_EDGES_OF_PAPERS = {
    "Author": ("AUTHORED_BY",),
    "Organization": ("AFFILIATED_WITH",),
    "Venue": ("PUBLISHED_IN",),
    "Category": ("IN_CATEGORY",),
    "Task": ("ADDRESSES",),
    "Repository": ("HAS_CODE", "LINKS_TO"),
}

"""Of these the nodes that have other names."""

Row = dict[str, Any]
"""A node of the graph: id, label, name, papers, and aliases or keys if it has some."""


class KeyedName(NamedTuple):
    """A name, alias or title as written, and its key."""

    text: str
    key: str


class NamedNode(NamedTuple):
    """A node with all its names."""

    id: str
    label: str
    papers: int
    """Number of papers with a relation to it; of a paper, of those that cite it."""
    names: tuple[KeyedName, ...]
    """Its name or title, then its aliases."""
    ids: tuple[str, ...]
    """Keys of ids by which it is found as well."""

    @property
    def name(self) -> str:
        """Its name or title."""
        return self.names[0].text

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys by which it is found."""
        return (*(name.key for name in self.names), *self.ids)

    def dump(self) -> bytes:
        """The node as bytes, for the index."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    @classmethod
    def load(cls, stored: bytes) -> Self:
        """The node of such bytes."""
        key, label, papers, names, ids = json.loads(stored)
        return cls(key, label, papers, tuple(KeyedName(*name) for name in names), tuple(ids))


class Document(NamedTuple):
    """A node, and the words by which the index finds it."""

    node: NamedNode
    words: frozenset[str]


def rows(store: GraphReader) -> Iterator[tuple[int, Row]]:
    """All nodes that have a name, with the number of their section, in the order of sections and ids."""
    for section, name in enumerate(_PAGES):
        statement = queries()[name].text(store.engine)
        last = ""
        while True:
            page = store.read(statement, {"after": last, "limit": _PAGE}).records()
            for row in page:
                yield section, row
            if len(page) < _PAGE:
                break
            last = page[-1]["id"]


def rows_of(tables: "Tables") -> Iterator[tuple[int, Row]]:
    """The same of a graph that is not in a store yet."""
    import polars as pl

    cited = tables.edges["CITES", "Paper", "Paper"].filter(~pl.col("inferred")).group_by("target").len("papers")
    papers = tables.nodes["Paper"].select("id", pl.lit("Paper").alias("label"), name="title", keys="keys")
    entities = [
        tables.nodes[label].select("id", "type", "name", "aliases", "keys", "papers") for label in ENTITY_LABELS
    ]
    others = []
    for label, edges in _EDGES_OF_PAPERS.items():
        leading = pl.concat([tables.edges[edge, "Paper", label].select("source", "target") for edge in edges]).unique()
        nodes = tables.nodes[label]
        lists = [
            pl.col(name) if name in nodes.columns else pl.lit(None, pl.List(pl.String)).alias(name)
            for name in ("aliases", "keys")
        ]
        nodes = nodes.select("id", pl.lit(label).alias("label"), "name", *lists)
        others.append(nodes.join(leading.group_by("target").len("papers"), left_on="id", right_on="target", how="left"))
    sections = (
        papers.join(cited, left_on="id", right_on="target", how="left"),
        pl.concat(entities).rename({"type": "label"}),
        pl.concat(others),
    )
    for section, table in enumerate(sections):
        for row in table.with_columns(pl.col("papers").fill_null(0)).sort("id").iter_rows(named=True):
            yield section, row


def document(row: Row) -> Document:
    """The document of a node."""
    texts = dict.fromkeys(text for text in (row["name"] or row["id"], *(row.get("aliases") or ())) if text)
    names = tuple(KeyedName(text, name_key(text)) for text in texts)
    # The label, as "MTEB benchmark" shall find MTEB; joined words, as "finetuning" shall find "Fine-tuning of …".
    found = {row["label"].lower()}
    for text in texts:
        found.update(words(text))
        found.update(name_key(part) for part in text.split() if not part.isalnum())
    ids = tuple(sorted({*(row.get("keys") or ())} - {name.key for name in names}))
    return Document(NamedNode(row["id"], row["label"], row["papers"] or 0, names, ids), frozenset(found))


def words(text: str) -> list[str]:
    """The words of a text in normal form, each once."""
    return [word for word in dict.fromkeys(slug(text).split("-")) if word]
