"""Functions of lists, and of any value."""

from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter.arguments import number_of, wrong
from kg.interpreter.operators import TO_END, slice_of
from kg.interpreter.values import described, equal
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
    numbers = range(low, high + (1 if width > 0 else -1), width)
    # Not len(): it fails for what no computer could hold.
    if (numbers.stop - numbers.start) // width > MAX_RANGE:
        raise RefusedError(f"rule 'size': a range has at most {MAX_RANGE:,} numbers")
    return list(numbers)


def _coalesce(*values: Any) -> Any:
    for value in values:
        if value is not None:
            return value
    return None


def _null_if(value: Any, other: Any) -> Any:
    return None if equal(value, other) else value


def _value_type(value: Any) -> str:
    return _type_name(value) if value is None else f"{_type_name(value)} NOT NULL"


_NAMES: Mapping[str, str] = {
    "null": "NULL",
    "a boolean": "BOOLEAN",
    "a text": "STRING",
    "an integer": "INTEGER",
    "a float": "FLOAT",
    "a date": "DATE",
    "a node": "NODE",
    "a relationship": "RELATIONSHIP",
    "a map": "MAP",
    "a path": "PATH",
}
_ORDER = ("NULL", "BOOLEAN", "STRING", "INTEGER", "FLOAT", "DATE", "NODE", "RELATIONSHIP", "MAP", "LIST", "PATH")


def _type_name(value: Any) -> str:
    """The name of a value's type, without NOT NULL at its end."""
    if type(value) is not list:
        return _NAMES[described(value)]
    return f"LIST<{_item_type(value)}>"


def _item_type(items: list[Any]) -> str:
    """The type that all items of a list have: of several types, all of them."""
    if not items:
        return "NOTHING"
    names = {_type_name(item) for item in items if type(item) is not list}
    lists = [item for item in items if type(item) is list]
    names.update(_types_of_lists(lists))
    if names == {"NULL"}:
        return "NULL"
    after = "" if "NULL" in names else " NOT NULL"
    names.discard("NULL")
    return " | ".join(name + after for name in sorted(names, key=_place))


def _types_of_lists(lists: list[list[Any]]) -> set[str]:
    """The types of lists; one that another covers, as it says less of its items, is left out."""
    found = {_item_type(items) for items in lists}
    wide = {name for name in found if f"{name} NOT NULL" != name and name not in ("NOTHING", "NULL")}
    kept = {name for name in wide if not (name.endswith(" NOT NULL") and _nullable(name) in wide)}
    if "NULL" in found and kept:
        kept = {_nullable(name) for name in kept}
    elif "NULL" in found:
        kept = {"NULL"}
    elif not kept and found:
        kept = {"NOTHING"}
    return {f"LIST<{name}>" for name in kept}


def _nullable(name: str) -> str:
    return " | ".join(part.removesuffix(" NOT NULL") for part in name.split(" | "))


def _place(name: str) -> tuple[int, str]:
    kind = name.partition("<")[0]
    return _ORDER.index(kind), name


LIST_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "head": _head,
    "last": _last,
    "tail": _tail,
    "reverse": _reverse,
    "isempty": _is_empty,
    "range": _range,
    "coalesce": _coalesce,
    "nullif": _null_if,
    "valuetype": _value_type,
}
"""By name in lower case."""
