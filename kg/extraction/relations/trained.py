"""What the paper does with each entity, by a model that has the rules' evidence among its features."""

import math

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.contexts import Context
from kg.extraction.linear import LinearModel, load_model
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.features import Outline, outline, relation_features
from kg.extraction.relations.rules import FoundRelation, Surroundings, related, with_own_benchmark
from kg.extraction.vectors import name_vector
from kg.schema import EDGES

BY = "model"
"""A relation's `by` where the model found it."""


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
    """Decides relations with a trained model; replaces `doc._.citegraph_relations`.

    Confidence is the product of the probabilities of name and relation, calibrated by Platt scaling (Platt 1999): its
    log-odds times `slope` plus `intercept` are the log-odds of being right.

    Args:
        model: file in `kg/extraction/model`, or an absolute path.
        doubt: factor on the probability of MENTIONS before the most probable relation is taken.
        slope: of the calibration.
        intercept: of the calibration.
    """
    return TrainedRelations(load_model(model), doubt, slope, intercept)


class TrainedRelations:
    """Takes the most probable relation of each entity; where the rules have the same one first, their second stays."""

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
        probabilities = self.model.probabilities(features, name_vector(doc, entity.spans))
        fitting = {
            relation: probability * (self.doubt if relation == "MENTIONS" else 1)
            for relation, probability in probabilities.items()
            if any(target == entity.type for _, target in EDGES[relation].ends)
        }
        best = max(sorted(fitting), key=lambda relation: fitting[relation])
        confidence = self._calibrated(entity.confidence * probabilities[best])
        instead = max(sorted(fitting.keys() - {"INTRODUCES"}), key=lambda relation: fitting[relation])
        first = related(doc, best, confidence, BY, _evidence(best, around), instead)
        return with_own_benchmark(doc, entity, around, (first, *(found[1:] if found[0].type == best else ())))

    def _calibrated(self, probability: float) -> float:
        probability = min(max(probability, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(self.slope * math.log(probability / (1 - probability)) + self.intercept)))


def _evidence(relation: str, around: tuple[Surroundings, ...]) -> Context:
    """The context with the strongest cue for a relation; without any cue, the last context in the abstract."""

    def strength(item: tuple[int, Surroundings]) -> tuple[float, bool, int]:
        position, (context, cues) = item
        return (max((c.confidence for c in cues if c.gives == relation), default=0.0), not context.in_title, position)

    return max(enumerate(around), key=strength)[1][0]
