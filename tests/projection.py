"""A graph as plain rows: easy to write down in a test, and to compare with."""

from dataclasses import dataclass, field
from typing import Self

from kg.schema import EDGES, NODES, Edge, Value
from kg.schema.rows import without_nulls
from kg.schema.tables import Tables


@dataclass(slots=True)
class Projection:
    """All nodes (label to id to properties, `id` among them) and edges (label to rows) of a graph."""

    nodes: dict[str, dict[str, dict[str, Value]]] = field(default_factory=lambda: {label: {} for label in NODES})
    edges: dict[str, list[Edge]] = field(default_factory=lambda: {label: [] for label in EDGES})

    @classmethod
    def of(cls, tables: Tables) -> Self:
        """The rows of tables, without what is null."""
        graph = cls()
        for label, table in tables.nodes.items():
            graph.nodes[label] = {row["id"]: without_nulls(row) for row in table.iter_rows(named=True)}
        for (label, source_label, target_label), table in tables.edges.items():
            names = table.columns[2:]
            graph.edges[label] += [
                Edge(source, source_label, target, target_label, without_nulls(dict(zip(names, values, strict=True))))
                for source, target, *values in table.iter_rows()
            ]
        return graph

    def tables(self) -> Tables:
        """The same as columns, which is what stores are written from."""
        tables = Tables()
        for label, rows in self.nodes.items():
            tables.add_nodes(label, rows.values())
        for label, edges in self.edges.items():
            tables.add_edges(label, edges)
        return tables

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
