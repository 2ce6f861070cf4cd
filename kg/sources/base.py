"""What a format is: a module with a name, a look at a file's beginning, and a reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from kg.schema import Paper

if TYPE_CHECKING:
    from kg.sources.head import Head
    from kg.sources.streams import Source

MAX_LINE = 1 << 24
"""Bytes of a line, and characters of a record, that are read; what is longer is left out."""

NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What `surrogateescape` makes of bytes that are no UTF-8; no field of a paper can hold it."""

NOT_UTF8_SAID = "not UTF-8; the values that it is in are left out"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that could not be read; the rest of it goes on. `line` counts from 1.

    `whole` where it is more than a record: an input that was left out, or that broke off.
    """

    file: str
    line: int | None
    message: str
    whole: bool = False

    def __str__(self) -> str:
        """`file:line: message`."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


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

    def recognises(self, head: "Head") -> Fit:
        """How well a file that begins so is of this format; the best fit reads it."""
        ...

    def read(self, source: "Source") -> Iterator[Paper | Problem]:
        """Reads records (some are `Extraction`) and what could not be read, in the file's order, without holding it."""
        ...
