"""What the paper does with each entity, by a model that has the rules' evidence among its features."""

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.contexts import Context
from kg.extraction.linear import LinearModel, load_model
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.certainty import Calibration, load_calibration
from kg.extraction.relations.features import Outline, outline, relation_features, says_training
from kg.extraction.relations.rules import FoundRelation, Surroundings, related, with_own_benchmark
from kg.extraction.vectors import name_vector
from kg.schema import EDGES

BY = "model"
"""A relation's `by` where the model found it."""
FAVOUR = {"INTRODUCES": 1.4, "EVALUATES_ON": 1.3, "USES": 1.3, "MENTIONS": 0.65}
"""Factors on probabilities before the most probable relation is taken: how much its absence would be missed."""
_CLEARLY_TRAINED = 0.9
"""Share of readers' judgements that agree where the rules say clearly that something was trained on a thing."""
_ALSO_EVALUATED = 0.6
"""Probability of EVALUATES_ON with which it is said beside TRAINS_ON."""


@Language.factory(
    "citegraph_trained_relations",
    default_config={"model": "relations.npz", "calibration": "relations-calibration.npz", "favour": FAVOUR},
    assigns=["doc._.citegraph_relations"],
    requires=[
        "token.is_sent_start",
        "doc._.citegraph_entities",
        "doc._.citegraph_relations",
        "doc._.citegraph_surroundings",
    ],
)
def create_trained_relations(
    nlp: Language, name: str, model: str, calibration: str, favour: dict[str, float]
) -> "TrainedRelations":
    """Decides relations with a trained model; replaces `doc._.citegraph_relations`.

    Confidence is the probability of the name times that of the relation, which is calibrated for each relation.

    Args:
        model: file in `kg/extraction/model`, or an absolute path.
        calibration: the same.
        favour: factors on the probabilities of relations before the most probable one is taken; 1 for others.
    """
    return TrainedRelations(load_model(model), load_calibration(calibration), favour)


def most_probable(
    type_: str, probabilities: Mapping[str, float], favour: Mapping[str, float], without: str = ""
) -> str:
    """The most probable relation to an entity of a type.

    Args:
        type_: of the entity.
        probabilities: of each relation.
        favour: factors on them; 1 for others.
        without: a relation that it shall not be.
    """
    fitting = {
        relation: probability * favour.get(relation, 1)
        for relation, probability in probabilities.items()
        if relation != without and any(target == type_ for _, target in EDGES[relation].ends)
    }
    return max(sorted(fitting), key=lambda relation: fitting[relation])


class TrainedRelations:
    """Takes the most probable relation of each entity; where the rules have the same one first, their second stays.

    Where the rules say clearly that something was trained on it, or made from it, that is believed.
    """

    def __init__(self, model: LinearModel, calibration: Calibration, favour: Mapping[str, float]) -> None:
        self.model = model
        self.calibration = calibration
        self.favour = favour

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
        if says_training(found[0]):
            return self._trained_on(doc, entity, around, probabilities)
        best = most_probable(entity.type, probabilities, self.favour)
        instead = most_probable(entity.type, probabilities, self.favour, without="INTRODUCES")
        confidence = entity.confidence * self._certain(best, probabilities)
        first = related(doc, best, confidence, BY, _evidence(best, around), instead)
        return with_own_benchmark(doc, entity, around, (first, *(found[1:] if found[0].type == best else ())))

    def _trained_on(
        self, doc: Doc, entity: FoundEntity, around: tuple[Surroundings, ...], probabilities: Mapping[str, float]
    ) -> tuple[FoundRelation, ...]:
        """TRAINS_ON, and EVALUATES_ON beside it where that is likely."""
        both = ["TRAINS_ON", *(["EVALUATES_ON"] if probabilities["EVALUATES_ON"] >= _ALSO_EVALUATED else [])]
        return tuple(
            related(doc, each, entity.confidence * max(certain, self._certain(each, probabilities)), BY, context)
            for each, certain in zip(both, (_CLEARLY_TRAINED, 0.0), strict=False)
            for context in [_evidence(each, around)]
        )

    def _certain(self, relation: str, probabilities: Mapping[str, float]) -> float:
        return self.calibration.confidence(relation, probabilities[relation])


def _evidence(relation: str, around: tuple[Surroundings, ...]) -> Context:
    """The context with the strongest cue for a relation; without any cue, the last context in the abstract."""

    def strength(item: tuple[int, Surroundings]) -> tuple[float, bool, int]:
        position, (context, cues) = item
        return (max((c.confidence for c in cues if c.gives == relation), default=0.0), not context.in_title, position)

    return max(enumerate(around), key=strength)[1][0]
