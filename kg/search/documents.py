"""What is searched: the names of the graph's nodes, read page by page."""

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
_PAGES = ("pages_of_papers", "pages_of_entities", "pages_of_others")

_NAMED = {
    "Author": ("AUTHORED_BY",),
    "Organization": ("AFFILIATED_WITH",),
    "Task": ("ADDRESSES",),
    "Repository": ("HAS_CODE", "LINKS_TO"),
}

Row = dict[str, Any]
"""What the graph says of a node: id, label, name, papers, and aliases or keys where it has some."""


class KeyedName(NamedTuple):
    """A name, alias or title as written, and its normal form."""

    text: str
    key: str


class NamedNode(NamedTuple):
    """A node by its names."""

    id: str
    label: str
    papers: int
    """Papers that stand in a relation to it; of a paper, those that cite it."""
    forms: tuple[KeyedName, ...]
    """Its name or title, then its aliases."""
    ids: tuple[str, ...]
    """Normal forms of ids by which it is found as well."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.forms[0].text

    @property
    def keys(self) -> tuple[str, ...]:
        """All normal forms by which it is found."""
        return (*(form.key for form in self.forms), *self.ids)

    def dump(self) -> bytes:
        """The node as the index keeps it."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    @classmethod
    def load(cls, stored: bytes) -> Self:
        """A node that the index kept."""
        key, label, papers, forms, ids = json.loads(stored)
        return cls(key, label, papers, tuple(KeyedName(*form) for form in forms), tuple(ids))


class Document(NamedTuple):
    """A node as it goes into the index."""

    node: NamedNode
    words: frozenset[str]


def rows(store: GraphReader) -> Iterator[tuple[int, Row]]:
    """All nodes that have a name, by section of the graph and in each in the order of their ids."""
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
    """The same of a graph that no store holds yet."""
    import polars as pl

    cited = tables.edges["CITES", "Paper", "Paper"].group_by("target").len("papers")
    papers = tables.nodes["Paper"].select("id", pl.lit("Paper").alias("label"), name="title", keys="keys")
    entities = [
        tables.nodes[label].select("id", "type", "name", "aliases", "keys", "papers") for label in ENTITY_LABELS
    ]
    others = []
    for label, edges in _NAMED.items():
        leading = pl.concat([tables.edges[edge, "Paper", label].select("source", "target") for edge in edges]).unique()
        nodes = tables.nodes[label].select("id", pl.lit(label).alias("label"), "name")
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
    """What is indexed of a node."""
    texts = dict.fromkeys(text for text in (row["name"] or row["id"], *(row.get("aliases") or ())) if text)
    forms = tuple(KeyedName(text, name_key(text)) for text in texts)
    # "MTEB benchmark" finds MTEB, and "finetuning" what is called "Fine-tuning of …".
    found = {row["label"].lower()}
    for text in texts:
        found.update(words(text))
        found.update(name_key(part) for part in text.split() if not part.isalnum())
    ids = tuple(sorted({*(row.get("keys") or ())} - {form.key for form in forms}))
    return Document(NamedNode(row["id"], row["label"], row["papers"] or 0, forms, ids), frozenset(found))


def words(text: str) -> list[str]:
    """The words of a text in their normal form, each once."""
    return [word for word in dict.fromkeys(slug(text).split("-")) if word]
