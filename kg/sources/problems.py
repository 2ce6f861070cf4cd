"""Problems of inputs: a record, line or file that could not be read."""

import re
from dataclasses import dataclass

MAX_LINE = 1 << 24
"""Longest line in bytes and longest record in characters; longer ones are left out."""

NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What `surrogateescape` makes of bytes that are not UTF-8; a value with it is left out of a paper."""

NOT_UTF8_MESSAGE = "not UTF-8; the values that it is in are left out"


class NoPapers(Exception):  # noqa: N818
    """Raised by a format that finds, before the first record, that a file holds no papers; says what it holds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that could not be read; the rest of the input is still read.

    Attributes:
        file: name of the input.
        line: line number, from 1; None where there are no lines.
        message: what is wrong, and what became of it.
        whole: true if a whole input was left out or ended early, not just one record.
    """

    file: str
    line: int | None
    message: str
    whole: bool = False

    def __str__(self) -> str:
        """`file:line: message`."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"
