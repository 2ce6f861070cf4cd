"""Acronyms: whether words can be what one stands for, and whether two long forms are the same."""

import re
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import LCSseq

from kg.link.memo import Memo
from kg.link.names.words import american, stem_of, words_of
from kg.text.keys import name_key

_ACRONYM = re.compile(r"(?=.*[A-Z])\S{2,15}(?:[ -]\d+(?:\.\d+)?)?")
_STOP = frozenset("a an and as at by for from in of on or the to using via with".split())
_GENERIC = frozenset(
    "algorithm approach architecture benchmark challenge corpus database dataset framework method model network"
    " pipeline prompt prompting system technique".split()
)
# Words written together or apart: multi-modal, multimodal.
_PREFIXES = frozenset(
    "anti auto bi co cross hyper inter intra macro meta micro multi non post pre pseudo re self semi sub super tri un"
    " uni fine".split()
)

# Acronyms inside long forms: "generative AI" is "generative artificial intelligence".
_NESTED = {
    short: tuple(words.split())
    for short, words in {
        "ai": "artificial intelligence",
        "ml": "machine learning",
        "rl": "reinforcement learning",
        "lm": "language model",
        "lms": "language models",
        "llm": "large language model",
        "llms": "large language models",
        "nn": "neural network",
        "nns": "neural networks",
        "qa": "question answering",
        "cnn": "convolutional neural network",
        "gnn": "graph neural network",
        "lstm": "long short term memory",
        "nlp": "natural language processing",
    }.items()
}

_GENERIC_STEMS = frozenset(stem_of(word) for word in _GENERIC)


def is_acronym(form: str) -> bool:
    """Whether a form can be an acronym: it has a capital, and a space only before a version."""
    return bool(_ACRONYM.fullmatch(form))


@lru_cache(maxsize=100_000)
def expands(short: str, long: str) -> bool:
    """Whether a form of several words can be the long form of an acronym.

    At least two thirds of the acronym's letters must occur in the words in this order, and at least half of the words'
    initials among the letters (by longest common subsequence): X may stand for Cross.
    """
    words = words_of(long)
    letters = "".join(ch for ch in name_key(short) if ch.isalnum())
    if len(letters) > 2 and short.endswith("s") and letters[-1] == "s":
        letters = letters[:-1]
    spelled = "".join(words)
    if len(words) < 2 or not letters or len(spelled) < 2 * len(letters):
        return False
    if any("".join(words[:count]) == name_key(short) for count in range(1, len(words))):
        return False
    if letters[0] not in {word[0] for word in words[:2]}:
        return False
    found, position = 0, 0
    for letter in letters:
        place = spelled.find(letter, position)
        if place >= 0:
            found, position = found + 1, place + 1
    initials = "".join(word[0] for word in words if word not in _STOP)
    return 3 * found >= 2 * len(letters) and 2 * LCSseq.similarity(letters, initials) >= len(initials)


def words_key(long: str) -> str:
    """The stems of a long form's words as one string, to compare long forms; without words that say little."""
    return "".join(stems(long))


def same_words(one: str, other: str) -> bool:
    """Whether two long forms of one acronym are the same: they have the same words, or one contains the other."""
    return words_key(one) == words_key(other) or contains(one, other)


def contains(one: str, other: str) -> bool:
    """Whether one of two long forms contains the other: its words, two or more, as neighbours and in order.

    Between three or more words one extra word is allowed.
    """
    first, second = sorted((stems(one), stems(other)), key=len)
    width = len(first)
    if width > 2 and len(second) == width + 1:
        return LCSseq.similarity(first, second) == width
    return width > 1 and any(second[start : start + width] == first for start in range(len(second) - width + 1))


@Memo
def stems(long: str) -> list[str]:
    """The stems of a long form's words (Snowball), without words that say little, unless only one would be left."""
    words: list[str] = []
    for word in chain.from_iterable(_NESTED.get(word, (word,)) for word in words_of(long)):
        if words and words[-1] in _PREFIXES:
            words[-1] += word
        else:
            words.append(word)
    found = [stem_of(american(word)) for word in words if word not in _STOP]
    telling = [stem for stem in found if stem not in _GENERIC_STEMS]
    return telling if len(telling) > 1 else found
