"""Precision, recall and F1 on a gold set, with bootstrap intervals, and the errors by cause."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from kg.errors import InputError
from kg.evaluate.scoring import Annotation, Error, Tally, by_paper
from kg.schema import ENTITY_LABELS, RELATIONS

MEASURES = (
    "entities",
    "entities_strict",
    "any_type",
    *ENTITY_LABELS,
    "relations",
    *(relation for relation in RELATIONS if relation != "MENTIONS"),
    "links",
    "link_kinds",
    "results",
    "results_full",
    "tasks",
)
_SAMPLES = 1000
_SEED = 20260101
_EXAMPLES = 5


class Score(BaseModel):
    """One measure, in percent; F1 is between `low` and `high` in 95 of 100 samples of papers."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int


class ErrorCause(BaseModel):
    """Errors of one kind and cause, with examples."""

    about: str
    cause: str
    count: int
    examples: list[str]


class Report(BaseModel):
    """All measures on a gold set, and the causes of errors, the most frequent first."""

    papers: int
    scores: dict[str, Score]
    causes: list[ErrorCause]


def evaluate(gold: dict[str, Annotation], predicted: dict[str, Annotation]) -> Report:
    """Scores predictions against a gold set, both by paper id.

    The intervals come from resampling papers with replacement 1,000 times with a fixed seed (Efron's percentile
    bootstrap), so that the errors of one paper stay together.
    """
    if without := next((paper for paper, each in gold.items() if any("role" not in e for e in each["entities"])), None):
        raise InputError(
            f"the first file is not annotated: an entity of {without} has no role; give the gold file first"
        )
    tallies = list(by_paper(gold, predicted))
    counts = np.array([[_counts(tally, measure) for measure in MEASURES] for tally in tallies], dtype=np.float64)
    generator = np.random.default_rng(_SEED)
    picks = generator.multinomial(len(tallies), np.full(len(tallies), 1 / len(tallies)), size=_SAMPLES)
    samples = np.tensordot(picks, counts, axes=(1, 0))
    low, high = np.percentile(_f1(samples), [2.5, 97.5], axis=0)
    total = counts.sum(axis=0)
    scores = {}
    for index, measure in enumerate(MEASURES):
        right, wrong, missing = total[index]
        scores[measure] = Score(
            precision=_percent(right, right + wrong),
            recall=_percent(right, right + missing),
            f1=round(float(_f1(total[index])), 1),
            low=round(float(low[index]), 1),
            high=round(float(high[index]), 1),
            gold=int(right + missing),
        )
    return Report(papers=len(tallies), scores=scores, causes=_causes([e for tally in tallies for e in tally.errors]))


def read_annotations(path: Path) -> dict[str, Annotation]:
    """The annotations of a gold or prediction file, by paper id.

    Raises:
        InputError: the file is missing or a line is no annotation; the message names the line.
    """
    found = {}
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    item = json.loads(line)
                    if not isinstance(item, dict) or "id" not in item or "entities" not in item:
                        raise InputError(f"{path}:{number}: no annotation: an object with id and entities is needed")
                    found[item["id"]] = item
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{number}: no JSON: {error}") from error
    if not found:
        raise InputError(f"{path}: holds no annotation")
    return found


def _counts(tally: Tally, measure: str) -> tuple[int, int, int]:
    return tally.right[measure], tally.wrong[measure], tally.missing[measure]


def _f1(counts: np.ndarray) -> np.ndarray:
    right, wrong, missing = counts[..., 0], counts[..., 1], counts[..., 2]
    below = 2 * right + wrong + missing
    return np.asarray(100 * np.divide(2 * right, below, out=np.zeros_like(right), where=below > 0))


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _causes(errors: list[Error]) -> list[ErrorCause]:
    counts = Counter((error.about, error.cause) for error in errors)
    return [
        ErrorCause(
            about=about,
            cause=cause,
            count=count,
            examples=[f"{e.name} ({e.paper})" for e in errors if (e.about, e.cause) == (about, cause)][:_EXAMPLES],
        )
        for (about, cause), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
