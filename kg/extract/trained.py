"""The trained components: they decide in place of the rules, with the rules' evidence among their features."""

import math
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.boundaries import Boundaries
from kg.extract.contexts import Context
from kg.extract.entities import FoundEntity
from kg.extract.features import Form, Outline, forms, outline, relation_features, vector
from kg.extract.linear import LinearModel
from kg.extract.relations import FoundRelation, Surroundings, related, with_own_benchmark
from kg.schema import EDGES

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
        self.boundaries = Boundaries()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans["names"]` and `doc._.certainty`."""
        certainty: dict[str, float] = {}
        spans: list[tuple[float, Span]] = []
        for form in forms(doc, self.boundaries):
            chances = self.model.probabilities(form.features, form.vector)
            sure = 1 - chances.pop(NO_NAME)
            if sure >= self.threshold:
                certainty[form.key] = sure
                type_ = max(sorted(chances), key=lambda type_: chances[type_])
                spans += [(sure, span) for span in self._named(doc, form, type_)]
        doc._.certainty = certainty
        doc.spans["names"] = _without_overlaps(spans)
        return doc

    def _named(self, doc: Doc, form: Form, type_: str) -> list[Span]:
        return [
            Span(doc, c.span.start, c.span.end, label=type_, span_id=c.rule, kb_id=c.span.kb_id_)
            for c in form.candidates
        ]


def _without_overlaps(spans: list[tuple[float, Span]]) -> list[Span]:
    """Of spans that overlap the surer, then the longer, in order of position."""
    taken: set[int] = set()
    kept = []
    for _, span in sorted(spans, key=lambda item: (-item[0], item[1].start - item[1].end, item[1].start)):
        covered = range(span.start, span.end)
        if not taken.intersection(covered):
            taken.update(covered)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


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
        paper = outline(doc)
        doc._.relations = tuple(
            self._decide(doc, paper, entity, around, found)
            for entity, around, found in zip(doc._.entities, doc._.surroundings, doc._.relations, strict=True)
        )
        return doc

    def _decide(
        self,
        doc: Doc,
        paper: Outline,
        entity: FoundEntity,
        around: tuple[Surroundings, ...],
        found: tuple[FoundRelation, ...],
    ) -> tuple[FoundRelation, ...]:
        features = relation_features(paper, entity, around, found[0])
        chances = self.model.probabilities(features, vector(doc, entity.spans))
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


def _evidence(relation: str, around: tuple[Surroundings, ...]) -> Context:
    """The context with the strongest cue of a relation; without one, the last in the abstract."""

    def strength(item: tuple[int, Surroundings]) -> tuple[float, bool, int]:
        position, (context, cues) = item
        return (max((c.confidence for c in cues if c.gives == relation), default=0.0), not context.in_title, position)

    return max(enumerate(around), key=strength)[1][0]
