"""The part of the graph that needs names linked: entities and results, their edges, variants and citations."""

from collections import Counter, defaultdict
from typing import Any

import polars as pl

from kg.link.citations import Citations, EntityUse, inferred_citations, origin_confidence
from kg.link.corrections.entities import EntityCorrector
from kg.link.names.introductions import Standing
from kg.link.names.kinds import DATA, SYSTEM
from kg.link.names.linked_entity import LinkedEntity
from kg.link.names.resolved import ResolvedEntities
from kg.link.names.variants import adapted, parents
from kg.link.papers.nodes import result_nodes
from kg.link.relations import Evidence, RelationKey, ResultEdge, judged, relation_to
from kg.schema import ENTITY_LABELS, RELATIONS, Edge
from kg.schema.tables import Tables
from kg.text.keys import name_key

ENTITY_PART = frozenset((*ENTITY_LABELS, "Result", *RELATIONS, "REPORTS", "ON", "OF"))
"""Labels of the nodes and edges that `EntityGraph.add_entity_part` completes."""


class EntityGraph:
    """Collects what papers say about entities, and adds it to a graph.

    First `correct`, then `add_entity_part`, then `add_variants` and `add_citations`.
    """

    def __init__(self, graph: Tables, resolved: ResolvedEntities) -> None:
        """Collects relations, and adds Result nodes to the graph.

        Args:
            graph: has its papers; changed in place.
            resolved: all entities, which get their ids here.
        """
        self._graph = graph
        self._resolved = resolved
        self._keys = resolved.papers.keys
        # Paper and `id()` of the LinkedEntity that title or catalogue say it introduced.
        self._origins: set[tuple[str, int]] = set()
        self._relations = self._collect_relations()
        self._result_edges = self._add_results()
        resolved.linker.assign_ids()
        self._entities = list(resolved.linker.entities.values())
        self._in_graph: dict[str, LinkedEntity] = {}
        self._uses: list[EntityUse] = []

    def correct(self, corrector: EntityCorrector) -> None:
        """Applies corrections to entities, relations and results."""
        corrected = corrector.correct(self._resolved, self._entities, self._relations, self._result_edges)
        self._entities, self._result_edges = corrected

    def add_entity_part(self) -> None:
        """Adds entities, and the edges to them from papers and results."""
        self._add_relation_edges()
        self._add_result_edges()
        self._add_entity_nodes()

    def add_variants(self) -> None:
        """Adds VARIANT_OF from each entity to the nearest that its name says it is a variant of."""
        parent_of: dict[str, str] = {}
        edges = []
        for identifier, entity in sorted(self._in_graph.items()):
            parent = self._parent(entity)
            if parent and not _leads_to(parent.id, identifier, parent_of):
                parent_of[identifier] = parent.id
                edges.append(Edge(identifier, entity.type, parent.id, parent.type, {}))
        self._graph.add_edges("VARIANT_OF", edges)

    def add_citations(self, by_reference: Citations) -> None:
        """Adds CITES: the citations by reference, and the inferred ones."""
        rows: list[tuple[Any, ...]] = [(citing, cited, False, None) for citing, cited in by_reference]
        inferred: dict[tuple[str, str], float] = {}
        for citing, cited, confidence in inferred_citations(self._uses, self._resolved.appeared, by_reference):
            inferred[citing, cited] = max(confidence, inferred.get((citing, cited), 0.0))
        rows += [(citing, cited, True, confidence) for (citing, cited), confidence in inferred.items()]
        self._graph.add_edge_rows(("CITES", "Paper", "Paper"), rows)

    def _collect_relations(self) -> dict[RelationKey, Evidence]:
        """Papers' relations to entities; the most confident sentence wins."""
        relations: dict[RelationKey, Evidence] = {}
        resolved = self._resolved
        titles = dict(resolved.papers.table.select("key", "title").iter_rows())
        for record, place, extracted, instead, *columns in resolved.analysis.tables["relations"].iter_rows():
            paper = self._keys.get(record)
            if paper is not None:
                entity, standing = resolved.entity(record, place), resolved.standing(record, place)
                if standing in {Standing.OWN, Standing.TITLED}:
                    self._origins.add((paper, id(entity)))
                said = judged(extracted, instead, Evidence._make(columns), standing, entity.kind, titles[paper])
                for label, evidence in said:
                    key = (relation_to(entity.kind, label), paper, id(entity))
                    if relations.setdefault(key, evidence) < evidence:
                        relations[key] = evidence
        return relations

    def _add_results(self) -> list[ResultEdge]:
        """Adds results on a benchmark that the paper names, and their papers' edges; gives their other edges."""
        paper_keys = self._resolved.papers.table.select("record", "key")
        results = self._resolved.analysis.tables["results"].join(paper_keys, on="record").sort("record", "start", "end")
        result_edges: list[ResultEdge] = []
        on_benchmark = []
        for row in results.iter_rows(named=True):
            node = f"result/{row['key']}/{row['node']}"
            benchmark = self._first_of_kind(row["record"], row["benchmarks"], DATA)
            on_benchmark.append(benchmark is not None)
            if benchmark:
                result_edges.append(("ON", node, benchmark))
                model = self._first_of_kind(row["record"], row["models"], SYSTEM)
                if model:
                    result_edges.append(("OF", node, model))
        found = results.filter(pl.Series(on_benchmark, dtype=pl.Boolean)).with_columns(
            id=pl.format("result/{}/{}", "key", "node")
        )
        self._graph.nodes["Result"] = result_nodes(found)
        edges = [Edge(paper, "Paper", node, "Result", {}) for paper, node in found.select("key", "id").unique().rows()]
        self._graph.add_edges("REPORTS", edges)
        return result_edges

    def _first_of_kind(self, record: int, places: list[int], kind: str) -> LinkedEntity | None:
        entities = (self._resolved.entity(record, place) for place in places)
        return next((entity for entity in entities if entity.kind == kind), None)

    def _add_relation_edges(self) -> None:
        entities = {id(entity): entity for entity in self._entities}
        rows: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for (label, paper, identity), found in self._relations.items():
            entity = entities[identity]
            origin = 0.0
            if label == "INTRODUCES":
                certain, catalogued = (paper, identity) in self._origins, entity.entry is not None
                origin = origin_confidence(certain, catalogued, found.confidence, entity.name)
            self._uses.append(EntityUse(label, paper, entity.id, origin))
            columns = (found.evidence, found.field, found.start, found.end, found.confidence, found.by)
            rows[label, entity.type].append((paper, entity.id, *columns))
        for (label, type_), edges in rows.items():
            self._graph.add_edge_rows((label, "Paper", type_), edges)

    def _add_result_edges(self) -> None:
        rows: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for label, node, entity in self._result_edges:
            rows[label, entity.type].add((node, entity.id))
        for (label, type_), edges in rows.items():
            self._graph.add_edge_rows((label, "Result", type_), sorted(edges))

    def _add_entity_nodes(self) -> None:
        """Adds the entities that have an edge from a paper or a result."""
        papers = Counter(entity for _, entity in {(use.paper, use.entity) for use in self._uses})
        joined = papers.keys() | {entity.id for _, _, entity in self._result_edges}
        rows: dict[str, list[dict[str, Any]]] = {label: [] for label in ENTITY_LABELS}
        for entity in self._entities:
            if entity.id in joined:
                self._in_graph[entity.id] = entity
                aliases = [] if entity.has_one_form else entity.aliases
                rows[entity.type].append(
                    {
                        "id": entity.id,
                        "name": entity.name,
                        "type": entity.type,
                        "aliases": aliases,
                        "keys": sorted({name_key(form) for form in (entity.name, *aliases)} - {""}),
                        "origin": entity.origin,
                        "papers": papers[entity.id],
                    }
                )
        for label, nodes in rows.items():
            self._graph.add_nodes(label, nodes)

    def _parent(self, entity: LinkedEntity) -> LinkedEntity | None:
        """The nearest entity in the graph that this one is a variant of, or None."""
        linker = self._resolved.linker
        candidates = [linker.entity_named((entity.kind, key), entity.type) for key in parents(entity.name, entity.type)]
        base = adapted(entity.name) if entity.type == "Benchmark" else None
        if base:
            candidates.append(linker.catalogue_entity(base[0], entity.type, certain=base[1]))
        return next(
            (known for known in candidates if known and known.id != entity.id and known.id in self._in_graph), None
        )


def _leads_to(start: str, end: str, parent_of: dict[str, str]) -> bool:
    """Whether `end` is `start` or one of its ancestors."""
    while start != end and start in parent_of:
        start = parent_of[start]
    return start == end
