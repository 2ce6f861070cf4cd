"""What a format module provides: a name, a test of a file's beginning, and a reader."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Protocol

from kg.schema import Paper
from kg.sources.head import Head
from kg.sources.problems import Problem
from kg.sources.streams import Source


class Fit(IntEnum):
    """How well a file's beginning fits a format."""

    NONE = 0
    POSSIBLE = 1
    """The syntax fits, but files of other formats have it too."""
    CERTAIN = 2
    """It has something that only files of this format have."""


class Format(Protocol):
    """A module that reads one format; other distributions add theirs by entry points in `citegraph.formats`."""

    NAME: str
    DESCRIPTION: str

    def recognises(self, head: Head) -> Fit:
        """How well a file with this beginning fits; the format that fits best reads it."""
        ...

    def read(self, source: Source) -> Iterator[Paper | Problem]:
        """Yields papers (some may be `Extraction`) and problems in the file's order, without holding the file."""
        ...
