"""A file's beginning, from which its format is told."""

from functools import cached_property
from typing import Any

from kg.sources import jsons


class Head:
    """Up to 256 KiB of a file, decompressed and in UTF-8."""

    def __init__(self, raw: bytes) -> None:
        """Takes the bytes."""
        self.raw = raw

    @cached_property
    def text(self) -> str:
        """The bytes as text, with U+FFFD for what is none."""
        return self.raw.decode("utf-8", errors="replace")

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The JSON objects that it begins with, some of them perhaps cut short; none if it is no JSON."""
        return list(jsons.sample(self.text))
