"""Calibration of confidences: which share of the relations with a confidence is right."""

from pydantic import BaseModel

from kg.evaluate.scoring import Annotation, generics, match, names_of, normalise

_BINS = 10


class Bin(BaseModel):
    """Relations with a confidence from `low` to `high`: mean `confidence`, and the share that is `right`, 0 to 1."""

    low: float
    high: float
    relations: int
    confidence: float
    right: float


class Reliability(BaseModel):
    """The reliability diagram of a set of predictions; `error` is the expected calibration error, 0 to 1."""

    bins: list[Bin]
    error: float


def reliability(gold: dict[str, Annotation], predicted: dict[str, Annotation]) -> Reliability:
    """Bins the relations of predictions by confidence (Guo et al., 2017); what gold calls optional is left out.

    A relation is right where gold has the entity and accepts the relation.
    """
    judged = [pair for paper in gold if paper in predicted for pair in _judged(gold[paper], predicted[paper])]
    bins, error = [], 0.0
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [(c, right) for c, right in judged if low <= c < high or (c == 1.0 and number == _BINS - 1)]
        if not inside:
            continue
        confidence = sum(c for c, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        bins.append(
            Bin(low=low, high=high, relations=len(inside), confidence=round(confidence, 3), right=round(share, 3))
        )
        error += abs(confidence - share) * len(inside) / len(judged)
    return Reliability(bins=bins, error=round(error, 3))


def _judged(gold: Annotation, predicted: Annotation) -> list[tuple[float, bool]]:
    pairs, left, _ = match(predicted["entities"], gold["entities"], strict=False)
    soft = {name for entity in gold["entities"] if entity.get("optional") for name in names_of(entity)}
    found = []
    for ours, theirs in pairs:
        if not theirs.get("optional"):
            accepted = {theirs["role"], *theirs.get("also", [])}
            found += [(r["confidence"], r["type"] in accepted) for r in ours["relations"] if r["type"] != "MENTIONS"]
    for ours in left:
        if not names_of(ours) & soft and normalise(ours["name"]) not in generics():
            found += [(r["confidence"], False) for r in ours["relations"] if r["type"] != "MENTIONS"]
    return found
