"""What the functions of Cypher ask of their arguments."""

from typing import Any

from kg.errors import NotUnderstoodError
from kg.interpreter.values import MAX_PLACE, described


def wrong(function: str, wanted: str, value: Any) -> NotUnderstoodError:
    """The error that a function takes another type: `wanted` as `a text`."""
    return NotUnderstoodError(f"{function}() takes {wanted}, not {described(value)}")


def text_of(function: str, value: Any) -> str:
    """An argument that is a text.

    Raises:
        NotUnderstoodError: it is something else.
    """
    if type(value) is str:
        return value
    raise wrong(function, "a text", value)


def number_of(function: str, value: Any) -> int | float:
    """An argument that is a number.

    Raises:
        NotUnderstoodError: it is something else.
    """
    if type(value) is int or type(value) is float:
        return value
    raise wrong(function, "a number", value)


def length_of(function: str, value: Any) -> int:
    """An argument that is a place in a text, or a length; of a float the whole part counts.

    Raises:
        NotUnderstoodError: it is no number, negative, or too large.
    """
    number = number_of(function, value)
    if not 0 <= number <= MAX_PLACE:
        raise NotUnderstoodError(f"{function}() takes places and lengths from 0 to {MAX_PLACE:,}, not {number}")
    return int(number)
