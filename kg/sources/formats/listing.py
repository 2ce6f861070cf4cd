"""Daily-paper listings saved as text: titles and abstracts, with or without lines of metadata, under page furniture.

Such pages share little but their shape. The reader gives each line a role (page furniture, title, abstract,
organization or metadata) so that the total cost is lowest, by dynamic programming (Viterbi). `_oddity` is the cost of a
line in a role, `_turn` the cost of one role after another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from itertools import accumulate, pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.listing_pages import FURNITURE, OWN_FURNITURE, WIDTH, Day, Line, Metadata, pages
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.keys import name_key, paper_key

NAME = "listing"
DESCRIPTION = "a listing of papers saved as text (a title's line, then its abstract's)"

_HEADING = re.compile(
    r"[#*=>-]|\(?\d{1,2}(?:\.\d{1,2})*[.):]?\s|(?:chapter|section|part|step|appendix|figure|table)\b"
    r"|(?:abstract|introduction|background|motivation|overview|summary|(?:related|previous|future) work|methods?"
    r"|methodology|materials and methods|experiments?|evaluation|results|discussion|limitations|conclusions?"
    r"|acknowledge?ments|references|installation|usage|license|contributing|getting started|requirements|features"
    r"|table of contents)\W*$",
    re.IGNORECASE,
)
# "Subscribe" glued to the first title, from the button above it; not in "Subscribers like Papers".
_GLUED = re.compile(r"Subscribe(?!(?:r|rs|d|s)\b)(?=[^\s:,.;!?-])")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]}$]*$|(?:https?://\S+|this https URL)$")
_INNER_END = re.compile(r"[a-z0-9)\]][.?!] [\"'“(]*[A-Z]")
# How the abstracts of papers speak, and licences, manuals, mails and novels seldom do.
_RESEARCH = re.compile(
    r"\bwe (?:[a-z]+ly |also |then |further |first |here )?(?:address|analy[sz]e|argue|ask|benchmark|build|collect"
    r"|compare|conduct|consider|demonstrate|derive|describe|design|develop|discuss|establish|evaluate|examine|explore|extend"
    r"|find|formali[sz]e|formulate|identify|improve|introduce|investigate|observe|obtain|offer|perform|present|propose"
    r"|prove|provide|release|report|review|reveal|show|study|suggest|survey|tackle|test|train|use|validate)\b"
    r"|\b(?:this|the present|our) (?:paper|work|study|article|survey|thesis|letter|approach|framework|method|model)\b"
    r"|\bour (?:experiments|results|findings|proposed)\b|\b(?:is|are) (?:proposed|presented|investigated|studied)\b"
    r"|\bstate[- ]of[- ]the[- ]art\b"
    r"|\b(?:experiment(?:s|al results)|results|findings) (?:on|show|demonstrate|indicate)\b",
    re.IGNORECASE,
)
# Lines of other kinds of text: tables, lists, tagged records (RIS, nbib, arXiv), code.
_TAGGED = re.compile(
    r"[|*+>#<{}%/]|-{1,3}(?:\s|$)|[-=*_~]{3,}|\[?\(?\d{1,4}[.)\]]|[A-Z][A-Z0-9]{1,3} {0,2}- "
    r"|(?:arxiv|doi|https?|mailto):"
    r"|(?:title|authors?|abstract|comments?|subjects?|journal-ref|date|from|to|cc|re|keywords|url|source|id|name)\s?:"
    r"|[^\t]*\t|(?:[^,;]{0,60}[,;]){8}|\w+ ?= ?\S|.{0,200}[;{}]$|\S+\(.{0,200}\)[:;]?$",
    re.IGNORECASE,
)
_HEAD = 1 << 16
_BLOCK = 1 << 22
_UNSURE = 3
# How many lines on either side show what a page does: several papers.
_NEAR = 12


class _Role(IntEnum):
    """Role of a line."""

    FURNITURE = 0
    TITLE = 1
    ABSTRACT = 2
    ORGANIZATION = 3
    METADATA = 4


@dataclass(slots=True)
class _Record:
    line: int
    title: str
    page_day: Day | None
    abstract: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)


def recognises(head: Head) -> Fit:
    """Possible if its lines are titles and abstracts in turn, at low cost, with hardly a line left over.

    Papers show by the page's furniture, by their lines of metadata or else by what their abstracts say.
    """
    text = head.text[:_HEAD]
    binary = text.count("\0") > len(text) // 1000
    return Fit.POSSIBLE if not re.match(r"\s*[<{@%]", text) and not binary and _is_page(text) else Fit.NONE


def _is_page(text: str) -> bool:
    lines, roles, oddity = _judged(enumerate(text.split("\n"), 1))
    records = [record for record in _records(lines, roles) if record.abstract]
    if not records or oddity > 6 * len(records) or _left_over(lines, roles) > 1 + len(lines) // 12:
        return False
    if any(OWN_FURNITURE.fullmatch(line.text) for line in lines):
        return True
    counted = sum(line.metadata is not None and line.metadata.author_count is not None for line in lines)
    if 2 * counted >= len(records):
        return True
    research = sum(any(map(_RESEARCH.search, record.abstract)) for record in records)
    if 2 * sum(line.dated for line in lines) >= len(records):
        return 2 * research >= len(records)
    if oddity > 4 * len(records):
        return False
    words = median(len(" ".join(record.abstract).split()) for record in records)
    tagged = sum(bool(_TAGGED.match(line.text)) for line in lines)
    return words >= 25 and 3 * research >= 2 * len(records) and 10 * tagged <= len(lines) and not _is_prose(records)


def _left_over(lines: Sequence[Line], roles: Sequence[_Role]) -> int:
    """How many lines belong neither to a paper nor to what is known of such pages."""
    furniture = (line for line, role in zip(lines, roles, strict=True) if role is _Role.FURNITURE)
    return sum(not line.metadata and not FURNITURE.fullmatch(line.text) for line in furniture)


def _is_prose(records: Sequence[_Record]) -> bool:
    """Whether the titles are headings or sentences: too short, too long, numbered, cut off, over several paragraphs."""
    titles = [record.title for record in records]
    paragraphs = sum(len(record.abstract) for record in records)
    unusual = not 15 <= median(map(len, titles)) <= 160 or median(len(title.split()) for title in titles) < 3
    headings = sum(bool(_HEADING.match(title)) for title in titles)
    cut = sum(title.endswith((",", ":", ";")) for title in titles)
    return len(records) < 2 or unusual or 2 * paragraphs > 3 * len(records) or 5 * (headings + cut) > len(titles)


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads a few megabytes of pages at a time; see `kg.sources.format.Format`.

    The last papers of a piece are not certain yet, and are read again with the next piece.
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


def _read(texts: Iterable[tuple[int, str]], day: Day | None) -> list[_Record]:
    lines, roles, _ = _judged(texts)
    return _records(lines, roles, day)


def _judged(texts: Iterable[tuple[int, str]]) -> tuple[list[Line], list[_Role], float]:
    """All lines of the pages, their roles, decided page by page, and the total cost."""
    lines: list[Line] = []
    roles: list[_Role] = []
    oddity = 0.0
    for page in pages(texts):
        found, odd = _roles(page)
        lines += page
        roles += found
        oddity += odd
    return lines, roles, oddity


def _papers(records: Iterable[_Record], file: str) -> Iterator[Paper | Problem]:
    for record in records:
        if record.abstract or record.metadata.dated:
            yield _paper(record)
        else:
            yield Problem(file, record.line, f"a title without an abstract, left out: {record.title[:80]}")


class _Habits(NamedTuple):
    """What a page does around a line: whether it has blank lines between texts, and metadata of papers."""

    gaps: bool
    metadata: bool


def _habits(page: Sequence[Line]) -> list[_Habits]:
    """The habits around each line.

    A habit counts only if it is seen both before and after the line, as pages may have been pasted together.
    """
    # A blank line before a page does not belong to it.
    gaps = _near([False, *(line.gap and not line.metadata for line in page[1:])])
    dated = [line.dated for line in page]
    metadata = _near(dated) if sum(dated) > 2 else [False] * len(page)
    return [_Habits(*habits) for habits in zip(gaps, metadata, strict=True)]


def _near(marks: Sequence[bool]) -> list[bool]:
    """For each line, whether there is a mark both in the lines before it and in those from it on."""
    if not any(marks):
        return list(marks)
    sums = [0, *accumulate(marks)]
    last = len(marks)
    return [
        (at < _NEAR or sums[at] > sums[at - _NEAR]) and (at > last - _NEAR or sums[at + _NEAR] > sums[at])
        for at in range(last)
    ]


def _roles(page: Sequence[Line]) -> tuple[list[_Role], float]:
    """Roles of a page's lines with the lowest total cost (Viterbi), and that cost."""
    costs = {role: _START[role] + _oddity(role, page[0]) for role in _Role}
    steps: list[dict[_Role, _Role]] = []
    for (before, line), habits in zip(pairwise(page), _habits(page)[1:], strict=True):
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


