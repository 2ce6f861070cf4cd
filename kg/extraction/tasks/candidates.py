"""Where a paper may name a research task: known names, acronyms of tasks, and phrases that end like one."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.knowledge.patterns import lines
from kg.knowledge.task_names import known_tasks

_LONGEST_PHRASE = 4
"""Words of a phrase that is no known name."""
_ORDINAL = re.compile(r"(?:next|new|\w+st|\w+nd|\w+rd|\w+th)-")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """A place where a task may be named.

    Attributes:
        task: its name, in small letters.
        start: first token.
        end: token after the last.
        known: whether the name is on the list of tasks.
    """

    task: str
    start: int
    end: int
    known: bool


class TaskCandidates:
    """Finds places in docs by the word lists in `task_words/`."""

    def __init__(self, *, further: bool = True) -> None:
        """Reads the lists; `further` also those that propose too much where no model decides, and parts of phrases."""
        self._further = further
        names = (*lines("task_words/names.txt"), *(lines("task_words/further_names.txt") if further else ()))
        self._known = {_pieces(line): line.lower() for line in names}
        self._acronyms: dict[str, str] = {}
        for task in known_tasks():
            self._known |= {_pieces(alias): task.name for alias in (task.name, *task.aliases)}
            self._acronyms |= dict.fromkeys(task.acronyms, task.name)
        lengths: dict[str, set[int]] = defaultdict(set)
        for pieces in self._known:
            lengths[pieces[0]] |= {len(pieces)}
        # By the first word the numbers of words that names have, the longest first.
        self._lengths = {word: sorted(numbers, reverse=True) for word, numbers in lengths.items()}
        heads = (*lines("task_words/heads.txt"), *(lines("task_words/further_heads.txt") if further else ()))
        self._heads = frozenset(heads)
        self._not_modifiers = frozenset(word for line in lines("task_words/not_modifiers.txt") for word in line.split())

    def places(self, doc: Doc) -> list[TaskPlace]:
        """All places of a doc, those of one stretch of text with different ends among them."""
        words = [token.lower_ for token in doc]
        title = title_end(doc)
        found: dict[tuple[int, int], TaskPlace] = {}
        for low, high in ((0, title), (title, len(words))):
            for place in (*self._known_places(words, low, high), *self._phrases(words, low, high)):
                found.setdefault((place.start, place.end), place)
        for token in doc:
            task = self._acronyms.get(token.text)
            if task:
                found.setdefault((token.i, token.i + 1), TaskPlace(task, token.i, token.i + 1, True))
        return sorted(found.values(), key=lambda place: (place.start, place.end))

    def _known_places(self, words: Sequence[str], low: int, high: int) -> Iterator[TaskPlace]:
        """The longest known names, whose words may be joined by hyphens, the last one perhaps a plural."""
        pieces = [piece for index in range(low, high) for piece in words[index].split("-") if piece]
        places = [index for index in range(low, high) for piece in words[index].split("-") if piece]
        for start, first in enumerate(pieces):
            for length in self._lengths.get(first, self._lengths.get(first.removesuffix("s"), [])):
                found = tuple(pieces[start : start + length])
                task = self._known.get(found) or self._known.get((*found[:-1], found[-1].removesuffix("s")))
                if task:
                    yield TaskPlace(task, places[start], places[start + len(found) - 1] + 1, True)
                    break

    def _phrases(self, words: Sequence[str], low: int, high: int) -> Iterator[TaskPlace]:
        """Phrases that end in the last word of a task, with one to three plain words before it."""
        for index in range(low, high):
            head = words[index].rpartition("-")[2] if self._further else words[index]
            if (head not in self._heads and words[index] not in self._heads) or _ORDINAL.match(words[index]):
                continue
            start = index
            while start > max(low, index - _LONGEST_PHRASE + 1) and self._is_modifier(words[start - 1]):
                start -= 1
            for first in range(start, index + (head != words[index])) if self._further else (start,) * (start < index):
                yield TaskPlace(" ".join(words[first : index + 1]), first, index + 1, False)

    def _is_modifier(self, word: str) -> bool:
        """Whether a word may stand before the last word of a task."""
        return len(word) > 1 and bool(_WORD.match(word)) and word not in self._not_modifiers and not word[0].isdigit()


def _pieces(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace("-", " ").split())
