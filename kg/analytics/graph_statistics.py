"""Counts what a graph holds."""

from pydantic import BaseModel, Field

from kg.queries import Found, run
from kg.schema import EDGES, NODES
from kg.store import GraphReader

_TOP = 10
"""Most evaluated benchmarks that are listed."""
_MOST_ROWS = 10_000


class Statistics(BaseModel):
    """Numbers of nodes and edges by type, of papers by year, and the most evaluated benchmarks."""

    nodes: int = Field(description="number of nodes")
    edges: int = Field(description="number of edges")
    nodes_by_label: dict[str, int] = Field(description="number of nodes by type, in the schema's order")
    edges_by_type: dict[str, int] = Field(description="number of edges by type, in the schema's order")
    papers_by_year: dict[int, int] = Field(description="number of papers by year of first publication, where known")
    most_evaluated: list[Found] = Field(description="benchmarks; `papers` is how many evaluate on it")


def statistics(store: GraphReader) -> Statistics:
    """Counts the nodes and edges of a graph by type and its papers by year, and finds the most evaluated benchmarks."""
    nodes = {row["label"]: row["nodes"] for row in run(store, "count_nodes", limit=_MOST_ROWS).rows}
    edges = {row["relation"]: row["edges"] for row in run(store, "count_edges", limit=_MOST_ROWS).rows}
    years = run(store, "papers_by_year", limit=_MOST_ROWS).rows
    top = run(
        store, "top_entities", relations=["EVALUATES_ON"], types=["Benchmark"], since=0, until=9999, limit=_TOP
    ).rows
    return Statistics(
        nodes=sum(nodes.values()),
        edges=sum(edges.values()),
        nodes_by_label={label: nodes.get(label, 0) for label in NODES},
        edges_by_type={relation: edges.get(relation, 0) for relation in EDGES},
        papers_by_year={row["year"]: row["papers"] for row in years if row["year"] is not None},
        most_evaluated=[Found(id=r["id"], label=r["type"], name=r["name"], papers=r["papers"]) for r in top],
    )
