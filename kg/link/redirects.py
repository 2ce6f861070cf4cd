"""Where ids lead that were handed out once and are no nodes any more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from kg.schema import ENTITY_LABELS
from kg.schema.tables import Tables
from kg.text.keys import name_key

_LABELS = ("Paper", *ENTITY_LABELS)
_OF = {label.lower(): label for label in ENTITY_LABELS}


def names(graph: Tables, ids: Collection[str] | None = None) -> dict[str, str]:
    """The keys of the names and titles of papers and entities, of all or of some ids, by id."""
    found: dict[str, str] = {}
    for label in _LABELS:
        named = graph.nodes[label].select("id", "title" if label == "Paper" else "name").iter_rows()
        found.update({node: name_key(name or node) for node, name in named if ids is None or node in ids})
    return found


def redirects(
    handed_out: Mapping[str, tuple[str, str]],
    graph: Tables,
    moved: Mapping[str, str],
    hidden: Collection[str] = (),
) -> dict[str, str]:
    """For ids that are gone the node that their meaning went to, where there is one.

    A correction says it, else the node tells that is called as the one of the id was: of the same type before others,
    then the one that most papers have. Of papers it is the one that is known by the id, or alone has the title.

    Args:
        handed_out: every id ever handed out, with what it led to last and the key of its node's name.
        graph: as it is now.
        moved: ids that corrections took away, with those that stand for them.
        hidden: ids that lead nowhere.
    """
    current = {node for label in _LABELS for node in graph.nodes[label]["id"].to_list()}
    # A graph may have its papers alone so far.
    only_papers = not any(graph.nodes[label].height for label in ENTITY_LABELS)
    gone = {
        node: told
        for node, told in handed_out.items()
        if node not in current and node not in hidden and not (only_papers and node.partition("/")[0] in _OF)
    }
    gone.update({node: (target, "") for node, target in moved.items() if node not in current and node not in gone})
    if not gone:
        return {}
    wanted = {name for _, name in gone.values()} | {name_key(node) for node in gone}
    bearers = _bearers(graph, wanted - {""})
    found: dict[str, str] = {}
    for node, (target, name) in gone.items():
        into = _end(node, moved, current) or _bearer(node, name, bearers) or (target if target in current else None)
        if into:
            found[node] = into
    return found


def with_former(graph: Tables, found: Mapping[str, str]) -> None:
    """Writes the ids that lead to a node into it, which is found by them as by its own."""
    former: dict[str, list[str]] = defaultdict(list)
    for node, target in sorted(found.items()):
        former[target].append(node)
    if not former:
        return
    columns = {"id": list(former), "former": list(former.values())}
    led = pl.DataFrame(columns, schema={"id": pl.String, "former": pl.List(pl.String)}).with_columns(
        more=pl.Series([[name_key(node) for node in nodes] for nodes in former.values()], dtype=pl.List(pl.String))
    )
    for label in _LABELS:
        table = graph.nodes[label]
        joined = table.drop("former").join(led, on="id", how="left", maintain_order="left")
        more = pl.col("keys").list.set_union(pl.col("more")).list.sort()
        keys = pl.when(pl.col("more").is_null()).then(pl.col("keys")).otherwise(more)
        graph.nodes[label] = joined.with_columns(keys.alias("keys")).select(table.columns)


_Bearer = tuple[str, str, str, int]
"""Label, id and key of the name of a node, and the number of its papers."""


def _bearers(graph: Tables, wanted: Iterable[str]) -> dict[str, list[_Bearer]]:
    keys = pl.Series(list(wanted), dtype=pl.String).implode()
    found: dict[str, list[_Bearer]] = defaultdict(list)
    for label in _LABELS:
        table = graph.nodes[label]
        paper = label == "Paper"
        chosen = table.select(
            "id", pl.col("title" if paper else "name").alias("name"), pl.lit(0) if paper else "papers", key="keys"
        )
        for node, name, papers, key in chosen.explode("key").filter(pl.col("key").is_in(keys)).iter_rows():
            found[key].append((label, node, name_key(name or node), papers))
    return found


def _bearer(node: str, name: str, bearers: Mapping[str, list[_Bearer]]) -> str | None:
    label = _OF.get(node.partition("/")[0])
    if label:
        called = [known for known in bearers.get(name, ()) if known[0] != "Paper"]
        return min(called, key=lambda b: (b[0] != label, b[2] != name, -b[3], b[1]))[1] if called else None
    for key in (name_key(node), name):
        papers = [known for known in bearers.get(key, ()) if known[0] == "Paper"]
        if len(papers) == 1:
            return papers[0][1]
    return None


def _end(node: str, moved: Mapping[str, str], current: Collection[str]) -> str | None:
    """Where corrections lead, over any number of them."""
    seen: set[str] = set()
    while node in moved and node not in seen:
        seen.add(node)
        node = moved[node]
    return node if seen and node in current else None
