"""Columns of tables (CSV, Parquet), matched to the field names that JSON records use."""

from collections.abc import Iterable

from kg.sources.formats.json import FIELDS
from kg.text.keys import name_key

_FIELD = {name_key(place): place for places in FIELDS.values() for place in places if isinstance(place, str)}


def column(name: str) -> str:
    """The field that a column holds, whatever its case, blanks and hyphens: `arXiv ID` is `arxiv_id`."""
    return _FIELD.get(name_key(name), name)


def is_table(names: Iterable[str]) -> bool:
    """Whether these columns include a title and at least one other known field."""
    known = _FIELD.keys() & set(map(name_key, names))
    return any(_FIELD[key] in FIELDS["title"] for key in known) and len(known) > 1
