"""How certain a relation is: the probability that a careful reader accepts it, by what the model says."""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from kg.extraction.npz import array_texts, read_arrays, text_array, write_arrays

_LEAST = 1e-6


def log_odds(probability: float) -> float:
    """Log-odds of a probability (0 to 1), which is kept off 0 and 1."""
    probability = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(probability / (1 - probability))


class Calibration:
    """Platt scaling (Platt 1999) of each relation: its log-odds times slope plus intercept are those of being right.

    Attributes:
        lines: slope and intercept by relation; a relation without any keeps its probability.
    """

    def __init__(self, lines: Mapping[str, tuple[float, float]]) -> None:
        self.lines = dict(lines)

    def confidence(self, relation: str, probability: float) -> float:
        """The probability (0 to 1) that a relation is right to which the model gives this probability (0 to 1)."""
        slope, intercept = self.lines.get(relation, (1.0, 0.0))
        return 1 / (1 + math.exp(-(slope * log_odds(probability) + intercept)))

    def save(self, path: Path) -> None:
        """Writes an .npz file."""
        lines = np.array([self.lines[relation] for relation in sorted(self.lines)], "<f4")
        write_arrays(path, relations=text_array(sorted(self.lines)), lines=lines)

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Reads what `save` wrote.

        Raises:
            OSError: the file cannot be read.
            ValueError: the file holds no calibration.
        """
        found = read_arrays(path, "relations", "lines")
        names = array_texts(found["relations"])
        return cls({name: (float(a), float(b)) for name, (a, b) in zip(names, found["lines"], strict=True)})


@cache
def load_calibration(name: str) -> Calibration:
    """A calibration by the name of its file in `model/`, or by an absolute path; each is read once."""
    return Calibration.load(Path(__file__).parents[1] / "model" / name)
