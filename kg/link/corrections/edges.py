"""The second step of corrections: other nodes than entities, and other edges than relations of papers with them."""

from collections import defaultdict

import polars as pl

from kg.link.corrections.entities import EntityCorrector
from kg.link.corrections.file import CorrectionEntry, Overrides
from kg.link.corrections.references import NotAppliedError
from kg.link.corrections.verbs import Add, Hide, NameReference, Reference, Remove, is_entity
from kg.link.papers.venue_names import category_id, category_name, venue_of
from kg.schema import EDGES, ENTITY_LABELS, RELATIONS, Edge, Value
from kg.schema.tables import Tables
from kg.text.identifiers import repository
from kg.text.keys import slug

_EdgeKey = tuple[str, str, str]
"""An edge's label, and the ids of its source and target."""

# Nodes that go with their last edge.
_DEPENDENT = ("Author", "Organization", "Venue", "Category", "Task", "Repository", "Result")
# A repository is a paper's own code or another's: adding one edge removes the other.
_EXCLUDES = {"HAS_CODE": "LINKS_TO", "LINKS_TO": "HAS_CODE"}


def correct_edges(graph: Tables, overrides: Overrides, corrector: EntityCorrector) -> None:
    """Takes the second step.

    Args:
        graph: otherwise complete; changed in place.
        overrides: the corrections.
        corrector: has taken the first step; gets the warnings.
    """
    _EdgeCorrector(graph, overrides, corrector).correct()


