"""The part of the graph that needs no linking of names: papers with all that is not an entity or a result."""

import polars as pl

from kg.knowledge.task_names import task_aliases, task_name
from kg.link.analysis import Analysis
from kg.link.papers.author_groups import add_author_groups
from kg.link.papers.author_spellings import one_id_for_spellings
from kg.link.papers.paper_linker import PaperLinker
from kg.link.papers.venue_names import category_id, category_name, venue_node
from kg.schema.tables import Tables, edge_columns, node_columns
from kg.text.keys import name_key

PAPER_PART = frozenset(
    (
        "Paper Author Organization Venue Category Task Repository AUTHORED_BY AFFILIATED_WITH PUBLISHED_IN IN_CATEGORY "
        "ADDRESSES HAS_CODE LINKS_TO"
    ).split()
)
"""Labels of the nodes and edges that `add_paper_part` adds."""


def add_paper_part(graph: Tables, papers: PaperLinker, analysis: Analysis) -> None:
    """Adds papers, their authors, organisations, venues, categories, tasks and repositories, with the edges to them.

    Args:
        graph: has none of them yet; changed in place.
        papers: after `merge`.
        analysis: of all records; what was found counts in the fullest record of each paper.
    """
    graph.nodes["Paper"] = _rows(papers.table.with_columns(id="key"), node_columns("Paper"))
    _add_named(graph, "AFFILIATED_WITH", "Organization", _names_in_papers(papers.table, "organization"))
    _add_authors(graph, papers.table)
    _add_venues(graph, papers.table)
    _add_named(graph, "IN_CATEGORY", "Category", _categories(papers.table))
    paper_keys = papers.table.select("record", source="key")
    tasks = analysis.tables["tasks"].join(paper_keys, on="record", maintain_order="left")
    _add_tasks(graph, tasks.drop("record").rename({"id": "target"}))
    repositories = (
        analysis.tables["repositories"]
        .join(paper_keys, on="record")
        .group_by("source", "name")
        .agg(pl.col("own").any())
        .with_columns(target="repository/" + pl.col("name"))
    )
    nodes = repositories.select("name", id="target", url="https://" + pl.col("name")).unique()
    graph.nodes["Repository"] = _rows(nodes, node_columns("Repository"))
    for label, own in (("HAS_CODE", True), ("LINKS_TO", False)):
        found = repositories.filter(pl.col("own") == own)
        graph.edges[label, "Paper", "Repository"] = _rows(found, edge_columns(label))


def result_nodes(found: pl.DataFrame) -> pl.DataFrame:
    """The table of Result nodes; of rows with the same id the last counts.

    Args:
        found: rows of the table `results` of an `Analysis`, with the column `id`.
    """
    return _rows(found.unique("id", keep="last", maintain_order=True), node_columns("Result"))


