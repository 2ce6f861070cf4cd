"""Linking: from what all records say to one graph. The same records in any order give the same graph."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

import polars as pl

from kg.knowledge.catalogue import load_catalogue
from kg.knowledge.origins import load_origins
from kg.link.analysis import Analysis
from kg.link.citations import Citations, inferred, referred
from kg.link.corrections import Overrides, Split
from kg.link.corrections.edges import correct_edges
from kg.link.corrections.entities import Claim, Corrector, Place
from kg.link.names.entities import EntityLinker
from kg.link.names.kinds import DATA, SYSTEM
from kg.link.names.readings import Reading
from kg.link.names.things import Found, Thing, relation_to
from kg.link.names.variants import adapted, parents
from kg.link.papers.linker import PaperLinker
from kg.link.papers.nodes import PAPER_PART, add_bulk, result_nodes
from kg.schema import ENTITY_LABELS, RELATIONS, Edge, Entity, Extraction, Mention, Relation, Result
from kg.schema.tables import Tables
from kg.text.keys import name_key

ENTITY_PART = frozenset((*ENTITY_LABELS, "Result", *RELATIONS, "REPORTS", "ON", "OF"))
"""Labels of the nodes and edges of what papers say of things."""


class Linked(NamedTuple):
    """A graph, ids that corrections took away with those that stand for them or hid, and what was not corrected."""

    graph: Tables
    moved: Mapping[str, str]
    hidden: Collection[str]
    warnings: list[str]


def link_analysis(
    analysis: Analysis,
    overrides: Overrides = Overrides(),  # noqa: B008
    handed_out: Callable[[str], str | None] = lambda identifier: None,
    on_part: Callable[[Tables, frozenset[str]], None] | None = None,
) -> Linked:
    """One graph of all papers, as a user has corrected it.

    Args:
        analysis: of all records.
        overrides: the corrections.
        handed_out: for an id of an earlier graph the id that has taken its place, or None.
        on_part: given the graph as far as it is there, and the labels of nodes and edges that are complete since it was
            last given: long before the rest what papers say one by one, then what they say of things. Not where there
            are corrections, which may change all of it yet.
    """
    papers = PaperLinker(analysis.tables["records"])
    for one, other in overrides.same_papers():
        papers.join(one, other)
    papers.close()
    graph = Tables()
    add_bulk(graph, papers, analysis)
    citations, stubs = referred(papers)
    graph.add_nodes("Paper", [stub.row() for stub in stubs])
    if on_part and not overrides:
        on_part(graph, PAPER_PART)
    reader = Reader(analysis, papers)
    corrector = Corrector(overrides, reader.papers, handed_out)
    made = _Graph(graph, reader, overrides, corrector)
    relations = made.relate()
    if on_part and not overrides:
        on_part(graph, ENTITY_PART)
    made.derive(relations, citations)
    if corrector.has_second_step():
        correct_edges(graph, overrides, corrector)
    references = corrector.references
    return Linked(graph, references.moved, references.hidden.keys(), corrector.warnings)


class Said(NamedTuple):
    """One entity of the text that speaks for a paper: the paper's key, and what it says."""

    paper: str
    reading: int
    introduces: bool


class Reader:
    """Decides what every name means, and which thing each paper's entity is.

    Attributes:
        papers: knows every paper.
        entities: knows every thing.
        said: every entity of every paper.
        things: the thing of each in `said`.
    """

    def __init__(self, analysis: Analysis, papers: PaperLinker) -> None:
        """Decides everything but which records are one paper."""
        self.analysis = analysis
        self.papers = papers
        self.entities = EntityLinker(load_catalogue(), self._origins())
        self.said: list[Said] = []
        self._first: dict[int, int] = {}
        keys = self.papers.keys
        for record, place, reading, introduces in analysis.tables["entities"].sort("record", "entity").iter_rows():
            if record in keys:
                if not place:
                    self._first[record] = len(self.said)
                self.said.append(Said(keys[record], reading, introduces))
        counts = Counter((reading, introduces) for _, reading, introduces in self.said)
        for (reading, introduces), times in counts.items():
            self.entities.add(analysis.readings[reading], introduces, times)
        self.entities.close()
        self.things = self._linked()

    def thing(self, record: int, entity: int) -> Thing:
        """The thing of an entity, by the place in the list of its record."""
        return self.things[self._first[record] + entity]

    def _origins(self) -> dict[str, set[tuple[str, str]]]:
        """Of what each paper introduced: type and name in the catalogue."""
        origins: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for origin in load_origins():
            key = self.papers.known(origin.identity)
            if key:
                origins[key].add((origin.type, origin.name))
        return dict(origins)

    def _linked(self) -> list[Thing]:
        # Most papers say the same of a thing: what they mean is worked out once, unless it depends on the paper.
        known: dict[tuple[int, bool], Thing] = {}
        things: list[Thing] = []
        counts: Counter[tuple[int, int]] = Counter()
        by_id: dict[int, Thing] = {}
        for paper, reading, introduces in self.said:
            thing = None if introduces and self.entities.has_origins(paper) else known.get((reading, introduces))
            if thing is None:
                sense = self.entities.sense(self.analysis.readings[reading], introduces, paper)
                thing = self.entities.thing(sense)
                by_id[id(thing)] = thing
                if not sense.paper and not (introduces and self.entities.has_origins(paper)):
                    known[reading, introduces] = thing
            things.append(thing)
            counts[id(thing), reading] += 1
        for (identity, reading), times in counts.items():
            by_id[identity].count(self.analysis.readings[reading], times)
        return things


