"""The patterns of `patterns.toml`: what a question may look like, and which query answers it."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import count
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

_PHRASE = re.compile(r"(?<!\?P)<(\w+)>")
_SLOTS = {"name": "(?P<name>.+?)", "limit": r"(?P<limit>\d{1,4})"}


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(_Data):
    """A named query for a question about a node of some types; see patterns.toml."""

    types: tuple[str, ...] = ()
    query: str
    name: str = ""
    parameters: dict[str, list[str]] = Field(default_factory=dict)
    says: str


class Pattern(_Data):
    """Wordings of one question, and its readings."""

    example: str
    wordings: tuple[str, ...]
    reading: tuple[Reading, ...]


class Period(_Data):
    """A wording for a time, with what to add to its year for the first and the last year."""

    wording: str
    since: int | None = None
    until: int | None = None


class _File(_Data):
    phrases: dict[str, str]
    nouns: dict[str, tuple[str, ...]]
    hints: dict[str, tuple[str, ...]]
    period: tuple[Period, ...]
    pattern: tuple[Pattern, ...]


class Match(NamedTuple):
    """A question that has the form of a pattern's wording, and what it has in the slots."""

    pattern: Pattern
    slots: dict[str, str]


class Years(NamedTuple):
    """Years of publication; 0 and 9999 leave an end open."""

    since: int = 0
    until: int = 9999


class Patterns:
    """The patterns, ready to be matched."""

    def __init__(self, text: str) -> None:
        """Compiles a file of patterns."""
        data = _File.model_validate(tomllib.loads(text))
        self.patterns = data.pattern
        self._phrases = data.phrases | _SLOTS | {"types": f"(?P<types>{'|'.join(data.nouns)})"}
        self._wordings = [
            (_compile(self._expand(text)), pattern) for pattern in data.pattern for text in pattern.wordings
        ]
        self._nouns = [(_compile(noun), types) for noun, types in data.nouns.items()]
        self._hints = [
            (
                _compile(rf"(?:(?:the|an?) )?(?:{hint})s? (?P<after>.+)|(?:(?:the|an?) )?(?P<before>.+) (?:{hint})s?"),
                types,
            )
            for hint, types in data.hints.items()
        ]
        self._periods = [(_compile(rf"(?:^|\s*,?\s+){period.wording}(?=\s|,|$)"), period) for period in data.period]

    def matches(self, question: str) -> Iterator[Match]:
        """The patterns of which the question is a wording, the more particular first."""
        for wording, pattern in self._wordings:
            if found := wording.fullmatch(question):
                yield Match(pattern, {name.partition("_")[0]: text for name, text in found.groupdict().items() if text})

    def types(self, noun: str) -> tuple[str, ...]:
        """The types of entity that a noun stands for."""
        return next((types for pattern, types in self._nouns if pattern.fullmatch(noun)), ())

    def without_period(self, question: str) -> tuple[str, Years] | None:
        """The question without its time, and that time; None where it has none."""
        for wording, period in self._periods:
            if found := wording.search(question):
                year = int(found["year"])
                # Papers of unknown year are in no period that has an end.
                since = 1 if period.since is None else year + period.since
                until = 9999 if period.until is None else year + period.until
                rest = f"{question[: found.start()]} {question[found.end() :]}"
                return " ".join(rest.split()).strip(" ,"), Years(since, until)
        return None

    def names(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Names that a text may mean, the likeliest first, each with the types that words around it tell."""
        plain = text.strip(" \"'“”‘’«»`,;:")
        forms: list[tuple[str, tuple[str, ...]]] = [(plain, ()), (re.sub(r"^(?:the|an?) ", "", plain, flags=re.I), ())]
        for pattern, types in self._hints:
            if found := pattern.fullmatch(plain):
                forms.append((found["after"] or found["before"], types))
        return list(dict.fromkeys(form for form in forms if form[0]))

    def _expand(self, wording: str) -> str:
        """A wording without phrases, of which some contain others."""
        while _PHRASE.search(wording):
            wording = _PHRASE.sub(lambda found: self._phrases[found[1]], wording)
        # A slot may stand at several places, a group's name only at one.
        numbers = count()
        return re.sub(r"\(\?P<(\w+)>", lambda found: f"(?P<{found[1]}_{next(numbers)}>", wording)


@cache
def patterns() -> Patterns:
    """The patterns that come with citegraph."""
    return Patterns(files("kg.queries").joinpath("patterns.toml").read_text(encoding="utf-8"))


def _compile(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)
