"""Parts of a date: its year, month, week and the like."""

from collections.abc import Callable, Mapping
from datetime import date

from kg.errors import NotUnderstoodError


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _day_of_quarter(day: date) -> int:
    return (day - date(day.year, 3 * _quarter(day) - 2, 1)).days + 1


_FIELDS: Mapping[str, Callable[[date], int]] = {
    "year": lambda day: day.year,
    "quarter": _quarter,
    "month": lambda day: day.month,
    "week": lambda day: day.isocalendar().week,
    "weekyear": lambda day: day.isocalendar().year,
    "dayofquarter": _day_of_quarter,
    "quarterday": _day_of_quarter,
    "day": lambda day: day.day,
    "ordinalday": lambda day: day.timetuple().tm_yday,
    "dayofweek": lambda day: day.isoweekday(),
    "weekday": lambda day: day.isoweekday(),
}


def field_of(day: date, name: str) -> int:
    """A part of a date; its name may be written in any case.

    Raises:
        NotUnderstoodError: a date has no such part.
    """
    field = _FIELDS.get(name.lower())
    if field is None:
        raise NotUnderstoodError(f"a date has no {name}: it has year, quarter, month, week, day and the like")
    return field(day)