class _Graph:
    """The graph of what a reader has decided."""

    def __init__(self, graph: Tables, reader: Reader, overrides: Overrides, corrector: Corrector) -> None:
        self._reader = reader
        self._keys = reader.papers.keys
        self._overrides = overrides
        self._corrector = corrector
        self._tables = graph
        self._relations: dict[Place, Found] = {}
        self._claims: list[Claim] = []
        self._things: list[Thing] = []
        self._here: dict[str, Thing] = {}

    def relate(self) -> list[tuple[str, str, str]]:
        """Adds things, results, and what papers say of them; gives label, paper and thing of each relation."""
        self._relate()
        self._report()
        if any(isinstance(entry.correction, Split) for entry in self._overrides.entries):
            self._watch()
        entities = self._reader.entities
        entities.assign()
        self._things = list(entities.things.values())
        if self._overrides:
            self._things, self._claims = self._corrector.correct(self._things, self._relations, self._claims)
        relations = self._relation_edges()
        self._result_edges()
        self._entity_nodes(relations)
        return relations

    def derive(self, relations: Iterable[tuple[str, str, str]], citations: Citations) -> None:
        """Adds what follows from all of that."""
        self._variants()
        self._cite(citations, relations)

    def _relate(self) -> None:
        """What papers say of things; of several sentences that say the same the surest is kept."""
        relations = self._relations
        thing_of = self._reader.thing
        for record, entity, type_, *where in self._reader.analysis.tables["relations"].iter_rows():
            key = self._keys.get(record)
            if key is not None:
                thing = thing_of(record, entity)
                place = (relation_to(thing.kind, type_), key, id(thing))
                found = Found._make(where)
                if relations.setdefault(place, found) < found:
                    relations[place] = found

    def _report(self) -> None:
        """Results on a benchmark that the paper names."""
        spoken = self._reader.papers.table.select("record", "key")
        results = self._reader.analysis.tables["results"].join(spoken, on="record").sort("record", "start", "end")
        kept = []
        for row in results.iter_rows(named=True):
            node = f"result/{row['key']}/{row['node']}"
            benchmark = self._named(row["record"], row["benchmarks"], DATA)
            kept.append(benchmark is not None)
            if benchmark:
                self._claims.append(("ON", node, benchmark))
                model = self._named(row["record"], row["models"], SYSTEM)
                if model:
                    self._claims.append(("OF", node, model))
        found = results.filter(pl.Series(kept, dtype=pl.Boolean)).with_columns(
            id=pl.format("result/{}/{}", "key", "node")
        )
        self._tables.nodes["Result"] = result_nodes(found)
        edges = [Edge(paper, "Paper", node, "Result", {}) for paper, node in found.select("key", "id").unique().rows()]
        self._tables.add_edges("REPORTS", edges)

    def _named(self, record: int, places: list[int], kind: str) -> Thing | None:
        """The first of a record's entities that is of this kind."""
        things = (self._reader.thing(record, place) for place in places)
        return next((thing for thing in things if thing.kind == kind), None)

    def _watch(self) -> None:
        """Tells of the papers that a correction splits."""
        analysis = self._reader.analysis
        by_paper: dict[int, list[Reading]] = defaultdict(list)
        for record, _, reading, _ in analysis.tables["entities"].sort("record", "entity").iter_rows():
            if record in self._keys:
                by_paper[record].append(analysis.readings[reading])
        for record, readings in by_paper.items():
            key = self._keys[record]
            if self._corrector.wants(key, (form for reading in readings for form in reading.forms)):
                things = [self._reader.thing(record, place) for place in range(len(readings))]
                extraction, results = _extraction(analysis, record, key, readings)
                self._corrector.watch(key, extraction, things, results)

    def _relation_edges(self) -> list[tuple[str, str, str]]:
        """Adds what papers say of things; gives label, paper and thing of each."""
        things = {id(thing): thing for thing in self._things}
        rows: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        said = []
        for (label, paper, identity), found in self._relations.items():
            thing = things[identity]
            said.append((label, paper, thing.id))
            where = (found.evidence, found.field, found.start, found.end, found.confidence, found.by)
            rows[label, thing.type].append((paper, thing.id, *where))
        for (label, type_), edges in rows.items():
            self._tables.add_edge_rows((label, "Paper", type_), edges)
        return said

    def _result_edges(self) -> None:
        rows: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for label, node, thing in self._claims:
            rows[label, thing.type].add((node, thing.id))
        for (label, type_), edges in rows.items():
            self._tables.add_edge_rows((label, "Result", type_), sorted(edges))

    def _entity_nodes(self, relations: Iterable[tuple[str, str, str]]) -> None:
        papers = Counter(thing for _, thing in {(paper, thing) for _, paper, thing in relations})
        joined = papers.keys() | {thing.id for _, _, thing in self._claims}
        rows: dict[str, list[dict[str, Any]]] = {label: [] for label in ENTITY_LABELS}
        for thing in self._things:
            if thing.id in joined:
                self._here[thing.id] = thing
                aliases = [] if thing.has_one_form else thing.aliases
                rows[thing.type].append(
                    {
                        "id": thing.id,
                        "name": thing.name,
                        "type": thing.type,
                        "aliases": aliases,
                        "keys": sorted({name_key(form) for form in (thing.name, *aliases)} - {""}),
                        "origin": thing.origin,
                        "papers": papers[thing.id],
                    }
                )
        for label, nodes in rows.items():
            self._tables.add_nodes(label, nodes)

    def _variants(self) -> None:
        parent_of: dict[str, str] = {}
        edges = []
        for identifier, thing in sorted(self._here.items()):
            parent = self._parent(thing)
            if parent and not _leads_to(parent.id, identifier, parent_of):
                parent_of[identifier] = parent.id
                edges.append(Edge(identifier, thing.type, parent.id, parent.type, {}))
        self._tables.add_edges("VARIANT_OF", edges)

    def _parent(self, thing: Thing) -> Thing | None:
        """The nearest thing in the graph that this one is a variant of."""
        entities = self._reader.entities
        candidates = [entities.named((thing.kind, key), thing.type) for key in parents(thing.name, thing.type)]
        base = adapted(thing.name) if thing.type == "Benchmark" else None
        if base:
            candidates.append(entities.known(base[0], thing.type, certain=base[1]))
        return next((known for known in candidates if known and known.id != thing.id and known.id in self._here), None)

    def _cite(self, citations: Citations, relations: Iterable[tuple[str, str, str]]) -> None:
        years = dict(self._reader.papers.table.select("key", "year").iter_rows())
        for place in list(inferred(relations, years, citations)):
            citations[place] = True
        rows = [(source, target, by_use) for (source, target), by_use in citations.items()]
        self._tables.add_edge_rows(("CITES", "Paper", "Paper"), rows)


