"""Which entity every name of every paper means."""

from collections import Counter, defaultdict
from functools import cached_property
from typing import NamedTuple

import polars as pl

from kg.knowledge.catalogue import load_catalogue
from kg.knowledge.origins import load_origins
from kg.link.analysis import Analysis
from kg.link.names.entity_linker import EntityLinker
from kg.link.names.introductions import COINS, PaperUse, Standing, authors_in_common, standings
from kg.link.names.linked_entity import LinkedEntity
from kg.link.names.titles_of_names import announced_name
from kg.link.papers.appearance import Appearance, appearance
from kg.link.papers.paper_linker import PaperLinker
from kg.text.keys import name_key

_LEAST = 0.001
"""Confidence of an introduction, at least: extraction rounds to three digits."""


class Occurrence(NamedTuple):
    """An entity as one paper names it.

    Attributes:
        paper: key of the paper.
        use: number of the name use, a place in `Analysis.name_uses`.
        introduces: whether the paper introduces the entity.
    """

    paper: str
    use: int
    introduces: bool


class ResolvedEntities:
    """Every entity that papers name, resolved.

    Attributes:
        analysis: where they come from.
        papers: the papers, linked.
        linker: decided what names mean.
        occurrences: the entities of the fullest record of every paper, as named there.
        entities: for each occurrence the entity that is meant.
        appeared: when each paper appeared, by its key; without papers of which nothing says it.
    """

    def __init__(self, analysis: Analysis, papers: PaperLinker) -> None:
        """Resolves all names.

        Args:
            analysis: of all records.
            papers: after `merge`.
        """
        self.analysis = analysis
        self.papers = papers
        self._origins = _origins(papers)
        self.linker = EntityLinker(load_catalogue(), self._origins)
        self.occurrences: list[Occurrence] = []
        self._first: dict[int, int] = {}
        self._use_keys: dict[int, frozenset[str]] = {}
        keys = self.papers.keys
        for record, place, use, introduces in analysis.tables["entities"].sort("record", "entity").iter_rows():
            if record in keys:
                if not place:
                    self._first[record] = len(self.occurrences)
                self.occurrences.append(Occurrence(keys[record], use, introduces))
        counts = Counter((use, introduces) for _, use, introduces in self.occurrences)
        for (use, introduces), papers_ in counts.items():
            self.linker.add(analysis.name_uses[use], introduces, papers_)
        self.linker.decide()
        self.entities = self._resolve()
        self.appeared = _appearances(papers)
        self._standings = self._judged()
        self._part_namesakes()

    def entity(self, record: int, place: int) -> LinkedEntity:
        """The entity at a place of a record's list of entities."""
        return self.entities[self._first[record] + place]

    def standing(self, record: int, place: int) -> Standing | None:
        """The standing of a paper that may introduce the entity at a place of its record; else None."""
        return self._standings.get(self._first[record] + place)

    def _judged(self) -> dict[int, Standing]:
        """For each occurrence in a paper that may have introduced the entity, what the papers together say of that."""
        coins = self._coined_with
        places: dict[int, list[int]] = defaultdict(list)
        for number, entity in enumerate(self.entities):
            places[id(entity)].append(number)
        own = {origin: paper for paper, known in self._origins.items() for origin in known}
        told = {(origin.type, origin.name) for origin in load_origins()}
        related = authors_in_common(dict(self.papers.table.select("key", "author_ids").iter_rows()))
        begin = min((each.first for each in self.appeared.values()), default=0)
        found: dict[int, Standing] = {}
        for numbers in places.values():
            by_paper: dict[str, PaperUse] = {}
            for number in numbers:
                paper, use, _ = self.occurrences[number]
                titled = self._is_announced(paper, use)
                known = by_paper.get(paper)
                by_paper[paper] = PaperUse(
                    paper,
                    self.appeared.get(paper),
                    max(coins.get(number, 0.0), known.coins if known else 0.0),
                    titled or (known is not None and known.titled),
                )
            entry = self.entities[numbers[0]].entry
            origin = (entry.type, entry.name) if entry else None
            own_papers = [own[origin]] if origin in own else [] if origin in told else None
            if own_papers or any(use.coins or use.titled for use in by_paper.values()):
                judged = standings(list(by_paper.values()), own_papers, entry is not None, begin, related)
                standing = dict(zip(by_paper, judged, strict=True))
                found |= {number: said for number in numbers if (said := standing[self.occurrences[number].paper])}
        return found

    def _clearly_introduced(self) -> set[int]:
        """The occurrences of what a paper surely introduces, under this name or another's."""
        coins = self._coined_with
        return {
            number
            for number, (paper, use, introduces) in enumerate(self.occurrences)
            if introduces and (coins.get(number, 0.0) >= COINS or self._is_announced(paper, use))
        }

    def _is_announced(self, paper: str, use: int) -> bool:
        """Whether a paper's title announces a name that it uses."""
        announced = self._announced.get(paper)
        return announced is not None and announced in self._keys_of_use(use)

    @cached_property
    def _announced(self) -> dict[str, str]:
        titles = self.papers.table.select("key", "title").iter_rows()
        return {key: name for key, title in titles if (name := announced_name(title))}

    def _keys_of_use(self, use: int) -> frozenset[str]:
        keys = self._use_keys.get(use)
        if keys is None:
            keys = self._use_keys[use] = frozenset(map(name_key, self.analysis.name_uses[use].forms))
        return keys

    @cached_property
    def _coined_with(self) -> dict[int, float]:
        """The confidence of INTRODUCES, above 0, by occurrence."""
        relations = self.analysis.tables["relations"].filter(pl.col("type") == "INTRODUCES")
        rows = relations.select("record", "entity", "confidence").iter_rows()
        return {
            self._first[record] + place: max(confidence, _LEAST)
            for record, place, confidence in rows
            if record in self._first
        }

    def _part_namesakes(self) -> None:
        """Gives each namesake an entity of its own."""
        for number, standing in self._standings.items():
            if standing == Standing.NAMESAKE:
                paper, use, _ = self.occurrences[number]
                name_use = self.analysis.name_uses[use]
                entity = self.linker.entity(self.linker.coined_meaning(name_use, paper))
                if entity is not self.entities[number]:
                    self.entities[number].count(name_use, -1)
                    entity.count(name_use)
                    self.entities[number] = entity

    def _resolve(self) -> list[LinkedEntity]:
        # Most papers use a name in the same way: its meaning is found once, unless it depends on the paper.
        known: dict[tuple[int, bool, bool], LinkedEntity] = {}
        entities: list[LinkedEntity] = []
        counts: Counter[tuple[int, int]] = Counter()
        by_identity: dict[int, LinkedEntity] = {}
        clear = self._clearly_introduced()
        for number, (paper, use, introduces) in enumerate(self.occurrences):
            clearly = number in clear
            depends_on_paper = introduces and self.linker.has_origins(paper)
            entity = None if depends_on_paper else known.get((use, introduces, clearly))
            if entity is None:
                meaning = self.linker.meaning(self.analysis.name_uses[use], introduces, paper, clearly=clearly)
                entity = self.linker.entity(meaning)
                by_identity[id(entity)] = entity
                if not meaning.paper and not depends_on_paper:
                    known[use, introduces, clearly] = entity
            entities.append(entity)
            counts[id(entity), use] += 1
        for (identity, use), papers in counts.items():
            by_identity[identity].count(self.analysis.name_uses[use], papers)
        return entities


def _origins(papers: PaperLinker) -> dict[str, set[tuple[str, str]]]:
    """For the key of a paper the type and name of each catalogue entry that it introduced."""
    origins: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for origin in load_origins():
        key = papers.key_of(origin.identity)
        if key:
            origins[key].add((origin.type, origin.name))
    return dict(origins)


def _appearances(papers: PaperLinker) -> dict[str, Appearance]:
    """When papers appeared, by their keys, where something says it."""
    rows = papers.table.select("key", "arxiv_id", "published", "year").iter_rows()
    found = ((key, appearance(arxiv or key, published, year)) for key, arxiv, published, year in rows)
    return {key: when for key, when in found if when is not None}
