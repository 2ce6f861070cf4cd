"""Fitting the models of results: a yes or no for each pair, or a choice among the candidates of a figure."""

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
"""Papers that must have a feature for it to be learned."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one figure, and which of them are right."""

    paper: str
    candidates: list[Features]
    right: list[bool]


def fit_decision(rows: Sequence[tuple[str, Features, bool]], strength: float) -> LinearModel:
    """Logistic regression (L2) on rows of paper, features and right answer.

    Args:
        rows: what it learns from.
        strength: inverse strength of regularisation, scikit-learn's C.
    """
    vectoriser, matrix = _matrix([(paper, features) for paper, features, _ in rows])
    model = LogisticRegression(C=strength, max_iter=500).fit(matrix, [answer for _, _, answer in rows])
    return _model(vectoriser, model.coef_[0], float(model.intercept_[0]))


def fit_choice(choices: Iterable[Choice], strength: float) -> LinearModel:
    """Conditional logistic regression (McFadden 1974): the odds of a candidate among those of all of its figure.

    Args:
        choices: what it learns from; those without a right candidate are left out.
        strength: as in `fit_decision`.
    """
    answered = [choice for choice in choices if any(choice.right)]
    vectoriser, matrix = _matrix([(choice.paper, features) for choice in answered for features in choice.candidates])
    right = np.array([answer for choice in answered for answer in choice.right], float)
    sizes = [len(choice.candidates) for choice in answered]
    owner = np.repeat(np.arange(len(answered)), sizes)
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
    """The features that at least `LEAST_PAPERS` papers have, as a matrix with a row for each of `rows`."""
    papers = Counter(name for name, _ in {(name, paper) for paper, features in rows for name in features})
    vectoriser = DictVectorizer()
    return vectoriser, vectoriser.fit_transform(
        [{name: value for name, value in features.items() if papers[name] >= LEAST_PAPERS} for _, features in rows]
    )


def _model(vectoriser: DictVectorizer, weights: NDArray[np.float64], bias: float) -> LinearModel:
    """A model of two classes whose scores are 0 and the weighted sum."""
    both = np.stack([np.zeros_like(weights), weights], axis=1).astype(np.float32)
    names = tuple(vectoriser.get_feature_names_out())
    return LinearModel((NO, YES), names, both, np.array([0.0, bias], np.float32))
