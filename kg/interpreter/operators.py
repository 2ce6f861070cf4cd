"""The operators of Cypher, over values: `+`, `||`, `IN`, `STARTS WITH`, `x[i]`, `x.name` and the like.

Comparisons are in `kg.interpreter.values`. The value of an operator on null is null, except where it says so.
"""

import operator
from collections.abc import Callable
from datetime import date
from math import copysign, fmod, inf, isfinite, nan
from types import NoneType
from typing import Any

from kg.errors import NotUnderstoodError
from kg.interpreter.date_fields import field_of
from kg.interpreter.float_texts import float_text
from kg.interpreter.java_regex import compile_pattern
from kg.interpreter.values import MAX_INTEGER, MAX_PLACE, MIN_INTEGER, EdgeValue, NodeValue, described, equal

TO_END: Any = object()
"""The upper end of a slice where the statement names none."""

_JOINED_TO_TEXTS = frozenset({str, int, float, bool, date})


def in_64_bits(value: int) -> int:
    """An integer, if it has at most 64 bits.

    Raises:
        NotUnderstoodError: it has more.
    """
    if MIN_INTEGER <= value <= MAX_INTEGER:
        return value
    raise NotUnderstoodError("a whole number has become larger than 64 bits: multiply by 1.0 to calculate with floats")


def plain_text(value: str | int | float | date) -> str:
    """A text, a number, a boolean or a date as text, as `toString` gives it."""
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def add(a: Any, b: Any) -> Any:
    """`a + b`: the sum of numbers; texts and lists joined, a text also with a number, a list with any value.

    Raises:
        NotUnderstoodError: they cannot be added, or the sum has more than 64 bits.
    """
    kind, other = type(a), type(b)
    if kind is int and other is int:
        return in_64_bits(a + b)
    if kind is str and other is str:
        return a + b
    if a is None or b is None:
        return None
    if kind is list:
        return a + b if other is list else [*a, b]
    if other is list:
        return [a, *b]
    if (kind is float or kind is int) and (other is float or other is int):
        return a + b
    if (kind is str or other is str) and kind in _JOINED_TO_TEXTS and other in _JOINED_TO_TEXTS:
        return plain_text(a) + plain_text(b)
    raise NotUnderstoodError(f"+ does not add {described(a)} and {described(b)}")


def join(a: Any, b: Any) -> Any:
    """`a || b`: two texts or two lists, joined.

    Raises:
        NotUnderstoodError: they are something else.
    """
    if type(a) is type(b) and isinstance(a, str | list):
        return a + b
    if all(value is None or isinstance(value, str | list) for value in (a, b)) and (a is None or b is None):
        return None
    raise NotUnderstoodError(f"|| joins two texts or two lists, not {described(a)} and {described(b)}")


def subtract(a: Any, b: Any) -> int | float | None:
    """`a - b`.

    Raises:
        NotUnderstoodError: they are no numbers, or the difference has more than 64 bits.
    """
    return _calculated("-", operator.sub, a, b)


def multiply(a: Any, b: Any) -> int | float | None:
    """`a * b`.

    Raises:
        NotUnderstoodError: they are no numbers, or the product has more than 64 bits.
    """
    return _calculated("*", operator.mul, a, b)


def _calculated(sign: str, calculate: Callable[[Any, Any], Any], a: Any, b: Any) -> int | float | None:
    kind, other = type(a), type(b)
    if kind is int and other is int:
        return in_64_bits(calculate(a, b))
    if _are_numbers(sign, a, b):
        return float(calculate(float(a), float(b)))
    return None


def _are_numbers(sign: str, a: Any, b: Any) -> bool:
    """Whether both are numbers; false where one is null.

    Raises:
        NotUnderstoodError: one is something else.
    """
    if a is None or b is None:
        return False
    if type(a) in (int, float) and type(b) in (int, float):
        return True
    raise NotUnderstoodError(f"{sign} takes numbers, not {described(a)} and {described(b)}")


def divide(a: Any, b: Any) -> int | float | None:
    """`a / b`; of integers without the fraction.

    Raises:
        NotUnderstoodError: they are no numbers, or `b` is the integer 0.
    """
    # Neo4j looks at the divisor first, even where null is divided.
    if type(b) is int and b == 0 and type(a) in (int, float, NoneType):
        raise NotUnderstoodError("a number is divided by 0")
    if not _are_numbers("/", a, b):
        return None
    if b == 0:
        number = float(a)
        return nan if number == 0 or number != number else copysign(inf, number) * copysign(1, b)
    if type(a) is int and type(b) is int:
        # The one quotient of more than 64 bits wraps round, as on Neo4j.
        quotient = abs(a) // abs(b) if (a < 0) is (b < 0) else -(abs(a) // abs(b))
        return quotient if quotient <= MAX_INTEGER else MIN_INTEGER
    return float(a) / float(b)


