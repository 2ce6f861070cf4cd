"""Values of Cypher: nodes, edges and paths, and when any two values are equal, ordered or grouped together.

The other values are Python's: None, bool, int (of 64 bits), float, str, `datetime.date`, list and dict. They are never
compared with Python's `==` alone, as `True == 1` there.
"""

import operator
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import copysign
from typing import Any

from kg.errors import NotUnderstoodError


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A node. Two are equal that have the same key."""

    key: tuple[int, int]
    """Number of its table, and its place in it."""
    label: str = field(compare=False)
    properties: Mapping[str, Any] = field(compare=False)
    """Those that are not null."""


@dataclass(frozen=True, slots=True)
class EdgeValue:
    """An edge. Two are equal that have the same key."""

    key: tuple[int, int]
    """Number of its table, and its place in it."""
    type: str = field(compare=False)
    properties: Mapping[str, Any] = field(compare=False)
    """Those that are not null."""
    start: tuple[int, int] = field(compare=False)
    """Key of the node that it comes from."""
    end: tuple[int, int] = field(compare=False)
    """Key of the node that it goes to."""


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path: one node more than edges."""

    nodes: tuple[NodeValue, ...]
    edges: tuple[EdgeValue, ...]


MAX_INTEGER = 2**63 - 1
MIN_INTEGER = -(2**63)
MAX_PLACE = 2**31 - 1
"""The largest place in a text or a list."""

_MAX_AS_FLOAT = float(MAX_INTEGER)
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ORDERED_BY_PYTHON = frozenset({int, str, bool, date})
_DESCRIBED: Mapping[type, str] = {
    type(None): "null",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    str: "a text",
    date: "a date",
    list: "a list",
    dict: "a map",
    NodeValue: "a node",
    EdgeValue: "a relationship",
    PathValue: "a path",
}


def described(value: Any) -> str:
    """The type of a value with its article, for messages: `a text`, `an integer`, `null`."""
    return _DESCRIBED[type(value)]


def truth(value: Any) -> bool | None:
    """What a value says as a condition. A list is true unless it is empty, and a map always, as on Neo4j.

    Raises:
        NotUnderstoodError: it is no condition.
    """
    if value is True or value is False or value is None:
        return value
    if isinstance(value, list):
        return bool(value)
    if isinstance(value, dict):
        return True
    raise NotUnderstoodError(f"a condition is true, false or null, not {described(value)}")


def equal(a: Any, b: Any) -> bool | None:
    """Whether `a = b`: null where that depends on a null in them. Values of different types are not equal."""
    if a is None or b is None:
        return None
    kind, other = type(a), type(b)
    if kind is other:
        if kind is list:
            return _equal_lists(a, b)
        if kind is dict:
            return _equal_maps(a, b)
        return bool(a == b)
    if kind is int and other is float:
        return _equal_numbers(a, b)
    if kind is float and other is int:
        return _equal_numbers(b, a)
    return False


def _equal_numbers(whole: int, number: float) -> bool:
    """Whether they are exactly equal, or both the largest of their kind that Neo4j takes for one."""
    return whole == number or (whole == MAX_INTEGER and number == _MAX_AS_FLOAT)


def _equal_lists(a: list[Any], b: list[Any]) -> bool | None:
    if len(a) != len(b):
        return False
    known = True
    for mine, other in zip(a, b, strict=True):
        same = equal(mine, other)
        if same is False:
            return False
        known = known and same is not None
    return True if known else None


def _equal_maps(a: dict[str, Any], b: dict[str, Any]) -> bool | None:
    if a.keys() != b.keys():
        return False
    return _equal_lists(list(a.values()), [b[name] for name in a])


def compare(sign: str, a: Any, b: Any) -> bool | None:
    """Whether `a < b`, or another comparison.

    Args:
        sign: `<`, `<=`, `>` or `>=`.
        a: left of it.
        b: right of it.

    Returns:
        Null where one is null, or of another type than the other, so that they have no order.
    """
    kind, other = type(a), type(b)
    if kind is other and kind in _ORDERED_BY_PYTHON:
        return _OPERATORS[sign](a, b)
    if (kind is float or kind is int) and (other is float or other is int) and (a != a or b != b):
        return False
    found = _order(a, b)
    return None if found is None else _OPERATORS[sign](found, 0)


def _order(a: Any, b: Any) -> int | None:
    """Less than 0 where `a` comes before `b`, more where after, 0 where neither; None where they have no order."""
    kind, other = type(a), type(b)
    if kind in (int, float) and other in (int, float):
        if a != a or b != b:
            return None
        return _order_numbers(a, b)
    if kind is not other or a is None:
        return None
    if kind is list:
        return _order_lists(a, b)
    if kind is dict:
        if len(a) != len(b) or a.keys() != b.keys():
            return _by_python((len(a), sorted(a)), (len(b), sorted(b)))
        names = sorted(a)
        return _order_lists([a[name] for name in names], [b[name] for name in names])
    if kind in _ORDERED_BY_PYTHON:
        return _by_python(a, b)
    return _by_python(sort_key(a), sort_key(b))


def _order_lists(a: list[Any], b: list[Any]) -> int | None:
    for mine, other in zip(a, b, strict=False):
        found = _order(mine, other)
        if found != 0:
            return found
    return _by_python(len(a), len(b))


def _order_numbers(a: int | float, b: int | float) -> int:
    """Numbers by value; of the zeros, -0.0 comes first."""
    if a == b == 0:
        return _by_python(copysign(1, a), copysign(1, b))
    return _by_python(a, b)


def _by_python(a: Any, b: Any) -> int:
    return 1 if a > b else -1 if a < b else 0


_FALSE, _TRUE = object(), object()


def group_key(value: Any) -> Hashable:
    """What two values share that DISTINCT and grouping take as one: here null is null, and 1 is 1.0.

    NaN shares its key with nothing.
    """
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value  # type: ignore[no-any-return]
    if kind is bool:
        return _TRUE if value else _FALSE
    if kind is float:
        return value if value == value else object()
    if kind is list:
        return tuple(map(group_key, value))
    if kind is dict:
        return frozenset((name, group_key(item)) for name, item in value.items())
    return value  # type: ignore[no-any-return]


def sort_key(value: Any) -> tuple[Any, ...]:
    """A key in the order of ORDER BY, which has a place for any two values.

    First maps, then nodes, edges, lists, paths, dates, texts, booleans, numbers, NaN, and null last.
    """
    kind = type(value)
    if kind is str:
        return (7, value)
    if kind is int:
        return (9, value, 0)
    if kind is float:
        if value != value:
            return (10,)
        return (9, value, 0 if value or copysign(1, value) > 0 else -1)
    if value is None:
        return (11,)
    if kind is bool:
        return (8, value)
    if kind is date:
        return (6, value)
    if kind is list:
        return (4, tuple(map(sort_key, value)))
    if kind is dict:
        names = sorted(value)
        return (1, len(names), names, tuple(sort_key(value[name]) for name in names))
    if kind is NodeValue:
        return (2, value.key)
    if kind is EdgeValue:
        return (3, value.key)
    return (5, value.nodes[0].key, tuple(edge.key for edge in value.edges))
