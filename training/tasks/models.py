"""The model that decides which candidates are tasks that a paper addresses."""

import re
from collections.abc import Iterator

from kg.evaluate.scoring import Annotation
from kg.extraction.linear import LinearModel
from kg.extraction.pipeline import Extractor
from kg.extraction.tasks.candidates import TaskCandidates
from kg.extraction.tasks.features import task_groups
from kg.extraction.tasks.trained import ADDRESSED
from training.regression import Row, fit

STRENGTH = 0.1
"""Inverse strength of regularisation, scikit-learn's C."""
OTHER = "other"
"""Class of candidates that annotators do not give."""


def task_rows(extractor: Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]) -> Iterator[Row]:
    """Every candidate of every paper, and whether it shares half of its words with a task in gold."""
    candidates = TaskCandidates()
    for paper, record in papers.items():
        doc = extractor.document(record["title"], record["abstract"])
        wanted = [_words(task) for task in gold[paper]["tasks"]]
        for group in task_groups(doc, candidates.places(doc)):
            words = _words(group.task)
            same = any(2 * len(words & task) >= len(words | task) for task in wanted)
            yield paper, group.features, group.vector, ADDRESSED if same else OTHER, 1.0


def train(extractor: Extractor, papers: dict[str, Annotation], gold: dict[str, Annotation]) -> LinearModel:
    """The model of tasks, from annotated papers.

    Args:
        extractor: a pipeline up to relations.
        papers: title and abstract of each paper.
        gold: annotations of the same papers.
    """
    return fit(list(task_rows(extractor, papers, gold)), STRENGTH)


def _words(task: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", task.lower()))
