"""Relations between papers and entities, and between results and entities, before they are rows of the graph."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.link.names.introductions import Standing
from kg.link.names.kinds import DATA
from kg.link.names.linked_entity import LinkedEntity

RelationKey = tuple[str, str, int]
"""A relation's label, the key of its paper, and `id()` of its LinkedEntity, which has no id of its own yet."""

ResultEdge = tuple[str, str, LinkedEntity]
"""`ON` or `OF`, the id of a result, and the benchmark that it is on or the model that it is of."""

# What a relation becomes where its entity turns out to be of the other kind.
_TO_SYSTEM = {"EVALUATES_ON": "EVALUATES", "TRAINS_ON": "USES"}
_TO_DATA = {"EVALUATES": "EVALUATES_ON", "COMPARES_WITH": "MENTIONS"}


class Evidence(NamedTuple):
    """What supports a relation; compared by confidence first. A correction has no place in the text.

    Attributes:
        confidence: 0 to 1.
        evidence: the sentence, or the reason that a correction gives.
        field: `title` or `abstract`; None for a correction.
        start: offset of the sentence in the field, in characters; None for a correction.
        end: offset after the sentence; None for a correction.
        by: the rule or model that found it, or `override`.
    """

    confidence: float
    evidence: str
    field: str | None
    start: int | None
    end: int | None
    by: str

    def strength(self) -> tuple[bool, "Evidence"]:
        """Sort key: the strongest evidence is kept, and what a text says is stronger than a correction."""
        return self.field is not None, self


KNOWN_BEFORE = "known-before"
"""`by` of a relation that the text calls an introduction, though other papers knew the entity before."""
TITLE = "title"
"""`by` of an introduction that a paper's title announces."""
CATALOGUE = "catalogue"
"""`by` of an introduction that the catalogue knows of."""


_OWN_CONFIDENCE = 0.99
_TITLE_CONFIDENCE = 0.97
_KNOWN_CONFIDENCE = 0.7
_BESIDE_INTRODUCING = frozenset({"EVALUATES_ON", "TRAINS_ON"})


def judged(
    label: str, instead: str | None, evidence: Evidence, standing: Standing | None, kind: str, title: str
) -> Iterator[tuple[str, Evidence]]:
    """The relations that remain of one that was extracted, when all papers were heard.

    Args:
        label: of the relation, as extracted.
        instead: the likeliest other one, if the label is INTRODUCES; None in extractions of earlier versions.
        evidence: of the relation.
        standing: of the paper, if it may have introduced the entity.
        kind: of the entity.
        title: of the paper.
    """
    match standing:
        case Standing.OWN | Standing.TITLED:
            by, least = (CATALOGUE, _OWN_CONFIDENCE) if standing == Standing.OWN else (TITLE, _TITLE_CONFIDENCE)
            if label == "INTRODUCES":
                yield label, evidence._replace(confidence=max(evidence.confidence, least))
            else:
                yield "INTRODUCES", Evidence(least, title, "title", 0, len(title), by)
                if label in _BESIDE_INTRODUCING:
                    yield label, evidence
        case Standing.KNOWN if label == "INTRODUCES":
            other = instead or ("EVALUATES_ON" if kind == DATA else "USES")
            yield other, evidence._replace(confidence=min(evidence.confidence, _KNOWN_CONFIDENCE), by=KNOWN_BEFORE)
        case _:
            yield label, evidence


def relation_to(kind: str, label: str) -> str:
    """The relation that a paper has to an entity of this kind, where its text was read as this relation."""
    return (_TO_DATA if kind == DATA else _TO_SYSTEM).get(label, label)
