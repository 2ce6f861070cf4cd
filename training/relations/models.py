"""The model of relations, and how its probabilities become confidences."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.extraction.linear import LinearModel
from kg.extraction.relations.certainty import Calibration, log_odds
from kg.extraction.relations.trained import FAVOUR, most_probable
from training.regression import Row, fit
from training.relations.judged import Judged

STRENGTH = 0.12
"""Inverse strength of regularisation, scikit-learn's C."""
_OTHERS = 0.3
"""Part of the weight that the other accepted roles share; all of it is the main one's where that is INTRODUCES."""
_FOLDS = 3
_CALIBRATION_STRENGTH = 1.0
_LEAST_SLOPE = 0.2
"""A more probable relation is never less certain."""


def train(judged: Iterable[Judged]) -> LinearModel:
    """The model that says which relation is the most probable."""
    return fit(list(_rows(judged)), STRENGTH)


def calibrate(judged: Sequence[Judged]) -> Calibration:
    """How probable it is that a reader accepts the chosen relation, by its probability (Platt 1999), for each relation.

    The probabilities are those of models that have not seen the paper.
    """
    chosen: defaultdict[str, list[tuple[float, bool, float]]] = defaultdict(list)
    for number in range(_FOLDS):
        model = train(each for each in judged if _fold(each.paper) != number)
        for each in judged:
            if _fold(each.paper) == number:
                probabilities = model.probabilities(each.features, each.vector)
                relation = most_probable(each.type, probabilities, FAVOUR)
                right = relation in each.roles
                chosen[relation].append((log_odds(probabilities[relation]), right, min(each.weight, 1.0)))
    return Calibration({relation: _line(found) for relation, found in chosen.items()})


def _rows(judged: Iterable[Judged]) -> Iterator[Row]:
    for each in judged:
        main, *others = each.roles
        if main == "INTRODUCES":
            others = []
        part = _OTHERS if others else 0.0
        for role, share in ((main, 1 - part), *((other, part / len(others)) for other in others)):
            yield each.paper, each.features, each.vector, role, each.weight * share


def _fold(paper: str) -> int:
    """The part that a paper is in, 0 to `_FOLDS` - 1, by SHA-256 of its id; it says nothing of `training.split`."""
    return int(hashlib.sha256(f"relations {paper}".encode()).hexdigest(), 16) % _FOLDS


def _line(found: Sequence[tuple[float, bool, float]]) -> tuple[float, float]:
    """Slope and intercept of the log-odds of being right over those of the model."""
    odds, right, weights = (np.array(column) for column in zip(*found, strict=True))
    if right.all() or not right.any():
        # One more that is otherwise, as Laplace's rule has it.
        share = (right.sum() + 1) / (len(right) + 2)
        return _LEAST_SLOPE, math.log(share / (1 - share))
    model = LogisticRegression(C=_CALIBRATION_STRENGTH).fit(odds[:, None], right, sample_weight=weights)
    return max(float(model.coef_[0, 0]), _LEAST_SLOPE), float(model.intercept_[0])
