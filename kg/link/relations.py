"""Relations between papers and entities, and between results and entities, before they are rows of the graph."""

from typing import NamedTuple

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


def relation_to(kind: str, label: str) -> str:
    """The relation that a paper has to an entity of this kind, where its text was read as this relation."""
    return (_TO_DATA if kind == DATA else _TO_SYSTEM).get(label, label)
