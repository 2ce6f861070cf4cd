"""The type of a value in words, as `valueType` gives it: `LIST<INTEGER NOT NULL> NOT NULL`."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from kg.interpreter.values import EdgeValue, NodeValue, PathValue

_KINDS = (type(None), bool, str, int, float, date, NodeValue, EdgeValue, dict, list, PathValue)
_NAMES = ("NULL", "BOOLEAN", "STRING", "INTEGER", "FLOAT", "DATE", "NODE", "RELATIONSHIP", "MAP", "LIST", "PATH")
_PLACES = {kind: place for place, kind in enumerate(_KINDS)}
"""In the order in which the types of a union are named."""


class _ValueType(NamedTuple):
    place: int
    """In the names."""
    nullable: bool
    items: "tuple[_ValueType, ...]" = ()
    """Of a list the types of its items, of which an empty one has none."""

    def covers(self, other: "_ValueType") -> bool:
        """Whether each value of the other type is also of this one."""
        if other.place == 0:
            return self.nullable
        if self.place != other.place or other.nullable > self.nullable:
            return False
        return all(any(mine.covers(item) for mine in self.items) for item in other.items)

    def rank(self) -> tuple[Any, ...]:
        """Its place among the types of a union: lists of a single type come before those of several."""
        return self.place, len(self.items) > 1, tuple(item.rank() for item in self.items)

    def __str__(self) -> str:
        name = _NAMES[self.place]
        if name == "LIST":
            name = f"LIST<{' | '.join(map(str, self.items)) or 'NOTHING'}>"
        return name if self.nullable else f"{name} NOT NULL"


_NULL = _ValueType(0, True)


def value_type(value: Any) -> str:
    """`valueType(value)`."""
    return str(_type_of(value))


def _type_of(value: Any) -> _ValueType:
    if value is None:
        return _NULL
    return _ValueType(_PLACES[type(value)], False, _union(value) if type(value) is list else ())


def _union(items: Iterable[Any]) -> tuple[_ValueType, ...]:
    """The types of a list's items, without those that another covers."""
    found = {_type_of(item) for item in items}
    if _NULL in found and len(found) > 1:
        found = {each._replace(nullable=True) for each in found - {_NULL}}
    kept = [each for each in found if not any(other != each and other.covers(each) for other in found)]
    return tuple(sorted(kept, key=_ValueType.rank))
