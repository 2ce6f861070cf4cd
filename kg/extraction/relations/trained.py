"""The trained relations: they decide in place of the rules, with the rules' evidence among their features."""

import math

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.contexts import Context
from kg.extraction.linear import LinearModel, load_model
from kg.extraction.names.entities import FoundEntity
from kg.extraction.relations.features import Outline, outline, relation_features
from kg.extraction.relations.rules import FoundRelation, Surroundings, related, with_own_benchmark
from kg.extraction.vectors import vector
from kg.schema import EDGES

BY = "model"
"""What stands in a relation's `by` where the trained component found it."""


@Language.factory(
    "citegraph_trained_relations",
    default_config={"model": "relations.npz", "doubt": 0.5, "slope": 1.0, "intercept": 0.0},
    assigns=["doc._.citegraph_relations"],
    requires=[
        "token.is_sent_start",
        "doc._.citegraph_entities",
        "doc._.citegraph_relations",
        "doc._.citegraph_surroundings",
    ],
)
def create_trained_relations(
    nlp: Language, name: str, model: str, doubt: float, slope: float, intercept: float
) -> "TrainedRelations":
    """Decides relations with a model of this package; replaces `doc._.citegraph_relations`.

    Args:
        model: file in the package's folder `model`.
        doubt: factor on the probability that a thing is only mentioned, before the most probable relation is taken.
        slope: of the line that turns the log-odds of name and relation into those of being right (Platt scaling).
        intercept: of that line.
    """
    return TrainedRelations(load_model(model), doubt, slope, intercept)


class TrainedRelations:
    """Takes the most probable relation of each entity; the rules' second relation stays where the first is the same."""

    def __init__(self, model: LinearModel, doubt: float, slope: float, intercept: float) -> None:
        self.model = model
        self.doubt = doubt
        self.slope = slope
        self.intercept = intercept

    def __call__(self, doc: Doc) -> Doc:
        """Replaces `doc._.citegraph_relations`."""
        paper = outline(doc)
        doc._.citegraph_relations = tuple(
            self._decide(doc, paper, entity, around, found)
            for entity, around, found in zip(
                doc._.citegraph_entities, doc._.citegraph_surroundings, doc._.citegraph_relations, strict=True
            )
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
