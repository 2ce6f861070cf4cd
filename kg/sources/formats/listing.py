"""Daily-paper listings saved as text: titles and abstracts, with or without lines of metadata, under page furniture.

Pages differ in everything but their shape, so the reader looks for the shape: of all ways to call each line page
furniture, title, abstract, organization or metadata, the one that is least odd. What is odd, and how much, is said in
`_oddity` (a line as such) and `_turn` (a line after another).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from kg.names import name_key, paper_key
from kg.schema import Paper
from kg.sources.base import Fit
from kg.sources.head import Head
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "listing"
DESCRIPTION = "a listing of papers saved as text (a title's line, then its abstract's)"

_MONTHS = tuple("january february march april may june july august september october november december".split())
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_FURNITURE = re.compile(
    r"new|get trending papers in your email inbox.*|subscribe|(?:daily|trending) papers"
    r"|by ?ak and the research community",
    re.IGNORECASE,
)
# Of these, what stands on no other pages.
_OWN_FURNITURE = re.compile(
    r"get trending papers in your email inbox.*|(?:daily|trending) papers|by ?ak and the research community",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[#*=>-]|\(?\d{1,2}(?:\.\d{1,2})*[.):]?\s|(?:chapter|section|part|step|appendix|figure|table)\b"
    r"|(?:abstract|introduction|background|motivation|overview|summary|(?:related|previous|future) work|methods?"
    r"|methodology|materials and methods|experiments?|evaluation|results|discussion|limitations|conclusions?"
    r"|acknowledge?ments|references|installation|usage|license|contributing|getting started|requirements|features"
    r"|table of contents)\W*$",
    re.IGNORECASE,
)
# The word before the first title, from the button above it; "Subscribers like Papers" is a title of its own.
_GLUED = re.compile(r"Subscribe(?!(?:r|rs|d|s)\b)(?=[^\s:,.;!?-])")
_AUTHORS = re.compile(r"(?P<author_count>\d{1,5}) authors?", re.IGNORECASE)
_DATE = re.compile(
    rf"(?:(?P<before>\d{{1,6}})\s+)?(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})\b"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?(?:\s+(?P<after>\d{1,6}))?",
    re.IGNORECASE,
)
_UPVOTES = re.compile(r"(?:upvotes?:?\s*)?(?P<number>\d{1,6})(?: upvotes?)?|upvotes?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]}$]*$|(?:https?://\S+|this https URL)$")
_INNER_END = re.compile(r"[a-z0-9)\]][.?!] [\"'“(]*[A-Z]")
# Lines broken to a width are no longer than this.
_WIDTH = 200
_HEAD = 1 << 16
_BLOCK = 1 << 22
_UNSURE = 3


class _Role(IntEnum):
    """What a line is."""

    FURNITURE = 0
    TITLE = 1
    ABSTRACT = 2
    ORGANIZATION = 3
    METADATA = 4


class _Day(NamedTuple):
    year: int | None
    month: int
    day: int


@dataclass(slots=True)
class _Metadata:
    author_count: int | None = None
    day: _Day | None = None
    upvotes: int | None = None

    def update(self, more: "_Metadata | None") -> None:
        """Takes over what is not known yet."""
        if more:
            self.author_count = more.author_count if self.author_count is None else self.author_count
            self.day = self.day or more.day
            self.upvotes = more.upvotes if self.upvotes is None else self.upvotes


def _dated(metadata: _Metadata | None) -> bool:
    """Whether it says more than a number of upvotes."""
    return metadata is not None and (metadata.day is not None or metadata.author_count is not None)


@dataclass(slots=True)
class _Line:
    """A line that is not blank; `gap` where a blank one stands before it."""

    number: int
    text: str
    gap: bool
    metadata: _Metadata | None


@dataclass(slots=True)
class _Record:
    line: int
    title: str
    page_day: _Day | None
    abstract: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    metadata: _Metadata = field(default_factory=_Metadata)


def recognises(head: Head) -> Fit:
    """Whether its lines are titles and abstracts in turn, without much that is odd.

    Abstracts are told from any other lines by such a page's furniture and metadata or, without these, by their length.
    """
    text = head.text[:_HEAD]
    return Fit.POSSIBLE if not re.match(r"\s*[<{@%]", text) and "\0" not in text and _is_page(text) else Fit.NONE


def _is_page(text: str) -> bool:
    lines = _lines(enumerate(text.split("\n"), 1))
    roles, oddity = _roles(lines)
    records = [record for record in _records(lines, roles) if record.abstract]
    if not records or oddity > 6 * len(records):
        return False
    dated = [line.metadata for line in lines if line.metadata and _dated(line.metadata)]
    counted = any(metadata.author_count is not None for metadata in dated)
    if counted or 2 * len(dated) >= len(records) or any(_OWN_FURNITURE.fullmatch(line.text) for line in lines):
        return True
    return median(len(" ".join(record.abstract).split()) for record in records) >= 25 and not _is_prose(records)


def _is_prose(records: Sequence[_Record]) -> bool:
    """Whether the titles are headings: short, numbered, of sections, or over several paragraphs."""
    titles = [record.title for record in records]
    paragraphs = sum(len(record.abstract) for record in records)
    short = median(map(len, titles)) < 15 or median(len(title.split()) for title in titles) < 3
    headings = sum(bool(_HEADING.match(title)) for title in titles)
    return short or 2 * paragraphs > 3 * len(records) or 5 * headings > len(titles)


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads some megabytes of pages at a time, of which all but the last papers are sure; see `kg.sources.base.Format`.

    The others are read again together with what follows.
    """
    texts: list[tuple[int, str]] = []
    size, day = 0, None
    for number, raw in enumerate(source.lines(), 1):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            yield Problem(source.file, number, "not UTF-8; read with \ufffd for what is no text")
            text = raw.decode("utf-8", errors="replace")
        texts.append((number, text))
        size += len(text)
        if size > _BLOCK:
            records = _read(texts, day)
            last = records[-_UNSURE] if len(records) > _UNSURE else None
            yield from _papers((record for record in records if not last or record.line < last.line), source.file)
            texts = [text for text in texts if last and text[0] >= last.line]
            size, day = sum(len(text) for _, text in texts), last.page_day if last else None
    yield from _papers(_read(texts, day), source.file)


