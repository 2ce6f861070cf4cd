"""Questions in English, answered by named queries; what is not understood is said, never guessed."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from kg.errors import NotUnderstoodError
from kg.names import name_key
from kg.queries.answers import Asked, Found
from kg.queries.find import by_keys, find, found, near
from kg.queries.named import ROWS, run
from kg.queries.patterns import Match, Pattern, Patterns, Reading, Years, patterns
from kg.schema import ENTITY_LABELS
from kg.statements import queries
from kg.store import GraphStore

MAX_LENGTH = 400
"""Characters of a question."""

_POLITE = re.compile(
    r"(?:(?:hi|hello|hey|please|ok|so|and|now)[ ,]+|(?:can|could|would|will) you (?:please )?"
    r"|(?:i want|i would like|i’d like|i need) to (?:know|see|find) |do you know "
    r"|tell me (?=who|what|which|where|how))+",
    re.IGNORECASE,
)

_SUGGESTIONS = 5
_MAX_ROWS = 1000
_LONGEST_NAME = 8


class _Miss(NamedTuple):
    """A question whose form is known, about a name that is not, or that is something else's."""

    match: Match
    others: list[Found]


def ask(store: GraphStore, question: str, *, limit: int = ROWS) -> Asked:
    """Answers a question.

    Args:
        store: the graph.
        question: in English.
        limit: rows at most, where the question does not say.

    Raises:
        NotUnderstoodError: the question has no known form or asks about a name that is not known; the error has the
            nearest questions that can be answered.
    """
    known = patterns()
    # Half a surrogate pair, as from a terminal of another encoding, is in no question.
    question = question.encode("utf-8", "ignore").decode()
    if len(question) > MAX_LENGTH:
        raise NotUnderstoodError(f"a question has at most {MAX_LENGTH} characters")
    text = _plain(question)
    asking = _Asking(store, known, question, limit)
    misses: list[_Miss] = []
    for form, years in filter(None, [(text, None), known.without_period(text)]):
        for match in known.matches(form):
            answer = asking.answer(match, years)
            if isinstance(answer, Asked):
                return answer
            if answer:
                misses.append(answer)
    raise asking.not_understood(text, misses)


