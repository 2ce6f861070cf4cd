"""The difference of two graphs."""

from dataclasses import dataclass

import polars as pl

from kg.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be written and removed to turn one graph into another."""

    new: Tables
    """Nodes and edges that only the later graph has, or has with other properties."""
    gone: Tables
    """Nodes and edges that only the earlier graph has."""

    @classmethod
    def between(cls, before: Tables, after: Tables) -> "Changes":
        """The changes that turn `before` into `after`."""
        new, gone = Tables(), Tables()
        for label, table in after.nodes.items():
            new.nodes[label] = _others(table, before.nodes[label], table.columns)
            gone.nodes[label] = _others(before.nodes[label], table, ["id"])
        for ends, table in after.edges.items():
            new.edges[ends] = _others(table, before.edges[ends], table.columns)
            gone.edges[ends] = _others(before.edges[ends], table, ["source", "target"])
        return cls(new, gone)

    def size(self) -> int:
        """Number of nodes and edges to write or to remove."""
        return sum((*self.new.size(), *self.gone.size()))


def _others(rows: pl.DataFrame, known: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """The rows that equal no known row in all of the columns."""
    return rows.join(known, on=columns, how="anti", nulls_equal=True, maintain_order="left")
