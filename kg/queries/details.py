"""Everything that the graph knows about one node."""

from collections.abc import Callable, Collection
from typing import Any

from kg.queries.answers import Details
from kg.queries.name_lookup import one, title
from kg.queries.named import run
from kg.queries.nodes_by_id import nodes_by_id
from kg.schema import DATA_LABELS, ENTITY_LABELS, RELATIONS
from kg.store import GraphReader

_ROWS = 50
"""Rows of each list at most."""
_ROWS_OF_CONTEXT = 10_000
"""Authors, organisations, venues, categories, tasks and repositories of a paper at most."""

_Rows = Callable[..., list[dict[str, Any]]]


def show(store: GraphReader, name: str, types: Collection[str] | None = None) -> Details:
    """A node with its properties and what belongs to it.

    Args:
        store: the graph.
        name: name, alias, title or id of the node.
        types: node labels to look for; None for all.

    Raises:
        NotFoundError: nothing has this name; its suggestions are near names.
    """
    key = one(store, name, types).id
    node = nodes_by_id(store, [key])[key]
    properties = {name: value for name, value in node.items() if name not in ("id", "label", "keys")}
    details = Details(id=key, label=node["label"], name=title(node), properties=properties)

    def rows(query: str, **parameters: Any) -> list[dict[str, Any]]:
        return run(store, query, **{"limit": _ROWS, **parameters}).rows

    if node["label"] == "Paper":
        return details.model_copy(update=_paper(key, rows))
    if node["label"] in ENTITY_LABELS:
        return details.model_copy(update=_entity(key, node["label"], rows))
    if node["label"] == "Venue":
        details.papers = rows("papers_of_venue", venue=key, since=0, until=9999)
    elif node["label"] != "Result":
        details.papers = rows("papers_of", node=key, since=0, until=9999)
    return details


def _paper(key: str, rows: _Rows) -> dict[str, Any]:
    context = rows("context_of_paper", limit=_ROWS_OF_CONTEXT, paper=key)

    def names(relation: str) -> list[str]:
        return [row["name"] for row in context if row["relation"] == relation]

    return {
        "authors": names("AUTHORED_BY"),
        "organizations": names("AFFILIATED_WITH"),
        "venues": [
            f"{row['name']} {row['year'] or ''}".strip() for row in context if row["relation"] == "PUBLISHED_IN"
        ],
        "categories": names("IN_CATEGORY"),
        "tasks": names("ADDRESSES"),
        "repositories": rows("code_of_paper", paper=key),
        "entities": rows("entities_of_paper", paper=key, relations=list(RELATIONS), types=list(ENTITY_LABELS)),
        "results": rows("results_of_paper", paper=key),
        "citing": rows("citing", paper=key),
    }


def _entity(key: str, label: str, rows: _Rows) -> dict[str, Any]:
    return {
        "relations": {row["relation"]: row["papers"] for row in rows("relation_counts", entity=key)},
        "introduced_by": rows("introduced_by", entity=key),
        "repositories": rows("code_of_entity", entity=key, relations=["INTRODUCES"]),
        "citing": rows("citing_entity", entity=key),
        "variants": rows("variants", entity=key),
        "results": rows("leaderboard", benchmark=key) if label in DATA_LABELS else [],
    }
