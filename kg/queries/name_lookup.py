"""Finds nodes by name, alias, title or id, as people write them."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from kg.errors import NotFoundError
from kg.queries.answers import Found
from kg.queries.nodes_by_id import nodes_by_id
from kg.schema import ENTITY_LABELS
from kg.search import index_of
from kg.search.documents import NamedNode
from kg.store import GraphReader
from kg.text.identifiers import arxiv_id, doi
from kg.text.keys import name_key, slug

_SLUGGED = ("author", "organization", "venue", "category", "task")
_RESULT = "result/"


def find(store: GraphReader, name: str, types: Collection[str] | None = None) -> list[Found]:
    """The nodes with a name, alias, title or id, in any case and hyphenation.

    Args:
        store: the graph.
        name: the name as written.
        types: node labels to look for; None for all.

    Returns:
        Those that are written exactly so first, then those with the most papers.
    """
    # Half a surrogate pair, as from a terminal of another encoding, is in no name.
    text = " ".join(name.encode("utf-8", "ignore").decode().split())
    if not text:
        return []
    index = index_of(store)
    nodes = [*index.by_id(_ids(text)), *index.by_key(_keys(text))]
    distinct = {node.id: node for node in nodes if types is None or node.label in types}
    ordered = sorted(distinct.values(), key=lambda node: _order(node, text))
    return [_found(node) for node in ordered] or _result(store, text, types)


def one(store: GraphReader, name: str, types: Collection[str] | None = None) -> Found:
    """The first of the nodes with a name, in the order of `find`.

    Raises:
        NotFoundError: there is none; its suggestions are near names.
    """
    nodes = find(store, name, types)
    if not nodes:
        raise NotFoundError(f"nothing is called {name!r}", near(store, name, types))
    return nodes[0]


def near(store: GraphReader, name: str, types: Collection[str] | None = None, limit: int = 5) -> list[str]:
    """Names that are spelt almost like a name, the likeliest first."""
    hits = index_of(store).near(name, types, limit)
    return list(dict.fromkeys(hit.name for hit in hits))


def title(node: Mapping[str, Any]) -> str:
    """The title, name or figure of a node, else its id."""
    return str(node.get("title") or node.get("name") or node.get("value") or node["id"])


def _result(store: GraphReader, text: str, types: Collection[str] | None) -> list[Found]:
    """The result with an id; results have no name, so they are in no index."""
    if not text.startswith(_RESULT) or (types is not None and "Result" not in types):
        return []
    found = nodes_by_id(store, [text]).values()
    return [Found(id=node["id"], label=node["label"], name=title(node)) for node in found]


def _found(node: NamedNode) -> Found:
    papers = node.papers if node.label in ENTITY_LABELS else None
    return Found(id=node.id, label=node.label, name=node.name, papers=papers)


def _keys(text: str) -> set[str]:
    return {name_key(form) for form in (text, arxiv_id(text), doi(text)) if form}


def _ids(text: str) -> list[str]:
    """Ids that a text may stand for."""
    place = re.sub(r"^https?://(www\.)?|(\.git)?/*$", "", text, flags=re.IGNORECASE)
    ids = [
        text,
        f"repository/{place}",
        f"repository/github.com/{place}",
        *(f"{kind}/{slug(text)}" for kind in _SLUGGED),
    ]
    return list(dict.fromkeys([*ids, *(form.lower() for form in ids)]))


def _order(node: NamedNode, text: str) -> tuple[bool, int, str]:
    exact = text == node.id or any(text == name.text for name in node.names)
    return not exact, -node.papers if node.label in ENTITY_LABELS else 0, node.id
