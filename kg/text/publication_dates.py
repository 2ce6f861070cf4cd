"""Dates of publication as sources write them: ISO 8601, EDTF, English words, lists of numbers, time stamps."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_YEARS = range(1000, 3000)
_LONGEST = 200
"""Longest text that may be a date, in characters."""
_DEEPEST = 4
"""How deep lists and objects may lie in one another."""
_MOST = 10
"""How many values of a list are looked at."""

_BRACKETS = str.maketrans(dict.fromkeys("{}[]()<>\"'~\u00a0", " "))
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]{5,15}Z?)?)?)?", re.ASCII)
_STAMP = re.compile(r"(\d{6,15})(?:\.0+)?", re.ASCII)
_TIME = re.compile(
    r"[T ,]{0,3}\b\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)? ?(?:[AP]M\b|Z\b|[+-]\d\d:?\d\d\b)?", re.IGNORECASE | re.ASCII
)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d|\.\d{3}|[Xx])", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{3,10}")
# What may stand between the years of a span: the rest of the first date, a dash or slash, the start of the second.
_BETWEEN = re.compile(
    r"(?P<rest>(?:[-/.]\d{1,2}){0,2})[?%]? ?(?:/|-{1,3}|[–—]|\bto\b|\.\.) ?"
    r"(?:\d{1,2}[-/. ]){0,2}(?:[^\W\d_]{3,10}\.? ?(?:\d{1,2},? )?)?"
)
_OPEN = re.compile(r"/|\.\.")
_NUMBERS_AFTER = re.compile(r"[a-z]?[?%]?([-/.年])(\d{1,2})(?!\d)(?:[-/.月](\d{1,2})(?!\d))?", re.ASCII)
_ISSUE = re.compile(r" (\d\d)", re.ASCII)
_NUMBERS_BEFORE = re.compile(r"(?<!\d)(?<!\d[-/.])(?:(\d{1,2})[-/.])?(\d{1,2})[-/.]$", re.ASCII)
_DAY_BEFORE = re.compile(
    r"(?<![\d–-])(?<![–-] )(\d{1,2})(?:st|nd|rd|th|\.)?[ /,.-]{0,2}(?:(?:of|de) )?$", re.ASCII | re.IGNORECASE
)
_DAY_AFTER = re.compile(r"[ /.,-]{0,2}(\d{1,2})(?:st|nd|rd|th)?(?![\w:]| ?[–-])", re.ASCII | re.IGNORECASE)


def publication_date(value: object) -> str | None:
    """The day, month or year that a value names in ISO 8601, as precise as is certain, or None.

    A span of time counts as its beginning; two years that are no span are no date. Of 12/06/2017, which Americans
    read in another way, only the year is certain, and so it is of a date that cannot be, such as 2019-13.

    Args:
        value: a text, a year, a time stamp in seconds or milliseconds (UTC), a date, a list of year, month and day
            (also within a list, as CSL-JSON has it), or an object that holds one of these.
    """
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value)
        return _iso(*plain.groups()) if plain else _in_text(value)
    return _in_value(value, _DEEPEST)


def publication_year(value: object) -> int | None:
    """The year of a value that names a date or a year; see `publication_date`."""
    found = publication_date(value)
    return int(found[:4]) if found else None


def _in_value(value: object, depth: int) -> str | None:
    if isinstance(value, str):
        return publication_date(value)
    if isinstance(value, date):
        return _iso(value.year, value.month, value.day)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _in_number(value)
    if not depth:
        return None
    if isinstance(value, list | tuple):
        return _in_list(value, depth)
    return _in_object(value, depth) if isinstance(value, Mapping) else None


def _in_list(value: list[Any] | tuple[Any, ...], depth: int) -> str | None:
    """A date of [year, month, day], or the first date of a list of dates."""
    numbers = [_number(one) for one in value[:3]]
    if 0 < len(value) <= 3 and numbers[0] in _YEARS and all((one or 0) < 100 for one in numbers[1:]):
        return _of_parts(numbers[0], *value[1:])
    return next((found for one in value[:_MOST] if (found := _in_value(one, depth - 1))), None)


def _in_object(value: Mapping[Any, Any], depth: int) -> str | None:
    fields = {re.sub("[-_]", "", str(name).lower()) or "_": each for name, each in value.items()}
    year = _in_value(fields.get("year"), depth - 1)
    if year:
        return _of_parts(year[:4], fields.get("month"), fields.get("day")) if len(year) == 4 else year
    return next((found for name in _whole() if (found := _in_value(fields.get(name), depth - 1))), None)


def _of_parts(year: object, month: object = None, day: object = None) -> str | None:
    """The date of a year, a month, which may be in words and hold the day, and a day."""
    if isinstance(month, str) and _number(month) is None:
        named = _named(" ".join(month[:_LONGEST].replace("~", " ").split()))
        month, day = named if named and named[1] else (named[0] if named else None, day)
    return _iso(year, month, day)


def _in_number(value: int) -> str | None:
    """A year, a year and month (201706), a day (20170612), or a time stamp from 1990 to 2099."""
    if value in _YEARS:
        return str(value)
    digits = str(value) if 10**5 <= value < 10**15 else ""
    if len(digits) in (6, 8, 14):
        found = _iso(digits[:4], digits[4:6], digits[6:8])
        if found and len(found) == (7 if len(digits) == 6 else 10):
            return found
    seconds = value // 1000 if len(digits) > 11 else value
    if not 631_152_000 <= seconds < 4_102_444_800:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date().isoformat()


def _in_text(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.translate(_BRACKETS).split())
    stamp = _STAMP.fullmatch(text)
    if stamp:
        return _in_number(int(stamp[1]))
    if ":" in text:
        text = _TIME.sub(" ", text).strip()
    years = list(_YEAR.finditer(text))
    if not years or _OPEN.match(text):
        return None
    first = years[0][0]
    other = next((year for year in years if year[0] != first), None)
    if other:
        # Two years are a span, of which the first counts, or else no one year is certain.
        between = _BETWEEN.fullmatch(text, years[0].end(), other.start())
        if not between or other[0] < first or len({year[0] for year in years}) > 2:
            return None
        text = text[: between.end("rest")]
    named = _named(text)
    if named:
        return _iso(first, *named)
    return _in_digits(text, first)


def _named(text: str) -> tuple[int, str | None] | None:
    """The month that a text names first, and the day beside it unless that is one of several."""
    for word in _WORD.finditer(text):
        month = _months().get(word[0].lower())
        if month:
            before = _DAY_BEFORE.search(text, max(word.start() - 12, 0), word.start())
            day = before or _DAY_AFTER.match(text, word.end())
            return month, day[1] if day else None
    return None


def _in_digits(text: str, year: str) -> str | None:
    """The date in a text that has its year first or last."""
    place = text.index(year)
    after = _NUMBERS_AFTER.match(text, place + 4)
    if after:
        return _iso(year, after[2], after[3])
    issue = _ISSUE.fullmatch(text, place + 4)
    if issue:
        return _iso(year, issue[1])
    before = _NUMBERS_BEFORE.search(text, max(place - 6, 0), place)
    if not before:
        return _iso(year)
    one, two = before.groups()
    if one is None:
        return _iso(year, two)
    if one == two or int(one) > 12:
        return _iso(year, two, one)
    # Day and month, or month and day as Americans write: certain only where one of both can be no month.
    return _iso(year, one, two) if int(two) > 12 else _iso(year)


def _iso(year: object, month: object = None, day: object = None) -> str | None:
    """The ISO 8601 date of what can be: no thirteenth month, no thirtieth of February."""
    years, months, days = _number(year), _number(month), _number(day)
    if years is None or years not in _YEARS:
        return None
    if not months or months > 12:
        return str(years)
    try:
        return date(years, months, days or 0).isoformat()
    except ValueError:
        return f"{years}-{months:02}"


def _number(value: object) -> int | None:
    """A whole number of up to four digits, or None."""
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"\s?\d{1,4}\s?", value, re.ASCII) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**4 else None


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("kg.text").joinpath("date_words.toml").read_text(encoding="utf-8"))


@cache
def _months() -> dict[str, int]:
    """The number of each month by its names."""
    return {name: number for number, names in enumerate(_words()["months"], 1) for name in names}


@cache
def _whole() -> tuple[str, ...]:
    """Fields of an object that may hold a whole date."""
    return tuple(_words()["whole"])
