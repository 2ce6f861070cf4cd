"""The second step of corrections: nodes that are no things, and edges that are no relations of a paper to a thing."""

from kg.extract.links import repository
from kg.link.corrections import Corrector
from kg.link.references import MissingError
from kg.names import slug
from kg.overrides import Add, Entry, Hide, Named, Overrides, Reference, Remove, is_entity
from kg.schema import EDGES, ENTITY_LABELS, RELATIONS, Edge, Projection, Value

# Nodes that are there only because of an edge.
_DEPENDENT = ("Author", "Organization", "Task", "Repository", "Result")
# A paper's repository is its own code or another's, not both.
_INSTEAD_OF = {"HAS_CODE": "LINKS_TO", "LINKS_TO": "HAS_CODE"}


def correct_edges(graph: Projection, overrides: Overrides, corrector: Corrector) -> None:
    """Applies to a graph that is otherwise complete what the first step has left; the graph is changed in place."""
    if corrector.has_second_step():
        _EdgeCorrector(graph, overrides, corrector).correct()


class _EdgeCorrector:
    def __init__(self, graph: Projection, overrides: Overrides, corrector: Corrector) -> None:
        self._overrides = overrides
        self._corrector = corrector
        self._references = corrector.references
        self._graph = graph
        self._nodes = graph.nodes
        self._edges = {
            (label, edge.source, edge.target): edge for label, edges in graph.edges.items() for edge in edges
        }
        self._labels = {node: label for label in _DEPENDENT for node in graph.nodes[label]}
        self._above = {edge.source: edge.target for edge in graph.edges["VARIANT_OF"]}
        self._gone = {*corrector.lost, *(self._references.hidden.keys() & graph.nodes["Paper"].keys())}
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
        while self._gone or self._touched:
            self._drop()
        self._graph.edges = {label: [] for label in EDGES}
        for (label, _, _), edge in sorted(self._edges.items()):
            self._graph.edges[label].append(edge)

    def _add(self, add: Add) -> None:
        source, source_label = self._end(add.source, add.add, 0, create=True)
        target, target_label = self._end(add.to, add.add, 1, create=True)
        if (source_label, target_label) not in EDGES[add.add].ends:
            raise MissingError(f"{add.add} does not join a {source_label} and a {target_label}")
        if source == target or (add.add == "VARIANT_OF" and self._leads_to(target, source)):
            raise MissingError(f"{add.add} would lead from {source} back to it: turn it round, or delete this entry")
        properties: dict[str, Value] = {"inferred": False} if add.add == "CITES" else {}
        self._edges.pop((_INSTEAD_OF.get(add.add, ""), source, target), None)
        self._edges[add.add, source, target] = Edge(source, source_label, target, target_label, properties)
        if add.add == "VARIANT_OF":
            self._above[source] = target

    def _remove(self, remove: Remove) -> None:
        source, _ = self._end(remove.source, remove.remove, 0)
        target, _ = self._end(remove.to, remove.remove, 1)
        if self._edges.pop((remove.remove, source, target), None):
            self._touched |= {source, target}
            if remove.remove == "VARIANT_OF":
                self._above.pop(source, None)

    def _hide(self, entry: Entry, hide: Hide) -> None:
        if not isinstance(hide.hide, str) or is_entity(hide.hide) or self._references.known_paper(hide.hide):
            return
        if self._references.hidden.get(hide.hide):
            return
        if hide.hide not in self._labels:
            raise MissingError(f"there is no {hide.hide}: take an id that `kg show` gives, or delete this entry")
        self._references.hide(hide.hide, self._overrides.place(entry))
        self._gone.add(hide.hide)

    def _end(self, reference: Reference, label: str, position: int, *, create: bool = False) -> tuple[str, str]:
        """Id and label of the node at an end of an edge of this label, which it may take to be made."""
        labels = {ends[position] for ends in EDGES[label].ends}
        if "Paper" in labels:
            key = self._references.paper(reference)
            if key in self._nodes["Paper"]:
                return key, "Paper"
            raise MissingError(f"there is no paper {reference}")
        if labels & {*ENTITY_LABELS}:
            thing = self._references.thing(reference)
            if thing.id in self._nodes[thing.type]:
                return thing.id, thing.type
            raise MissingError(f"{thing.id} is not in the graph: no paper has a relation to it")
        if isinstance(reference, Named):
            raise MissingError(f"{label} leads to no {reference}: name a {' or '.join(labels)}")
        (only,) = labels
        identifier, row = _named(only, reference)
        if create and only in ("Task", "Repository"):
            self._nodes[only].setdefault(identifier, row)
            self._labels.setdefault(identifier, only)
        if identifier not in self._nodes[only]:
            raise MissingError(f"there is no {only} {reference}")
        return identifier, only

    def _leads_to(self, start: str, end: str) -> bool:
        """Whether the way up from a node comes by another."""
        seen: set[str] = set()
        while start != end and start in self._above and start not in seen:
            seen.add(start)
            start = self._above[start]
        return start == end

    def _drop(self) -> None:
        """Takes nodes out with their edges; what was there only because of those is to go next."""
        for rows in self._nodes.values():
            for node in self._gone & rows.keys():
                del rows[node]
        for place in [place for place in self._edges if place[1] in self._gone or place[2] in self._gone]:
            del self._edges[place]
            self._touched |= {place[1], place[2]}
        joined = {target for label, _, target in self._edges if label not in ("OF", "ON")}
        on_something = {source for label, source, _ in self._edges if label == "ON"}
        self._gone = {
            node
            for node in self._touched - self._gone
            if node in self._labels
            and (node not in joined or (self._labels[node] == "Result" and node not in on_something))
        }
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
