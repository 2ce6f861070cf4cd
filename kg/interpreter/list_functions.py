"""Functions of lists, and of any value."""

from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter.arguments import number_of, wrong
from kg.interpreter.operators import TO_END, slice_of
from kg.interpreter.value_types import value_type
from kg.interpreter.values import equal
from kg.syntax.guard import MAX_RANGE


def _head(items: Any) -> Any:
    return _end("head", items, 0)


def _last(items: Any) -> Any:
    return _end("last", items, -1)


def _end(name: str, items: Any, place: int) -> Any:
    if items is None:
        return None
    if type(items) is not list:
        raise wrong(name, "a list", items)
    return items[place] if items else None


def _tail(items: Any) -> list[Any] | None:
    return slice_of(items, 1, TO_END)


def _reverse(value: Any) -> Any:
    if type(value) is list or type(value) is str:
        return value[::-1]
    if value is None:
        return None
    raise wrong("reverse", "a list or a text", value)


def _is_empty(value: Any) -> bool | None:
    if value is None:
        return None
    if isinstance(value, list | dict | str):
        return not value
    raise wrong("isEmpty", "a list, a map or a text", value)


def _range(first: Any, last: Any, step: Any = 1) -> list[int]:
    if first is None or last is None or step is None:
        raise NotUnderstoodError("range() takes numbers, not null")
    low, high, width = (int(number_of("range", number)) for number in (first, last, step))
    if width == 0:
        raise NotUnderstoodError("the step of range() is not 0")
    # The steps to the last number, rounded towards 0 as Neo4j does: a step that is too wide leaves the first number,
    # even where it goes the other way.
    steps = abs(high - low) // abs(width) * (1 if (high < low) is (width < 0) else -1)
    if steps >= MAX_RANGE:
        raise RefusedError(f"rule 'size': a range has at most {MAX_RANGE:,} numbers")
    return [low + place * width for place in range(steps + 1)]


def _null_if(value: Any, other: Any) -> Any:
    return None if equal(value, other) else value


LIST_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "head": _head,
    "last": _last,
    "tail": _tail,
    "reverse": _reverse,
    "isempty": _is_empty,
    "range": _range,
    "nullif": _null_if,
    "valuetype": value_type,
}
"""By name in lower case."""
