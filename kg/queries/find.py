"""From a name as people write it to the nodes that bear it."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any

from kg.errors import NotFoundError
from kg.names import arxiv_id, doi, name_key, slug
from kg.queries.answers import Found
from kg.queries.named import run
from kg.schema import ENTITY_LABELS
from kg.store import GraphStore

_SLUGGED = ("author", "organization", "task")
_FOUND = 1000
_NAMES = 20_000
_CLOSE = 0.7


def find(store: GraphStore, name: str, types: Collection[str] | None = None) -> list[Found]:
    """The nodes that bear a name, an alias, a title or an id, in any case and hyphenation.

    Args:
        store: the graph.
        name: the name as written.
        types: node labels to look for; None for all.

    Returns:
        Those that are written exactly so first, then by the number of papers.
    """
    # Half a surrogate pair, as from a terminal of another encoding, is in no name.
    text = " ".join(name.encode("utf-8", "ignore").decode().split())
    if not text:
        return []
    nodes = [*_by_id(store, _ids(text)), *(node for _, node in by_keys(store, _keys(text)))]
    distinct = {node["id"]: node for node in nodes if types is None or node["label"] in types}
    return [found(node) for node in sorted(distinct.values(), key=lambda node: _order(node, text))]


def one(store: GraphStore, name: str, types: Collection[str] | None = None) -> Found:
    """The best of the nodes that bear a name.

    Raises:
        NotFoundError: there is none; the error has near names.
    """
    nodes = find(store, name, types)
    if not nodes:
        raise NotFoundError(f"nothing is called {name!r}", near(store, name, types))
    return nodes[0]


def near(store: GraphStore, name: str, types: Collection[str] | None = None, limit: int = 5) -> list[str]:
    """Names of entities that are spelt almost like a name, the nearest first."""
    wanted = [label for label in ENTITY_LABELS if types is None or label in types]
    names: dict[str, str] = {}
    for row in run(store, "entity_names", types=wanted, limit=_NAMES).rows:
        for form in (row["name"], *(row["aliases"] or ())):
            names.setdefault(name_key(form), row["name"])
    close = get_close_matches(name_key(name), names, 2 * limit, _CLOSE)
    return list(dict.fromkeys(names[key] for key in close))[:limit]


def by_keys(store: GraphStore, keys: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """Papers and entities by normalised name, each with the key that it was found by."""
    rows = run(store, "found_by_key", keys=sorted(keys), limit=_FOUND).rows
    return [(row["key"], row["node"]) for row in rows]


def found(node: dict[str, Any]) -> Found:
    """A node of an answer, in short."""
    return Found(id=node["id"], label=node["label"], name=title(node), papers=node.get("papers"))


def title(node: dict[str, Any]) -> str:
    """What a node is called: its title, name or figure, else its id."""
    return str(node.get("title") or node.get("name") or node.get("value") or node["id"])


def _by_id(store: GraphStore, ids: list[str]) -> list[dict[str, Any]]:
    return [row["node"] for row in run(store, "nodes", ids=ids, limit=_FOUND).rows]


def _keys(text: str) -> set[str]:
    return {name_key(form) for form in (text, arxiv_id(text), doi(text)) if form}


def _ids(text: str) -> list[str]:
    """All ids that a text may stand for."""
    place = re.sub(r"^https?://(www\.)?|(\.git)?/*$", "", text, flags=re.IGNORECASE)
    ids = [
        text,
        f"repository/{place}",
        f"repository/github.com/{place}",
        *(f"{kind}/{slug(text)}" for kind in _SLUGGED),
    ]
    return list(dict.fromkeys([*ids, *(form.lower() for form in ids)]))


def _order(node: dict[str, Any], text: str) -> tuple[bool, int, str]:
    exact = text in (node["id"], title(node), *node.get("aliases", ()))
    return not exact, -node.get("papers", 0), node["id"]
