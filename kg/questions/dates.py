"""Dates as people write them."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "may" else name for name in _MONTHS)
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}

DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{_MONTH})\.?,? "
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?,? )|of )?)?(?:19|20)\d\d"
    r"(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?![\d-])"
    r"|(?:this|last) (?:year|month|week)|today|yesterday|(?:last|past) \d{1,3} (?:years|months|weeks|days)"
)
"""A regular expression for a date: a year, a month, a day, or a stretch of time up to now."""

_WRITTEN = re.compile(
    rf"(?:(?P<first>\d{{1,2}})\w* (?:of )?)?(?P<month>{_MONTH})\.?,? "
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,? |of )?(?P<year>\d{4})",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A stretch of time: its first day, month or year, and the one after its last, as ISO 8601 dates."""

    begin: str
    follow: str


def span(text: str, today: date) -> Span | None:
    """Parses a date of the form `DATE`; None if there is no such day."""
    words = text.casefold()
    try:
        if re.fullmatch(r"[\d-]+", words):
            return _calendar(*map(int, words.split("-")))
        if written := _WRITTEN.fullmatch(words):
            month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(written["month"][:3]))
            day = written["first"] or written["day"]
            return _calendar(int(written["year"]), month, *([int(day)] if day else []))
        return _relative(words, today)
    except ValueError:
        return None


def _calendar(year: int, month: int = 0, day: int = 0) -> Span:
    if day:
        this = date(year, month, day)
        return Span(this.isoformat(), (this + timedelta(days=1)).isoformat())
    if month:
        return Span(f"{year}-{month:02}", f"{year + month // 12}-{month % 12 + 1:02}")
    return Span(str(year), str(year + 1))


def _relative(words: str, today: date) -> Span:
    tomorrow = (today + timedelta(days=1)).isoformat()
    match words.split():
        case ["today"]:
            return Span(today.isoformat(), tomorrow)
        case ["yesterday"]:
            return Span((today - timedelta(days=1)).isoformat(), today.isoformat())
        case ["this", "year"]:
            return _calendar(today.year)
        case ["last", "year"]:
            return _calendar(today.year - 1)
        case ["this", "month"]:
            return _calendar(today.year, today.month)
        case ["last", "month"]:
            last = today.replace(day=1) - timedelta(days=1)
            return _calendar(last.year, last.month)
        case [which, "week"]:
            monday = today - timedelta(days=today.weekday() + 7 * (which == "last"))
            return Span(monday.isoformat(), (monday + timedelta(days=7)).isoformat())
        case [_, number, unit]:
            days = int(number) * _UNITS[unit.removesuffix("s")]
            return Span((today - timedelta(days=days)).isoformat(), tomorrow)
    raise ValueError(words)


def in_words(text: str) -> str:
    """An ISO 8601 date as one says it: `March 2025` for 2025-03."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1].title()
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
