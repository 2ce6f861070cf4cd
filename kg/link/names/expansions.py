"""Acronyms: whether words can be what one stands for, and whether two long forms are the same."""

import re
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import OSA, LCSseq

from kg.link.memo import Memo
from kg.link.names.words import american, singular, stem_of, words_of
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

_OPPOSED = frozenset("inter intra hyper hypo macro micro".split())
_GENERIC_STEMS = frozenset(stem_of(word) for word in _GENERIC)

# Words that any model, method or dataset may be called by: they point to something, and name nothing.
_POINTING = frozenset(
    "a agent an based baseline data deep existing foundation generative it its language large learning"
    " machine modern module multimodal neural new our paper pretrained pre proposed recent same several small solution"
    " state such suite task test that the their these this those tool trained training transformer two various vision"
    " vlm mllm lvlm".split()
)


@lru_cache(maxsize=100_000)
def says_little(form: str) -> bool:
    """Whether a form has only words for kinds of things, so that it can mean any of them: LLMs, the proposed models."""
    words = [singular(word) for word in words_of(form)]
    return all(word in _GENERIC or word in _POINTING or word in _NESTED for word in words)


def is_typo(one: str, other: str) -> bool:
    """Whether two long forms differ by one letter that was left out, added, changed or swapped in one long word."""
    # Whole words: the stem of a mistyped word may be far from the right one.
    first, second = ([american(word) for word in words_of(long)] for long in (one, other))
    if len(first) != len(second):
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(differing) != 1:
        return False
    (a, b) = differing[0]
    # The first letter, and prefixes such as inter and intra, make another word.
    alike = a[:1] == b[:1] and min(len(a), len(b)) > 5 and not (a[0:5] in _OPPOSED or b[0:5] in _OPPOSED)
    return alike and OSA.distance(a, b) == 1


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
