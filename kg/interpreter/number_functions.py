"""Functions of numbers."""

import math
from collections.abc import Callable, Mapping
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Any

from kg.errors import NotUnderstoodError
from kg.interpreter.arguments import number_of, wrong
from kg.interpreter.values import MAX_INTEGER, MIN_INTEGER

_MODES: Mapping[str, str] = {
    "CEILING": ROUND_CEILING,
    "FLOOR": ROUND_FLOOR,
    "UP": ROUND_UP,
    "DOWN": ROUND_DOWN,
    "HALF_EVEN": ROUND_HALF_EVEN,
    "HALF_UP": ROUND_HALF_UP,
    "HALF_DOWN": ROUND_HALF_DOWN,
}
_NOT_ROUNDED = "UNNECESSARY"
_EXACT = Context(prec=1_000)


def _abs(value: Any) -> int | float | None:
    if value is None:
        return None
    number = number_of("abs", value)
    return abs(number) if number != MIN_INTEGER or type(number) is float else number


def _sign(value: Any) -> int | None:
    if value is None:
        return None
    number = number_of("sign", value)
    return 1 if number > 0 else -1 if number < 0 else 0


def _is_nan(value: Any) -> bool | None:
    return None if value is None else math.isnan(number_of("isNaN", value))


def _of_floats(name: str, calculate: Callable[..., float]) -> Callable[..., Any]:
    """A function of floats, which takes integers as such. What has no value is NaN, and what is too large infinite."""

    def function(*values: Any) -> float | None:
        if None in values:
            return None
        numbers = [float(number_of(name, value)) for value in values]
        try:
            return calculate(*numbers)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return function


def _whole(rounded: Callable[[float], int]) -> Callable[[float], float]:
    """Rounding to a whole number, as a float that keeps its sign where it is 0."""
    return lambda number: math.copysign(float(rounded(number)), number) if math.isfinite(number) else number


def _logarithm(calculate: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: calculate(number) if number else -math.inf


def _cotangent(number: float) -> float:
    tangent = math.tan(number)
    return 1 / tangent if tangent else math.copysign(math.inf, tangent)


def _round(value: Any, *further: Any) -> float | None:
    """Rounds to some digits, of which there are none without an argument.

    Halves are rounded up, to whole numbers also below 0, and to digits away from 0.
    """
    if value is None or None in further:
        return None
    number = float(number_of("round", value))
    digits = int(number_of("round", further[0])) if further else 0
    if digits < 0:
        raise NotUnderstoodError("round() takes a number of digits that is not negative")
    if len(further) < 2:
        return _to_whole(number) if digits == 0 else _to_digits(number, digits, ROUND_HALF_UP)
    if type(further[1]) is not str:
        raise wrong("round", "a text as its mode", further[1])
    if further[1] == _NOT_ROUNDED:
        if math.isfinite(number) and _to_digits(number, digits, ROUND_UP) != number:
            raise NotUnderstoodError(f"round() has to round {number!r}, which its mode {_NOT_ROUNDED} does not allow")
        return number + 0.0
    if further[1] not in _MODES:
        raise NotUnderstoodError(f"the modes of round() are {', '.join((*_MODES, _NOT_ROUNDED))}, in capitals")
    return _to_digits(number, digits, _MODES[further[1]])


def _to_whole(number: float) -> float:
    if not math.isfinite(number):
        return number
    floor = math.floor(number)
    return float(min(max(floor + (number - floor >= 0.5), MIN_INTEGER), MAX_INTEGER))


def _to_digits(number: float, digits: int, mode: str) -> float:
    if not math.isfinite(number):
        return number
    written = Decimal(repr(number))
    exponent = written.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= digits:
        return number + 0.0
    return float(written.quantize(Decimal(1).scaleb(-digits), mode, _EXACT)) + 0.0


NUMBER_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": _abs,
    "sign": _sign,
    "isnan": _is_nan,
    "round": _round,
    "ceil": _of_floats("ceil", _whole(math.ceil)),
    "floor": _of_floats("floor", _whole(math.floor)),
    "sqrt": _of_floats("sqrt", math.sqrt),
    "exp": _of_floats("exp", math.exp),
    "log": _of_floats("log", _logarithm(math.log)),
    "log10": _of_floats("log10", _logarithm(math.log10)),
    "sin": _of_floats("sin", math.sin),
    "cos": _of_floats("cos", math.cos),
    "tan": _of_floats("tan", math.tan),
    "cot": _of_floats("cot", _cotangent),
    "asin": _of_floats("asin", math.asin),
    "acos": _of_floats("acos", math.acos),
    "atan": _of_floats("atan", math.atan),
    "atan2": _of_floats("atan2", math.atan2),
    "degrees": _of_floats("degrees", math.degrees),
    "radians": _of_floats("radians", math.radians),
    "haversin": _of_floats("haversin", lambda number: (1 - math.cos(number)) / 2),
    "e": lambda: math.e,
    "pi": lambda: math.pi,
}
"""By name in lower case."""
