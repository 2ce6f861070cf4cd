"""Words that a hyphen breaks at a line's end: whether the hyphen is part of the word."""

import re
from collections.abc import Callable
from functools import cached_property

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class BrokenWords:
    """Decides by the words of a paper, then by those of all papers."""

    def __init__(self, text: str, in_general: Callable[[str, str], bool]) -> None:
        """Takes the paper's text, and what decides of words that it has nowhere else."""
        self._text = text
        self._in_general = in_general

    def is_one_word(self, before: str, after: str) -> bool:
        """Whether two parts at a line's end are one word without a hyphen."""
        if f"{before}-{after}".lower() in self._words:
            return False
        return (before + after).lower() in self._words or self._in_general(before, after)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text.lower()))
