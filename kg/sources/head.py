"""The beginning of a file, by which its format is recognised."""

from functools import cached_property
from typing import Any

from kg.sources import json_stream


class Head:
    """Up to 256 KiB of a file, decompressed and in UTF-8."""

    def __init__(self, raw: bytes, name: str = "") -> None:
        """Takes the bytes, and the file's name; none for standard input."""
        self.raw = raw
        self.name = name

    @cached_property
    def text(self) -> str:
        """The bytes as text; undecodable bytes become U+FFFD."""
        return self.raw.decode("utf-8", errors="replace")

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The JSON objects that it begins with; the last may be cut off. Empty if it is not JSON."""
        return list(json_stream.sample(self.text))