def _read(texts: Iterable[tuple[int, str]], day: _Day | None) -> list[_Record]:
    page = _lines(texts)
    roles, _ = _roles(page)
    return _records(page, roles, day)


def _papers(records: Iterable[_Record], file: str) -> Iterator[Paper | Problem]:
    for record in records:
        if record.abstract or _dated(record.metadata):
            yield _paper(record)
        else:
            yield Problem(file, record.line, f"a title without an abstract, left out: {record.title[:80]}")


def _lines(texts: Iterable[tuple[int, str]]) -> list[_Line]:
    lines: list[_Line] = []
    gap = False
    for number, text in texts:
        text = text.replace("\0", "").strip("\ufeff \t\r\n\f\v\u00a0\u200b")
        if text:
            lines.append(_Line(number, text, gap, _metadata(text)))
        gap = not text
    return _unwrapped(lines)


def _unwrapped(lines: list[_Line]) -> list[_Line]:
    """The lines with those joined that were broken to a width, if the page is of that kind.

    A break belongs to the width where the next line's first word would not have fitted.
    """
    width = max((len(line.text) for line in lines), default=0)
    joins = [
        not (line.gap or before.metadata or line.metadata)
        and len(before.text) + 1 + len(line.text.split(maxsplit=1)[0]) > width
        for before, line in pairwise(lines)
    ]
    if width > _WIDTH or 2 * sum(joins) < len(joins):
        return lines
    unwrapped = lines[:1]
    for join, line in zip(joins, lines[1:], strict=True):
        if join:
            unwrapped[-1].text += " " + line.text
        else:
            unwrapped.append(line)
    return unwrapped


def _metadata(text: str) -> _Metadata | None:
    """What a line of author counts, dates, upvotes and dots between them says, or None if it is no such line."""
    found = _Metadata()
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


def _day(match: re.Match[str]) -> _Day | None:
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()))
    found = _Day(int(match["year"]) if match["year"] else None, month, int(match["day"]))
    try:
        date(found.year or 2000, found.month, found.day)
    except ValueError:
        return None
    return found


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the page as a whole does."""

    gaps: bool
    metadata: bool


def _roles(lines: Sequence[_Line]) -> tuple[list[_Role], float]:
    """The least odd roles of a page's lines, found by dynamic programming (Viterbi), and how odd they are in all."""
    if not lines:
        return [], 0.0
    habits = _Habits(
        gaps=any(line.gap and not line.metadata for line in lines),
        metadata=sum(_dated(line.metadata) for line in lines) > 2,
    )
    costs = {role: _START[role] + _oddity(role, lines[0]) for role in _Role}
    steps: list[dict[_Role, _Role]] = []
    for before, line in pairwise(lines):
        arrivals = {
            role: min((costs[last] + _turn(last, role, before, line, habits), last) for last in _Role) for role in _Role
        }
        costs = {role: cost + _oddity(role, line) for role, (cost, _) in arrivals.items()}
        steps.append({role: last for role, (_, last) in arrivals.items()})
    oddity, role = min((costs[role] + _END[role], role) for role in _Role)
    roles = [role]
    for step in reversed(steps):
        roles.append(step[roles[-1]])
    return roles[::-1], oddity


_START = {role: 0.0 if role in (_Role.FURNITURE, _Role.TITLE) else inf for role in _Role}
_END = {role: {_Role.TITLE: 4.0, _Role.ORGANIZATION: 5.0}.get(role, 0.0) for role in _Role}


