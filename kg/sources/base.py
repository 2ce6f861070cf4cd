"""What a format is: a module with a name, a look at a file's beginning, and a reader."""

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
    """It has the syntax, as files of other formats have."""
    CERTAIN = 2
    """It has what only files of this format have."""


class Format(Protocol):
    """A module that reads one format. Others' are found by the entry point group `citegraph.formats`."""

    NAME: str
    DESCRIPTION: str

    def recognises(self, head: Head) -> Fit:
        """How well a file that begins so is of this format; the best fit reads it."""
        ...

    def read(self, source: Source) -> Iterator[Paper | Problem]:
        """Reads records (some are `Extraction`) and what could not be read, in the file's order, without holding it."""
        ...
