"""The grammar of questions: the patterns of `phrases.toml`, compiled, and matching a question with them."""

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
_MOST_REWRITINGS = 4
"""Rewritings applied one after the other to a question."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sense(_Data):
    """What a pattern means if its name is a node of one of some types; the fields are explained in phrases.toml."""

    types: tuple[str, ...] = ()
    query: str = ""
    name: str = ""
    other: str = ""
    condition: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    description: str


class QuestionPattern(_Data):
    """Wordings of a question that one named query answers; `others` are the types that its second name may have."""

    example: str
    wordings: tuple[str, ...]
    others: tuple[str, ...] = ()
    sense: tuple[Sense, ...]


class ConditionPattern(_Data):
    """Wordings of a condition on papers.

    `beside`: it may stand beside the noun, as in `papers by …`, and other conditions after it. `first`: it may stand
    only there, as `on …` after a verb belongs to the verb. `negated`: the wordings deny the condition.
    """

    example: str
    wordings: tuple[str, ...]
    beside: bool = False
    first: bool = False
    negated: bool = False
    sense: tuple[Sense, ...]


class PeriodPattern(_Data):
    """A wording for a period, with its bounds: the `begin` of the date in it, or what follows that date (`follow`)."""

    wording: str
    of: Literal["publication", "seen"] = "publication"
    since: Literal["begin", "follow"] | None = None
    before: Literal["begin", "follow"] | None = None


class HeadPattern(_Data):
    """Wordings of what is wanted of the papers that meet some conditions."""

    example: str
    wordings: tuple[str, ...]
    returns: str
    parameters: dict[str, list[str]] = Field(default_factory=dict)
    description: str


class Rewriting(_Data):
    """A wording, and a simpler one of the same meaning."""

    wording: str
    plain: str


_T = TypeVar("_T", QuestionPattern, HeadPattern)


class _File(_Data):
    vocabulary: str
    politeness: str
    phrases: dict[str, str]
    numbers: dict[str, str]
    nouns: dict[str, tuple[str, ...]]
    hints: dict[str, tuple[str, ...]]
    links: dict[str, str]
    rewriting: tuple[Rewriting, ...]
    condition: tuple[ConditionPattern, ...]
    period: tuple[PeriodPattern, ...]
    head: tuple[HeadPattern, ...]
    pattern: tuple[QuestionPattern, ...]


class PatternMatch(NamedTuple):
    """A pattern that fits a question, and the texts in its slots."""

    pattern: QuestionPattern
    slots: dict[str, str]


class HeadMatch(NamedTuple):
    """A head that fits a question, and the texts in its slots."""

    head: HeadPattern
    slots: dict[str, str]


class ConditionWording(NamedTuple):
    """One wording of a condition: what stands before its name and after it; it has no name if `after` is None."""

    condition: ConditionPattern
    before: re.Pattern[str]
    after: re.Pattern[str] | None


class Grammar:
    """The patterns of a file, compiled."""

    def __init__(self, text: str) -> None:
        """Compiles the text of a file like `phrases.toml`.

        Raises:
            ValueError: it is not TOML, or lacks a field or has one too many.
        """
        data = _File.model_validate(tomllib.loads(text))
        self.patterns = data.pattern
        self.conditions = data.condition
        self.heads = data.head
        self.vocabulary = frozenset(data.vocabulary.split())
        self._phrases = data.phrases | _SLOTS | {"types": f"(?P<types>{'|'.join(data.nouns)})"}
        self._politeness = _compile(data.politeness)
        self._numbers = data.numbers
        self._patterns = list(self._compiled(data.pattern))
        self._heads = list(self._compiled(data.head))
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

    def normalise(self, question: str) -> str:
        """The question in one line, without polite words and closing punctuation, its numbers as digits."""
        text = " ".join(question.replace("'", "’").split()).strip(" ?!.,;:")
        polite = self._politeness.match(text)
        text = text[polite.end() if polite else 0 :].removesuffix(" please").rstrip(",")
        return " ".join(self._numbers.get(word.casefold(), word) for word in text.split(" "))

    def rewritings(self, question: str) -> list[str]:
        """The question and its simpler wordings, those of the fewest rewritings first."""
        found = {question: None}
        newest = [question]
        for _ in range(_MOST_REWRITINGS):
            newest = [
                rewritten
                for text in newest
                for wording, plain in self._rewritings
                if (match := wording.fullmatch(text)) and (rewritten := _filled(plain, match)) not in found
            ]
            found |= dict.fromkeys(newest)
        return list(found)

    def matches(self, question: str) -> Iterator[PatternMatch]:
        """The patterns that fit a question, the more specific first."""
        for pattern, slots in _matches(self._patterns, question):
            yield PatternMatch(pattern, slots)

    def head_matches(self, question: str) -> Iterator[HeadMatch]:
        """The heads that fit a question, the more specific first."""
        for head, slots in _matches(self._heads, question):
            yield HeadMatch(head, slots)

    def types(self, noun: str) -> tuple[str, ...]:
        """The entity types that a noun stands for; none for an unknown noun."""
        return next((types for pattern, types in self._nouns if pattern.fullmatch(noun)), ())

    def possible_names(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Names that a text may stand for, the likeliest first, each with the node types that words around it imply."""
        plain = text.strip(" \"'“”‘’«»`,;:")
        names: list[tuple[str, tuple[str, ...]]] = [(plain, ()), (re.sub(r"^(?:the|an?) ", "", plain, flags=re.I), ())]
        for pattern, types in self._hints:
            if found := pattern.fullmatch(plain):
                names.append((found["after"] or found["before"], types))
        return list(dict.fromkeys(name for name in names if name[0]))

    def _compiled(self, patterns: tuple[_T, ...]) -> Iterator[tuple[re.Pattern[str], _T]]:
        for pattern in patterns:
            for text in pattern.wordings:
                yield _compile(self._expand(text)), pattern

    def _wording(self, condition: ConditionPattern, text: str) -> ConditionWording:
        before, name, after = text.partition(_NAME)
        return ConditionWording(
            condition,
            _compile(self._expand(before) if name else self._expand(before) + r"(?!\w)"),
            _compile(self._expand(after) + r"(?![^\s,])") if name else None,
        )

    def _expand(self, wording: str) -> str:
        """The regular expression of a wording: its phrases are put in, some of which contain others."""
        while _PHRASE.search(wording):
            wording = _PHRASE.sub(lambda found: self._phrases[found[1]], wording)
        # A slot may stand at several places, but the name of a group only at one.
        numbers = count()
        return re.sub(r"\(\?P<(\w+)>", lambda found: f"(?P<{found[1]}_{next(numbers)}>", wording)


@cache
def load_grammar() -> Grammar:
    """The grammar that comes with citegraph."""
    return Grammar(files("kg.questions").joinpath("phrases.toml").read_text(encoding="utf-8"))


def slots(found: re.Match[str]) -> dict[str, str]:
    """The texts in the slots of a wording that fits; slots without text are left out."""
    return {name.rpartition("_")[0]: text for name, text in found.groupdict().items() if text}


def _compile(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)


def _matches(wordings: list[tuple[re.Pattern[str], _T]], question: str) -> Iterator[tuple[_T, dict[str, str]]]:
    for wording, pattern in wordings:
        if found := wording.fullmatch(question):
            yield pattern, slots(found)


def _filled(plain: str, found: re.Match[str]) -> str:
    """A simpler wording with the texts of the slots in it; an empty slot leaves nothing."""
    text = re.sub(r"<(\w+)>", lambda slot: slots(found).get(slot[1], ""), plain)
    return " ".join(text.split())
