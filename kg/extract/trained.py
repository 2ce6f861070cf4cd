"""The trained components: they decide in place of the rules, with the rules' evidence among their features."""

import math
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.contexts import Context
from kg.extract.entities import FoundEntity
from kg.extract.features import Form, forms, relation_features
from kg.extract.linear import LinearModel
from kg.extract.relations import FoundRelation, Surroundings, related, with_own_benchmark
from kg.schema import DATA_LABELS, EDGES

_FOLDER = Path(__file__).parent / "model"
NO_NAME = "none"
"""Class of the name model for what is no name."""
BY = "model"


@cache
def _load(name: str) -> LinearModel:
    return LinearModel.load(_FOLDER / name)


@Language.factory("citegraph_trained_names", default_config={"model": "names.zip", "threshold": 0.5})
def create_trained_names(nlp: Language, name: str, model: str, threshold: float) -> "TrainedNames":
    """Decides names with a model of this package; writes `doc.spans["names"]` and `doc._.certainty`.

    Args:
        model: file in the package's folder `model`.
        threshold: probability (0 to 1) above which a form is taken for a name.
    """
    return TrainedNames(_load(model), threshold)


class TrainedNames:
    """Accepts the forms that the model holds for names, each with its most probable type."""

    def __init__(self, model: LinearModel, threshold: float) -> None:
        if not Doc.has_extension("certainty"):
            Doc.set_extension("certainty", default=None)
        self.model = model
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans["names"]` and `doc._.certainty`."""
        certainty: dict[str, float] = {}
        spans: list[Span] = []
        for form in forms(doc):
            chances = self.model.probabilities(form.features)
            sure = 1 - chances.pop(NO_NAME)
            if sure >= self.threshold:
                certainty[form.key] = sure
                spans += self._named(doc, form, max(sorted(chances), key=lambda type_: chances[type_]))
        doc._.certainty = certainty
        doc.spans["names"] = sorted(spans, key=lambda span: span.start)
        return doc

    def _named(self, doc: Doc, form: Form, type_: str) -> list[Span]:
        return [
            Span(doc, c.span.start, c.span.end, label=type_, span_id=c.rule, kb_id=c.span.kb_id_)
            for c in form.candidates
        ]


@Language.factory(
    "citegraph_trained_relations",
    default_config={"model": "relations.zip", "doubt": 0.5, "slope": 1.0, "intercept": 0.0},
)
def create_trained_relations(
    nlp: Language, name: str, model: str, doubt: float, slope: float, intercept: float
) -> "TrainedRelations":
    """Decides relations with a model of this package; replaces `doc._.relations`.

    Args:
        model: file in the package's folder `model`.
        doubt: factor on the probability that a thing is only mentioned, before the most probable relation is taken.
        slope: of the line that turns the log-odds of name and relation into those of being right (Platt scaling).
        intercept: of that line.
    """
    return TrainedRelations(_load(model), doubt, slope, intercept)


class TrainedRelations:
    """Takes the most probable relation of each entity; the rules' second relation stays where the first is the same."""

    def __init__(self, model: LinearModel, doubt: float, slope: float, intercept: float) -> None:
        self.model = model
        self.doubt = doubt
        self.slope = slope
        self.intercept = intercept

    def __call__(self, doc: Doc) -> Doc:
        """Replaces `doc._.relations`."""
        own = introduced_kinds(doc)
        doc._.relations = tuple(
            self._decide(doc, entity, around, found, own)
            for entity, around, found in zip(doc._.entities, doc._.surroundings, doc._.relations, strict=True)
        )
        return doc

    def _decide(
        self,
        doc: Doc,
        entity: FoundEntity,
        around: tuple[Surroundings, ...],
        found: tuple[FoundRelation, ...],
        own: frozenset[str],
    ) -> tuple[FoundRelation, ...]:
        chances = self.model.probabilities(relation_features(doc, entity, around, found[0], own))
        fitting = {
            relation: chance * (self.doubt if relation == "MENTIONS" else 1)
            for relation, chance in chances.items()
            if any(target == entity.type for _, target in EDGES[relation].ends)
        }
        best = max(sorted(fitting), key=lambda relation: fitting[relation])
        certainty = self._calibrated(entity.confidence * chances[best])
        first = related(doc, best, certainty, BY, _evidence(best, around))
        kept = (first, *(found[1:] if found[0].type == best else ()))
        return with_own_benchmark(doc, entity, around, kept)

    def _calibrated(self, chance: float) -> float:
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(self.slope * math.log(chance / (1 - chance)) + self.intercept)))


def introduced_kinds(doc: Doc) -> frozenset[str]:
    """Which kinds of thing (`data`, `system`) the paper introduces, by the rules."""
    return frozenset(
        "data" if entity.type in DATA_LABELS else "system"
        for entity, found in zip(doc._.entities, doc._.relations, strict=True)
        if found[0].type == "INTRODUCES"
    )


def _evidence(relation: str, around: tuple[Surroundings, ...]) -> Context:
    """The context with the strongest cue of a relation; without one, the last in the abstract."""

    def strength(item: tuple[int, Surroundings]) -> tuple[float, bool, int]:
        position, (context, cues) = item
        return (max((c.confidence for c in cues if c.gives == relation), default=0.0), not context.in_title, position)

    return max(enumerate(around), key=strength)[1][0]
