"""The graph as plain rows, on its way from linking to an engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.schema.graph import EDGES, NODES

Value = str | int | float | bool | list[str] | None


class Edge(NamedTuple):
    """An edge row: the ids of its ends with their labels, and its properties."""

    source: str
    source_label: str
    target: str
    target_label: str
    properties: Mapping[str, Value]


def present(row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a row that have a value."""
    return {name: value for name, value in row.items() if value is not None}


@dataclass(slots=True)
class Projection:
    """All nodes (label to id to properties, `id` among them) and edges (label to rows) of one build."""

    nodes: dict[str, dict[str, dict[str, Value]]] = field(default_factory=lambda: {label: {} for label in NODES})
    edges: dict[str, list[Edge]] = field(default_factory=lambda: {label: [] for label in EDGES})

    def size(self) -> tuple[int, int]:
        """Number of nodes and of edges."""
        return sum(map(len, self.nodes.values())), sum(map(len, self.edges.values()))

    def problems(self) -> list[str]:
        """What breaks the schema: unknown properties, ends of a wrong label, ends that do not exist."""
        found = []
        for label, rows in self.nodes.items():
            known = {prop.name for prop in NODES[label].properties}
            found += [
                f"{label} {key}: unknown property {name}" for key, row in rows.items() for name in row.keys() - known
            ]
        for label, edges in self.edges.items():
            known = {prop.name for prop in EDGES[label].properties}
            for edge in edges:
                if (edge.source_label, edge.target_label) not in EDGES[label].ends:
                    found.append(f"{label} cannot join {edge.source_label} and {edge.target_label}")
                elif (
                    edge.source not in self.nodes[edge.source_label] or edge.target not in self.nodes[edge.target_label]
                ):
                    found.append(f"{label} {edge.source} -> {edge.target}: no such node")
                found += [f"{label}: unknown property {name}" for name in edge.properties.keys() - known]
        return found
