"""Normal forms of names: when two written forms are the same, and when words can be the long form of an acronym."""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

import snowballstemmer  # type: ignore[import-untyped]
from rapidfuzz.distance import LCSseq

from kg.link.memo import Memo
from kg.link.names.parts import joined, parts_of_data, parts_of_system, tokens
from kg.text.keys import name_key

_WORD = re.compile(r"[^\W_]+")
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

_STEMMER = snowballstemmer.stemmer("english")

_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ing|ations?|ational|able)$)"), "iz"),
    (re.compile(r"(?<=\w{3})ys(?=(?:e[drs]?|ing)$)"), "yz"),
    (
        re.compile(r"^((?:un)?(?:label|model|signal|travel|level|tunnel|cancel|channel|counsel|fuel|total|panel))l"),
        r"\1",
    ),
    (re.compile(r"^((?:behavi|col|neighb|lab|fav|hon|hum|tum|vap|flav|rum|arm|harb|vig|endeav|sav))our"), r"\1or"),
    (re.compile(r"^(cent|met|fib|theat|calib|lit)re(?=s?$|d$)"), r"\1er"),
    (re.compile(r"(?<=\w{2}l)ogue(?=s?$)"), "og"),
    (re.compile(r"^(def|lic|off|pret)ence"), r"\1ense"),
    (re.compile(r"^paed"), "ped"),
    (re.compile(r"^(an|h)ae(?=[sm])"), r"\1e"),
    (re.compile(r"^artefact"), "artifact"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^programme(?=s?$)"), "program"),
)


def form_key(name: str, *, data: bool) -> str:
    """The normal form of a benchmark's or dataset's name (`data`), or of a model's or method's.

    It is the same for all spellings of a name, but different for different versions and sizes.
    """
    return data_key(name) if data else system_key(name)


@Memo
def data_key(name: str) -> str:
    """The normal form of a benchmark's or dataset's name."""
    return parts_of_data(name).key or name_key(name)


@Memo
def system_key(name: str) -> str:
    """The normal form of a model's or method's name."""
    return parts_of_system(name).key or name_key(name)


@Memo
def phrase_key(name: str) -> str:
    """The normal form of a name of several words: singular, in American spelling; empty for any other name."""
    words = tokens(name)
    if sum(word.isalpha() and len(word) > 2 for word in words) < 2:
        return ""
    return joined(tuple(_singular(_american(word)) for word in words if word != "the"))


def is_acronym(form: str) -> bool:
    """Whether a form can be an acronym: it has a capital, and a space only before a version."""
    return bool(_ACRONYM.fullmatch(form))


def is_plural(form: str) -> bool:
    """Whether one word may be a plural: AutoEncoders and Transformers may, Atlas and YOLOv8s may not."""
    return bool(re.fullmatch(r"(?=.*[a-z]).*[A-Z].*[a-rt-z]s", form[1:]) or re.fullmatch(r"\w{3,}(?:er|or|on)s", form))


@lru_cache(maxsize=100_000)
def expands(short: str, long: str) -> bool:
    """Whether a form of several words can be the long form of an acronym.

    At least two thirds of the acronym's letters must occur in the words in this order, and at least half of the words'
    initials among the letters (by longest common subsequence): X may stand for Cross.
    """
    words = _words(long)
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
        return any(second[:place] + second[place + 1 :] == first for place in range(len(second)))
    return width > 1 and any(second[start : start + width] == first for start in range(len(second) - width + 1))


@Memo
def stems(long: str) -> list[str]:
    """The stems of a long form's words (Snowball), without words that say little, unless only one would be left."""
    words: list[str] = []
    for word in chain.from_iterable(_NESTED.get(word, (word,)) for word in _words(long)):
        if words and words[-1] in _PREFIXES:
            words[-1] += word
        else:
            words.append(word)
    found = [_stem(_american(word)) for word in words if word not in _STOP]
    kept = [stem for stem in found if stem not in _GENERIC_STEMS]
    return kept if len(kept) > 1 else found


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(ch for ch in decomposed if not unicodedata.combining(ch) and ch not in "'’")
    return tuple(_WORD.findall(plain.casefold()))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


_GENERIC_STEMS = frozenset(_stem(word) for word in _GENERIC)


@lru_cache(maxsize=50_000)
def _american(word: str) -> str:
    for british, american in _BRITISH:
        word = british.sub(american, word)
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
