"""Features of candidates for tasks: the words of a name, where it stands, and what stands around it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.sentences import sentence_numbers
from kg.extraction.tasks.candidates import TaskPlace
from kg.extraction.vectors import load_vectors

_WE = frozenset({"we", "our", "paper", "work"})
_SCALE = 3
"""Factor on the vectors: one strength of regularisation then suits them and the features of 0 and 1."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """All places in a paper where one task is named.

    Attributes:
        task: its name.
        places: in order of position.
        features: of all of them together.
        vector: mean word vector of the name.
    """

    task: str
    places: tuple[TaskPlace, ...]
    features: dict[str, float]
    vector: NDArray[np.float32]


def task_groups(doc: Doc, places: Iterable[TaskPlace]) -> list[TaskGroup]:
    """The candidates of a doc by task, with the features of each."""
    by_task: dict[str, list[TaskPlace]] = defaultdict(list)
    for place in places:
        by_task[place.task].append(place)
    surroundings = _Surroundings(doc)
    tasks = set(by_task)
    groups = []
    for task, found in by_task.items():
        features = _name_features(task, tasks)
        features[f"places={min(4, len(found))}"] = 1
        if any(place.known for place in found):
            features["known"] = 1
        else:
            features |= {f"new-first-ends={task.split()[0][-2:]}": 1, f"new-words={task.count(' ')}": 1}
        for place in found:
            surroundings.add(features, place)
        in_title = "title" in features
        features[f"title+{'known' if 'known' in features else 'new'}" if in_title else "no-title"] = 1
        groups.append(TaskGroup(task, tuple(found), features, _SCALE * load_vectors().mean(_words(task))))
    return groups


def _words(task: str) -> list[str]:
    return [task, *task.split(), *task.replace("-", " ").split()]


def _name_features(task: str, tasks: set[str]) -> dict[str, float]:
    """Features of the name alone, and of its being part of other candidates' names."""
    words = task.split()
    features = {
        f"task={task}": 1.0,
        f"head={words[-1].rpartition('-')[2]}": 1.0,
        f"first={words[0]}": 1.0,
        f"words={len(words)}": 1.0,
        f"first-ends={words[0][-3:]}": 1.0,
        f"first-ends={words[0][-2:]}:{len(words) > 1}": 1.0,
    }
    if len(words) > 1:
        features["last2=" + " ".join(words[-2:])] = 1.0
    padded = f" {task} "
    if any(padded in f" {other} " for other in tasks if other != task):
        features["part-of-longer"] = 1.0
    if any(f" {other} " in padded for other in tasks if other != task):
        features["has-shorter"] = 1.0
    return features


class _Surroundings:
    """What stands around places of one doc."""

    def __init__(self, doc: Doc) -> None:
        self._words = [token.lower_ for token in doc]
        self._title = title_end(doc)
        self._sentences = sentence_numbers(doc)
        self._named = {
            i for entity in doc._.citegraph_entities for span in entity.spans for i in range(span.start, span.end)
        }
        self._introduced = {
            i
            for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
            if found and found[0].type == "INTRODUCES"
            for span in entity.spans
            for i in range(span.start, span.end)
        }
        self._last = self._sentences[-1] if self._sentences else 0
        self._we: set[int] = {number for number, word in zip(self._sentences, self._words, strict=True) if word in _WE}
        self._introducing = {self._sentences[i] for i in self._introduced}

    def add(self, features: dict[str, float], place: TaskPlace) -> None:
        """Adds what stands around a place, in place."""
        where = "title" if place.start < self._title else "abstract"
        features[where] = 1
        low, high = (0, self._title) if where == "title" else (self._title, len(self._words))
        before = self._words[max(low, place.start - 4) : place.start]
        after = self._words[place.end : min(high, place.end + 3)]
        sentence = self._sentences[place.start]
        inside = [i in self._named for i in range(place.start, place.end)]
        if all(inside):
            features["within-name"] = 1
            features[f"{where}-within-name"] = 1
        elif any(inside):
            features["over-name"] = 1
        else:
            features[f"{where}-free"] = 1
        for distance, word in enumerate(reversed(before[-3:])):
            features[f"{where}-b{distance}={word}"] = 1
        for word in before:
            features[f"{where}-near-before={word}"] = 1
        for distance, word in enumerate(after[:2]):
            features[f"{where}-a{distance}={word}"] = 1
        if len(before) > 1:
            features[f"b01={before[-2]} {before[-1]}"] = 1
        if not before:
            features[f"{where}-begins"] = 1
        if not after or after[0] in {".", ":", ";"}:
            features[f"{where}-ends"] = 1
        if where == "abstract":
            features[f"sentence={min(4, sentence - self._sentences[self._title])}"] = 1
            if sentence == self._last:
                features["last-sentence"] = 1
            if sentence in self._we:
                features["we"] = 1
            if sentence in self._introducing:
                features["introducing"] = 1
