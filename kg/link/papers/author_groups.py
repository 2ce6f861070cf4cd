"""How many people a name may be: the papers of one name, in groups that nothing joins."""

import polars as pl

from kg.schema.tables import Tables
from kg.union_find import UnionFind

_AUTHORED: tuple[str, str, str] = ("AUTHORED_BY", "Paper", "Author")
_CO_AUTHORS = 200
"""Of longer lists the first so many co-authors are looked at, as all pairs of thousands would be millions."""


def add_author_groups(graph: Tables) -> None:
    """Numbers the groups of each author's papers, in place: `group` of AUTHORED_BY, `groups` and `largest` of Author.

    Two papers of a name are in one group where they have another author or an organisation in common, or are each
    joined with a third so. It can be done again after edges have changed.

    Args:
        graph: has the papers' authors and organisations.
    """
    edges = graph.edges[_AUTHORED].drop("group").with_row_index("edge")
    keys = edges.select("edge", "source", "target", "position")
    # Only who has several papers can have papers in common with others.
    repeated = keys.filter(pl.len().over("target") > 1)
    others = repeated.sort("source", "position", "target").select("source", shared="target")
    others = others.group_by("source", maintain_order=True).head(_CO_AUTHORS)
    organizations = graph.edges["AFFILIATED_WITH", "Paper", "Organization"].select("source", shared="target")
    shared = (
        repeated.select("edge", "source", "target")
        .join(pl.concat([others, organizations]), on="source")
        .filter(pl.col("shared") != pl.col("target"))
        .with_columns(first=pl.col("edge").min().over("target", "shared"))
        .filter(pl.col("edge") != pl.col("first"))
        .select("edge", "first")
        .unique()
    )
    joined: UnionFind[int] = UnionFind()
    for edge, first in shared.iter_rows():
        joined.join(edge, first)
    changed = pl.Series([joined.find(edge) for edge in repeated["edge"]], dtype=pl.UInt32)
    together = keys.join(
        repeated.select("edge").with_columns(together=changed), on="edge", how="left", maintain_order="left"
    ).with_columns(pl.coalesce("together", "edge").alias("together"))
    # Edges are in the order of papers, so the first edge of a group is its first paper.
    sizes = (
        together.group_by("target", "together")
        .agg(papers=pl.len(), first=pl.col("source").min())
        .sort(["target", "papers", "first"], descending=[False, True, False])
        .with_columns(group=pl.int_range(1, pl.len() + 1).over("target"))
    )
    numbered = together.join(sizes, on=["target", "together"], how="left", maintain_order="left")
    table = graph.edges[_AUTHORED]
    graph.edges[_AUTHORED] = table.with_columns(numbered["group"].cast(pl.Int64)).select(table.columns)
    counted = sizes.group_by("target").agg(
        groups=pl.len().cast(pl.Int64), largest=pl.col("papers").max().cast(pl.Int64)
    )
    nodes = graph.nodes["Author"]
    graph.nodes["Author"] = (
        nodes.drop("groups", "largest")
        .join(counted, left_on="id", right_on="target", how="left", maintain_order="left")
        .select(nodes.columns)
    )
