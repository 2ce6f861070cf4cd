"""The functions of Cypher that are calculated over the rows of a group."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kg.errors import NotUnderstoodError
from kg.interpreter.arguments import number_of
from kg.interpreter.values import MAX_INTEGER, MIN_INTEGER, sort_key


class Aggregate(Protocol):
    """An aggregate over one group. Nulls are left out by all of them."""

    def add(self, value: Any, *arguments: Any) -> None:
        """Takes the value of a row, with the further arguments, which are the same in each row.

        Raises:
            NotUnderstoodError: it is of a type that the function does not take.
        """

    def result(self) -> Any:
        """The function's value for the rows so far."""


class _Count:
    def __init__(self) -> None:
        self._count = 0

    def add(self, value: Any) -> None:
        if value is not None:
            self._count += 1

    def result(self) -> int:
        return self._count


class _Collect:
    def __init__(self) -> None:
        self._items: list[Any] = []

    def add(self, value: Any) -> None:
        if value is not None:
            self._items.append(value)

    def result(self) -> list[Any]:
        return self._items


class _Sum:
    """One by one, as the order of rounding counts; a float as soon as 64 bits are too few."""

    def __init__(self) -> None:
        self._sum: int | float = 0

    def add(self, value: Any) -> None:
        if value is None:
            return
        number = number_of("sum", value)
        if type(number) is int and type(self._sum) is int:
            total = self._sum + number
            self._sum = total if MIN_INTEGER <= total <= MAX_INTEGER else float(self._sum) + float(number)
        else:
            self._sum = float(self._sum) + float(number)

    def result(self) -> int | float:
        return self._sum


class _Average:
    """A moving average."""

    def __init__(self) -> None:
        self._count = 0
        self._average = 0.0

    def add(self, value: Any) -> None:
        if value is None:
            return
        number = float(number_of("avg", value))
        self._count += 1
        self._average += (number - self._average) / self._count

    def result(self) -> float | None:
        return self._average if self._count else None


class _Extreme:
    def __init__(self, largest: bool) -> None:
        self._largest = largest
        self._key: tuple[Any, ...] | None = None
        self._value: Any = None

    def add(self, value: Any) -> None:
        if value is None:
            return
        key = sort_key(value)
        if self._key is None or (key > self._key if self._largest else key < self._key):
            self._key, self._value = key, value

    def result(self) -> Any:
        return self._value


class _Deviation:
    """The standard deviation by a moving average; of a sample, it divides by one less than the count."""

    def __init__(self, name: str, sample: bool) -> None:
        self._name = name
        self._sample = sample
        self._count = 0
        self._average = 0.0
        self._squares = 0.0

    def add(self, value: Any) -> None:
        if value is None:
            return
        number = float(number_of(self._name, value))
        self._count += 1
        before = number - self._average
        self._average += before / self._count
        self._squares += before * (number - self._average)

    def result(self) -> float:
        if self._count < 2:
            return 0.0
        return math.sqrt(self._squares / (self._count - 1 if self._sample else self._count))


class _Percentile:
    """The value below which a part of all values lies: between two of them (continuous), or one of them (discrete)."""

    def __init__(self, name: str, continuous: bool) -> None:
        self._name = name
        self._continuous = continuous
        self._part = 0.0
        self._numbers: list[int | float] = []

    def add(self, value: Any, part: Any) -> None:
        if value is None:
            return
        if not self._numbers:
            self._part = _part(self._name, part)
        self._numbers.append(number_of(self._name, value))

    def result(self) -> int | float | None:
        if not self._numbers:
            return None
        numbers, part = sorted(self._numbers, key=sort_key), self._part
        if part == 1 or len(numbers) == 1:
            return numbers[-1]
        return _between(numbers, part) if self._continuous else _at(numbers, part)


def _part(name: str, value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise NotUnderstoodError(f"{name}() takes a number from 0.0 to 1.0 as its second argument")
    return float(value)


def _between(numbers: list[int | float], part: float) -> int | float:
    place = part * (len(numbers) - 1)
    low, high = math.floor(place), math.ceil(place)
    if low == high:
        return numbers[low]
    return float(numbers[low]) * (high - place) + float(numbers[high]) * (place - low)


def _at(numbers: list[int | float], part: float) -> int | float:
    place = part * len(numbers)
    whole = int(place)
    return numbers[whole if place != whole or whole == 0 else whole - 1]


AGGREGATES: Mapping[str, Callable[[], Aggregate]] = {
    "count": _Count,
    "sum": _Sum,
    "avg": _Average,
    "min": lambda: _Extreme(largest=False),
    "max": lambda: _Extreme(largest=True),
    "collect": _Collect,
    "stdev": lambda: _Deviation("stDev", sample=True),
    "stdevp": lambda: _Deviation("stDevP", sample=False),
    "percentilecont": lambda: _Percentile("percentileCont", continuous=True),
    "percentiledisc": lambda: _Percentile("percentileDisc", continuous=False),
}
"""By name in lower case; each makes the aggregate of a new group."""
