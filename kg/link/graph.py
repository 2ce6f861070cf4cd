"""Linking: from the extractions of all papers to one graph. The same extractions in any order give the same graph."""

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from kg.extract.catalogue import load_catalogue
from kg.extract.links import repository
from kg.link.entities import EntityLinker
from kg.link.papers import UnionFind, fullness, identities, merge, reference_identity
from kg.link.variants import parents
from kg.names import name_key, slug
from kg.schema import DATA_LABELS, Edge, Extraction, Paper, Projection, Result, Value


def link(extractions: Iterable[Extraction]) -> Projection:
    """One graph of all papers.

    Args:
        extractions: read twice, so a list or something that starts again; each paper may come several times.
    """
    return _Linking(extractions).projection()


class _Linking:
    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self.extractions = extractions
        self.graph = Projection()
        self.linker = EntityLinker(load_catalogue())
        self.same = UnionFind()
        self.keys: dict[str, str] = {}
        self.records: dict[str, Paper] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}

    def projection(self) -> Projection:
        self._read()
        self.linker.close()
        chosen = self._papers()
        for extraction in self.extractions:
            root = self._root(extraction)
            if chosen.get(root) == _identity(extraction):
                del chosen[root]
                self._paper(self.keys[root], self.records[root], extraction)
        self._entities()
        self._cite()
        for (label, _, _), edge in sorted(self.edges.items()):
            self.graph.edges[label].append(edge)
        return self.graph

    def _read(self) -> None:
        """First pass: which records are one paper, and what names there are."""
        for extraction in self.extractions:
            first, *others = list(identities(extraction))
            for other in others:
                self.same.join(first, other)
            for entity in extraction.entities:
                self.linker.add(entity)

    def _root(self, paper: Paper) -> str:
        return self.same.find(next(identities(paper)))

    def _papers(self) -> dict[str, tuple[object, ...]]:
        """Merges records; gives for each paper the identity of the extraction that speaks for it."""
        groups: dict[str, list[Paper]] = defaultdict(list)
        for extraction in self.extractions:
            groups[self._root(extraction)].append(
                Paper.model_construct(**{n: getattr(extraction, n) for n in Paper.model_fields})
            )
        taken: set[str] = set()
        chosen: dict[str, tuple[object, ...]] = {}
        for root in sorted(groups):
            key, paper = merge(groups[root])
            while key in taken:
                key += "-2"
            taken.add(key)
            self.keys[root] = key
            self.records[root] = paper
            chosen[root] = _identity(min(groups[root], key=fullness))
        return chosen

    def _paper(self, key: str, paper: Paper, extraction: Extraction) -> None:
        known = sorted(
            {name_key(i.split(":", 1)[1]) for i in identities(extraction)} | {name_key(paper.id), name_key(key)}
        )
        self.graph.nodes["Paper"][key] = {
            "id": key,
            "title": paper.title,
            "abstract": paper.abstract,
            "year": paper.year,
            "published": paper.published,
            "url": paper.url,
            "upvotes": paper.upvotes,
            "source": paper.source,
            "keys": known,
        }
        for label, names, edge in (
            ("Author", paper.authors, "AUTHORED_BY"),
            ("Organization", paper.organizations, "AFFILIATED_WITH"),
            ("Task", extraction.tasks, "ADDRESSES"),
        ):
            for name in names:
                node = f"{label.lower()}/{slug(name)}"
                known_node = self.graph.nodes[label].setdefault(node, {"id": node, "name": name})
                known_node["name"] = min(str(known_node["name"]), name)
                self._edge(edge, (key, "Paper"), (node, label), {})
        for found in extraction.links:
            place = repository(found.url)
            if place:
                node = f"repository/{place}"
                self.graph.nodes["Repository"][node] = {"id": node, "name": place, "url": f"https://{place}"}
                self._edge("HAS_CODE" if found.own else "LINKS_TO", (key, "Paper"), (node, "Repository"), {})
        named: dict[str, tuple[str, str]] = {}
        for entity in extraction.entities:
            linked = self.linker.link(entity)
            for form in (entity.name, *map(attrgetter("text"), entity.mentions)):
                named.setdefault(name_key(form), (linked.id, linked.type))
            for relation in entity.relations:
                properties: dict[str, Value] = {
                    name: getattr(relation, name) for name in ("evidence", "field", "start", "end", "confidence", "by")
                }
                self._edge(relation.type, (key, "Paper"), (linked.id, linked.type), properties)
        for result in extraction.results:
            self._result(key, extraction, result, named)

    def _result(self, key: str, extraction: Extraction, result: Result, named: dict[str, tuple[str, str]]) -> None:
        benchmark = named.get(name_key(result.benchmark))
        if benchmark is None or benchmark[1] not in DATA_LABELS:
            return
        node = f"result/{key}/{result.field}/{result.start}-{slug(result.benchmark)}"
        text = extraction.title if result.field == "title" else extraction.abstract
        digits = re.sub(r"[^\d.+-]", "", result.value.replace("−", "-"))
        try:
            number = float(digits)
        except ValueError:
            number = None
        self.graph.nodes["Result"][node] = {
            "id": node,
            "metric": result.metric or None,
            "value": result.value,
            "number": number,
            "unit": "%" if "%" in result.value else None,
            "relative": result.value[:1] in "+-−",
            "evidence": _sentence(text, result.start, result.end),
            "field": result.field,
            "start": result.start,
            "end": result.end,
        }
        self._edge("REPORTS", (key, "Paper"), (node, "Result"), {})
        self._edge("ON", (node, "Result"), benchmark, {})
        model = named.get(name_key(result.model)) if result.model else None
        if model and model[1] not in DATA_LABELS:
            self._edge("OF", (node, "Result"), model, {})

    def _edge(self, label: str, source: tuple[str, str], target: tuple[str, str], properties: dict[str, Value]) -> None:
        place = (label, source[0], target[0])
        known = self.edges.get(place)
        edge = Edge(*source, *target, properties)
        if known is None or _rank(edge) > _rank(known):
            self.edges[place] = edge

    def _entities(self) -> None:
        papers: dict[str, set[str]] = defaultdict(set)
        for _, source, target in self.edges:
            papers[target].add(source)
        by_key: dict[tuple[str, str], str] = {}
        for linked in self.linker.nodes():
            if linked.id not in papers:
                continue
            keys = sorted({name_key(form) for form in (linked.name, *linked.aliases)} - {""})
            self.graph.nodes[linked.type][linked.id] = {
                "id": linked.id,
                "name": linked.name,
                "type": linked.type,
                "aliases": list(linked.aliases),
                "keys": keys,
                "origin": linked.origin,
                "papers": len(papers[linked.id]),
            }
            for key in keys:
                by_key.setdefault((linked.type, key), linked.id)
        for linked in self.linker.nodes():
            if linked.type in {"Model", "Benchmark"} and linked.id in papers:
                parent = next(
                    (p for k in parents(linked.name, linked.type) if (p := by_key.get((linked.type, k)))), None
                )
                if parent and parent != linked.id:
                    self._edge("VARIANT_OF", (linked.id, linked.type), (parent, linked.type), {})

    def _cite(self) -> None:
        for root, paper in self.records.items():
            for reference in paper.references:
                cited = self.keys.get(self.same.find(reference_identity(reference)))
                if cited and cited != self.keys[root]:
                    self._edge("CITES", (self.keys[root], "Paper"), (cited, "Paper"), {"inferred": False})
        introduced: dict[str, set[str]] = defaultdict(set)
        used: list[tuple[str, str]] = []
        for label, source, target in self.edges:
            if label == "INTRODUCES":
                introduced[target].add(source)
            elif label in {"USES", "EVALUATES_ON", "TRAINS_ON", "EVALUATES", "COMPARES_WITH"}:
                used.append((source, target))
        years = {key: row["year"] for key, row in self.graph.nodes["Paper"].items()}
        for source, target in used:
            origin = introduced.get(target, set())
            if len(origin) == 1 and source not in origin:
                (cited,) = origin
                before, after = years[cited], years[source]
                earlier = not (isinstance(before, int) and isinstance(after, int) and before > after)
                if earlier and ("CITES", source, cited) not in self.edges:
                    self._edge("CITES", (source, "Paper"), (cited, "Paper"), {"inferred": True})


def _identity(paper: Paper) -> tuple[object, ...]:
    return fullness(paper)


def _rank(edge: Edge) -> tuple[float, str]:
    """Of two edges of one type between the same nodes, the more confident, then the alphabet, is kept."""
    confidence = edge.properties.get("confidence")
    return (float(confidence) if isinstance(confidence, int | float) else 0.0, str(edge.properties.get("evidence", "")))


def _sentence(text: str, start: int, end: int) -> str:
    """The stretch between sentence ends around a figure."""
    before = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z])", text[:start])]
    after = re.search(r"[.!?](?=\s+[A-Z]|\s*$)", text[end:])
    return text[before[-1] if before else 0 : end + after.end() if after else len(text)]