def modulo(a: Any, b: Any) -> int | float | None:
    """`a % b`, the rest of the division, with the sign of `a`.

    Raises:
        NotUnderstoodError: they are no numbers, or both are integers and `b` is 0.
    """
    if not _are_numbers("%", a, b):
        return None
    if type(a) is int and type(b) is int:
        if b == 0:
            raise NotUnderstoodError("a number is divided by 0")
        return abs(a) % abs(b) * (-1 if a < 0 else 1)
    if b == 0 or not isfinite(a) or b != b:
        return nan
    return fmod(a, b)


def power(a: Any, b: Any) -> float | None:
    """`a ^ b`, always a float.

    Raises:
        NotUnderstoodError: they are no numbers.
    """
    if not _are_numbers("^", a, b):
        return None
    base, exponent = float(a), float(b)
    if exponent != exponent or (abs(base) == 1 and exponent in (inf, -inf)):
        return nan
    odd = isfinite(exponent) and fmod(exponent, 2) in (1, -1)
    if base == 0 and exponent < 0:
        return copysign(inf, base) if odd else inf
    if base < 0 and isfinite(base) and isfinite(exponent) and exponent != int(exponent):
        return nan
    try:
        return float(base**exponent)
    except OverflowError:
        return -inf if base < 0 and odd else inf


def negate(value: Any) -> int | float | None:
    """`-value`, which is `0 - value`: of 0.0 it is 0.0.

    Raises:
        NotUnderstoodError: it is no number, or the one whose negative has more than 64 bits.
    """
    if type(value) is int:
        return in_64_bits(-value)
    if type(value) is float:
        return 0.0 - value
    if value is None:
        return None
    raise NotUnderstoodError(f"- takes a number, not {described(value)}")


def starts_with(text: Any, start: Any) -> bool | None:
    """`text STARTS WITH start`; null where one is no text."""
    return text.startswith(start) if type(text) is str and type(start) is str else None


def ends_with(text: Any, end: Any) -> bool | None:
    """`text ENDS WITH end`; null where one is no text."""
    return text.endswith(end) if type(text) is str and type(end) is str else None


def contains(text: Any, part: Any) -> bool | None:
    """`text CONTAINS part`; null where one is no text."""
    return part in text if type(text) is str and type(part) is str else None


def matches(text: Any, pattern: Any) -> bool | None:
    """`text =~ pattern`: whether a regular expression matches the whole text; null where the text is none.

    Raises:
        NotUnderstoodError: the pattern is no text, or no regular expression.
        RefusedError: it is one that only Java has.
    """
    if pattern is None or type(text) is not str:
        return None
    if type(pattern) is not str:
        raise NotUnderstoodError(f"=~ takes a regular expression as text, not {described(pattern)}")
    return compile_pattern(pattern).fullmatch(text) is not None


def in_list(value: Any, items: Any) -> bool | None:
    """`value IN items`: null where it is not found and a null might be it. What is no list is taken as its one item."""
    if items is None:
        return None
    unknown = False
    for item in items if type(items) is list else [items]:
        same = equal(value, item)
        if same:
            return True
        unknown = unknown or same is None
    return None if unknown else False


def item(of: Any, index: Any) -> Any:
    """`of[index]`: an item of a list, from its end where the index is negative, or a property of a map, node or edge.

    Returns:
        Null where there is none.

    Raises:
        NotUnderstoodError: it has no items, or none of this index's type.
    """
    if type(of) is list and type(index) is int:
        return of[index] if -len(of) <= index < len(of) else None
    if of is None or index is None:
        return None
    if type(index) is str and type(of) is not list:
        return property_of(of, index)
    if type(of) is list:
        raise NotUnderstoodError(f"an item of a list is named by an integer, not by {described(index)}")
    if isinstance(of, dict | NodeValue | EdgeValue):
        raise NotUnderstoodError(f"a property of {described(of)} is named by a text, not by {described(index)}")
    raise NotUnderstoodError(f"{described(of)} has no items")


def slice_of(of: Any, low: Any, high: Any) -> list[Any] | None:
    """`of[low..high]`: items of a list from index `low` to before `high`, from its end where they are negative.

    Args:
        of: a list; what is none is taken as its one item.
        low: 0 where the statement names none.
        high: `TO_END` where the statement names none.

    Raises:
        NotUnderstoodError: an index is no number, or too large.
    """
    if of is None or low is None or high is None:
        return None
    items = of if type(of) is list else [of]
    return items[_place(low) : None if high is TO_END else _place(high)]


def _place(index: Any) -> int:
    if type(index) not in (int, float):
        raise NotUnderstoodError(f"a part of a list is named by integers, not by {described(index)}")
    if index != index:
        return 0
    if abs(index) > MAX_PLACE:
        raise NotUnderstoodError(f"the index {plain_text(index)} is too large")
    return int(index)


def property_of(value: Any, name: str) -> Any:
    """`value.name`: of a map, a node or an edge, null where it has none; or a part of a date.

    Raises:
        NotUnderstoodError: the value has no properties, or the date no such part.
    """
    if isinstance(value, NodeValue | EdgeValue):
        return value.properties.get(name)
    if type(value) is dict:
        return value.get(name)
    if value is None:
        return None
    if type(value) is date:
        return field_of(value, name)
    raise NotUnderstoodError(f"{described(value)} has no property {name}: only nodes, relationships and maps have some")
