"""The patterns of `phrases.toml`: what a question may look like, and what answers it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from kg.questions.dates import DATE

_PHRASE = re.compile(r"(?<!\?P)<(\w+)>")
_NAME = "<name>"
_SLOTS = {
    "name": "(?P<name>.+?)",
    "other": "(?P<other>.+?)",
    "limit": r"(?P<limit>(?!(?:19|20)\d\d\b)\d{1,4})",
    "conditions": "(?P<conditions>.+)",
    "date": f"(?P<date>{DATE})",
    "end": f"(?P<end>{DATE})",
}
_REWRITINGS = 4


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(_Data):
    """What a pattern means where its name is a node's of some types; see phrases.toml."""

    types: tuple[str, ...] = ()
    query: str = ""
    name: str = ""
    other: str = ""
    condition: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    says: str


class Pattern(_Data):
    """Wordings of one question, and its readings."""

    example: str
    wordings: tuple[str, ...]
    others: tuple[str, ...] = ()
    reading: tuple[Reading, ...]


class Condition(_Data):
    """Wordings of something said of papers, and its readings.

    Of what stands beside the noun, `papers on …` or `papers by …`, `beside` says so; what can only stand there is
    `first`: after a verb it would be said of something else.
    """

    example: str
    wordings: tuple[str, ...]
    beside: bool = False
    first: bool = False
    negated: bool = False
    reading: tuple[Reading, ...]


class Period(_Data):
    """A wording for a time: since the `begin` of its date or what follows it (`follow`), before either of its end."""

    wording: str
    of: Literal["publication", "seen"] = "publication"
    since: Literal["begin", "follow"] | None = None
    before: Literal["begin", "follow"] | None = None


class Head(_Data):
    """Wordings of what is wanted of the papers of which some conditions hold."""

    example: str
    wordings: tuple[str, ...]
    returns: str
    parameters: dict[str, list[str]] = Field(default_factory=dict)
    says: str


class Rewriting(_Data):
    """A wording, and a plainer one of the same meaning."""

    wording: str
    plain: str


_T = TypeVar("_T", Pattern, Head)


class _File(_Data):
    vocabulary: str
    politeness: str
    phrases: dict[str, str]
    numbers: dict[str, str]
    nouns: dict[str, tuple[str, ...]]
    hints: dict[str, tuple[str, ...]]
    links: dict[str, str]
    rewriting: tuple[Rewriting, ...]
    condition: tuple[Condition, ...]
    period: tuple[Period, ...]
    head: tuple[Head, ...]
    pattern: tuple[Pattern, ...]


class Match(NamedTuple):
    """A question that has the form of a pattern's wording, and what it has in the slots."""

    pattern: Pattern
    slots: dict[str, str]


class HeadMatch(NamedTuple):
    """A question that has the form of a head's wording, and what it has in the slots."""

    head: Head
    slots: dict[str, str]


class Wording(NamedTuple):
    """A condition's wording: what stands before its name and after it; no name, where `after` is None."""

    condition: Condition
    before: re.Pattern[str]
    after: re.Pattern[str] | None