def _names_in_papers(papers: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Every author or organisation of every paper: `source`, `target` and `name`, in the papers' order."""
    ids, names = f"{kind}_ids", f"{kind}s"
    listed = papers.filter(pl.col(ids).list.len() > 0).select("key", ids, names).explode(ids, names)
    return listed.rename({"key": "source", ids: "target", names: "name"})


def _add_authors(graph: Tables, papers: pl.DataFrame) -> None:
    """Adds authors, each name once, with its spellings and how many people it may be."""
    found = _names_in_papers(papers, "author").with_columns(position=pl.int_range(1, pl.len() + 1).over("source"))
    counts = one_id_for_spellings(found)
    names = _best_names(found.select("target", "name"))
    former = names.filter(pl.col("id").is_in(list(counts))).select("name", former="id").sort("former")
    spellings = (
        former.with_columns(
            id=pl.col("former").replace_strict(counts, return_dtype=pl.String),
            key=pl.Series([name_key(each) for each in former["former"]], dtype=pl.String),
        )
        .group_by("id", maintain_order=True)
        .agg("former", aliases=pl.col("name").sort(), keys=pl.col("key").sort())
    )
    nodes = names.filter(~pl.col("id").is_in(list(counts))).join(spellings, on="id", how="left")
    graph.nodes["Author"] = _rows(nodes, node_columns("Author"))
    edges = found.with_columns(pl.col("target").replace(counts))
    edges = edges.unique(["source", "target"], keep="first", maintain_order=True)
    graph.edges["AUTHORED_BY", "Paper", "Author"] = _rows(edges, edge_columns("AUTHORED_BY"))
    add_author_groups(graph)


def _add_venues(graph: Tables, papers: pl.DataFrame) -> None:
    """Adds venues, and where papers were published.

    Of several years of one paper at one venue the latest counts, as a preprint's is earlier.
    """
    fields = pl.col("venues").str.split_exact("\t", 2).struct.rename_fields(["target", "year", "name"])
    found = _exploded(papers, "venues").select(source="key", venue=fields).unnest("venue")
    edges = (
        found.with_columns(pl.col("year").cast(pl.Int64, strict=False))
        .group_by("source", "target")
        .agg(pl.col("year").max())
    )
    graph.edges["PUBLISHED_IN", "Paper", "Venue"] = _rows(edges, edge_columns("PUBLISHED_IN"))
    names = _best_names(found.select("target", "name"))
    graph.add_nodes("Venue", [venue_node(identifier, name) for identifier, name in names.iter_rows()])


def _add_tasks(graph: Tables, found: pl.DataFrame) -> None:
    """Adds tasks with their other names, and the edges to them with their evidence."""
    names = {row[0]: task_name(row[1]) for row in _best_names(found.select("target", "name")).iter_rows()}
    graph.add_nodes(
        "Task",
        [
            {
                "id": identifier,
                "name": name,
                "aliases": list(task_aliases(name)),
                "keys": sorted({name_key(form) for form in (name, *task_aliases(name))} - {""}),
            }
            for identifier, name in sorted(names.items())
        ],
    )
    edges = found.sort("confidence", descending=True, nulls_last=True, maintain_order=True)
    edges = edges.unique(["source", "target"], keep="first", maintain_order=True)
    graph.edges["ADDRESSES", "Paper", "Task"] = _rows(edges, edge_columns("ADDRESSES"))


def _categories(papers: pl.DataFrame) -> pl.DataFrame:
    """Every category of every paper: `source`, `target` and `name`."""
    found = _exploded(papers, "categories")
    distinct = found["categories"].unique().to_list()
    columns = {
        "categories": distinct,
        "target": [category_id(text) for text in distinct],
        "name": [category_name(text) for text in distinct],
    }
    known = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return found.join(known, on="categories", maintain_order="left").select("target", "name", source="key")


def _exploded(papers: pl.DataFrame, column: str) -> pl.DataFrame:
    """The papers' keys with the items of a list, a row for each."""
    return papers.filter(pl.col(column).list.len() > 0).select("key", column).explode(column)


def _add_named(graph: Tables, edge: str, label: str, found: pl.DataFrame) -> None:
    """Adds nodes that have only a name, each with its best written name, and the edges to them.

    Args:
        graph: gets them.
        edge: label of the edges.
        label: of the nodes.
        found: `source`, `target` and `name`; of rows with the same source and target the first gives the edge.
    """
    graph.nodes[label] = _rows(_best_names(found.select("target", "name")), node_columns(label))
    edges = found.unique(["source", "target"], keep="first", maintain_order=True)
    graph.edges[edge, "Paper", label] = _rows(edges, edge_columns(edge))


def _best_names(found: pl.DataFrame) -> pl.DataFrame:
    """`id` and `name` of each target, with the best of its written names."""
    written = found.unique()
    several = written.filter(pl.col("target").is_duplicated()).group_by("target").agg("name")
    best = pl.Series([max(names, key=_name_quality) for names in several["name"].to_list()], dtype=pl.String)
    chosen = several.select(id="target").with_columns(name=best)
    alone = written.filter(~pl.col("target").is_duplicated()).select(id="target", name="name")
    return pl.concat([alone, chosen])


def _rows(found: pl.DataFrame, columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """The columns of the schema, null where they are missing, sorted by id or by source and target."""
    present = set(found.columns)
    chosen = [
        pl.col(name).cast(type_) if name in present else pl.lit(None, type_).alias(name)
        for name, type_ in columns.items()
    ]
    return found.select(chosen).sort([name for name in ("id", "source", "target") if name in columns])


def _name_quality(name: str) -> tuple[bool, int, int, str]:
    """Sort key; the greatest is the best way to write a name: mixed case, accents, length, then the alphabet's end."""
    return (not name.isupper(), sum(not ch.isascii() for ch in name), len(name), name)