def _oddity(role: _Role, line: _Line) -> float:
    """How odd the line is in this role."""
    text = line.text
    ends = bool(_SENTENCE_END.search(text))
    match role:
        case _Role.FURNITURE:
            return 0.0 if line.metadata or _FURNITURE.fullmatch(text) else 1.0 if len(text) <= 100 else 7.0
        case _Role.TITLE:
            sentences = 2.0 * text.endswith(".") + 2.0 * min(len(_INNER_END.findall(text)), 3)
            length = min(max(len(text) - 200, 0) / 100, 6.0)
            return sentences + length + 8.0 * bool(line.metadata) + 2.0 * bool(_FURNITURE.fullmatch(text))
        case _Role.ABSTRACT:
            return 2.0 * (len(text) < 40) + 8.0 * bool(line.metadata)
        case _Role.ORGANIZATION:
            return inf if line.metadata else 4.0 * (len(text) > 60) + 4.0 * ends + 2.0 * (":" in text)
        case _Role.METADATA:
            return 0.0 if line.metadata else inf


def _turn(last: _Role, role: _Role, before: _Line, line: _Line, habits: _Habits) -> float:
    """How odd it is that a line in the one role is followed by one in the other; infinite where it cannot be."""
    unended = last is _Role.ABSTRACT and len(before.text) <= _WIDTH and not _SENTENCE_END.search(before.text)
    glued = 6.0 if habits.gaps and not line.gap else 0.0
    match last, role:
        case _Role.FURNITURE, _Role.FURNITURE | _Role.TITLE:
            return 0.0
        case _Role.TITLE, _Role.ABSTRACT:
            return 0.0
        case _Role.TITLE, _Role.METADATA:
            return 4.0
        case _Role.TITLE, _Role.TITLE:
            return 8.0
        case _Role.ABSTRACT, _Role.ABSTRACT:
            return 6.0 if unended or not _SENTENCE_END.search(line.text) else 3.0
        case _Role.ABSTRACT, _Role.TITLE:
            return 6.0 * habits.metadata + 3.0 * unended + glued
        case _Role.ABSTRACT, _Role.ORGANIZATION:
            return 1.0 + 3.0 * unended
        case _Role.ABSTRACT, _Role.METADATA:
            return 3.0 * unended
        case _Role.ORGANIZATION, _Role.METADATA:
            return 0.0
        case _Role.ORGANIZATION, _Role.TITLE:
            return 1.0 + glued
        case _Role.METADATA, _Role.METADATA:
            return 0.0
        case _Role.METADATA, _Role.TITLE:
            return glued
        case _Role.METADATA, _Role.ORGANIZATION:
            return 5.0 if before.metadata and before.metadata.day else 1.0
        case _, _Role.FURNITURE:
            return 1.0 if _FURNITURE.fullmatch(line.text) else inf
    return inf


def _records(lines: Sequence[_Line], roles: Sequence[_Role], page_day: _Day | None = None) -> list[_Record]:
    """The records of a page whose lines have these roles; `page_day` is that of the page that has begun before."""
    records: list[_Record] = []
    above, button = None, False
    for line, role in zip(lines, roles, strict=True):
        match role:
            case _Role.FURNITURE:
                if above is not _Role.FURNITURE:
                    page_day, button = None, False
                page_day = line.metadata.day if line.metadata and line.metadata.day else page_day
                button = button or line.text.lower() == "subscribe"
            case _Role.TITLE:
                first = above in (None, _Role.FURNITURE) and not button
                title = line.text.removeprefix("Subscribe") if first and _GLUED.match(line.text) else line.text
                records.append(_Record(line.number, title, page_day))
            case _Role.ABSTRACT:
                records[-1].abstract.append(line.text)
            case _Role.ORGANIZATION:
                records[-1].organizations.append(_organization(line.text))
            case _Role.METADATA:
                records[-1].metadata.update(line.metadata)
        above = role
    return records


def _organization(text: str) -> str:
    """The organization's name, without the account's name that may stand before it (`TheFinAI The Fin AI`)."""
    account, _, name = text.partition(" ")
    keys = name_key(account), name_key(name)
    same = name and (keys[0].startswith(keys[1]) or keys[1].startswith(keys[0]))
    return name.strip() if same or (account.islower() and name[:1].isupper()) else text


def _published(day: _Day | None, page_day: _Day | None) -> str | None:
    """The ISO date, or None where the year is not known.

    Such pages leave out the year of dates in the page's own year, so a day after the page's date has no year known.
    """
    if not day:
        return None
    year = day.year
    if not year and page_day and page_day.year and (day.month, day.day) <= (page_day.month, page_day.day):
        year = page_day.year
    try:
        return date(year, day.month, day.day).isoformat() if year else None
    except ValueError:
        return None


def _paper(record: _Record) -> Paper:
    published = _published(record.metadata.day, record.page_day)
    return Paper(
        id=paper_key(record.title),
        title=record.title,
        abstract=" ".join(record.abstract),
        year=int(published[:4]) if published else None,
        published=published,
        author_count=record.metadata.author_count,
        organizations=tuple(record.organizations),
        upvotes=record.metadata.upvotes,
        source=NAME,
    )
