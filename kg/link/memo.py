"""Pure functions of a text whose values are kept, also from one build to the next."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """A function that works each value out once; `values` may be saved and put back."""

    def __init__(self, function: Callable[[str], Value]) -> None:
        self._function = function
        self.__doc__ = function.__doc__
        self.values: dict[str, Value] = {}

    def __call__(self, text: str) -> Value:
        """The function's value."""
        try:
            return self.values[text]
        except KeyError:
            value = self.values[text] = self._function(text)
            return value
