"""Columns of tables, by the names that fields have elsewhere."""

from collections.abc import Iterable

from kg.sources.formats.json import FIELDS
from kg.text.keys import name_key

_FIELD = {name_key(place): place for places in FIELDS.values() for place in places if isinstance(place, str)}


def column(name: str) -> str:
    """The name of the field that a column holds: case, blanks and hyphens do not matter (`arXiv ID` is `arxiv_id`)."""
    return _FIELD.get(name_key(name), name)


def is_table(names: Iterable[str]) -> bool:
    """Whether there is a column of titles and another that is known."""
    known = _FIELD.keys() & set(map(name_key, names))
    return any(_FIELD[key] in FIELDS["title"] for key in known) and len(known) > 1
