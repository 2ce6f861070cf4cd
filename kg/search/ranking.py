"""Scores nodes by how well a name fits a text, and by their papers."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Self

from rapidfuzz.distance import OSA

from kg.search.documents import KeyedName, NamedNode, words
from kg.text.keys import name_key

# Quality of a fit, 0 to 1:
_BEGINNING = 0.75  # the text is the beginning of a longer name
_TYPOS = (0.8, 0.62)  # one letter is wrong, two are
_BEGINNING_WITH_TYPO = 0.55
_OF_WORDS = 0.9  # the words are in another order, or some are missing
_UNFINISHED = 0.95  # of one word: only its beginning was typed
_WORD_TYPOS = (0.8, 0.65)  # of one word: one letter is wrong, two are
_LEAST = 0.32  # a name that fits less is no hit
EXACTLY = 2.0
"""Score of exactly this name, in any case and hyphenation; everything else scores less."""

_AS_WRITTEN = 0.5
"""Added to that for the same case and hyphenation."""
_PAPERS = 0.06
"""Weight of the papers' decimal logarithm: a thousand papers outweigh one typing error."""


class SearchText(NamedTuple):
    """A text that is looked for, with its key and its words in normal form."""

    text: str
    key: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """The text with its normal forms."""
        return cls(text, name_key(text), tuple(words(text)))


class NameMatch(NamedTuple):
    """The name of a node that fits best, and the score of the node."""

    score: float
    name: KeyedName


def typos(length: int) -> int:
    """How many typing errors a word of some length may have: letters wrong, missing, too many or swapped."""
    return 0 if length < 3 else 1 if length < 7 else 2


def match(node: NamedNode, sought: SearchText) -> NameMatch | None:
    """The score of a node; None if none of its names fits."""
    weight = _PAPERS * math.log10(1 + node.papers)
    if sought.key in node.keys:
        name = max(node.names, key=lambda name: (name.text == sought.text, name.key == sought.key))
        return NameMatch(EXACTLY + _AS_WRITTEN * (name.text == sought.text) + weight, name)
    # "MTEB benchmark" means MTEB rather than a node with the word benchmark in its name.
    without_label = tuple(word for word in sought.words if word != node.label.lower()) or sought.words
    quality, name = max(
        ((_quality(name, sought.key, without_label), name) for name in node.names), key=lambda pair: pair[0]
    )
    return NameMatch(quality + weight, name) if quality >= _LEAST else None


def _quality(name: KeyedName, key: str, sought: Sequence[str]) -> float:
    return max(_as_a_whole(name.key, key), _by_words(words(name.text), sought))


def _as_a_whole(key: str, sought: str) -> float:
    """Quality by the name as a whole, without spaces and hyphens."""
    if key.startswith(sought):
        return _BEGINNING + (_OF_WORDS - _BEGINNING) * len(sought) / len(key)
    most = typos(len(sought))
    distance = OSA.distance(sought, key, score_cutoff=most)
    if distance <= most:
        # The first letter is seldom wrong.
        return _TYPOS[distance - 1] + 0.02 * (key[:1] == sought[:1])
    begun = len(sought) > 3 and OSA.distance(sought, key[: len(sought)], score_cutoff=1) <= 1
    return _BEGINNING_WITH_TYPO if begun else 0


def _by_words(present: Sequence[str], sought: Sequence[str]) -> float:
    """Quality by the words in any order; the last of the text may be unfinished."""
    if not (present and sought):
        return 0
    others = {*present, *map("".join, pairwise(present))}
    whole = {left + right: (left, right) for left, right in pairwise(sought)}
    joined = {half for both, halves in whole.items() if both in others for half in halves}
    found = 0.0
    used = 0
    for word in sought:
        worth, length = (1.0, len(word)) if word in joined else _word(word, others, last=word == sought[-1])
        found += worth * len(word)
        used += length
    recall = found / sum(map(len, sought))
    precision = min(1.0, used / sum(map(len, present)))
    return _OF_WORDS * recall * recall * (0.75 + 0.25 * precision)


def _word(sought: str, others: set[str], *, last: bool) -> tuple[float, int]:
    """How well the best of some words fits one, 0 to 1, and its length."""
    if sought in others:
        return 1, len(sought)
    if last or len(sought) == 1:
        begun = [len(other) for other in others if other.startswith(sought)]
        if begun:
            return _UNFINISHED, min(begun)
    if most := typos(len(sought)):
        distances = [(OSA.distance(sought, other, score_cutoff=most), len(other)) for other in others]
        distance, length = min(distances)
        if distance <= most:
            return _WORD_TYPOS[distance - 1], length
    return 0, 0
