"""Corrects typing errors in the words of questions; names are left alone."""

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA, Levenshtein

_SHORTEST = 3


def correct_typos(text: str, vocabulary: Collection[str]) -> tuple[str, dict[str, str]]:
    """Corrects words that are one typing error away from a word of a vocabulary.

    Only words in lower case, with one capital at the beginning, or in a text that is all capitals: others may be names.

    Args:
        text: a question.
        vocabulary: words in lower case.

    Returns:
        The corrected text, and the words that were corrected with what they were taken for.
    """
    corrections = {}
    for word in dict.fromkeys(re.findall(r"\w+", text)):
        plain = word.casefold()
        if len(plain) >= _SHORTEST and plain not in vocabulary and (word in (plain, plain.title()) or text.isupper()):
            meant = _nearest(plain, vocabulary)
            if len(meant) == 1:
                corrections[word] = meant[0]
    return re.sub(r"\w+", lambda found: corrections.get(found[0], found[0]), text), corrections


def _nearest(word: str, vocabulary: Collection[str]) -> list[str]:
    """The words of the vocabulary that differ by one typing error of the likeliest kind that explains any."""
    by_kind: dict[int, list[str]] = {}
    for known in sorted(vocabulary):
        if OSA.distance(word, known, score_cutoff=1) == 1:
            by_kind.setdefault(_kind(word, known), []).append(known)
    return by_kind[min(by_kind)] if by_kind else []


def _kind(word: str, known: str) -> int:
    """The kind of typing error: 0 neighbours swapped, 1 a letter missing, 2 a letter too many, 3 a letter wrong."""
    if len(word) != len(known):
        return 1 if len(word) < len(known) else 2
    return 0 if Levenshtein.distance(word, known) > 1 else 3
