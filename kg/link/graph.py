"""Linking: from the extractions of all papers to one graph. The same extractions in any order give the same graph."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from kg.extract.catalogue import load_catalogue
from kg.extract.links import repository
from kg.link.entities import EntityLinker
from kg.link.origins import load_origins
from kg.link.papers import PaperLinker
from kg.link.things import DATA, SYSTEM, Thing
from kg.link.variants import adapted, parents
from kg.names import name_key, slug
from kg.schema import RELATIONS, Edge, Extraction, Projection, Relation, Result, Value

# What a relation to a benchmark or dataset is where the thing turns out to be a system, and the other way round.
_OF_SYSTEM = {"EVALUATES_ON": "EVALUATES", "TRAINS_ON": "USES"}
_OF_DATA = {"EVALUATES": "EVALUATES_ON", "COMPARES_WITH": "MENTIONS"}

_NONE: Mapping[str, Value] = MappingProxyType({})

_EVIDENCE = ("evidence", "field", "start", "end", "confidence", "by")


class _Found(NamedTuple):
    """What says that a paper has a relation to a thing; of several, the greatest is kept."""

    confidence: float
    evidence: str
    field: str
    start: int
    end: int
    by: str

    def properties(self) -> dict[str, Value]:
        return {name: getattr(self, name) for name in _EVIDENCE}


def link(extractions: Iterable[Extraction]) -> Projection:
    """One graph of all papers.

    Args:
        extractions: read three times, in the same order each time, so a list or something that starts again; each
            paper may come several times.
    """
    papers, entities = read(extractions)
    graph = _Graph(papers, entities)
    for key, extraction in papers.speaking(extractions):
        graph.add(key, extraction)
    return graph.finish()


def read(extractions: Iterable[Extraction]) -> tuple[PaperLinker, EntityLinker]:
    """Decides which records are one paper and what every name means; reads the extractions twice."""
    papers = PaperLinker()
    for extraction in extractions:
        papers.add(extraction)
    papers.close()
    origins: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for origin in load_origins():
        key = papers.known(origin.identity)
        if key:
            origins[key].add((origin.type, origin.name))
    entities = EntityLinker(load_catalogue(), origins)
    for _, extraction in papers.speaking(extractions):
        for entity in extraction.entities:
            entities.add(entity)
    entities.close()
    return papers, entities


class _Graph:
    """Takes papers one by one (`add`), then gives the whole (`finish`)."""

    def __init__(self, papers: PaperLinker, entities: EntityLinker) -> None:
        self._papers = papers
        self._entities = entities
        self._graph = Projection()
        self._edges: dict[tuple[str, str, str], Edge] = {}
        self._relations: dict[tuple[str, str, int], _Found] = {}
        self._things: dict[int, Thing] = {}
        self._results: list[tuple[str, str, Thing]] = []

    def add(self, key: str, extraction: Extraction) -> None:
        """Adds a paper with all that its text says."""
        self._paper(key)
        for task in extraction.tasks:
            self._edge("ADDRESSES", key, "Paper", self._named("Task", task), "Task")
        self._repositories(key, extraction)
        mentioned: dict[tuple[str, str], Thing] = {}
        for entity in extraction.entities:
            thing = self._entities.link(entity, key)
            self._things[id(thing)] = thing
            for form in (entity.name, *(mention.text for mention in entity.mentions)):
                mentioned.setdefault((thing.kind, name_key(form)), thing)
            for relation in entity.relations:
                self._relation(key, thing, relation)
        for result in extraction.results:
            self._result(key, extraction, result, mentioned)

    def finish(self) -> Projection:
        """The graph, complete."""
        self._entities.assign()
        while self._relations:
            (label, paper, thing_id), found = self._relations.popitem()
            thing = self._things[thing_id]
            self._edge(label, paper, "Paper", thing.id, thing.type, found.properties())
        for label, result, thing in self._results:
            self._edge(label, result, "Result", thing.id, thing.type)
        self._entity_nodes()
        self._variants()
        self._citations()
        for (label, _, _), edge in sorted(self._edges.items()):
            self._graph.edges[label].append(edge)
        return self._graph

    def _paper(self, key: str) -> None:
        paper = self._papers.papers[key]
        self._graph.nodes["Paper"][key] = {
            "id": key,
            **{
                name: getattr(paper, name)
                for name in ("title", "abstract", "year", "published", "url", "upvotes", "source")
            },
            "keys": self._papers.identities[key],
        }
        for position, name in enumerate(paper.authors, 1):
            author = self._named("Author", name)
            if ("AUTHORED_BY", key, author) not in self._edges:
                self._edge("AUTHORED_BY", key, "Paper", author, "Author", _position(position))
        for name in paper.organizations:
            self._edge("AFFILIATED_WITH", key, "Paper", self._named("Organization", name), "Organization")

    def _named(self, label: str, name: str) -> str:
        """The id of a node that is known by its name alone; of several ways to write it the most telling is kept."""
        identifier = f"{label.lower()}/{slug(name)}"
        node = self._graph.nodes[label].setdefault(identifier, {"id": identifier, "name": name})
        if node["name"] != name:
            node["name"] = max(str(node["name"]), name, key=_telling)
        return str(node["id"])

    def _repositories(self, key: str, extraction: Extraction) -> None:
        places: dict[str, bool] = {}
        for found in extraction.links:
            place = repository(found.url)
            if place:
                places[place] = places.get(place, False) or found.own
        for place, own in places.items():
            node = f"repository/{place}"
            self._graph.nodes["Repository"][node] = {"id": node, "name": place, "url": f"https://{place}"}
            self._edge("HAS_CODE" if own else "LINKS_TO", key, "Paper", node, "Repository")

    def _relation(self, key: str, thing: Thing, relation: Relation) -> None:
        label = (_OF_DATA if thing.kind == DATA else _OF_SYSTEM).get(relation.type, relation.type)
        found = _Found(
            relation.confidence, relation.evidence, relation.field, relation.start, relation.end, relation.by
        )
        place = (label, key, id(thing))
        self._relations[place] = max(self._relations.get(place, found), found)

    def _result(
        self, key: str, extraction: Extraction, result: Result, mentioned: dict[tuple[str, str], Thing]
    ) -> None:
        benchmark = mentioned.get((DATA, name_key(result.benchmark)))
        if benchmark is None:
            return
        node = f"result/{key}/{result.field}/{result.start}-{slug(result.benchmark)}"
        text = extraction.title if result.field == "title" else extraction.abstract
        self._graph.nodes["Result"][node] = {
            "id": node,
            "metric": result.metric or None,
            "value": result.value,
            "number": _number(result.value),
            "unit": "%" if "%" in result.value else None,
            "relative": result.value[:1] in "+-−",
            "evidence": _sentence(text, result.start, result.end),
            "field": result.field,
            "start": result.start,
            "end": result.end,
        }
        self._edge("REPORTS", key, "Paper", node, "Result")
        self._results.append(("ON", node, benchmark))
        model = mentioned.get((SYSTEM, name_key(result.model)))
        if result.model and model:
            self._results.append(("OF", node, model))

    def _edge(
        self,
        label: str,
        source: str,
        source_label: str,
        target: str,
        target_label: str,
        properties: Mapping[str, Value] = _NONE,
    ) -> None:
        self._edges[label, source, target] = Edge(source, source_label, target, target_label, properties)

    def _entity_nodes(self) -> None:
        papers: dict[str, set[str]] = defaultdict(set)
        for label, source, target in self._edges:
            if label in RELATIONS:
                papers[target].add(source)
        joined = {target for _, _, target in self._edges}
        for thing in self._entities.things.values():
            if thing.id in joined:
                self._graph.nodes[thing.type][thing.id] = {
                    "id": thing.id,
                    "name": thing.name,
                    "type": thing.type,
                    "aliases": thing.aliases,
                    "keys": sorted({name_key(form) for form in (thing.name, *thing.aliases)} - {""}),
                    "origin": (thing.entry.source if thing.entry else "") or "extracted",
                    "papers": len(papers[thing.id]),
                }

    def _variants(self) -> None:
        parent_of: dict[str, str] = {}
        for thing in sorted(self._entities.things.values(), key=lambda thing: thing.id):
            parent = self._parent(thing) if thing.id in self._graph.nodes[thing.type] else None
            if parent and not _leads_to(parent.id, thing.id, parent_of):
                parent_of[thing.id] = parent.id
                self._edge("VARIANT_OF", thing.id, thing.type, parent.id, parent.type)

    def _parent(self, thing: Thing) -> Thing | None:
        """The nearest thing in the graph that this one is a variant of."""
        names = parents(thing.name, thing.type)
        candidates = [self._entities.named((thing.kind, key), thing.type) for key in names]
        base = adapted(thing.name) if thing.type == "Benchmark" else None
        if base:
            candidates.append(self._entities.known(base[0], thing.type, certain=base[1]))
        here = self._graph.nodes[thing.type]
        return next((parent for parent in candidates if parent and parent is not thing and parent.id in here), None)

    def _citations(self) -> None:
        for key, paper in self._papers.papers.items():
            for reference in paper.references:
                cited = self._papers.cited(reference)
                if cited and cited != key:
                    self._edge("CITES", key, "Paper", cited, "Paper", {"inferred": False})
        introduced: dict[str, list[str]] = defaultdict(list)
        for label, source, target in self._edges:
            if label == "INTRODUCES":
                introduced[target].append(source)
        for label, source, target in list(self._edges):
            origin = introduced.get(target, ())
            if label not in RELATIONS or label in {"INTRODUCES", "MENTIONS"} or len(origin) != 1 or source in origin:
                continue
            before, after = (self._papers.papers[key].year for key in (origin[0], source))
            earlier = before is None or after is None or before <= after
            if earlier and ("CITES", source, origin[0]) not in self._edges:
                self._edge("CITES", source, "Paper", origin[0], "Paper", {"inferred": True})


@cache
def _position(position: int) -> Mapping[str, Value]:
    """One mapping for all edges of a place, of which there are many."""
    return {"position": position}


def _leads_to(start: str, end: str, parent_of: dict[str, str]) -> bool:
    """Whether the way up from `start` comes by `end`."""
    while start != end and start in parent_of:
        start = parent_of[start]
    return start == end


def _telling(name: str) -> tuple[bool, int, int, str]:
    """Of several ways to write a name: mixed case, accents, length, then the alphabet from its end."""
    return (not name.isupper(), sum(not ch.isascii() for ch in name), len(name), name)


def _number(value: str) -> float | None:
    try:
        return float(re.sub(r"[^\d.+-]", "", value.replace("−", "-")))
    except ValueError:
        return None


def _sentence(text: str, start: int, end: int) -> str:
    """The stretch between sentence ends around a figure."""
    before = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z])", text[:start])]
    after = re.search(r"[.!?](?=\s+[A-Z]|\s*$)", text[end:])
    return text[before[-1] if before else 0 : end + after.end() if after else len(text)]
