"""Multinomial logistic regression over named features, with which the trained components decide."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extraction.npz import array_texts, read_arrays, text_array, write_arrays

MODELS_VERSION = 2
"""Raised whenever a file in `model/` comes to hold other numbers."""

Features = Mapping[str, float]
"""Values by the name of the feature; features that are not there are 0."""


class LinearModel:
    """Class probabilities from sparse features, in plain numpy.

    Attributes:
        classes: names of the classes, in the order of the probabilities.
    """

    def __init__(
        self,
        classes: tuple[str, ...],
        features: tuple[str, ...],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        dense: NDArray[np.float32] | None = None,
    ) -> None:
        """Takes names and weights.

        Args:
            classes: names of the classes.
            features: names of the features.
            weights: of each feature for each class, shape (features, classes).
            bias: of each class, shape (classes,).
            dense: of each number of the vector that goes with the features, shape (numbers, classes).

        Raises:
            ValueError: names and weights do not fit together.
        """
        if weights.shape != (len(features), len(classes)) or bias.shape != (len(classes),):
            raise ValueError(f"{len(features)} features and {len(classes)} classes do not fit weights {weights.shape}")
        self.classes = classes
        self._rows = {feature: row for row, feature in enumerate(features)}
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)
        self._dense = (np.zeros((0, len(classes))) if dense is None else dense).astype(np.float32)

    def probabilities(self, features: Features, vector: NDArray[np.float32] | None = None) -> dict[str, float]:
        """Probability of each class by its name (softmax of the weighted sums); unknown features count nothing.

        Args:
            features: of what is to be classified.
            vector: the numbers that go with them, shape (numbers,); None for a model without any.
        """
        # In the order of the names, so that the sum is the same on every run.
        known = sorted(name for name in features if name in self._rows)
        scores = self._bias.astype(np.float64)
        if known:
            values = np.array([features[name] for name in known])
            scores = scores + values @ self._weights[[self._rows[name] for name in known]]
        if vector is not None:
            # Not a matrix product, whose order of summation depends on the machine.
            scores = scores + (vector.astype(np.float64)[:, None] * self._dense).sum(0)
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        return dict(zip(self.classes, scores.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Writes an .npz file: names as UTF-8 bytes, weights of features in 16 bits, all other numbers in 32."""
        write_arrays(
            path,
            classes=text_array(self.classes),
            features=text_array(self._rows),
            weights=self._weights.astype("<f2"),
            bias=self._bias.astype("<f4"),
            dense=self._dense.astype("<f4"),
        )

    @classmethod
    def load(cls, path: Path) -> "LinearModel":
        """Reads what `save` wrote.

        Raises:
            OSError: the file cannot be read.
            ValueError: the file is no such model.
        """
        try:
            found = read_arrays(path, "classes", "features", "weights", "bias", "dense")
            names = array_texts(found["classes"]), array_texts(found["features"])
            return cls(*names, found["weights"], found["bias"], found["dense"])
        except ValueError as error:
            raise ValueError(f"{path} is no model of citegraph: {error}") from error


@cache
def load_model(name: str) -> LinearModel:
    """A model by the name of its file in `model/`, or by an absolute path; each is read once."""
    return LinearModel.load(Path(__file__).parent / "model" / name)
