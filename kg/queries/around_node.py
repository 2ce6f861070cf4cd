"""The neighbourhood of a node: the nodes and edges around it."""

from typing import Any

from kg.defaults import MAX_DEPTH, NEIGHBOURHOOD_EDGES
from kg.errors import NotUnderstoodError
from kg.queries.answers import Neighbourhood
from kg.queries.name_lookup import one
from kg.queries.named import run
from kg.queries.nodes_by_id import nodes_by_id
from kg.store import GraphReader

_LEFT_OUT = ("abstract", "keys")
"""Properties that are not shown."""
_EDGES_OF_FARTHER_NODES = 8
"""Edges that a node adds from the second step on: the most informative."""


def neighbourhood(store: GraphReader, name: str, depth: int = 1, limit: int = NEIGHBOURHOOD_EDGES) -> Neighbourhood:
    """The edges around a node, the most informative first, and the nodes that they join.

    Args:
        store: the graph.
        name: name, alias, title or id of the node.
        depth: how many edges away, from 1 to 4. From the second step on, each node adds only its few most
            informative edges.
        limit: edges at most.

    Raises:
        NotFoundError: nothing has this name; its suggestions are near names.
        NotUnderstoodError: the depth or the limit is out of range.
    """
    if not 1 <= depth <= MAX_DEPTH:
        raise NotUnderstoodError(f"the depth is a number from 1 to {MAX_DEPTH}")
    if limit < 1:
        raise NotUnderstoodError("the limit is a number from 1 on")
    start = one(store, name).id
    edges: dict[tuple[str, str, str], dict[str, Any]] = {}
    known = dict.fromkeys([start])
    newest = [start]
    truncated = False
    for step in range(depth):
        # The first step takes half of the edges at most, if there are others.
        most = _EDGES_OF_FARTHER_NODES if step else max(1, limit if depth == 1 else limit // 2)
        reached: dict[str, None] = {}
        for node in newest:
            room = limit - len(edges)
            if room <= 0:
                truncated = True
                break
            answer = run(store, "neighbourhood", node=node, limit=most)
            new = [edge for row in answer.rows if (edge := _edge(row))["key"] not in edges]
            truncated |= answer.truncated or len(new) > room
            for edge in new[:room]:
                edges[edge.pop("key")] = edge
                reached |= dict.fromkeys((edge["source"], edge["target"]))
        newest = [node for node in reached if node not in known]
        known |= reached
    return Neighbourhood(nodes=_nodes(store, list(known)), edges=list(edges.values()), truncated=truncated)


def _edge(row: dict[str, Any]) -> dict[str, Any]:
    optional = {name: row[name] for name in ("evidence", "confidence", "by", "inferred") if row[name] is not None}
    ends = {"source": row["source"], "target": row["target"], "type": row["relation"]}
    return {"key": (row["source"], row["relation"], row["target"]), **ends, **optional}


def _nodes(store: GraphReader, ids: list[str]) -> list[dict[str, Any]]:
    found = nodes_by_id(store, ids)
    return [{name: value for name, value in found[key].items() if name not in _LEFT_OUT} for key in ids]
