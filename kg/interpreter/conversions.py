"""Functions that make a value of one type of a value of another."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from math import inf, nan
from typing import Any

from kg.errors import NotUnderstoodError
from kg.interpreter.arguments import wrong
from kg.interpreter.operators import plain_text
from kg.interpreter.values import MAX_INTEGER, MIN_INTEGER

_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_FLOAT = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?", re.ASCII)
_HEXADECIMAL = re.compile(r"([+-]?0[xX](?:[\da-fA-F]+\.?[\da-fA-F]*|\.[\da-fA-F]+)[pP][+-]?\d+)[fFdD]?", re.ASCII)
_NOT_FINITE: Mapping[str, float] = {
    f"{sign}{name}": value if sign != "-" else -value
    for sign in ("", "+", "-")
    for name, value in (("NaN", nan), ("Infinity", inf))
}
_UP_TO_SPACE = "".join(map(chr, range(0x21)))
"""What Java's trim takes off a text."""
_BOOLEANS: Mapping[str, bool] = {"true": True, "false": False}


def _to_string(value: Any) -> str:
    if isinstance(value, str | bool | int | float | date):
        return plain_text(value)
    raise wrong("toString", "a text, a number, a boolean or a date", value)


def _to_integer(value: Any) -> int | None:
    if isinstance(value, bool | int):
        return int(value)
    if type(value) is float:
        if value != value:
            return 0
        return int(min(max(value, MIN_INTEGER), MAX_INTEGER))
    if type(value) is str:
        return _integer_in(value)
    raise wrong("toInteger", "a text, a number or a boolean", value)


def _integer_in(text: str) -> int | None:
    """The whole part of the number that a text is; null if it is none."""
    if not _DECIMAL.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    if number.adjusted() > 20 and number:
        raise NotUnderstoodError(f"toInteger() of {text[:50]}: the number has more than 64 bits")
    # A number as small as 1e-999999999 would be written out before its fraction is left off.
    whole = int(number) if number.adjusted() >= 0 else 0
    if not MIN_INTEGER <= whole <= MAX_INTEGER:
        raise NotUnderstoodError(f"toInteger() of {text[:50]}: the number has more than 64 bits")
    return whole


def _to_float(value: Any) -> float | None:
    if type(value) is int or type(value) is float:
        return float(value)
    if type(value) is str:
        return _float_in(value.strip(_UP_TO_SPACE))
    raise wrong("toFloat", "a text or a number", value)


def _float_in(text: str) -> float | None:
    if found := _FLOAT.fullmatch(text):
        return float(found[1])
    if found := _HEXADECIMAL.fullmatch(text):
        try:
            return float.fromhex(found[1])
        except OverflowError:
            return -inf if text.startswith("-") else inf
    return _NOT_FINITE.get(text)


def _to_boolean(value: Any) -> bool | None:
    if isinstance(value, bool | int):
        return bool(value)
    if type(value) is str:
        return _BOOLEANS.get(value.strip(_UP_TO_SPACE).lower())
    raise wrong("toBoolean", "a text, an integer or a boolean", value)


def _known(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


def _or_null(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A conversion of which a value that cannot be converted has the value null."""

    def converted(value: Any) -> Any:
        if value is None:
            return None
        try:
            return convert(value)
        except NotUnderstoodError:
            return None

    return converted


def _of_list(name: str, convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A conversion of each item of a list."""
    each = _or_null(convert)

    def converted(items: Any) -> list[Any] | None:
        if items is None:
            return None
        if type(items) is not list:
            raise wrong(name, "a list", items)
        return [each(item) for item in items]

    return converted


CONVERSIONS: Mapping[str, Callable[..., Any]] = {
    "tostring": _known(_to_string),
    "tointeger": _known(_to_integer),
    "tofloat": _known(_to_float),
    "toboolean": _known(_to_boolean),
    "tostringornull": _or_null(_to_string),
    "tointegerornull": _or_null(_to_integer),
    "tofloatornull": _or_null(_to_float),
    "tobooleanornull": _or_null(_to_boolean),
    "tostringlist": _of_list("toStringList", _to_string),
    "tointegerlist": _of_list("toIntegerList", _to_integer),
    "tofloatlist": _of_list("toFloatList", _to_float),
    "tobooleanlist": _of_list("toBooleanList", _to_boolean),
}
"""By name in lower case."""