def _extraction(
    analysis: Analysis, record: int, key: str, readings: list[Reading]
) -> tuple[Extraction, dict[str, Result]]:
    """What a record says of entities, and its results by the id of their nodes."""
    here = pl.col("record") == record
    relations: dict[int, list[Relation]] = defaultdict(list)
    for row in analysis.tables["relations"].filter(here).iter_rows(named=True):
        relations[row["entity"]].append(Relation.model_construct(**row))
    entities = tuple(
        Entity.model_validate(
            {
                "name": reading.name,
                "type": reading.type,
                # What a correction asks of a mention is how it is written, not where.
                "mentions": [Mention(text=form, field="title", start=0, end=len(form)) for form in reading.forms],
                "relations": relations[place],
            }
        )
        for place, reading in enumerate(readings)
    )
    results = {
        f"result/{key}/{row['node']}": Result.model_construct(**{**row, "model": row["model"] or ""})
        for row in analysis.tables["results"].filter(here).iter_rows(named=True)
    }
    return Extraction.model_construct(id=key, title=key, entities=entities), results


def _leads_to(start: str, end: str, parent_of: dict[str, str]) -> bool:
    """Whether the way up from `start` comes by `end`."""
    while start != end and start in parent_of:
        start = parent_of[start]
    return start == end
