"""The words by which entries are read, from `vocabulary.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_SIGNS = re.compile(r"^[^\w+]+|[^\w+)]+$")


@cache
def words(name: str) -> frozenset[str]:
    """The words under a name of `vocabulary.toml`."""
    return frozenset(_vocabulary()[name])


def field_of_label(text: str) -> str | None:
    """The field that a column or a labelled line of this name holds: `title`, `authors`, `link`..., or None."""
    label = plain_label(text)
    return _fields().get(label) or _fields().get(re.sub(r"\s*[(（].*[)）]$", "", label))


def plain_label(text: str) -> str:
    """A short text in lower case, without signs and emoji around it and with single blanks."""
    return " ".join(_SIGNS.sub("", text.strip()).lower().split())


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads((files("kg.sources.entries") / "vocabulary.toml").read_text("utf-8"))


@cache
def _fields() -> dict[str, str]:
    return {name: field for field, names in _vocabulary()["labels"].items() for name in names}
