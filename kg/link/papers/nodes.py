"""The part of the graph that follows from papers one by one: their nodes, and whom and what they name."""

import polars as pl

from kg.link.analysis import Analysis
from kg.link.papers.linker import PaperLinker
from kg.schema.tables import Tables, edge_columns, node_columns

PAPER_PART = frozenset(
    "Paper Author Organization Task Repository AUTHORED_BY AFFILIATED_WITH ADDRESSES HAS_CODE LINKS_TO".split()
)
"""Labels of the nodes and edges that follow from papers one by one."""


def add_bulk(tables: Tables, papers: PaperLinker, analysis: Analysis) -> None:
    """Adds papers, their authors, organisations, tasks and repositories, with the edges to them."""
    tables.nodes["Paper"] = _rows(papers.table.with_columns(id="key"), node_columns("Paper"))
    authors = _named(papers.table, "author").with_columns(position=pl.int_range(1, pl.len() + 1).over("source"))
    _add(tables, "AUTHORED_BY", "Author", authors)
    _add(tables, "AFFILIATED_WITH", "Organization", _named(papers.table, "organization"))
    spoken = papers.table.select("record", source="key")
    tasks = analysis.tables["tasks"].join(spoken, on="record", maintain_order="left")
    _add(tables, "ADDRESSES", "Task", tasks.select("source", "name", target="id"))
    repositories = (
        analysis.tables["repositories"]
        .join(spoken, on="record")
        .group_by("source", "place")
        .agg(pl.col("own").any())
        .with_columns(target="repository/" + pl.col("place"))
    )
    nodes = repositories.select(id="target", name="place", url="https://" + pl.col("place")).unique()
    tables.nodes["Repository"] = _rows(nodes, node_columns("Repository"))
    for label, own in (("HAS_CODE", True), ("LINKS_TO", False)):
        found = repositories.filter(pl.col("own") == own)
        tables.edges[label, "Paper", "Repository"] = _rows(found, edge_columns(label))


def result_nodes(found: pl.DataFrame) -> pl.DataFrame:
    """The nodes of results, of which each has its `id`."""
    return _rows(found.unique("id", keep="last", maintain_order=True), node_columns("Result"))


def _named(papers: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Every author or organisation of every paper: `source`, `target` and `name`, in the papers' order."""
    ids, names = f"{kind}_ids", f"{kind}s"
    listed = papers.filter(pl.col(ids).list.len() > 0).select("key", ids, names).explode(ids, names)
    return listed.rename({"key": "source", ids: "target", names: "name"})


def _add(tables: Tables, edge: str, label: str, found: pl.DataFrame) -> None:
    """Nodes that are known by their name alone, and the edges to them; the first of a paper counts."""
    written = found.select("target", "name").unique()
    several = written.filter(pl.col("target").is_duplicated()).group_by("target").agg("name")
    best = pl.Series([max(forms, key=_telling) for forms in several["name"].to_list()], dtype=pl.String)
    chosen = several.select(id="target").with_columns(name=best)
    alone = written.filter(~pl.col("target").is_duplicated()).select(id="target", name="name")
    tables.nodes[label] = _rows(pl.concat([alone, chosen]), node_columns(label))
    edges = found.unique(["source", "target"], keep="first", maintain_order=True)
    tables.edges[edge, "Paper", label] = _rows(edges, edge_columns(edge))


def _rows(found: pl.DataFrame, columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """The columns of the schema, null where there are none, in order."""
    present = set(found.columns)
    chosen = [
        pl.col(name).cast(type_) if name in present else pl.lit(None, type_).alias(name)
        for name, type_ in columns.items()
    ]
    return found.select(chosen).sort([name for name in ("id", "source", "target") if name in columns])


def _telling(name: str) -> tuple[bool, int, int, str]:
    """Of several ways to write a name: mixed case, accents, length, then the alphabet from its end."""
    return (not name.isupper(), sum(not ch.isascii() for ch in name), len(name), name)
