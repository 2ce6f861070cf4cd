"""Functions that keep the values they have computed, so that the next build need not compute them again."""

from collections.abc import Callable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Memo(Generic[_Value]):
    """A pure function of a text that computes each value once. `values`, by text, can be saved and loaded."""

    def __init__(self, function: Callable[[str], _Value]) -> None:
        self._function = function
        self.__doc__ = function.__doc__
        self.values: dict[str, _Value] = {}

    def __call__(self, text: str) -> _Value:
        """The function's value for this text."""
        try:
            return self.values[text]
        except KeyError:
            value = self.values[text] = self._function(text)
            return value
