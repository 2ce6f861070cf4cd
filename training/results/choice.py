"""Fitting of the models of results: yes or no of a pair, and one of several candidates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.extraction.linear import Features, LinearModel
from kg.extraction.results.trained import NO, YES

LEAST_PAPERS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one figure, and which of them are right."""

    paper: str
    candidates: list[Features]
    right: list[bool]


def fit_decision(rows: Sequence[tuple[str, Features, bool]], strength: float) -> LinearModel:
    """Logistic regression (L2, `strength` is scikit-learn's C) on paper, features and answer."""
    vectoriser, matrix = _matrix([(paper, features) for paper, features, _ in rows])
    model = LogisticRegression(C=strength, max_iter=500).fit(matrix, [answer for _, _, answer in rows])
    return _model(vectoriser, model.coef_[0], float(model.intercept_[0]))


def fit_choice(choices: Iterable[Choice], strength: float) -> LinearModel:
    """Conditional logistic regression: the odds of YES of a candidate among those of all of its figure.

    Choices without a right candidate teach nothing. `strength` is as in `fit_decision`.
    """
    kept = [choice for choice in choices if any(choice.right)]
    vectoriser, matrix = _matrix([(choice.paper, features) for choice in kept for features in choice.candidates])
    right = np.array([answer for choice in kept for answer in choice.right], float)
    sizes = [len(choice.candidates) for choice in kept]
    owner = np.repeat(np.arange(len(kept)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        everything, wanted = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        surplus = odds / everything[owner] - odds * right / wanted[owner]
        value = np.log(everything / wanted).sum() + weights @ weights / (2 * strength)
        return float(value), matrix.T @ surplus + weights / strength

    fitted = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return _model(vectoriser, fitted.x, 0.0)


def _matrix(rows: Sequence[tuple[str, Features]]) -> tuple[DictVectorizer, csr_matrix]:
    """Only the features that at least three papers have."""
    papers = Counter(name for name, _ in {(name, paper) for paper, features in rows for name in features})
    vectoriser = DictVectorizer()
    return vectoriser, vectoriser.fit_transform(
        [{name: value for name, value in features.items() if papers[name] >= LEAST_PAPERS} for _, features in rows]
    )


def _model(vectoriser: DictVectorizer, weights: NDArray[np.float64], bias: float) -> LinearModel:
    both = np.stack([np.zeros_like(weights), weights], axis=1).astype(np.float32)
    names = tuple(vectoriser.get_feature_names_out())
    return LinearModel((NO, YES), names, both, np.array([0.0, bias], np.float32))
