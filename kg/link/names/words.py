"""The words of names: without accents, singular, in American spelling, and their stems."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

_WORD = re.compile(r"[^\W_]+")
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


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text in lower case, without accents and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(ch for ch in decomposed if not unicodedata.combining(ch) and ch not in "'’")
    return tuple(_WORD.findall(plain.casefold()))


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of an English word (Snowball)."""
    return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """A word in American spelling."""
    for british, replacement in _BRITISH:
        word = british.sub(replacement, word)
    return word


def singular(word: str) -> str:
    """A word in the singular."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
