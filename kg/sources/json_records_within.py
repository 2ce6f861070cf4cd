"""Where the records are within a JSON value: in a page's array, under their ids in one object, or the value itself."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from kg.sources.field_names import authors_or_abstract_keys, record_paths, reference_keys, title_keys
from kg.text.identifiers import identity_from_id
from kg.text.keys import name_key

EVERY = "*"
"""The step of a route that leads to each element of an array or each member of an object."""

Route = tuple[str, ...]
"""The way from a value to its records: names of members, and `EVERY`; empty where the value is the record."""

ROW = "row"
"""Where the text of a record is that is one text under its id, a row of a Markdown table or list."""

_LOOKED_AT = 50
_MOST = 0.8
_ROW = re.compile(r"\s*(?:\||[-*]\s).*\]\(\s*(?:https?:)?/", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_DATE = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?", re.ASCII)


def within(value: Any) -> Iterator[Any]:
    """The records in a document or line; the value itself if there are none within it."""
    if isinstance(value, dict) and "title" in value and ("authors" in value or "abstract" in value):
        yield value
    else:
        yield from _along(value, route(value), ())


def element_records(value: Any) -> Iterator[Any]:
    """The records in an element of an array, which may be a page; else the element itself."""
    return _along(value, () if not isinstance(value, dict) or "title" in value or "id" in value else _page(value), ())


def route(value: Any) -> Route:
    """The way from a document, of which there may be only the beginning, to its records."""
    if isinstance(value, list):
        return (EVERY, EVERY) if value and all(map(_is_list_of_records, value[:_LOOKED_AT])) else (EVERY,)
    if not isinstance(value, dict):
        return ()
    return _page(value) or (() if _titled(value) else _only_list(value) or _by_key(value))


def _page(value: Mapping[str, Any]) -> Route:
    """The way to the array or object of records in a page."""
    titled = _titled(value)
    if titled and not authors_or_abstract_keys().isdisjoint(map(name_key, islice(value, 100))):
        return ()
    for path in record_paths():
        inner = _at(value, path)
        if isinstance(inner, list) and (not titled or _hold_records(inner)):
            return (*path, EVERY)
        if isinstance(inner, dict) and not titled:
            if _titled(inner):
                return path
            if deeper := _only_list(inner) or _by_key(inner):
                return (*path, *deeper)
    return ()


def _only_list(value: Mapping[str, Any]) -> Route:
    """The way to the one array of records, if there is one and whatever it is called."""
    found = [name for name, inner in islice(value.items(), 100) if _is_list_of_records(inner)]
    if len(found) != 1 or (len(value) > 1 and name_key(found[0]) in reference_keys()):
        return ()
    return (found[0], EVERY)


def member(keys: tuple[str, ...], value: Any) -> Any:
    """A record with what the keys say under which it stands: its id, the day or year."""
    if isinstance(value, str) and _ROW.match(value):
        value = {ROW: value}
    if not isinstance(value, dict):
        return value
    said = {}
    for key in keys:
        if _YEAR.fullmatch(key):
            said["year"] = key
        elif _DATE.fullmatch(key):
            said["date"] = key
    if keys and "id" not in value and (ROW in value or _is_id(keys[-1])):
        said["id"] = keys[-1]
    return {**said, **value}


def _along(value: Any, way: Route, keys: tuple[str, ...]) -> Iterator[Any]:
    if not way:
        yield member(keys, value) if keys else value
    elif way[0] != EVERY:
        yield from _along(value[way[0]], way[1:], keys)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _along(inner, way[1:], (*keys, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _along(inner, way[1:], keys)
    else:
        yield value


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _titled(record: Mapping[str, Any]) -> bool:
    """Whether an object has an id or a title, which a page has not."""
    return "id" in record or "title" in record or not title_keys().isdisjoint(map(name_key, islice(record, 100)))


def _by_key(value: Mapping[str, Any]) -> Route:
    """The way to records that stand under their ids, perhaps within topics or days."""
    inner = list(islice(value.values(), _LOOKED_AT))
    if _are_records(inner):
        return (EVERY,)
    if inner and all(isinstance(one, dict | list) for one in inner):
        # Of what was cut off, the last may be without members.
        groups = [list(islice(one.values() if isinstance(one, dict) else one, _LOOKED_AT)) for one in inner if one]
        if groups and all(map(_are_records, groups)):
            return (EVERY, EVERY)
    return ()


def _is_list_of_records(value: object) -> bool:
    return isinstance(value, list) and _hold_records(value)


def _hold_records(values: list[Any]) -> bool:
    return _are_records(values[:_LOOKED_AT])


def _are_records(values: list[Any]) -> bool:
    """Whether most of these values are objects with a title, or rows of Markdown."""
    found = sum(
        not title_keys().isdisjoint(map(name_key, islice(value, 100)))
        if isinstance(value, dict)
        else isinstance(value, str) and _ROW.match(value) is not None
        for value in values
    )
    return found > 0 and found >= _MOST * len(values)


def _is_id(key: str) -> bool:
    """Whether a key is an id rather than a position or a title."""
    return identity_from_id(key) is not None or (not key.isdigit() and len(key) <= 100 and " " not in key)
