"""The second step of corrections: nodes that are no things, and edges that are no relations of a paper to a thing."""

from collections import defaultdict

import polars as pl

from kg.link.corrections import Add, Entry, Hide, Named, Overrides, Reference, Remove, is_entity
from kg.link.corrections.entities import Corrector
from kg.link.corrections.references import MissingError
from kg.schema import EDGES, ENTITY_LABELS, RELATIONS, Edge, Value
from kg.schema.tables import Tables
from kg.text.identifiers import repository
from kg.text.keys import slug

Place = tuple[str, str, str]
"""An edge's label, source and target."""

# Nodes that are there only because of an edge.
_DEPENDENT = ("Author", "Organization", "Task", "Repository", "Result")
# A paper's repository is its own code or another's, not both.
_INSTEAD_OF = {"HAS_CODE": "LINKS_TO", "LINKS_TO": "HAS_CODE"}


def correct_edges(graph: Tables, overrides: Overrides, corrector: Corrector) -> None:
    """Applies to a graph that is otherwise complete what the first step has left; the graph is changed in place."""
    _EdgeCorrector(graph, overrides, corrector).correct()


class _EdgeCorrector:
    def __init__(self, graph: Tables, overrides: Overrides, corrector: Corrector) -> None:
        self._graph = graph
        self._overrides = overrides
        self._corrector = corrector
        self._references = corrector.references
        self._ids: dict[str, set[str]] = {}
        self._made: dict[str, dict[str, dict[str, Value]]] = defaultdict(dict)
        self._changes: dict[Place, Edge | None] = {}
        self._above: dict[str, str] = {}
        for ends, table in graph.edges.items():
            if ends[0] == "VARIANT_OF":
                self._above.update(table.select("source", "target").iter_rows())
        self._gone = {*corrector.lost, *(self._references.hidden.keys() & self._known("Paper"))}
        self._touched: set[str] = set()

    def correct(self) -> None:
        for entry in self._overrides.entries:
            try:
                match entry.correction:
                    case Add() as add if add.add not in RELATIONS:
                        self._add(add)
                    case Remove() as remove if remove.remove not in RELATIONS:
                        self._remove(remove)
                    case Hide() as hide:
                        self._hide(entry, hide)
            except MissingError as reason:
                self._corrector.warn(entry, str(reason))
        for label, rows in self._made.items():
            self._graph.add_nodes(label, rows.values())
        self._change()
        while self._gone or self._touched:
            self._drop()

    def _add(self, add: Add) -> None:
        source, source_label = self._end(add.source, add.add, 0, create=True)
        target, target_label = self._end(add.to, add.add, 1, create=True)
        if (source_label, target_label) not in EDGES[add.add].ends:
            raise MissingError(f"{add.add} does not join a {source_label} and a {target_label}")
        if source == target or (add.add == "VARIANT_OF" and self._leads_to(target, source)):
            raise MissingError(f"{add.add} would lead from {source} back to it: turn it round, or delete this entry")
        properties: dict[str, Value] = {"inferred": False} if add.add == "CITES" else {}
        if instead := _INSTEAD_OF.get(add.add):
            self._changes[instead, source, target] = None
        self._changes[add.add, source, target] = Edge(source, source_label, target, target_label, properties)
        if add.add == "VARIANT_OF":
            self._above[source] = target

    def _remove(self, remove: Remove) -> None:
        source, _ = self._end(remove.source, remove.remove, 0)
        target, _ = self._end(remove.to, remove.remove, 1)
        self._changes[remove.remove, source, target] = None
        self._touched |= {source, target}
        if remove.remove == "VARIANT_OF" and self._above.get(source) == target:
            del self._above[source]

    def _hide(self, entry: Entry, hide: Hide) -> None:
        if not isinstance(hide.hide, str) or is_entity(hide.hide) or self._references.known_paper(hide.hide):
            return
        if hide.hide in self._references.hidden:
            return
        if not any(hide.hide in self._known(label) for label in _DEPENDENT):
            raise MissingError(f"there is no {hide.hide}: take an id that `kg show` gives, or delete this entry")
        self._references.hide(hide.hide, self._overrides.place(entry))
        self._gone.add(hide.hide)

    def _end(self, reference: Reference, label: str, position: int, *, create: bool = False) -> tuple[str, str]:
        """Id and label of the node at an end of an edge of this label, which it may take to be made."""
        labels = {ends[position] for ends in EDGES[label].ends}
        if "Paper" in labels:
            key = self._references.paper(reference)
            if key in self._known("Paper"):
                return key, "Paper"
            raise MissingError(f"there is no paper {reference}")
        if labels & {*ENTITY_LABELS}:
            thing = self._references.thing(reference)
            if thing.id in self._known(thing.type):
                return thing.id, thing.type
            raise MissingError(f"{thing.id} is not in the graph: no paper has a relation to it")
        if isinstance(reference, Named):
            raise MissingError(f"{label} leads to no {reference}: name a {' or '.join(labels)}")
        (only,) = labels
        identifier, row = _named(only, reference)
        if create and only in ("Task", "Repository") and identifier not in self._known(only):
            self._made[only][identifier] = row
            self._known(only).add(identifier)
        if identifier not in self._known(only):
            raise MissingError(f"there is no {only} {reference}")
        return identifier, only

    def _known(self, label: str) -> set[str]:
        """The ids of all nodes of a label."""
        if label not in self._ids:
            self._ids[label] = set(self._graph.nodes[label]["id"])
        return self._ids[label]

    def _leads_to(self, start: str, end: str) -> bool:
        """Whether the way up from a node comes by another."""
        seen: set[str] = set()
        while start != end and start in self._above and start not in seen:
            seen.add(start)
            start = self._above[start]
        return start == end

    def _change(self) -> None:
        """Takes out every edge that a correction speaks of, and puts in those that it adds."""
        by_label: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for label, source, target in self._changes:
            by_label[label].append((source, target))
        for ends, table in self._graph.edges.items():
            if pairs := by_label.get(ends[0]):
                spoken_of = pl.DataFrame(pairs, schema={"source": pl.String, "target": pl.String}, orient="row")
                kept = table.join(spoken_of, on=["source", "target"], how="anti", maintain_order="left")
                self._graph.edges[ends] = kept
        for (label, _, _), edge in self._changes.items():
            if edge:
                self._graph.add_edges(label, [edge])

    def _drop(self) -> None:
        """Takes nodes out with their edges; what was there only because of those is to go next."""
        gone = pl.Series("gone", list(self._gone), dtype=pl.String).implode()
        for label, nodes in self._graph.nodes.items():
            self._graph.nodes[label] = nodes.filter(~pl.col("id").is_in(gone))
        for ends, table in self._graph.edges.items():
            lost = pl.col("source").is_in(gone) | pl.col("target").is_in(gone)
            for source, target in table.filter(lost).select("source", "target").iter_rows():
                self._touched |= {source, target}
            self._graph.edges[ends] = table.filter(~lost)
        here = set().union(*(self._known(label) for label in _DEPENDENT))
        loose = (self._touched & here) - self._gone
        joined: set[str] = set()
        on_something: set[str] = set()
        among = pl.Series("among", list(loose), dtype=pl.String).implode()
        for (label, _, target_label), table in self._graph.edges.items():
            if label == "ON":
                on_something.update(table.filter(pl.col("source").is_in(among))["source"])
            elif target_label in _DEPENDENT:
                joined.update(table.filter(pl.col("target").is_in(among))["target"])
        for label in _DEPENDENT:
            self._known(label).difference_update(self._gone)
        self._gone = (loose - joined) | ((loose & self._known("Result")) - on_something)
        self._touched = set()


def _named(label: str, reference: str) -> tuple[str, dict[str, Value]]:
    """Id and properties of a node that is known by its name or address alone."""
    if label == "Repository":
        place = repository(reference if "://" in reference else f"https://{reference.removeprefix('repository/')}")
        if place is None:
            raise MissingError(f"{reference} is no address of a repository: write it as github.com/owner/name")
        identifier = f"repository/{place}"
        return identifier, {"id": identifier, "name": place, "url": f"https://{place}"}
    if label == "Result":
        return reference, {}
    name = reference.removeprefix(f"{label.lower()}/")
    identifier = f"{label.lower()}/{slug(name)}"
    return identifier, {"id": identifier, "name": name}
