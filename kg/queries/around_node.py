"""The part of the graph around a node."""

from typing import Any

from kg.errors import NotUnderstoodError
from kg.queries.answers import Neighbourhood
from kg.queries.name_lookup import one
from kg.queries.named import nodes, run
from kg.store import GraphReader

MAX_DEPTH = 4
EDGES = 100
"""Edges of a neighbourhood where nobody says how many."""

_LEFT_OUT = ("abstract", "keys")
_FAN = 8


def neighbourhood(store: GraphReader, name: str, depth: int = 1, limit: int = EDGES) -> Neighbourhood:
    """The edges around a node, what says most first, and the nodes that they join.

    Args:
        store: the graph.
        name: name, alias, title or id of the node.
        depth: how many edges away, from 1 to 4. From the second step on each node adds its few foremost edges only.
        limit: edges at most.

    Raises:
        NotFoundError: nothing has this name.
        NotUnderstoodError: the depth or the limit is out of range.
    """
    if not 1 <= depth <= MAX_DEPTH:
        raise NotUnderstoodError(f"the depth is a number from 1 to {MAX_DEPTH}")
    if limit < 1:
        raise NotUnderstoodError("the limit is a number from 1 on")
    start = one(store, name).id
    edges: dict[tuple[str, str, str], dict[str, Any]] = {}
    seen = dict.fromkeys([start])
    frontier = [start]
    truncated = False
    for step in range(depth):
        # Of the first step's edges, half the room is left for what lies farther away.
        fan = _FAN if step else max(1, limit if depth == 1 else limit // 2)
        reached: dict[str, None] = {}
        for node in frontier:
            room = limit - len(edges)
            if room <= 0:
                truncated = True
                break
            answer = run(store, "neighbourhood", node=node, limit=fan)
            new = [edge for row in answer.rows if (edge := _edge(row))["key"] not in edges]
            truncated |= answer.truncated or len(new) > room
            for edge in new[:room]:
                edges[edge.pop("key")] = edge
                reached |= dict.fromkeys((edge["source"], edge["target"]))
        frontier = [node for node in reached if node not in seen]
        seen |= reached
    return Neighbourhood(nodes=_nodes(store, list(seen)), edges=list(edges.values()), truncated=truncated)


def _edge(row: dict[str, Any]) -> dict[str, Any]:
    optional = {name: row[name] for name in ("evidence", "confidence", "by", "inferred") if row[name] is not None}
    ends = {"source": row["source"], "target": row["target"], "type": row["relation"]}
    return {"key": (row["source"], row["relation"], row["target"]), **ends, **optional}


def _nodes(store: GraphReader, ids: list[str]) -> list[dict[str, Any]]:
    found = nodes(store, ids)
    return [{name: value for name, value in found[key].items() if name not in _LEFT_OUT} for key in ids]
