"""What can be wrong with an input."""

import re
from dataclasses import dataclass

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