class Patterns:
    """The patterns, ready to be matched."""

    def __init__(self, text: str) -> None:
        """Compiles a file of patterns."""
        data = _File.model_validate(tomllib.loads(text))
        self.patterns = data.pattern
        self.conditions = data.condition
        self.heads = data.head
        self._phrases = data.phrases | _SLOTS | {"types": f"(?P<types>{'|'.join(data.nouns)})"}
        self._politeness = _compile(data.politeness)
        self._vocabulary = frozenset(data.vocabulary.split())
        self._numbers = data.numbers
        self._patterns = list(self._wordings(data.pattern))
        self._heads = list(self._wordings(data.head))
        self._rewritings = [(_compile(self._expand(each.wording)), each.plain) for each in data.rewriting]
        self.wordings = [self._wording(condition, text) for condition in data.condition for text in condition.wordings]
        self.periods = [(_compile(self._expand(period.wording) + r"(?![^\s,])"), period) for period in data.period]
        self.links: Mapping[str, re.Pattern[str]] = {name: _compile(text) for name, text in data.links.items()}
        self._nouns = [(_compile(noun), types) for noun, types in data.nouns.items()]
        self._hints = [
            (
                _compile(rf"(?:(?:the|an?) )?(?:{hint}) (?P<after>.+)|(?:(?:the|an?) )?(?P<before>.+) (?:{hint})"),
                types,
            )
            for hint, types in data.hints.items()
        ]

    def plain(self, question: str) -> str:
        """The question in one line, without politeness and closing marks."""
        text = " ".join(question.replace("'", "’").split()).strip(" ?!.,;:")
        polite = self._politeness.match(text)
        text = text[polite.end() if polite else 0 :].removesuffix(" please").rstrip(",")
        return " ".join(self._numbers.get(word.casefold(), word) for word in text.split(" "))

    def respelt(self, text: str) -> tuple[str, dict[str, str]]:
        """The text with slips of the pen in the words of questions put right, and which these are."""
        slips = {}
        for word in dict.fromkeys(re.findall(r"\w+", text)):
            plain = word.casefold()
            if len(plain) > 2 and plain not in self._vocabulary and (word in (plain, plain.title()) or text.isupper()):
                near = next((meant for each in _slips(plain) if (meant := sorted(self._vocabulary & each))), [])
                if len(near) == 1:
                    slips[word] = near[0]
        return re.sub(r"\w+", lambda found: slips.get(found[0], found[0]), text), slips

    def variants(self, question: str) -> list[str]:
        """The question, and its plainer wordings, those of the fewest rewritings first."""
        found = {question: None}
        newest = [question]
        for _ in range(_REWRITINGS):
            newest = [
                variant
                for text in newest
                for wording, plain in self._rewritings
                if (match := wording.fullmatch(text)) and (variant := _filled(plain, match)) not in found
            ]
            found |= dict.fromkeys(newest)
        return list(found)

    def matches(self, question: str) -> Iterator[Match]:
        """The patterns of which the question is a wording, the more particular first."""
        for pattern, slots in _matches(self._patterns, question):
            yield Match(pattern, slots)

    def head_matches(self, question: str) -> Iterator[HeadMatch]:
        """The heads of which the question is a wording, the more particular first."""
        for head, slots in _matches(self._heads, question):
            yield HeadMatch(head, slots)

    def types(self, noun: str) -> tuple[str, ...]:
        """The types of entity that a noun stands for."""
        return next((types for pattern, types in self._nouns if pattern.fullmatch(noun)), ())

    def names(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Names that a text may mean, the likeliest first, each with the types that words around it tell."""
        plain = text.strip(" \"'“”‘’«»`,;:")
        forms: list[tuple[str, tuple[str, ...]]] = [(plain, ()), (re.sub(r"^(?:the|an?) ", "", plain, flags=re.I), ())]
        for pattern, types in self._hints:
            if found := pattern.fullmatch(plain):
                forms.append((found["after"] or found["before"], types))
        return list(dict.fromkeys(form for form in forms if form[0]))

    def _wordings(self, things: tuple[_T, ...]) -> Iterator[tuple[re.Pattern[str], _T]]:
        for thing in things:
            for text in thing.wordings:
                yield _compile(self._expand(text)), thing

    def _wording(self, condition: Condition, text: str) -> Wording:
        before, name, after = text.partition(_NAME)
        return Wording(
            condition,
            _compile(self._expand(before) if name else self._expand(before) + r"(?!\w)"),
            _compile(self._expand(after) + r"(?![^\s,])") if name else None,
        )

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
    return Patterns(files("kg.questions").joinpath("phrases.toml").read_text(encoding="utf-8"))


def _compile(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)


def _matches(wordings: list[tuple[re.Pattern[str], _T]], question: str) -> Iterator[tuple[_T, dict[str, str]]]:
    for wording, thing in wordings:
        if found := wording.fullmatch(question):
            yield thing, _slots(found)


def _slots(found: re.Match[str]) -> dict[str, str]:
    return {name.rpartition("_")[0]: text for name, text in found.groupdict().items() if text}


def _filled(plain: str, found: re.Match[str]) -> str:
    """A plainer wording with what the slots have; a slot that has nothing leaves nothing."""
    text = re.sub(r"<(\w+)>", lambda slot: _slots(found).get(slot[1], ""), plain)
    return " ".join(text.split())


def _slips(word: str) -> Iterator[set[str]]:
    """What a word may have been meant for: neighbours changed places, a letter left out, in excess, or wrong."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    yield {left + letter + right for left, right in splits for letter in letters}
    yield {left + right[1:] for left, right in splits if right}
    yield {left + letter + right[1:] for left, right in splits if right for letter in letters}
