"""Where records with any field names keep what a paper has: the columns of a table, the fields of JSON."""

from functools import lru_cache
from typing import Any

from kg.sources.field_names import field_names
from kg.sources.mapping import Fields, Record, Where, as_list, scheme
from kg.sources.other_fields import is_of_others
from kg.sources.other_fields import places as other_places
from kg.text.keys import name_key


@lru_cache(4096)
def fields_of(names: tuple[str, ...]) -> Fields:
    """The places of a paper's fields in records with these fields; most records of a file have the same ones.

    Names are compared whatever their case, blanks and hyphens: `arXiv ID` is `arxiv_id`.
    """
    written: dict[str, str] = {}
    for name in names:
        written.setdefault(name_key(name), name)
    known = field_names(written)
    found: dict[str, tuple[Where, ...]] = {}
    for field, keys in known.fields.items():
        places = _PLACES.get(field, _as_it_is)
        found[field] = tuple(place for key in keys if key in written for place in places(written[key]))
    named = {key for keys in known.fields.values() for key in keys}
    for key, name in written.items():
        if key not in named and not is_of_others(key):
            for field, place in other_places(name).items():
                found[field] = (*found.get(field, ()), place)
    own = ((prefix, written[key]) for prefix, keys in known.schemes.items() for key in keys if key in written)
    return {**found, "ids": (*found["ids"], *(scheme(f"{prefix}:", name) for prefix, name in own))}


def _as_it_is(name: str) -> tuple[Where, ...]:
    return (name,)


def _text(name: str) -> tuple[Where, ...]:
    """A text, or the first of several, each alone or in an object."""

    def place(record: Record) -> object:
        value = record.get(name)
        return value if isinstance(value, str) else _first_text(value)

    return (place,)


def _first_text(value: Any) -> Any:
    """The text in a list or object, or the value itself."""
    for one in as_list(value):
        if isinstance(one, str):
            return one
        if isinstance(one, dict):
            return next((one[name] for name in ("title", "value", "en", "text", "content") if name in one), value)
    return value


def _named(name: str) -> tuple[Where, ...]:
    """A name, alone or in an object."""
    return (f"{name}.name", f"{name}.title", f"{name}.raw", f"{name}.journal.title", name)


def _classes(name: str) -> tuple[Where, ...]:
    return (f"{name}[].category", f"{name}[].term", f"{name}[].name", name)


_PLACES = {"title": _text, "abstract": _text, "venue": _named, "categories": _classes}
