"""Sets of code points: joined, cut with each other, and found by what Unicode says of their characters.

A set is its ranges in order, both ends included, none touching the next. What needs a look at every character is made
when it is first asked for.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby

from kg.interpreter import unicode_tables

CodePoints = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
EVERYTHING: CodePoints = ((0, LAST),)
NOTHING: CodePoints = ()

# Other code points have no character, or are for private use.
_WITH_CHARACTERS = (range(0x40000), range(0xE0000, 0xE1000))
_WITHOUT: dict[str, CodePoints] = {
    "Cn": ((0x40000, 0xDFFFF), (0xE1000, 0xEFFFF), (0xFFFFE, 0xFFFFF), (0x10FFFE, 0x10FFFF)),
    "Co": ((0xF0000, 0xFFFFD), (0x100000, 0x10FFFD)),
}


def union(*sets: CodePoints) -> CodePoints:
    """The code points that are in any of the sets."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(part for each in sets for part in each):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    return tuple(joined)


def complement(of: CodePoints) -> CodePoints:
    """The code points that are not in a set."""
    starts = [0, *(high + 1 for _, high in of)]
    ends = [*(low - 1 for low, _ in of), LAST]
    return tuple((low, high) for low, high in zip(starts, ends, strict=True) if low <= high)


def intersection(first: CodePoints, second: CodePoints) -> CodePoints:
    """The code points that are in both sets."""
    return complement(union(complement(first), complement(second)))


def single(*code_points: int) -> CodePoints:
    """The set of some code points."""
    return union(tuple((code_point, code_point) for code_point in code_points))


def characters(text: str) -> CodePoints:
    """The set of a text's characters."""
    return single(*map(ord, text))


def parsed(table: str) -> CodePoints:
    """The set that a text of `kg.interpreter.unicode_tables` stands for."""
    pairs = (part.partition("-") for part in table.split())
    return tuple((int(low, 16), int(high or low, 16)) for low, _, high in pairs)


@cache
def _categories() -> dict[str, CodePoints]:
    """The code points of each general category."""
    found: dict[str, list[tuple[int, int]]] = {}
    for part in _WITH_CHARACTERS:
        start = part.start
        for category, group in groupby(map(unicodedata.category, map(chr, part))):
            length = len(list(group))
            found.setdefault(category, []).append((start, start + length - 1))
            start += length
    return {name: union(tuple(ranges), _WITHOUT.get(name, NOTHING)) for name, ranges in found.items()}


@cache
def category(*names: str) -> CodePoints:
    """The code points of general categories.

    Args:
        names: two letters, as in "Lu", or the first of them for all categories that begin with it.
    """
    return union(*(of for known, of in _categories().items() if known.startswith(names)))


@cache
def where(test: Callable[[str], object]) -> CodePoints:
    """The code points whose character passes a test, such as `str.islower`; those for private use pass none."""
    passed = (code_point for part in _WITH_CHARACTERS for code_point in part if test(chr(code_point)))
    return single(*passed)


@cache
def alphabetic() -> CodePoints:
    """Letters, and what is like them in words."""
    return union(category("L", "Nl"), parsed(unicode_tables.OTHER_ALPHABETIC))


def upper(code_point: int) -> int:
    """The one code point that is the capital of another; itself where there is none, or only several together."""
    text = chr(code_point)
    for changed in (text.upper(), text.title()):
        if len(changed) == 1:
            return ord(changed)
    return code_point


def lower(code_point: int) -> int:
    """The one code point that is the small letter of another; itself where there is none."""
    return ord(chr(code_point).lower()[0])


def folded(code_point: int) -> int:
    """What is the same for letters that differ in case only."""
    return lower(upper(code_point))


@cache
def _cased() -> dict[int, int]:
    """Every letter that has another case, with its capital."""
    letters = (ord(text) for text in map(chr, _WITH_CHARACTERS[0]) if text.upper() != text or text.lower() != text)
    return {letter: upper(letter) for letter in letters}


@cache
def _by_fold() -> dict[int, list[int]]:
    letters: dict[int, list[int]] = {}
    for letter in _cased():
        letters.setdefault(folded(letter), []).append(letter)
    return letters


def any_case(code_point: int) -> CodePoints:
    """The code points that differ from one in case only."""
    fold = folded(code_point)
    return single(fold, *_by_fold().get(fold, ()))


def range_in_any_case(low: int, high: int) -> CodePoints:
    """The code points in a range, and those whose capital, or that one's small letter, is in it."""
    also: Iterable[int] = (
        letter for letter, capital in _cased().items() if low <= capital <= high or low <= lower(capital) <= high
    )
    return union(((low, high),), single(*also))
