"""Lines of daily-paper pages saved as text: the metadata on each, and where pages begin.

"Furniture" is text of the page itself, such as its heading and buttons, that belongs to no paper.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

_MONTHS = tuple("january february march april may june july august september october november december".split())
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
# Texts that only daily-paper pages have.
OWN_FURNITURE = re.compile(
    r"get trending papers in your email inbox.*|(?:daily|trending) papers|by ?ak and the research community",
    re.IGNORECASE,
)
FURNITURE = re.compile(rf"new|subscribe|{OWN_FURNITURE.pattern}", re.IGNORECASE)
# Furniture pasted directly after the end of a sentence or a number of upvotes.
_GLUED = re.compile(r"(?<=[.!?)\d])(?:new|Get trending papers in your email inbox.{0,20})$")
_AUTHORS = re.compile(r"(?P<author_count>\d{1,5}) authors?", re.IGNORECASE)
_DATE = re.compile(
    rf"(?:(?P<before>\d{{1,6}})\s+)?(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})\b"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?(?:\s+(?P<after>\d{1,6}))?",
    re.IGNORECASE,
)
_UPVOTES = re.compile(r"(?:upvotes?:?\s*)?(?P<number>\d{1,6})(?: upvotes?)?|upvotes?", re.IGNORECASE)
# Lines that were wrapped to a width are not longer than this.
WIDTH = 200


class Day(NamedTuple):
    """A date; `year` is None where the page gives none."""

    year: int | None
    month: int
    day: int


@dataclass(slots=True)
class Metadata:
    """What a line of metadata holds: number of authors, date, upvotes."""

    author_count: int | None = None
    day: Day | None = None
    upvotes: int | None = None

    @property
    def dated(self) -> bool:
        """Whether it holds a date or a number of authors, not only upvotes."""
        return self.day is not None or self.author_count is not None

    def update(self, more: "Metadata | None") -> None:
        """Fills in what is still missing from another line."""
        if more:
            self.author_count = more.author_count if self.author_count is None else self.author_count
            self.day = self.day or more.day
            self.upvotes = more.upvotes if self.upvotes is None else self.upvotes


@dataclass(slots=True)
class Line:
    """A line that is not blank; `gap` is true if a blank line comes before it."""

    number: int
    text: str
    gap: bool
    metadata: Metadata | None

    @property
    def dated(self) -> bool:
        """Whether it is metadata with a date or a number of authors."""
        return self.metadata is not None and self.metadata.dated


def pages(texts: Iterable[tuple[int, str]]) -> list[list[Line]]:
    """Splits numbered lines into pages, without blank lines.

    A page begins at the furniture above its first paper; a page without furniture belongs to the one before.
    """
    found: list[list[Line]] = [[]]
    top: list[Line] = []
    for line in _lines(texts):
        if FURNITURE.fullmatch(line.text):
            top.append(line)
            continue
        if len(top) > 1 and any(OWN_FURNITURE.fullmatch(furniture.text) for furniture in top):
            found.append([])
        found[-1] += [*top, line]
        top = []
    found[-1] += top
    return [_unwrapped(page) for page in found if page]


def _lines(texts: Iterable[tuple[int, str]]) -> Iterator[Line]:
    gap = False
    for number, written in texts:
        for text in _apart(re.sub("[\0\ufeff]", "", written).strip(" \t\r\n\f\v\u00a0\u200b")):
            if text:
                yield Line(number, text, gap, _metadata(text))
            gap = not text


def _apart(text: str) -> tuple[str, ...]:
    """A line split in two where the heading of the next page was pasted directly after it."""
    glued = _GLUED.search(text)
    return (text[: glued.start()], text[glued.start() :]) if glued else (text,)


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Joins lines that were wrapped to a width, if most of the page is.

    A line break comes from wrapping if the next line's first word would not have fitted.
    """
    width = max((len(line.text) for line in lines), default=0)
    joins = [
        not (line.gap or before.metadata or line.metadata)
        and len(before.text) + 1 + len(line.text.split(maxsplit=1)[0]) > width
        for before, line in pairwise(lines)
    ]
    if width > WIDTH or 2 * sum(joins) < len(joins):
        return lines
    unwrapped = lines[:1]
    for join, line in zip(joins, lines[1:], strict=True):
        if join:
            unwrapped[-1].text += " " + line.text
        else:
            unwrapped.append(line)
    return unwrapped


def _metadata(text: str) -> Metadata | None:
    """The metadata on a line of author counts, dates and upvotes with dots between, or None for any other line."""
    found = Metadata()
    for part in filter(None, map(str.strip, re.split(r"[•·|]", text))):
        if match := _AUTHORS.fullmatch(part):
            found.author_count = int(match["author_count"])
        elif match := _DATE.fullmatch(part):
            found.day = _day(match)
            if not found.day:
                return None
            number = match["before"] or match["after"]
            found.upvotes = int(number) if number else found.upvotes
        elif match := _UPVOTES.fullmatch(part):
            found.upvotes = int(match["number"]) if match["number"] else found.upvotes
        else:
            return None
    return found


def _day(match: re.Match[str]) -> Day | None:
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()))
    found = Day(int(match["year"]) if match["year"] else None, month, int(match["day"]))
    try:
        date(found.year or 2000, found.month, found.day)
    except ValueError:
        return None
    return found
