"""The catalogue of known venues: conferences, journals, workshops, and which of them a text names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, Self

from kg.knowledge.patterns import objects, word_list
from kg.text.keys import name_key

VenueKind = Literal["conference", "journal", "workshop", "findings", "series", "preprints"]

_FOLDER = Path(__file__).parent / "venues"
_LONGEST = 500
"""Characters of a text that are looked at."""
_MOST_SEGMENTS = 12
_DISTINCT_TEXTS = 1 << 16
"""Texts whose venue is remembered: sources write few texts, each many times."""
_LEAST_IN_COMMON = 0.5
"""Share of the words of a long form that are a venue's own, where it stands beside the venue's acronym."""

_ORDINARY = frozenset(
    "the of on in for and a an at to from s proceedings proc procs international intl int annual".split()
)
"""Words by which no two venues differ."""
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth "
    "ninetieth twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_ORGANISERS = frozenset("ieee acm cvf rsj usenix".split())
"""Who holds a conference, which is often left out."""
_SHORT = {"j": "journal", "natl": "national"}
_WORKSHOP = frozenset({"workshop", "workshops"})
_KINDS_OF_EVENT = frozenset("conference symposium journal transactions meeting congress workshop letters".split())

_APART = re.compile(
    r"[,;:()\[\]{}|<>]|\s[-–—]+\s|--+|—"
    r"|\band (?:the )?(?=\d+(?:st|nd|rd|th)\b|(?:\w+[- ])?(?:first|second|third|\w+th) (?:\w+ ){0,3}conference)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|v\d+)?", re.ASCII)
_NUMBERED = re.compile(r"\b(?:part|vol(?:ume)?|no|number|issue)s?\b\.? ?#?(?:\d+|[ivxlc]+\b)", re.IGNORECASE)
_ROMAN = re.compile(r"(?<=[a-z] )(?!IV\b)[IVX]{2,}\b")
_SHORT_YEAR = re.compile(r"['’‘`]\s?\d\d\b")
_YEAR = re.compile(r"(?:19|20)\d\d|['’‘`]\d\d")
_AT = re.compile(r"\w\w\s?@\s?\w\w")


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """A series of conferences or workshops, a journal, or what only looks like one.

    Attributes:
        name: the name by which the field calls it.
        kind: `findings` are papers beside a conference; a `series` is named beside the proceedings that are in it;
            `preprints` publish nothing.
        aliases: its other names, the long form first.
    """

    name: str
    kind: VenueKind
    aliases: tuple[str, ...] = ()


class _Name(NamedTuple):
    """A name of a venue, as its telling words."""

    words: tuple[str, ...]
    venue: KnownVenue
    is_acronym: bool
    """Whether it is one, and no word of the language."""


class _Segment(NamedTuple):
    """What stands between two separators of a text."""

    text: str
    words: tuple[str, ...]
    after: str
    """The separator after it."""


class VenueCatalogue:
    """Known venues by their names.

    Attributes:
        venues: all of them.
        by_name: each by the name that it is shown by; also the workshops of each conference.
    """

    def __init__(self, venues: Iterable[KnownVenue], folder: Path = _FOLDER) -> None:
        """Takes venues, and the folder with the lists of words; of venues with the same name the first counts."""
        self._noise = frozenset(word_list(folder / "noise.txt")) | _ORGANISERS
        self._beside = _any_of(word_list(folder / "not_main.txt"))
        self._unpublished = _any_of(word_list(folder / "unpublished.txt"))
        self.venues = tuple(venues)
        self.by_name = {venue.name: venue for venue in self.venues}
        self._names: dict[tuple[str, ...], _Name] = {}
        self._by_beginnings: dict[tuple[str, ...], list[_Name]] = {}
        for venue in self.venues:
            for name in (venue.name, *venue.aliases):
                self._add(name, venue)
        for venue in self.venues:
            if venue.kind == "conference":
                self._add_workshops(venue)

    @classmethod
    def load(cls, folder: Path = _FOLDER) -> Self:
        """Reads the catalogue in a folder."""
        return cls((_venue(item) for item in objects(folder / "known.jsonl")), folder)

    def is_unpublished(self, text: str) -> bool:
        """Whether a text says of a paper that it is submitted, rejected or withdrawn rather than published."""
        return self._unpublished.search(text.replace("_", " ")) is not None

    def is_beside(self, text: str) -> bool:
        """Whether a text is of something beside a conference, such as a workshop."""
        return self._beside.search(text.replace("_", " ")) is not None or _AT.search(text) is not None

    def find(self, text: str) -> KnownVenue | None:
        """The venue that a text as sources write it is of, whatever else it says; None for one that is not known.

        A workshop is not the conference that it is held at.
        """
        text = text[:_LONGEST]
        found = self._find(text, _segments(text))
        if found is None and "." in text:
            found = self._find(text, _segments(re.sub(r"\.(?=\s|$)", ",", text)))
        return found

    def _find(self, text: str, segments: Sequence[_Segment]) -> KnownVenue | None:
        segments = [one for one in segments if one.words in self._names or set(one.words) - self._noise]
        beside = self.is_beside(text)
        secondary: KnownVenue | None = None
        for length in range(len(segments), 0, -1):
            for start in range(len(segments) - length + 1):
                run = segments[start : start + length]
                name = self._named(run, abbreviated="." in text)
                if name is None:
                    continue
                venue = name.venue
                if venue.kind in ("series", "preprints"):
                    if start == 0 and length > 1:
                        return venue
                    secondary = secondary or (venue if start == 0 else None)
                elif beside and venue.kind in ("conference", "journal") and not _WORKSHOP & set(name.words):
                    continue
                elif name.is_acronym:
                    capitals = sum(ch.isupper() for segment in run for ch in segment.text)
                    if (capitals > 1 or len(segments) == 1) and not _contradicts(venue, segments):
                        return venue
                elif (len(name.words) > 2 or start == 0 or _YEAR.search(run[-1].text)) and not _is_list(
                    segments, start + length
                ):
                    return venue
        return secondary

    def _named(self, run: Sequence[_Segment], *, abbreviated: bool) -> _Name | None:
        """The name that segments are as a whole, in full, abbreviated, or as an acronym with words beside it."""
        words = tuple(word for segment in run for word in segment.words)
        if not words:
            return None
        without = tuple(word for word in words if word not in _ORGANISERS)
        for each in dict.fromkeys((words, without, self._without_track(without))):
            if name := self._names.get(each):
                return name
            if len(each) > 2 or abbreviated:
                for name in self._by_beginnings.get(_beginnings(each), ()):
                    if all(long.startswith(short) for short, long in zip(each, name.words, strict=True)):
                        return name
        acronym = self._names.get(tuple(word for word in words if word not in self._noise))
        return acronym if acronym and acronym.is_acronym else None

    def _without_track(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """A long form without the words for a part of a conference behind it."""
        end = len(words)
        while end > 3 and words[end - 1] in self._noise:
            end -= 1
        return words[:end]

    def _add(self, written: str, venue: KnownVenue) -> None:
        is_acronym = " " not in written and sum(ch.isupper() for ch in written) > 1
        full = _words(written)
        without = tuple(word for word in full if word not in _ORGANISERS)
        for words in dict.fromkeys((full, without if len(without) > 2 else full)):
            name = _Name(words, venue, is_acronym)
            if words and self._names.setdefault(words, name) is name and len(words) > 1:
                self._by_beginnings.setdefault(_beginnings(words), []).append(name)

    def _add_workshops(self, venue: KnownVenue) -> None:
        """The workshops of a conference that are told by no name of their own."""
        long_form = tuple(f"{one} Workshops" for one in venue.aliases[:1])
        workshops = KnownVenue(f"{venue.name} Workshops", "workshop", long_form)
        self.by_name.setdefault(workshops.name, workshops)
        for name in (venue.name, *venue.aliases):
            self._add(f"{name} Workshops", workshops)
            self._add(f"{name} Workshop", workshops)
        if venue.name.isupper() and venue.name.isalpha():
            self._add(f"{venue.name}W", workshops)


@cache
def load_venues() -> VenueCatalogue:
    """The catalogue that ships with citegraph; it is read once."""
    return VenueCatalogue.load()


@lru_cache(maxsize=_DISTINCT_TEXTS)
def known_venue(text: str) -> KnownVenue | None:
    """The venue of the catalogue that a text is of; see `VenueCatalogue.find`."""
    return load_venues().find(text)


@cache
def place_names() -> frozenset[str]:
    """Countries and the like in lower case, with which the line of a conference may end."""
    return frozenset(word_list(_FOLDER / "places.txt"))


def plain_path(text: str) -> str:
    """A text as it is, a path like `ICLR.cc/2024/Conference` with commas between its parts."""
    return text.replace("/", ", ").replace("_", " ") if "/" in text and " " not in text else text


def _venue(item: dict[str, object]) -> KnownVenue:
    long, aliases = item.get("long"), item.get("aliases", ())
    assert isinstance(aliases, list | tuple)
    others = dict.fromkeys(map(str, (*([long] if long else ()), *aliases)))
    return KnownVenue(str(item["name"]), str(item["kind"]), tuple(others))  # type: ignore[arg-type]


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, texts))})\b", re.IGNORECASE)


def _words(text: str) -> tuple[str, ...]:
    """The words of a text by which venues differ, in normal form."""
    text = _ROMAN.sub(" ", _NUMBERED.sub(" ", _SHORT_YEAR.sub(" ", text)))
    found = (name_key(word) for word in _WORD.findall(text.replace("'", "").replace("’", "")))
    return tuple(
        _SHORT.get(word, word)
        for word in found
        if word not in _ORDINARY and word not in _ORDINALS and not _NUMBER.fullmatch(word)
    )


def _beginnings(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word[:3] for word in words)


def _segments(text: str) -> list[_Segment]:
    text = plain_path(text)
    found: list[_Segment] = []
    start = 0
    for separator in (*_APART.finditer(text), None):
        part = text[start : separator.start() if separator else len(text)]
        if len(found) == _MOST_SEGMENTS:
            break
        if words := _words(part):
            found.append(_Segment(part.strip(), words, separator[0] if separator else ""))
        start = separator.end() if separator else len(text)
    return found


def _is_list(segments: Sequence[_Segment], end: int) -> bool:
    """Whether the name before a segment goes on in a list: `Conference on Machine Learning, Optimization, and …`."""
    for before, segment in zip(segments[end - 1 :], segments[end : end + 3], strict=False):
        if before.after != ",":
            return False
        if re.match(r"(?:and|&) ", segment.text, re.IGNORECASE):
            return True
    return False


def _contradicts(venue: KnownVenue, segments: Sequence[_Segment]) -> bool:
    """Whether the long form of another venue stands beside an acronym that both have."""
    own = {word[:4] for name in (venue.name, *venue.aliases) for word in _words(name)}
    for segment in segments:
        telling = [word[:4] for word in segment.words if word not in _KINDS_OF_EVENT and word not in _ORGANISERS]
        if len(telling) < len(segment.words) > 2 and telling:
            return sum(word in own for word in telling) / len(telling) < _LEAST_IN_COMMON
    return False
