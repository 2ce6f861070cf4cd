"""Nodes with their properties, by id."""

from collections.abc import Collection
from typing import Any

from kg.queries.named import run
from kg.store import GraphReader


def nodes_by_id(store: GraphReader, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """The nodes with these ids, by id, each with `label` and its properties; unknown ids are left out."""
    rows = run(store, "nodes", ids=list(ids), limit=max(1, len(ids))).rows
    found = ((row.pop("id"), next(filter(None, row.values()), None)) for row in rows)
    return {key: node for key, node in found if node}
