"""A graph as tables of columns, on its way from linking to an engine."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from polars.exceptions import PolarsError

from kg.schema.graph_types import EDGE_TYPES, EDGES, NODE_TYPES, NODES, Kind, Property
from kg.schema.rows import Edge

Ends = tuple[str, str, str]
"""An edge's label, and the labels of its source and its target."""

_TYPES: dict[Kind, Any] = {
    Kind.STRING: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.BOOLEAN: pl.Boolean,
    Kind.STRINGS: pl.List(pl.String),
}


def node_columns(label: str) -> dict[str, Any]:
    """The columns of a table of nodes: the schema's properties."""
    return _columns(NODES[label].properties)


def edge_columns(label: str) -> dict[str, Any]:
    """The columns of a table of edges: the ids of its ends, then the schema's properties."""
    return {"source": pl.String, "target": pl.String} | _columns(EDGES[label].properties)


def frame(rows: Sequence[tuple[Any, ...]], columns: Mapping[str, Any]) -> pl.DataFrame:
    """A table made of rows. It goes through Arrow, which takes lists of texts ten times as fast."""
    empty = pl.DataFrame(schema=columns)
    if not rows:
        return empty
    schema = empty.to_arrow().schema
    arrays = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pl.DataFrame(pl.from_arrow(pa.table(arrays, schema=schema)), schema=columns)


def _columns(properties: Iterable[Property]) -> dict[str, Any]:
    return {prop.name: _TYPES[prop.kind] for prop in properties}


@dataclass(slots=True)
class Tables:
    """The nodes of a graph by label, and its edges by label and labels of their ends.

    The rows of every table are in the order of their ids.
    """

    nodes: dict[str, pl.DataFrame] = field(
        default_factory=lambda: {node.label: pl.DataFrame(schema=node_columns(node.label)) for node in NODE_TYPES}
    )
    edges: dict[Ends, pl.DataFrame] = field(
        default_factory=lambda: {
            (edge.label, *ends): pl.DataFrame(schema=edge_columns(edge.label))
            for edge in EDGE_TYPES
            for ends in edge.ends
        }
    )

    def add_nodes(self, label: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds nodes; properties that a row lacks are null."""
        columns = node_columns(label)
        found = frame([tuple(map(row.get, columns)) for row in rows], columns)
        self.nodes[label] = pl.concat([self.nodes[label], found]).sort("id")

    def add_edges(self, label: str, edges: Iterable[Edge]) -> None:
        """Adds edges of one label; properties that an edge lacks are null."""
        names = list(edge_columns(label))[2:]
        ordered = sorted(edges, key=lambda edge: (edge.source_label, edge.target_label))
        for ends, group in groupby(ordered, key=lambda edge: (edge.source_label, edge.target_label)):
            rows = [(edge.source, edge.target, *map(edge.properties.get, names)) for edge in group]
            self.add_edge_rows((label, *ends), rows)

    def add_edge_rows(self, ends: Ends, rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds edges between nodes of two labels; each row has the values of `edge_columns` in their order."""
        found = frame(rows, edge_columns(ends[0]))
        self.edges[ends] = pl.concat([self.edges[ends], found]).sort("source", "target")

    def size(self) -> tuple[int, int]:
        """Number of nodes and of edges."""
        return sum(table.height for table in self.nodes.values()), sum(table.height for table in self.edges.values())

    def part(self, labels: Collection[str], *, but: bool = False) -> "Tables":
        """The nodes and edges of some labels, or of all others."""
        part = Tables()
        part.nodes.update({label: table for label, table in self.nodes.items() if (label in labels) != but})
        part.edges.update({ends: table for ends, table in self.edges.items() if (ends[0] in labels) != but})
        return part

    def save(self, folder: Path) -> None:
        """Writes everything into an empty folder.

        Raises:
            OSError: it cannot be written.
        """
        for label, table in self.nodes.items():
            table.write_ipc(folder / f"{label}.arrow", compression="lz4")
        for ends, table in self.edges.items():
            table.write_ipc(folder / f"{'-'.join(ends)}.arrow", compression="lz4")

    @classmethod
    def load(cls, folder: Path) -> "Tables | None":
        """Reads what `save` wrote; None if it cannot be read or has another schema."""
        tables = cls()
        try:
            for label, empty in tables.nodes.items():
                tables.nodes[label] = _like(empty, folder / f"{label}.arrow")
            for ends, empty in tables.edges.items():
                tables.edges[ends] = _like(empty, folder / f"{'-'.join(ends)}.arrow")
        except (OSError, PolarsError):
            return None
        return tables


def _like(empty: pl.DataFrame, file: Path) -> pl.DataFrame:
    return pl.concat([empty, pl.read_ipc(file.read_bytes())])
