"""How well a name answers what was typed, and how much it matters."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kg.search.documents import KeyedName, NamedNode, words
from kg.text.keys import name_key

# Of 1 for a name whose words are all there: what remains of it …
_BEGINNING = 0.75  # … for the beginning of a longer name
_TYPOS = (0.8, 0.62)  # … with one letter wrong, with two
_BEGINNING_WITH_TYPO = 0.55
_OF_WORDS = 0.9  # … where its words are in another order, or some are missing
_UNFINISHED = 0.95  # … of a word of which only the beginning was typed
_WORD_TYPOS = (0.8, 0.65)
_LEAST = 0.32
EXACTLY = 2.0
"""What a name itself is worth, in whatever case and however hyphenated; nothing else is worth as much."""

_AS_WRITTEN = 0.5
# A thousand papers make up for a typo less.
_PAPERS = 0.06


class SearchText(NamedTuple):
    """What is looked for, in its normal forms."""

    text: str
    key: str
    words: tuple[str, ...]


class NameMatch(NamedTuple):
    """The form of a node that answers best, and how well the node does."""

    score: float
    form: KeyedName


def wanted(text: str) -> SearchText:
    """What a text looks for."""
    return SearchText(text, name_key(text), tuple(words(text)))


def typos(length: int) -> int:
    """How many letters may be wrong, missing, too many or swapped with their neighbour in a word of some length."""
    return 0 if length < 3 else 1 if length < 7 else 2


def match(node: NamedNode, sought: SearchText) -> NameMatch | None:
    """How well a node answers; None where none of its names does."""
    weight = _PAPERS * math.log10(1 + node.papers)
    if sought.key in node.keys:
        form = max(node.forms, key=lambda form: (form.text == sought.text, form.key == sought.key))
        return NameMatch(EXACTLY + _AS_WRITTEN * (form.text == sought.text) + weight, form)
    # "MTEB benchmark" is MTEB, and not what has the word in its name.
    spoken = tuple(word for word in sought.words if word != node.label.lower()) or sought.words
    quality, form = max(((_quality(form, sought.key, spoken), form) for form in node.forms), key=lambda pair: pair[0])
    return NameMatch(quality + weight, form) if quality >= _LEAST else None


def _quality(form: KeyedName, key: str, sought: Sequence[str]) -> float:
    return max(_whole(form.key, key), _by_words(words(form.text), sought))


def _whole(key: str, sought: str) -> float:
    """By the name as a whole, without its spaces and hyphens."""
    if key.startswith(sought):
        return _BEGINNING + (_OF_WORDS - _BEGINNING) * len(sought) / len(key)
    most = typos(len(sought))
    distance = OSA.distance(sought, key, score_cutoff=most)
    if distance <= most:
        # Whoever mistypes seldom mistypes the first letter.
        return _TYPOS[distance - 1] + 0.02 * (key[:1] == sought[:1])
    begun = len(sought) > 3 and OSA.distance(sought, key[: len(sought)], score_cutoff=1) <= 1
    return _BEGINNING_WITH_TYPO if begun else 0


def _by_words(present: Sequence[str], sought: Sequence[str]) -> float:
    """By its words in any order; the last that was typed may be unfinished."""
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
    """How well the best of some words answers one, and its length."""
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
