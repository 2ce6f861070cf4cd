"""Redirects from ids that are no longer in the graph to the nodes that replace them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import polars as pl

from kg.schema import ENTITY_LABELS
from kg.schema.tables import Tables
from kg.text.keys import name_key

_LABELS = ("Paper", *ENTITY_LABELS)
_LABEL_OF_PREFIX = {label.lower(): label for label in ENTITY_LABELS}


def keys_of_names(graph: Tables, ids: Collection[str] | None = None) -> dict[str, str]:
    """The key of the name or title of papers and entities, by id.

    Args:
        graph: has the nodes.
        ids: only of these nodes; None for all.
    """
    found: dict[str, str] = {}
    for label in _LABELS:
        named = graph.nodes[label].select("id", "title" if label == "Paper" else "name").iter_rows()
        found.update({node: name_key(name or node) for node, name in named if ids is None or node in ids})
    return found


def find_redirects(
    ids_handed_out: Mapping[str, tuple[str, str]],
    graph: Tables,
    replaced: Mapping[str, str],
    hidden: Collection[str] = (),
) -> dict[str, str]:
    """For ids that are not nodes any more, the node that means the same now; ids without such a node are left out.

    Corrections decide first. Else an entity's id leads to the node with the name that the entity had: one of the same
    type before others, then the one with most papers. A paper's id leads to the paper that has it among its ids, or to
    the only paper with its title.

    Args:
        ids_handed_out: every id ever handed out, with the id that it led to last and the key of that node's name.
        graph: as it is now; it may have only its papers so far.
        replaced: ids that corrections took away, each with the id that replaces it.
        hidden: ids that corrections hide; they lead nowhere.
    """
    current = {node for label in _LABELS for node in graph.nodes[label]["id"].to_list()}
    only_papers = not any(graph.nodes[label].height for label in ENTITY_LABELS)
    retired = {
        node: last
        for node, last in ids_handed_out.items()
        if node not in current
        and node not in hidden
        and not (only_papers and node.partition("/")[0] in _LABEL_OF_PREFIX)
    }
    retired.update(
        {node: (target, "") for node, target in replaced.items() if node not in current and node not in retired}
    )
    if not retired:
        return {}
    wanted = {name for _, name in retired.values()} | {name_key(node) for node in retired}
    nodes = _nodes_by_key(graph, wanted - {""})
    found: dict[str, str] = {}
    for node, (target, name) in retired.items():
        into = _replacement(node, replaced, current) or _same_name(node, name, nodes)
        if into or target in current:
            found[node] = into or target
    return found


def add_former_ids(graph: Tables, redirects: Mapping[str, str]) -> None:
    """Adds retired ids to `former` and `keys` of the nodes that they lead to, in place."""
    former: dict[str, list[str]] = defaultdict(list)
    for node, target in sorted(redirects.items()):
        former[target].append(node)
    if not former:
        return
    columns = {"id": list(former), "former": list(former.values())}
    retired = pl.DataFrame(columns, schema={"id": pl.String, "former": pl.List(pl.String)}).with_columns(
        more=pl.Series([[name_key(node) for node in nodes] for nodes in former.values()], dtype=pl.List(pl.String))
    )
    for label in _LABELS:
        table = graph.nodes[label]
        joined = table.drop("former").join(retired, on="id", how="left", maintain_order="left")
        more = pl.col("keys").list.set_union(pl.col("more")).list.sort()
        keys = pl.when(pl.col("more").is_null()).then(pl.col("keys")).otherwise(more)
        graph.nodes[label] = joined.with_columns(keys.alias("keys")).select(table.columns)


class _Node(NamedTuple):
    label: str
    id: str
    name_key: str
    papers: int


def _nodes_by_key(graph: Tables, wanted: Iterable[str]) -> dict[str, list[_Node]]:
    """The papers and entities that have one of the wanted keys, by key."""
    keys = pl.Series(list(wanted), dtype=pl.String).implode()
    found: dict[str, list[_Node]] = defaultdict(list)
    for label in _LABELS:
        table = graph.nodes[label]
        paper = label == "Paper"
        chosen = table.select(
            "id", pl.col("title" if paper else "name").alias("name"), pl.lit(0) if paper else "papers", key="keys"
        )
        for node, name, papers, key in chosen.explode("key").filter(pl.col("key").is_in(keys)).iter_rows():
            found[key].append(_Node(label, node, name_key(name or node), papers))
    return found


def _same_name(retired: str, name: str, nodes: Mapping[str, list[_Node]]) -> str | None:
    """The node with the name or id of a retired id's node, or None."""
    label = _LABEL_OF_PREFIX.get(retired.partition("/")[0])
    if label:
        entities = [node for node in nodes.get(name, ()) if node.label != "Paper"]
        if not entities:
            return None
        return min(entities, key=lambda node: (node.label != label, node.name_key != name, -node.papers, node.id)).id
    for key in (name_key(retired), name):
        papers = [node for node in nodes.get(key, ()) if node.label == "Paper"]
        if len(papers) == 1:
            return papers[0].id
    return None


def _replacement(node: str, replaced: Mapping[str, str], current: Collection[str]) -> str | None:
    """The current node that replaces an id by any number of corrections, or None."""
    seen: set[str] = set()
    while node in replaced and node not in seen:
        seen.add(node)
        node = replaced[node]
    return node if seen and node in current else None