class _Asking:
    """One question to one graph."""

    def __init__(self, store: GraphStore, known: Patterns, question: str, limit: int) -> None:
        self.store = store
        self.known = known
        self.question = question
        self.limit = limit
        self._nodes: dict[str, list[Found]] = {}

    def answer(self, match: Match, years: Years | None) -> Asked | _Miss | None:
        """The answer to a question of this form; what stands in its way; or None where the form does not fit."""
        nodes = self._named(match.slots["name"]) if "name" in match.slots else []
        if "name" not in match.slots:
            return self._run(match, match.pattern.reading[0], None, [], years)
        for node in nodes:
            reading = next((reading for reading in match.pattern.reading if node.label in reading.types), None)
            if reading:
                return self._run(match, reading, node, nodes, years)
        return _Miss(match, nodes)

    def not_understood(self, text: str, misses: list[_Miss]) -> NotUnderstoodError:
        """Says what is not understood, with questions that are."""
        if miss := next((miss for miss in misses if miss.others), None):
            other = miss.others[0]
            wanted = _either(label for reading in miss.match.pattern.reading for label in reading.types)
            message = f"{other.name} is {_article(other.label)} here, and this asks about {wanted}"
            return NotUnderstoodError(message, self._questions(text, other.name, other.label))
        if misses:
            shortest = min((self.known.names(miss.match.slots["name"])[0][0] for miss in misses), key=len, default="")
            suggestions = [
                miss.match.pattern.example.format(name=name)
                for miss in misses[:1]
                for name in near(self.store, shortest, _types(miss.match.pattern), _SUGGESTIONS)
            ]
            message = f"nothing is called {shortest!r} here"
        else:
            suggestions = []
            message = "the question is not understood" if text else "there is no question"
        return NotUnderstoodError(message, suggestions or self._nearest(text))

    def _named(self, text: str) -> list[Found]:
        """The nodes that a text may name; those of the type that words around the name tell come first."""
        if text not in self._nodes:
            nodes: dict[str, Found] = {}
            hinted: set[str] = set()
            for name, types in self.known.names(text):
                for node in find(self.store, name):
                    nodes.setdefault(node.id, node)
                    if node.label in types:
                        hinted.add(node.id)
            self._nodes[text] = sorted(nodes.values(), key=lambda node: node.id not in hinted)
        return self._nodes[text]

    def _run(
        self, match: Match, reading: Reading, node: Found | None, nodes: list[Found], years: Years | None
    ) -> Asked | None:
        declared = {parameter.name for parameter in queries()[reading.query].parameters}
        if years and "since" not in declared:
            return None
        parameters: dict[str, Any] = dict(reading.parameters)
        if node:
            parameters[reading.name] = node.id
        if "since" in declared:
            parameters |= (years or Years())._asdict()
        if "types" in declared:
            parameters["types"] = list(self._wanted(match, reading))
        limit = max(1, min(int(match.slots.get("limit", self.limit)), _MAX_ROWS))
        answer = run(self.store, reading.query, limit=limit, **parameters)
        says = reading.says.format(name=_described(node) if node else "", wanted=_plural(parameters.get("types", ())))
        others = [other for other in nodes if node and other.id != node.id]
        return Asked(
            question=self.question,
            understood=says + _period(years) + _also(others),
            query=reading.query,
            **answer.model_dump(),
        )

    def _wanted(self, match: Match, reading: Reading) -> Iterable[str]:
        noun = match.slots.get("types")
        return (noun and self.known.types(noun)) or reading.parameters.get("types") or ENTITY_LABELS

    def _nearest(self, text: str) -> list[str]:
        """Questions about the name in the text, else about what most papers are about."""
        named = self._name_within(text)
        if named:
            return self._questions(text, named.name, named.label)
        questions = []
        for pattern in _by_likeness(text, self.known.patterns):
            if "{name}" not in pattern.example:
                questions.append(pattern.example)
            elif wanted := [label for label in _types(pattern) if label in ENTITY_LABELS]:
                foremost = run(self.store, "entity_names", types=wanted, limit=1).rows
                questions += [pattern.example.format(name=row["name"]) for row in foremost]
            if len(questions) >= _SUGGESTIONS:
                break
        return questions

    def _questions(self, text: str, name: str, label: str) -> list[str]:
        """Questions about a name, the likest first."""
        fitting = [pattern for pattern in self.known.patterns if label in _types(pattern)]
        return [pattern.example.format(name=name) for pattern in _by_likeness(text, fitting)][:_SUGGESTIONS]

    def _name_within(self, text: str) -> Found | None:
        """The longest stretch of the text that is a name."""
        words = text.split()
        common = {word.casefold() for pattern in self.known.patterns for word in pattern.example.split()}
        stretches = {
            name_key(" ".join(words[start:end])): end - start
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1)
            if end - start > 1 or words[start].casefold() not in common
        }
        candidates = [(stretches[key], found(node)) for key, node in by_keys(self.store, stretches)]
        best = max(candidates, key=lambda pair: (pair[0], pair[1].papers or 0, pair[1].id), default=None)
        return best[1] if best else None


def _plain(question: str) -> str:
    """The question in one line, without politeness and closing marks."""
    text = " ".join(question.split()).strip(" ?!.,;:").replace("'", "’")
    polite = _POLITE.match(text)
    return text[polite.end() if polite else 0 :].removesuffix(" please").rstrip(",")


def _by_likeness(text: str, known: Iterable[Pattern]) -> list[Pattern]:
    """The patterns whose examples share most words with a text first."""
    words = set(text.casefold().split())

    def shared(pattern: Pattern) -> float:
        own = set(pattern.example.split()) - {"{name}"}
        return len(own & words) / len(own | words)

    return sorted(known, key=shared, reverse=True)


def _types(pattern: Pattern) -> list[str]:
    return list(dict.fromkeys(label for reading in pattern.reading for label in reading.types))


def _described(node: Found) -> str:
    return f"the {node.label.lower()} {node.name}" if node.label != "Paper" else f"the paper “{node.name}”"


def _article(label: str) -> str:
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


def _either(labels: Iterable[str]) -> str:
    *others, last = dict.fromkeys(_article(label) for label in labels)
    return f"{', '.join(others)} or {last}" if others else last


def _plural(types: Iterable[str]) -> str:
    names = [f"{label.lower()}s" for label in types]
    return ", ".join([*names[:-2], " and ".join(names[-2:])])


def _period(years: Years | None) -> str:
    match years:
        case None:
            return ""
        case Years(since, until) if since == until:
            return f", of {since}"
        case Years(1, until):
            return f", until {until}"
        case Years(since, _):
            return f", since {since}"


def _also(others: list[Found]) -> str:
    if not others:
        return ""
    return f"; not {', '.join(f'{_described(other)} ({other.id})' for other in others[:3])}"
