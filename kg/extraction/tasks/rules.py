"""Which tasks a paper addresses, by rules: known names and phrases that end like one, weighed by where they stand."""

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.tasks.candidates import TaskCandidates, TaskPlace
from kg.extraction.tasks.found import MOST_TASKS, FoundTask, sentence_of

_IN_TITLE = 3.0
"""Weight of a place in the title; one in the abstract has 1."""
_KNOWN = 2.0
"""Factor on the weight of a known name."""
_LEAST = 2.0
"""Weight that a task needs."""
_CONFIDENCE = 0.5
"""Confidence of every task: the share of those found that annotators gave too."""
_BY = "rule"


@Language.factory("citegraph_tasks", assigns=["doc._.citegraph_tasks"], requires=["token.is_sent_start"])
def create_tasks(nlp: Language, name: str) -> "TaskRules":
    """Finds tasks; writes `doc._.citegraph_tasks`, most prominent first."""
    return TaskRules()


class TaskRules:
    """Weighs known names of tasks, and phrases that end like one; the title counts more than the abstract."""

    def __init__(self) -> None:
        self.candidates = TaskCandidates(further=False)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_tasks`, at most four."""
        title = title_end(doc)
        weights: dict[str, float] = defaultdict(float)
        first: dict[str, TaskPlace] = {}
        for place in self.candidates.places(doc):
            first.setdefault(place.task, place)
            weights[place.task] += (_IN_TITLE if place.start < title else 1.0) * (_KNOWN if place.known else 1.0)
        # Without a task that is part of a longer one with no less weight.
        distinct = [
            t for t in weights if not any(t != o and f" {t} " in f" {o} " and weights[o] >= weights[t] for o in weights)
        ]
        order = sorted(distinct, key=lambda task: (-weights[task], -len(task), task))
        chosen = [task for task in order if weights[task] >= _LEAST][:MOST_TASKS]
        doc._.citegraph_tasks = tuple(
            FoundTask(task, _CONFIDENCE, _BY, sentence_of(doc[first[task].start : first[task].end])) for task in chosen
        )
        return doc
