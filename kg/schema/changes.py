"""What turns one graph into another."""

from dataclasses import dataclass

import polars as pl

from kg.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference of two graphs: `new` are the rows that only the later one has, as nodes and edges or as values of
    theirs; `gone` the rows of nodes and edges that only the earlier one has."""

    new: Tables
    gone: Tables

    @classmethod
    def between(cls, before: Tables, after: Tables) -> "Changes":
        """What turns `before` into `after`."""
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
    """The rows that differ from all known ones in some of the columns."""
    return rows.join(known, on=columns, how="anti", nulls_equal=True, maintain_order="left")
