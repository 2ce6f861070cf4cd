"""Reading word lists (.txt) and patterns (.jsonl), which are data in `lexicon/`."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent / "lexicon"


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a word list in `lexicon/`, by its path there, without blank ones and `#` comments."""
    return word_list(_ROOT / name)


def word_list(path: Path) -> tuple[str, ...]:
    """The lines of a word list, without blank ones and `#` comments."""
    text = path.read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, without blank lines and `//` comments.

    Raises:
        ValueError: a line is no JSON object; the message names file and line.
    """
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip() or line.startswith("//"):
                continue
            try:
                item = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}:{number}: {error}") from error
            if not isinstance(item, dict):
                raise ValueError(f"{path}:{number}: not a JSON object")
            yield item


def pattern_file(name: str) -> Path:
    """Path of a file in `lexicon/`."""
    return _ROOT / name
