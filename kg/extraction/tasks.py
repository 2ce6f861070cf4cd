"""Research tasks that a paper is about, as the field names them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.knowledge.patterns import lines

_MOST = 4
"""Tasks of a paper."""
_IN_TITLE = 3.0
"""Weight of a place in the title; one in the abstract has 1."""
_KNOWN = 2.0
"""Factor on the weight of a known name."""
_LEAST = 2.0
"""Weight that a task needs."""
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")


@Language.factory("citegraph_tasks", assigns=["doc._.citegraph_tasks"])
def create_tasks(nlp: Language, name: str) -> "TaskFinder":
    """Finds tasks; writes `doc._.citegraph_tasks`, most prominent first."""
    return TaskFinder()


class TaskFinder:
    """Weighs known names of tasks, and phrases that end like one; the title counts more than the abstract."""

    def __init__(self) -> None:
        self.known = {
            tuple(line.lower().replace("-", " ").split()): line.lower() for line in lines("task_words/names.txt")
        }
        self.longest = max(map(len, self.known))
        self.heads = frozenset(lines("task_words/heads.txt"))
        self.not_modifiers = frozenset(word for line in lines("task_words/not_modifiers.txt") for word in line.split())

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_tasks`, at most four."""
        words = [token.lower_ for token in doc]
        title = title_end(doc)
        weights: dict[str, float] = defaultdict(float)
        for part, weight in ((words[:title], _IN_TITLE), (words[title:], 1.0)):
            for task in self._known_tasks(part):
                weights[task] += weight * _KNOWN
            for task in self._phrases(part):
                weights[task] += weight
        # Without a task that is part of a longer one with no less weight.
        distinct = [
            t for t in weights if not any(t != o and f" {t} " in f" {o} " and weights[o] >= weights[t] for o in weights)
        ]
        order = sorted(distinct, key=lambda task: (-weights[task], -len(task), task))
        doc._.citegraph_tasks = tuple(task for task in order if weights[task] >= _LEAST)[:_MOST]
        return doc

    def _known_tasks(self, words: Sequence[str]) -> Iterator[str]:
        """Known tasks, whose words may be joined by hyphens, the last one perhaps a plural."""
        pieces = [piece for word in words for piece in word.split("-")]
        for start in range(len(pieces)):
            for end in range(min(len(pieces), start + self.longest), start, -1):
                found = tuple(pieces[start:end])
                task = self.known.get(found) or self.known.get((*found[:-1], found[-1].removesuffix("s")))
                if task:
                    yield task
                    break

    def _phrases(self, words: Sequence[str]) -> Iterator[str]:
        """Phrases that end in the last word of a task, with one to three plain words before it."""
        for index, word in enumerate(words):
            if word in self.heads:
                start = index
                while start > max(0, index - 3) and self._is_modifier(words[start - 1]):
                    start -= 1
                if start < index:
                    yield " ".join(words[start : index + 1])

    def _is_modifier(self, word: str) -> bool:
        """Whether a word may stand before the last word of a task."""
        return (
            len(word) > 1 and _WORD.match(word) is not None and word not in self.not_modifiers and not word[0].isdigit()
        )
