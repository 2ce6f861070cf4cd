"""The names that sources give to the fields of a paper, as data in field_names.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.text.keys import name_key


@dataclass(frozen=True, slots=True)
class FieldNames:
    """For each field of a paper, and each scheme of ids, the keys of its names (see `kg.text.keys.name_key`)."""

    fields: Mapping[str, tuple[str, ...]]
    schemes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Exporter:
    marks: frozenset[str]
    names: FieldNames


_NOT_FIELDS = ("name", "marks")


def field_names(keys: Iterable[str]) -> FieldNames:
    """The names that count among fields with these keys: those of an exporter with all its marks, then all others."""
    general, exporters = _known()
    present = set(keys)
    fitting = [each.names for each in exporters if each.marks <= present]
    if not fitting:
        return general
    every = [*fitting, general]
    return FieldNames(_joined([each.fields for each in every]), _joined([each.schemes for each in every]))


@cache
def title_keys() -> frozenset[str]:
    """Keys of all names of a title."""
    general, exporters = _known()
    found = {key for each in (general, *(each.names for each in exporters)) for key in each.fields.get("title", ())}
    return frozenset(found - {name_key("ti")})


@cache
def text_keys() -> frozenset[str]:
    """Keys of all names of a title or an abstract."""
    general, exporters = _known()
    every = (general, *(each.names for each in exporters))
    return frozenset(key for each in every for field in ("title", "abstract") for key in each.fields.get(field, ()))


@cache
def authors_or_abstract_keys() -> frozenset[str]:
    """Keys of the general names of authors and abstracts."""
    fields = _known()[0].fields
    return frozenset((*fields["authors"], *fields["abstract"]))


@cache
def reference_keys() -> frozenset[str]:
    """Keys of the names of references."""
    return frozenset(_known()[0].fields["references"])


@cache
def record_paths() -> tuple[tuple[str, ...], ...]:
    """Where pages hold their records, as the names of the fields on the way."""
    return tuple(tuple(path.split(".")) for path in _data()["records"]["paths"])


@cache
def wrappers() -> tuple[str, ...]:
    """Names under which an object may hold the paper."""
    return tuple(_data()["records"]["wrappers"])


@cache
def _known() -> tuple[FieldNames, tuple[_Exporter, ...]]:
    data = _data()
    schemes = _keys(data["schemes"])
    exporters = []
    for each in data["exporters"]:
        own = _keys({name: written for name, written in each.items() if name not in _NOT_FIELDS})
        names = FieldNames(
            {name: keys for name, keys in own.items() if name not in schemes},
            {name: keys for name, keys in own.items() if name in schemes},
        )
        exporters.append(_Exporter(frozenset(map(name_key, each["marks"])), names))
    return FieldNames(_keys(data["names"]), schemes), tuple(exporters)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _keys(names: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(dict.fromkeys(map(name_key, written))) for field, written in names.items()}


def _joined(all_of_them: list[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    fields = dict.fromkeys(field for names in all_of_them for field in names)
    return {
        field: tuple(dict.fromkeys(key for names in all_of_them for key in names.get(field, ()))) for field in fields
    }
