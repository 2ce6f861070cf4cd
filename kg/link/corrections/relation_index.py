"""Relations and results by the entity that they lead to, while corrections change them."""

from collections.abc import Iterable

from kg.link.corrections.verbs import BY_CORRECTION
from kg.link.names.kinds import DATA
from kg.link.names.linked_entity import LinkedEntity
from kg.link.relations import Evidence, RelationKey, ResultEdge, relation_to


class RelationIndex:
    """Relations and result edges that corrections move between entities, remove and add.

    Attributes:
        lost_results: ids of results that are not on a benchmark any more.
    """

    def __init__(self, relations: dict[RelationKey, Evidence], result_edges: Iterable[ResultEdge]) -> None:
        """Takes over relations, which are changed in place, and result edges."""
        self.lost_results: set[str] = set()
        self._relations = relations
        self._keys: dict[int, set[RelationKey]] = {}
        for key in relations:
            self._keys.setdefault(key[2], set()).add(key)
        self._results: dict[int, set[tuple[str, str]]] = {}
        for label, result, entity in result_edges:
            self._results.setdefault(id(entity), set()).add((label, result))

    def __contains__(self, key: RelationKey) -> bool:
        """Whether there is such a relation."""
        return key in self._relations

    def put(self, key: RelationKey, evidence: Evidence) -> None:
        """Adds a relation; if it is there already, the stronger evidence stays."""
        self._keys.setdefault(key[2], set()).add(key)
        known = self._relations.get(key)
        self._relations[key] = max(known, evidence, key=Evidence.strength) if known else evidence

    def remove(self, key: RelationKey) -> Evidence:
        """Removes a relation and gives its evidence."""
        self._keys[key[2]].discard(key)
        return self._relations.pop(key)

    def remove_extracted(self, paper: str, entity: LinkedEntity) -> None:
        """Removes what the text of a paper says about an entity; what corrections added stays."""
        for key in [key for key in self._keys.get(id(entity), ()) if key[1] == paper]:
            if self._relations[key].by != BY_CORRECTION:
                self.remove(key)

    def remove_entity(self, entity: LinkedEntity) -> None:
        """Removes all relations and result edges of an entity."""
        for key in self._keys.pop(id(entity), ()):
            del self._relations[key]
        self.lost_results.update(result for label, result in self._results.pop(id(entity), ()) if label == "ON")

    def remove_papers(self, papers: Iterable[str]) -> None:
        """Removes all relations of papers."""
        papers = set(papers)
        for key in [key for key in self._relations if key[1] in papers]:
            del self._relations[key]

    def move(self, entity: LinkedEntity, into: LinkedEntity) -> None:
        """Moves all relations and result edges of an entity to another."""
        self.fit_relations(entity, into)
        self._results.setdefault(id(into), set()).update(self._results.pop(id(entity), ()))
        self.fit_results(into)

    def fit_type(self, entity: LinkedEntity) -> None:
        """Makes relations and result edges those that an entity's new type can have."""
        self.fit_relations(entity, entity)
        self.fit_results(entity)

    def move_results(self, edges: set[tuple[str, str]], source: LinkedEntity, target: LinkedEntity) -> None:
        """Moves the given result edges (label and result) from source to target; others are ignored."""
        moved = edges & self._results.get(id(source), set())
        self._results.get(id(source), set()).difference_update(moved)
        self._results.setdefault(id(target), set()).update(moved)

    def fit_relations(self, entity: LinkedEntity, into: LinkedEntity) -> None:
        """Moves relations, each as the one that the other entity's kind can have."""
        for key in list(self._keys.get(id(entity), ())):
            evidence = self.remove(key)
            self.put((relation_to(into.kind, key[0]), key[1], id(into)), evidence)

    def fit_results(self, entity: LinkedEntity) -> None:
        """Drops result edges that an entity of this kind cannot have; results that were on it are lost."""
        fitting = "ON" if entity.kind == DATA else "OF"
        edges = self._results.get(id(entity), set())
        self.lost_results.update(result for label, result in edges if label == "ON" != fitting)
        self._results[id(entity)] = {edge for edge in edges if edge[0] == fitting}

    def result_edges(self, entities: dict[int, LinkedEntity]) -> list[ResultEdge]:
        """The result edges that are left, without those of lost results; `entities` by their `id()`."""
        return [
            (label, result, entities[identity])
            for identity, edges in self._results.items()
            for label, result in edges
            if result not in self.lost_results
        ]
