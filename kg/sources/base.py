"""What a format is: a module with a name, a test of a file's beginning, and a reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.schema import Paper


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that could not be read; the rest of it goes on. `line` counts from 1."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """`file:line: message`."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Format(Protocol):
    """A module that reads one format. To add a format, write such a module and name it in `kg.sources.FORMATS`."""

    NAME: str
    DESCRIPTION: str

    def recognises(self, head: str) -> bool:
        """Whether a file that begins with these whole lines (64 KiB of them or all) is of this format."""
        ...

    def read(self, lines: Iterator[bytes], file: str) -> Iterator[Paper | Problem]:
        """Reads records (some are `Extraction`) and what could not be read, in the file's order.

        Args:
            lines: the file's lines with their ends; one longer than `MAX_LINE` bytes comes in pieces of that size.
            file: name for problems.
        """
        ...