def _oddity(role: _Role, line: Line) -> float:
    """Cost of a line in this role."""
    text = line.text
    ends = bool(_SENTENCE_END.search(text))
    match role:
        case _Role.FURNITURE:
            return 0.0 if line.metadata or FURNITURE.fullmatch(text) else 1.0 if len(text) <= 100 else 7.0
        case _Role.TITLE:
            sentences = 2.0 * text.endswith(".") + 2.0 * min(len(_INNER_END.findall(text)), 3)
            length = min(max(len(text) - 200, 0) / 100, 6.0)
            return sentences + length + 8.0 * bool(line.metadata) + 2.0 * bool(FURNITURE.fullmatch(text))
        case _Role.ABSTRACT:
            return 2.0 * (len(text) < 40) + 8.0 * bool(line.metadata)
        case _Role.ORGANIZATION:
            return inf if line.metadata else 4.0 * (len(text) > 60) + 4.0 * ends + 2.0 * (":" in text)
        case _Role.METADATA:
            return 0.0 if line.metadata else inf


def _turn(last: _Role, role: _Role, before: Line, line: Line, habits: _Habits) -> float:
    """Cost of one role after another; infinite where it is impossible."""
    unended = last is _Role.ABSTRACT and len(before.text) <= WIDTH and not _SENTENCE_END.search(before.text)
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
            return 1.0 if FURNITURE.fullmatch(line.text) else inf
    return inf


def _records(lines: Sequence[Line], roles: Sequence[_Role], page_day: Day | None = None) -> list[_Record]:
    """Records of the papers on a page; `page_day` is the date of a page that began before these lines."""
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
    """The organization's name, without its account name before it: `TheFinAI The Fin AI` is The Fin AI."""
    account, _, name = text.partition(" ")
    keys = name_key(account), name_key(name)
    same = name and (keys[0].startswith(keys[1]) or keys[1].startswith(keys[0]))
    return name.strip() if same or (account.islower() and name[:1].isupper()) else text


def _published(day: Day | None, page_day: Day | None) -> str | None:
    """ISO date, or None if the year is unknown.

    These pages leave out the year within the page's own year, so a day after the page's date has an unknown year.
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