class _EdgeCorrector:
    def __init__(self, graph: Tables, overrides: Overrides, corrector: EntityCorrector) -> None:
        self._graph = graph
        self._overrides = overrides
        self._corrector = corrector
        self._references = corrector.references
        self._ids: dict[str, set[str]] = {}
        self._spellings: dict[str, str] | None = None
        self._new_nodes: dict[str, dict[str, dict[str, Value]]] = defaultdict(dict)
        self._changes: dict[_EdgeKey, Edge | None] = {}
        self._parent_of: dict[str, str] = {}
        for ends, table in graph.edges.items():
            if ends[0] == "VARIANT_OF":
                self._parent_of.update(table.select("source", "target").iter_rows())
        self._gone = {*corrector.lost_results, *(self._references.hidden.keys() & self._known("Paper"))}
        self._lost_an_edge: set[str] = set()

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
            except NotAppliedError as reason:
                self._corrector.warn(entry, str(reason))
        for label, rows in self._new_nodes.items():
            self._graph.add_nodes(label, rows.values())
        self._change()
        while self._gone or self._lost_an_edge:
            self._drop()

    def _add(self, add: Add) -> None:
        source, source_label = self._end(add.source, add.add, 0, create=True)
        target, target_label = self._end(add.to, add.add, 1, create=True)
        if (source_label, target_label) not in EDGES[add.add].ends:
            raise NotAppliedError(
                f"{add.add} cannot lead from a {source_label} to a {target_label}: use another relation"
            )
        if source == target or (add.add == "VARIANT_OF" and self._leads_to(target, source)):
            raise NotAppliedError(
                f"{add.add} would lead from {source} back to itself: swap `from` and `to`, or delete this entry"
            )
        properties: dict[str, Value] = {"inferred": False} if add.add == "CITES" else {}
        if excluded := _EXCLUDES.get(add.add):
            self._changes[excluded, source, target] = None
        self._changes[add.add, source, target] = Edge(source, source_label, target, target_label, properties)
        if add.add == "VARIANT_OF":
            self._parent_of[source] = target

    def _remove(self, remove: Remove) -> None:
        source, _ = self._end(remove.source, remove.remove, 0)
        target, _ = self._end(remove.to, remove.remove, 1)
        self._changes[remove.remove, source, target] = None
        self._lost_an_edge |= {source, target}
        if remove.remove == "VARIANT_OF" and self._parent_of.get(source) == target:
            del self._parent_of[source]

    def _hide(self, entry: CorrectionEntry, hide: Hide) -> None:
        if not isinstance(hide.hide, str) or is_entity(hide.hide) or self._references.known_paper(hide.hide):
            return
        if hide.hide in self._references.hidden:
            return
        identifier = self._other_spellings().get(hide.hide, hide.hide)
        if not any(identifier in self._known(label) for label in _DEPENDENT):
            raise NotAppliedError(f"there is no {hide.hide}: take an id that `kg show` gives, or delete this entry")
        self._references.hide(identifier, self._overrides.place(entry))
        self._gone.add(identifier)

    def _end(self, reference: Reference, label: str, position: int, *, create: bool = False) -> tuple[str, str]:
        """Id and label of the node that a reference names.

        Args:
            reference: names it.
            label: of the edge that has the node at one end.
            position: 0 for the edge's source, 1 for its target.
            create: add the node if there is none, where it is a task or repository.

        Raises:
            NotAppliedError: there is no such node.
        """
        labels = {ends[position] for ends in EDGES[label].ends}
        if "Paper" in labels:
            key = self._references.paper(reference)
            if key in self._known("Paper"):
                return key, "Paper"
            raise NotAppliedError(f"there is no paper {reference}: check the id, or read the paper first")
        if labels & {*ENTITY_LABELS}:
            entity = self._references.entity(reference)
            if entity.id in self._known(entity.type):
                return entity.id, entity.type
            raise NotAppliedError(f"{entity.id} is not in the graph: no paper has a relation to it")
        (only,) = labels
        if isinstance(reference, NameReference):
            raise NotAppliedError(f"{label} cannot lead to a {reference.type}: name a {only}")
        identifier, row = _id_and_properties(only, reference)
        identifier = self._other_spellings().get(identifier, identifier)
        if create and only in ("Task", "Repository") and identifier not in self._known(only):
            self._new_nodes[only][identifier] = row
            self._known(only).add(identifier)
        if identifier not in self._known(only):
            raise NotAppliedError(
                f"there is no {only} {reference}: take an id that `kg show` gives, or delete this entry"
            )
        return identifier, only

    def _known(self, label: str) -> set[str]:
        """The ids of all nodes of a label."""
        if label not in self._ids:
            self._ids[label] = set(self._graph.nodes[label]["id"])
        return self._ids[label]

    def _other_spellings(self) -> dict[str, str]:
        """Ids of authors under another spelling, each with the id of the node."""
        if self._spellings is None:
            spelled = self._graph.nodes["Author"].select("former", "id").drop_nulls("former")
            self._spellings = dict(spelled.explode("former").iter_rows())
        return self._spellings

    def _leads_to(self, start: str, end: str) -> bool:
        """Whether `end` is `start` or one of its ancestors by VARIANT_OF."""
        seen: set[str] = set()
        while start != end and start in self._parent_of and start not in seen:
            seen.add(start)
            start = self._parent_of[start]
        return start == end

    def _change(self) -> None:
        """Removes every edge that corrections name, and adds those that they add."""
        by_label: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for label, source, target in self._changes:
            by_label[label].append((source, target))
        for ends, table in self._graph.edges.items():
            if pairs := by_label.get(ends[0]):
                named = pl.DataFrame(pairs, schema={"source": pl.String, "target": pl.String}, orient="row")
                others = table.join(named, on=["source", "target"], how="anti", maintain_order="left")
                self._graph.edges[ends] = others
        for (label, _, _), edge in self._changes.items():
            if edge:
                self._graph.add_edges(label, [edge])

    def _drop(self) -> None:
        """Removes the nodes in `_gone` with their edges; nodes that lose their last edge by it are to go next."""
        gone = pl.Series("gone", list(self._gone), dtype=pl.String).implode()
        for label, nodes in self._graph.nodes.items():
            self._graph.nodes[label] = nodes.filter(~pl.col("id").is_in(gone))
        for ends, table in self._graph.edges.items():
            lost = pl.col("source").is_in(gone) | pl.col("target").is_in(gone)
            for source, target in table.filter(lost).select("source", "target").iter_rows():
                self._lost_an_edge |= {source, target}
            self._graph.edges[ends] = table.filter(~lost)
        dependent = set().union(*(self._known(label) for label in _DEPENDENT))
        at_risk = (self._lost_an_edge & dependent) - self._gone
        joined: set[str] = set()
        on_benchmark: set[str] = set()
        among = pl.Series("among", list(at_risk), dtype=pl.String).implode()
        for (label, _, target_label), table in self._graph.edges.items():
            if label == "ON":
                on_benchmark.update(table.filter(pl.col("source").is_in(among))["source"])
            elif target_label in _DEPENDENT:
                joined.update(table.filter(pl.col("target").is_in(among))["target"])
        for label in _DEPENDENT:
            self._known(label).difference_update(self._gone)
        self._gone = (at_risk - joined) | ((at_risk & self._known("Result")) - on_benchmark)
        self._lost_an_edge = set()


def _id_and_properties(label: str, reference: str) -> tuple[str, dict[str, Value]]:
    """Id and properties of a node that is no paper and no entity, and that a reference names."""
    if label == "Repository":
        name = repository(reference if "://" in reference else f"https://{reference.removeprefix('repository/')}")
        if name is None:
            raise NotAppliedError(f"{reference} is not an address of a repository: write it as github.com/owner/name")
        identifier = f"repository/{name}"
        return identifier, {"id": identifier, "name": name, "url": f"https://{name}"}
    if label == "Result":
        return reference, {}
    name = reference.removeprefix(f"{label.lower()}/")
    if label == "Venue" and "/" not in reference and (venue := venue_of(name)):
        return venue.id, {"id": venue.id, "name": venue.name}
    if label == "Category":
        return category_id(name), {"id": category_id(name), "name": category_name(name)}
    identifier = f"{label.lower()}/{slug(name)}"
    return identifier, {"id": identifier, "name": name}
