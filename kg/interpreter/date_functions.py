"""Functions of time: `date()` in all its forms, and `timestamp()`."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from time import time
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter.arguments import wrong
from kg.interpreter.date_fields import field_of

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)?",
        r"(?P<year>\d{4})W(?P<week>\d\d)(?P<dayofweek>\d)?",
        r"(?P<year>\d{4})Q(?P<quarter>\d)(?P<dayofquarter>\d\d)?",
        r"(?P<year>\d{4})(?P<ordinalday>\d{3})",
        r"(?P<year>\d{4}|[+-]\d{1,9})(?:-(?P<month>\d\d))?",
        r"(?P<year>\d{4}|[+-]\d{1,9})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4}|[+-]\d{1,9})-W(?P<week>\d{1,2})(?:-(?P<dayofweek>\d))?",
        r"(?P<year>\d{4}|[+-]\d{1,9})-Q(?P<quarter>\d)(?:-(?P<dayofquarter>\d{1,2}))?",
        r"(?P<year>\d{4}|[+-]\d{1,9})-(?P<ordinalday>\d{3})",
    )
)
"""The ways to write a date."""

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("month", "day"),
    ("week", "dayofweek"),
    ("quarter", "dayofquarter"),
    ("ordinalday",),
)
"""Fields of which a date is made with the year; those of two groups do not go together."""


def date_of(value: Any) -> date | None:
    """`date(value)`: of a text such as `2024-05-06`, `2024-05` or `2024-W19-1`, of a map of fields, or of a date.

    Raises:
        NotUnderstoodError: it is no date.
        RefusedError: its year is not from 1 to 9999.
    """
    if value is None:
        return None
    if type(value) is date:
        return value
    if type(value) is str:
        return _written(value)
    if type(value) is dict:
        return _composed(value)
    raise wrong("date", "a text, a map or a date", value)


def _written(text: str) -> date:
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _made({name: int(digits) for name, digits in found.groupdict().items() if digits}, None)
    raise NotUnderstoodError(f"{text[:50]!r} is no date: write one as 2024-05-06")


def _composed(fields: Mapping[str, Any]) -> date:
    given = {name.lower(): value for name, value in fields.items() if value is not None}
    base = given.pop("date", None)
    if base is not None and type(base) is not date:
        raise wrong("date", "a date in the field date", base)
    for name, value in given.items():
        if name != "year" and not any(name in group for group in _GROUPS):
            raise NotUnderstoodError(f"date() takes no field {name}: it takes year, month, day, week and the like")
        if type(value) is not int:
            raise wrong("date", f"an integer in the field {name}", value)
    if base is None and "year" not in given:
        raise NotUnderstoodError("date() takes a map with a year")
    return _made(given, base)


def _made(given: Mapping[str, int], base: date | None) -> date:
    """The date of fields; those that are missing are the base's, or the first possible."""
    used = [group for group in _GROUPS if any(name in given for name in group)]
    if len(used) > 1:
        raise NotUnderstoodError(f"date() takes either {' and '.join(used[0])} or {' and '.join(used[1])}, not both")
    names = used[0] if used else _GROUPS[0]
    if base is None and names[0] not in given and len(given) > 1:
        raise NotUnderstoodError(f"date() takes {names[-1]} with {names[0]} only")
    year = given.get("year", (field_of(base, "weekyear") if "week" in names else base.year) if base else 0)
    if not 1 <= year <= 9999:
        raise RefusedError("rule 'dialect': the embedded engine has dates of the years 1 to 9999 only")
    numbers = [given.get(name, field_of(base, name) if base else 1) for name in names]
    try:
        match names[0]:
            case "month":
                month, day = numbers
                if base and "day" not in given and 1 <= month <= 12:
                    day = min(day, monthrange(year, month)[1])
                return date(year, month, day)
            case "week":
                return date.fromisocalendar(year, *numbers)
            case "quarter":
                return _in_quarter(year, numbers[0], given.get("dayofquarter"), base)
        found = date(year, 1, 1) + timedelta(numbers[0] - 1)
        if found.year == year:
            return found
    except (ValueError, OverflowError):
        pass
    raise NotUnderstoodError(f"date(): there is no such {names[0]} or day in {year}")


def _in_quarter(year: int, quarter: int, day: int | None, base: date | None) -> date:
    first = date(year, 3 * quarter - 2, 1)
    if day is None:
        if base is None:
            return first
        month = first.month + (base.month - 1) % 3
        return date(year, month, min(base.day, monthrange(year, month)[1]))
    found = first + timedelta(day - 1)
    if field_of(found, "quarter") != quarter or found.year != year:
        raise ValueError
    return found


def _date(*value: Any) -> date | None:
    return date_of(value[0]) if value else datetime.now(UTC).date()


def _refused(name: str) -> Callable[..., Any]:
    """A function that the embedded engine does not have."""

    def refuse(*_: Any) -> Any:
        raise RefusedError(
            f"rule 'dialect': the embedded engine has no {name}(): this graph keeps dates as texts, in ISO form: "
            "compare those"
        )

    return refuse


DATE_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "date": _date,
    "timestamp": lambda: int(time() * 1000),
    "datetime": _refused("datetime"),
    "localdatetime": _refused("localdatetime"),
    "duration": _refused("duration"),
}
"""By name in lower case."""
