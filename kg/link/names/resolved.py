"""Which entity every name of every paper means."""

from collections import Counter, defaultdict
from typing import NamedTuple

from kg.knowledge.catalogue import load_catalogue
from kg.knowledge.origins import load_origins
from kg.link.analysis import Analysis
from kg.link.names.entity_linker import EntityLinker
from kg.link.names.linked_entity import LinkedEntity
from kg.link.papers.paper_linker import PaperLinker


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
    """

    def __init__(self, analysis: Analysis, papers: PaperLinker) -> None:
        """Resolves all names.

        Args:
            analysis: of all records.
            papers: after `merge`.
        """
        self.analysis = analysis
        self.papers = papers
        self.linker = EntityLinker(load_catalogue(), _origins(papers))
        self.occurrences: list[Occurrence] = []
        self._first: dict[int, int] = {}
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

    def entity(self, record: int, place: int) -> LinkedEntity:
        """The entity at a place of a record's list of entities."""
        return self.entities[self._first[record] + place]

    def _resolve(self) -> list[LinkedEntity]:
        # Most papers use a name in the same way: its meaning is found once, unless it depends on the paper.
        known: dict[tuple[int, bool], LinkedEntity] = {}
        entities: list[LinkedEntity] = []
        counts: Counter[tuple[int, int]] = Counter()
        by_identity: dict[int, LinkedEntity] = {}
        for paper, use, introduces in self.occurrences:
            depends_on_paper = introduces and self.linker.has_origins(paper)
            entity = None if depends_on_paper else known.get((use, introduces))
            if entity is None:
                meaning = self.linker.meaning(self.analysis.name_uses[use], introduces, paper)
                entity = self.linker.entity(meaning)
                by_identity[id(entity)] = entity
                if not meaning.paper and not depends_on_paper:
                    known[use, introduces] = entity
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
