"""Whether lists of authors have a surname in common, however their names are written."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`‐-][^\W\d_]+)*")
_HYPHEN = re.compile(r"[‐-]")
_INITIALS = 3
"""Longest word in capitals that may be initials: "Vass AB"."""
# Letters that Unicode takes for letters of their own, as most people write them without.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
# An umlaut is also written with an e, å with two a: all become the bare letter.
_LONG_VOWELS = re.compile(r"(?<=[aou])e|(?<=a)a")
_LATIN = "LATIN"
_ONE_WORD = "one word"


class Surnames(NamedTuple):
    """The surnames of a list of authors.

    Attributes:
        keys: surnames in their normal form, and the words of names together, whose order is not always certain. Lists
            that share one have an author in common.
        with_initial: surname and initial of the names that have no given name but initials.
        other_orders: the same of the other names, should their surname not stand last. A list has an author in common
            with another one where this meets the other's `with_initial`.
        writing: the scripts of the names; `one word` where no name has more, as with surnames alone. Empty if the list
            names no person. Lists of other writing cannot be compared.
    """

    keys: frozenset[str]
    with_initial: frozenset[str]
    other_orders: frozenset[str]
    writing: frozenset[str]


def common(one: Surnames, other: Surnames) -> bool:
    """Whether somebody is in both lists of authors."""
    return not (
        one.keys.isdisjoint(other.keys)
        and one.with_initial.isdisjoint(other.other_orders)
        and other.with_initial.isdisjoint(one.other_orders)
    )


def comparable(one: Surnames, other: Surnames) -> bool:
    """Whether two lists that have nobody in common are those of different works: both name persons, in one writing."""
    return bool(one.writing) and one.writing == other.writing


def plain_surnames(names: Iterable[str]) -> set[str]:
    """Surnames that stand last in names beyond doubt, in lower case: enough to compare most lists, and fast."""
    found: set[str] = set()
    for name in names:
        _, blank, last = name.rpartition(" ")
        if blank and last.isalpha() and len(last) > 1 and not last.isupper() and "," not in name:
            found.add(last.lower())
    return found - _no_surnames()


def surnames(names: Iterable[str]) -> Surnames:
    """The surnames of authors.

    Initials, "Vass, Ann" for "Ann Vass", particles, suffixes, "et al.", hyphens, accents and their transliteration
    (ü, ue and u; ø and o; ł and l) make no difference. Groups ("The Crane Team", "OpenAI") and "Anonymous" are no
    persons.

    Args:
        names: of persons and groups, in any of the usual forms.
    """
    keys: set[str] = set()
    with_initial: set[str] = set()
    other_orders: set[str] = set()
    full: set[str] = set()
    alone: set[str] = set()
    for name in names:
        parts = [found for part in _BRACKETS.sub(" ", name).split(",") if (found := _words(part))]
        words = list(chain.from_iterable(parts))
        if max(map(len, words), default=0) < 2 and (not words or _script(words[0]) == _LATIN):
            # Nobody, or initials alone.
            continue
        if _is_group(words):
            keys.add("".join(map(_key, words)))
            continue
        script = _script(words[0])
        (alone if len(words) == 1 and script == _LATIN else full).add(script)
        keys.update(_word_pairs(words))
        for family, given in _readings(parts, words):
            keys.update(_family_keys(family))
            if given and all(_may_be_initials(word, words) for word in given):
                with_initial.add(f"{_key(family[-1])} {_key(given[0])[:1]}")
        other_orders.update(_other_orders(words))
    keys.discard("")
    writing = frozenset(full or ({_ONE_WORD} if alone else ()))
    return Surnames(frozenset(keys), frozenset(with_initial), frozenset(other_orders), writing)


def _words(part: str) -> list[str]:
    """The words of a part of a name between commas, without suffixes, "et al." and the like."""
    words = _WORD.findall(part)
    if " ".join(words).lower() in _data()["nobody"]:
        return []
    while words and words[-1].lower() in _data()["suffixes"]:
        words.pop()
    if len(words) > 2 and [word.lower() for word in words[-2:]] in (["et", "al"], ["and", "others"]):
        del words[-2:]
    return words


def _is_group(words: Sequence[str]) -> bool:
    """Whether words are the name of a group: one of them says so, or one alone is written as no surname is."""
    if len(words) == 1 and len(words[0]) > 1 and words[0].isascii():
        word = words[0].removeprefix("Mc").removeprefix("Mac")
        return word[1:] != word[1:].lower() and not _HYPHEN.search(word) and "'" not in word
    return len(words) > 1 and any(word.lower() in _data()["groups"] for word in words)


def _readings(parts: Sequence[Sequence[str]], words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The words of the surname and of the given names of a person, by each way in which the name may be written."""
    if len(parts) > 1:
        yield parts[0], parts[1]
        return
    names = [word for word in words if not _may_be_initials(word, words)]
    if names and names[-1] is not words[-1]:
        yield names, words[-1:]
    if len(words[-1]) > 1 or not names:
        start = len(words) - 1
        while start > 1 and words[start - 1].lower() in _data()["particles"] and len(words[start - 1]) > 1:
            start -= 1
        yield words[start:], words[:start]


def _word_pairs(words: Sequence[str]) -> Iterator[str]:
    """All words of a name together, and the first with the last, in the order of the alphabet."""
    keys = [_key(word) for word in words]
    if len(keys) > 1:
        yield "+".join(sorted(keys))
        yield "+".join(sorted((keys[0], keys[-1])))


def _other_orders(words: Sequence[str]) -> Iterator[str]:
    """Surname and initial, should the surname stand first or within: "Zhang Wei", "Gabriel García Márquez"."""
    for place, word in enumerate(words[:-1]):
        if len(word) > 1 and word.lower() not in _data()["particles"]:
            key = _key(word)
            yield f"{key} {_key(words[-1])[:1]}"
            if place:
                yield f"{key} {_key(words[0])[:1]}"


def _family_keys(family: Sequence[str]) -> Iterator[str]:
    """Keys of a surname of one or several words: each of them, and all together with and without particles."""
    telling = [word for word in family if word.lower() not in _data()["particles"]] or family
    for word in telling:
        yield from (key for part in _HYPHEN.split(word) if len(key := _key(part)) > 1)
        yield _key(word)
    yield "".join(map(_key, telling))
    yield "".join(map(_key, family))


def _may_be_initials(word: str, words: Sequence[str]) -> bool:
    """Whether a word may be initials: one letter, or a few capitals among words that are none."""
    if len(word) == 1:
        return True
    return len(word) <= _INITIALS and word.isupper() and word.isascii() and not all(map(str.isupper, words))


@cache
def _no_surnames() -> frozenset[str]:
    return _data()["suffixes"] | _data()["groups"] | _data()["nobody"]


@cache
def _data() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("surname_words.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def _key(word: str) -> str:
    """A word in lower case, with bare letters alone."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _LONG_VOWELS.sub("", "".join(filter(str.isalnum, word.casefold())))


def _script(word: str) -> str:
    """The script of a word's first letter, as Unicode names it: `LATIN`, `CYRILLIC`, `CJK`."""
    return _LATIN if word[0].isascii() else unicodedata.name(word[0], "").partition(" ")[0]
