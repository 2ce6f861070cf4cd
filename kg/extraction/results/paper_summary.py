"""Systems and benchmarks of a paper's figures."""

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.names.grouping import FoundEntity
from kg.schema import DATA_LABELS
from kg.text.keys import name_key

_WORKS_WITH = frozenset({"EVALUATES", "USES"})


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """Systems and benchmarks that a paper's figures may belong to.

    Attributes:
        own: keys of the systems that it introduces.
        main: name of the system that "our method" means; "" for none.
        base: name of the only model that it works with; "" for none or several.
        tested: names of the benchmarks and datasets that it introduces or evaluates on.
        scored: those of them whose names and relations are probable enough for results.
        home: its only benchmark, if that is sure.
    """

    own: frozenset[str]
    main: str
    base: str
    tested: frozenset[str]
    scored: frozenset[str]
    home: FoundEntity | None

    def is_own(self, entity: FoundEntity) -> bool:
        """Whether a system is one that the paper introduces, or a version of it."""
        key = name_key(entity.name)
        return any(key.startswith(system) for system in self.own)


def summarise(doc: Doc, sure: float, likely: float) -> PaperSummary:
    """The summary of a doc with entities and relations.

    Args:
        doc: the paper.
        sure: confidence of the relation that its only benchmark needs.
        likely: probability of name and relation that a benchmark needs for results.
    """
    pairs = [
        (entity, relations[0])
        for entity, relations in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
        if relations
    ]
    own = [entity for entity, relation in pairs if relation.type == "INTRODUCES" and entity.type not in DATA_LABELS]
    worked = [entity for entity, relation in pairs if relation.type in _WORKS_WITH and entity.type == "Model"]
    tested = {
        wanted: [pair for pair in pairs if pair[1].type == wanted and pair[0].type in DATA_LABELS]
        for wanted in ("INTRODUCES", "EVALUATES_ON")
    }
    likeliest = tested["INTRODUCES"] or tested["EVALUATES_ON"]
    return PaperSummary(
        frozenset(name_key(entity.name) for entity in own) - {""},
        own[0].name if own else "",
        worked[0].name if len(worked) == 1 else "",
        frozenset(entity.name for found in tested.values() for entity, _ in found),
        frozenset(
            entity.name
            for found in tested.values()
            for entity, relation in found
            if entity.confidence >= likely and relation.confidence >= likely
        ),
        likeliest[0][0] if len(likeliest) == 1 and likeliest[0][1].confidence >= sure else None,
    )
