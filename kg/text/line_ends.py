"""Texts without hard line ends, and where what is found in them stands in the text as it is stored."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_PARAGRAPH = "\n\n"
_HYPHENS = frozenset("-\u2010")
_SOFT_HYPHEN = "\u00ad"
_WORD_BEFORE = re.compile(r"[^\W_]+\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_LONGEST_WORD = 60
_LONGEST_ADDRESS = 300
_SECOND_PARTS = frozenset("and or to nor vs versus from but".split())
"""Words after which a hyphen at a line's end stands for a part that comes later: "pre- and post-training"."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text whose hard line ends are white space.

    Attributes:
        text: with one blank for each line end and the blanks around it, and a blank line between paragraphs.
    """

    text: str
    _starts: tuple[int, ...] = ()
    _shifts: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Start and end, in the stored text, of the characters from `start` to `end` of `text`."""
        first = start + self._shift(start)
        return first, end + self._shift(end - 1) if end > start else first

    def _shift(self, place: int) -> int:
        known = bisect_right(self._starts, place)
        return self._shifts[known - 1] if known else 0


def unwrapped(text: str, is_one_word: Callable[[str, str], bool] = lambda before, after: False) -> Unwrapped:
    """A text with its hard line ends as white space, so that it reads as it would without them.

    A text without line ends stays as it is. Where a line ends in a hyphen, what stands on both sides of it is joined.

    Args:
        text: the stored text.
        is_one_word: whether the hyphen between two parts of a word is there for the line's end alone, and is left out.
    """
    if _LINE_END.search(text) is None:
        return Unwrapped(text)
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    length = position = 0
    for blanks in _BLANKS.finditer(text):
        ends = len(_LINE_END.findall(blanks.group()))
        if not ends:
            continue
        begin, end = blanks.span()
        between = " " if ends == 1 else _PARAGRAPH
        if begin == 0 or end == len(text):
            between = ""
        elif ends == 1 and (hyphen := _hyphen(text, begin, end, is_one_word)) is not None:
            begin, between = begin - 1, hyphen
        parts += [text[position:begin], between]
        length += begin - position + len(between)
        starts.append(length)
        shifts.append(end - length)
        position = end
    parts.append(text[position:])
    return Unwrapped("".join(parts), tuple(starts), tuple(shifts))


def _hyphen(text: str, begin: int, end: int, is_one_word: Callable[[str, str], bool]) -> str | None:
    """What is left of the mark before the blanks from `begin` to `end`; None where these stay a blank."""
    mark = text[begin - 1]
    if mark == _SOFT_HYPHEN:
        return ""
    if mark not in _HYPHENS or begin < 2 or text[begin - 2].isspace():
        return None
    after = _WORD_AFTER.match(text, end, end + _LONGEST_WORD)
    if after is None or (after.group().lower() in _SECOND_PARTS and text[after.end() : after.end() + 1] != "-"):
        return None
    before = _WORD_BEFORE.search(text, max(0, begin - 1 - _LONGEST_WORD), begin - 1)
    # A hyphen in an address is always its own.
    in_address = "/" in text[max(0, begin - _LONGEST_ADDRESS) : begin].split()[-1]
    return "" if before and not in_address and is_one_word(before.group(), after.group()) else mark
