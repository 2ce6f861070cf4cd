"""Multinomial logistic regression over named features and a vector, as `kg.extraction.linear` reads it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.extraction.linear import Features, LinearModel

LEAST_PAPERS = 3
"""Papers that must have a feature for it to be learned."""

Row = tuple[str, Features, NDArray[np.float32], str, float]
"""Paper id, features, vector, class, weight."""


def fit(rows: Sequence[Row], strength: float) -> LinearModel:
    """Multinomial logistic regression (L2) on the features that at least `LEAST_PAPERS` papers have.

    Args:
        rows: what it learns from.
        strength: inverse strength of regularisation, scikit-learn's C.
    """
    papers = Counter(name for name, _ in {(name, row[0]) for row in rows for name in row[1]})
    frequent = [{name: value for name, value in row[1].items() if papers[name] >= LEAST_PAPERS} for row in rows]
    vectoriser = DictVectorizer()
    matrix = hstack([vectoriser.fit_transform(frequent), csr_matrix(np.stack([row[2] for row in rows]))]).tocsr()
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(matrix, [row[3] for row in rows], sample_weight=[row[4] for row in rows])
    sparse = len(vectoriser.get_feature_names_out())
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        # Of two classes scikit-learn gives the weights of the second alone: those of the first are 0.
        weights, bias = np.vstack([np.zeros_like(weights), weights]), np.array([0.0, *bias])
    return LinearModel(
        tuple(map(str, model.classes_)),
        tuple(vectoriser.get_feature_names_out()),
        weights.T[:sparse].astype(np.float32),
        bias.astype(np.float32),
        weights.T[sparse:].astype(np.float32),
    )
