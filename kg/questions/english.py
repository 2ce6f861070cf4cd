"""Questions in English, answered by named queries and combinations; what is not understood is said, never guessed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from kg.errors import NotUnderstoodError
from kg.queries.answers import Answer, Asked, Found
from kg.queries.name_lookup import find, near
from kg.queries.named import ROWS, run
from kg.questions import descriptions
from kg.questions.clause_parser import Clause, Clauses, Miss, Said, years
from kg.questions.composed_query import Plan
from kg.questions.grammar import Head, Match, Patterns, Reading, patterns
from kg.schema import EDGES, ENTITY_LABELS
from kg.statements import conditions, queries
from kg.store import GraphStore
from kg.text.keys import name_key

MAX_LENGTH = 400
"""Characters of a question."""

_SUGGESTIONS = 5
_MAX_ROWS = 1000
_LONGEST_NAME = 8
_LONGEST_TIME = 7
_EACH = 3
_ANY_TIME = {"since": 0, "until": 9999}


class Meaning(NamedTuple):
    """What a question was taken to mean: a named query or a plan, its parameters, and that in words."""

    query: str
    parameters: dict[str, Any]
    says: str
    limit: int
    plan: Plan | None = None


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
    # Half a surrogate pair, as from a terminal of another encoding, is in no question.
    question = question.encode("utf-8", "ignore").decode()
    if len(question) > MAX_LENGTH:
        raise NotUnderstoodError(f"a question has at most {MAX_LENGTH} characters")
    asking = _Asking(store, patterns(), limit)
    meaning = asking.meaning(question)
    if meaning is None:
        raise asking.not_understood(question)
    answer = asking.answer(meaning)
    return Asked(question=question, understood=meaning.says, query=meaning.query, **answer.model_dump())


class _Asking:
    """One question to one graph."""

    def __init__(self, store: GraphStore, known: Patterns, limit: int) -> None:
        self._store = store
        self._known = known
        self._limit = limit
        self._nodes: dict[str, list[Found]] = {}
        self._misses: list[tuple[str, Miss]] = []
        self._left_over: list[tuple[int, str]] = []
        self._ambiguous = ""

    def meaning(self, question: str) -> Meaning | None:
        """What the question means, as written or with slips of the pen put right; None where that is not known."""
        text = self._known.plain(question)
        if meaning := self._of(text):
            return meaning
        right, slips = self._known.respelt(text)
        if slips:
            # What stands in the way of the question without its slips is what is to be told.
            self._misses, self._left_over, self._ambiguous = [], [], ""
            if meaning := self._of(right):
                return meaning._replace(says=meaning.says + descriptions.respelt(slips))
        return None

    def answer(self, meaning: Meaning) -> Answer:
        """The answer to a question that is understood."""
        if meaning.plan:
            return meaning.plan.run(self._store, meaning.limit)
        return run(self._store, meaning.query, limit=meaning.limit, **meaning.parameters)

    def not_understood(self, question: str) -> NotUnderstoodError:
        """Says what is not understood, with questions that are."""
        text = self._known.plain(question)
        if self._ambiguous:
            return NotUnderstoodError(self._ambiguous, self._nearest(text))
        rest = min((rest for _, rest in self._left_over), key=len, default="")
        if (not rest or any(len(form) - miss.place < len(rest) for form, miss in self._misses)) and (
            told := self._missing(text)
        ):
            return told
        if rest:
            return NotUnderstoodError(f"this part of the question is not understood: “{rest}”", self._nearest(text))
        return NotUnderstoodError(
            "the question is not understood" if text else "there is no question", self._nearest(text)
        )

    def _missing(self, text: str) -> NotUnderstoodError | None:
        """Says which name stands in the way, of those up to which the question was read farthest."""
        if not self._misses:
            return None
        last = min(len(form) - miss.place for form, miss in self._misses)
        misses = [(form, miss) for form, miss in self._misses if len(form) - miss.place == last]
        for form, name in dict.fromkeys((form, miss.name) for form, miss in misses if not miss.others):
            types = [label for other, miss in misses if (other, miss.name) == (form, name) for label in miss.types]
            if suggestions := self._with_near_names(form, name, types):
                return NotUnderstoodError(f"nothing is called {self._name(name)!r} here", suggestions)
        for _, miss in misses:
            if miss.others:
                other = miss.others[0]
                message = f"{other.name} is {descriptions.article(other.label)} here, and this asks about "
                return NotUnderstoodError(message + descriptions.either(miss.types), self._questions(text, other))
        shortest = min((self._name(miss.name) for _, miss in misses), key=len)
        return NotUnderstoodError(f"nothing is called {shortest!r} here", self._nearest(text))

    def _with_near_names(self, form: str, missed: str, types: list[str]) -> list[str]:
        """The question with names that are spelt almost like the one that is missed."""
        name = self._name(missed)
        meant = near(self._store, name, set(types), _SUGGESTIONS) if name else ()
        questions = (form.replace(missed, each) for each in meant)
        return [question for question in questions if self._understood(question)]

    def _name(self, text: str) -> str:
        """The text without what stands around a name."""
        return min((name for name, _ in self._known.names(text)), key=len, default="")

    def _of(self, text: str) -> Meaning | None:
        forms = [
            (variant, time) for form, time in self._with_time_apart(text) for variant in self._known.variants(form)
        ]
        for read in (self._of_patterns, self._of_heads):
            for variant, time in forms:
                for meaning in read(variant, time):
                    return meaning
        return None

    def _understood(self, question: str) -> bool:
        return _Asking(self._store, self._known, self._limit).meaning(question) is not None

    def _with_time_apart(self, text: str) -> Iterator[tuple[str, str]]:
        """The text; and the text without the time that it begins or ends with, and that time."""
        yield text, ""
        words = text.split(" ")
        for number in range(min(len(words) - 1, _LONGEST_TIME), 0, -1):
            first, rest = " ".join(words[:number]).rstrip(","), " ".join(words[number:])
            if self._clauses().period(first):
                yield rest, first
                break
        for number in range(max(1, len(words) - _LONGEST_TIME), len(words)):
            rest, last = " ".join(words[:number]).rstrip(","), " ".join(words[number:])
            if self._clauses().period(last):
                yield rest, last
                break

    def _clauses(self) -> Clauses:
        return Clauses(self._known, self._named, date.today())

    def _of_patterns(self, text: str, time: str) -> Iterator[Meaning]:
        period = self._clauses().period(time) if time else None
        for match in self._known.matches(text):
            slots = match.slots
            nodes = self._named([slots["name"]])[0] if "name" in slots else []
            others = self._named([slots["other"]])[0] if "other" in slots else []
            other = next((node for node in others if node.label in match.pattern.others), None)
            for reading in match.pattern.reading:
                node = next((node for node in nodes if node.label in reading.types), None)
                if (node or "name" not in slots) and (other or "other" not in slots):
                    if meaning := self._meaning_of_reading(reading, slots, node, other, period):
                        besides = descriptions.besides([each for each in nodes if node and each.id != node.id])
                        yield meaning._replace(says=meaning.says + besides)
                    break
            else:
                self._missed(text, match, nodes, others)

    def _missed(self, form: str, match: Match, nodes: list[Found], others: list[Found]) -> None:
        types = tuple(dict.fromkeys(label for reading in match.pattern.reading for label in reading.types))
        name, wanted, found = match.slots["name"], types, nodes
        if any(node.label in types for node in nodes):
            name, wanted, found = match.slots.get("other", name), match.pattern.others, others
        self._misses.append((form, Miss(form.rfind(name), name, wanted, found)))

    def _meaning_of_reading(
        self, reading: Reading, slots: dict[str, str], node: Found | None, other: Found | None, time: Clause | None
    ) -> Meaning | None:
        declared = {parameter.name for parameter in queries()[reading.query].parameters}
        given = years([atom for group in (time.groups if time else ()) for atom in group])
        if given is None:
            return None
        parameters: dict[str, Any] = dict(reading.parameters)
        if node:
            parameters[reading.name] = node.id
        if other:
            parameters[reading.other] = other.id
        if "types" in declared:
            parameters["types"] = list(self._wanted(slots, reading.parameters))
        limit = self._rows(slots)
        if "each" in declared:
            parameters["each"], limit = (limit if "limit" in slots else _EACH), _MAX_ROWS
        if "later" in declared:
            earlier, later = self._years_compared(given)
            parameters |= {"earlier": earlier, "later": later}
            time = Clause([], f"from {earlier} to {later}")
        elif declared >= _ANY_TIME.keys():
            parameters |= _ANY_TIME | _closed(given)
        elif given:
            return None
        says = reading.says.format(
            name=descriptions.described(node) if node else "",
            other=descriptions.described(other) if other else "",
            wanted=descriptions.plural(parameters.get("types", ())),
        )
        return Meaning(reading.query, parameters, says + (f", {time.says}" if time else ""), limit)

    def _years_compared(self, given: dict[str, int]) -> tuple[int, int]:
        """The years that a question on growth compares: those that it names, else the last two that have papers."""
        known = [row["year"] for row in run(self._store, "papers_by_year", limit=_MAX_ROWS).rows if row["year"]]
        last = max(known, default=date.today().year)
        later = given.get("until", last)
        return int(given.get("since", later - 1)), int(later)

    def _of_heads(self, text: str, time: str) -> Iterator[Meaning]:
        for head, slots in self._known.head_matches(text):
            said_of = slots["conditions"] if "conditions" in slots else f"of {slots['of']}"
            clauses = self._clauses()
            said = clauses.read(f"{said_of} {time}".rstrip())
            if said and said.clauses:
                yield self._meaning_of_head(head, slots, said)
                continue
            self._ambiguous = self._ambiguous or clauses.ambiguous
            form = f"{text} {time}".rstrip()
            place = form.find(said_of) if "conditions" in slots else 0
            self._misses += [(form, miss._replace(place=place + miss.place)) for miss in clauses.misses]
            self._left_over += clauses.left_over

    def _meaning_of_head(self, head: Head, slots: dict[str, str], said: Said) -> Meaning:
        limit = self._rows(slots)
        besides = descriptions.besides(said.others)
        if head.returns == "papers" and (meaning := self._named_query(said, limit)):
            return meaning._replace(says=meaning.says + besides)
        parameters: dict[str, Any] = dict(head.parameters)
        if "types" in parameters:
            parameters["types"] = list(self._wanted(slots, head.parameters))
        says = head.says.format(wanted=descriptions.plural(parameters.get("types", ())), said=said.says)
        plan = Plan(head.returns, said.groups, parameters)
        return Meaning(plan.name, {}, says + besides, limit, plan)

    def _named_query(self, said: Said, limit: int) -> Meaning | None:
        """The named query that answers what is said of papers, if one does."""
        sole = said.sole
        if not (sole and sole.reading and sole.reading.query and sole.node):
            return None
        declared = {parameter.name for parameter in queries()[sole.reading.query].parameters}
        parameters: dict[str, Any] = {sole.reading.name: sole.node.id}
        if "relations" in declared:
            parameters["relations"] = [
                relation
                for relation in conditions()[sole.reading.condition].relations
                if ("Paper", sole.node.label) in EDGES[relation].ends
            ]
        if declared >= _ANY_TIME.keys():
            given = years(said.times)
            if given is None:
                return None
            parameters |= _ANY_TIME | _closed(given)
        elif said.times:
            return None
        return Meaning(sole.reading.query, parameters, f"papers{said.says}", limit)

    def _rows(self, slots: dict[str, str]) -> int:
        return max(1, min(int(slots.get("limit", self._limit)), _MAX_ROWS))

    def _wanted(self, slots: dict[str, str], parameters: dict[str, Any]) -> Iterable[str]:
        noun = slots.get("types", "")
        return self._known.types(noun) if noun.casefold() != "what" and noun else parameters.get("types", ENTITY_LABELS)

    def _named(self, texts: Sequence[str]) -> list[list[Found]]:
        """The nodes that each text may name; those of the type that words around the name tell come first."""
        for text in texts:
            if text not in self._nodes:
                nodes: dict[str, Found] = {}
                hinted: set[str] = set()
                for name, types in self._known.names(text):
                    for node in find(self._store, name):
                        nodes.setdefault(node.id, node)
                        if node.label in types:
                            hinted.add(node.id)
                self._nodes[text] = sorted(nodes.values(), key=lambda node: node.id not in hinted)
        return [self._nodes[text] for text in texts]

    def _nearest(self, text: str) -> list[str]:
        """Questions about the name in the text, else about what most papers are about."""
        named = self._name_within(text)
        if named:
            return self._questions(text, named)
        questions = []
        for example, types in _by_likeness(text, self._examples()):
            if "{other}" in example:
                continue
            if "{name}" not in example:
                questions.append(example)
            elif wanted := [label for label in types if label in ENTITY_LABELS]:
                foremost = run(self._store, "entity_names", types=wanted, limit=1).rows
                questions += [example.format(name=row["name"]) for row in foremost]
            if len(questions) >= _SUGGESTIONS:
                break
        return questions

    def _questions(self, text: str, node: Found) -> list[str]:
        """Questions about a node, the likest first."""
        fitting = [
            (example, types) for example, types in self._examples() if node.label in types and "{other}" not in example
        ]
        return [example.format(name=node.name) for example, _ in _by_likeness(text, fitting)][:_SUGGESTIONS]

    def _examples(self) -> list[tuple[str, list[str]]]:
        """Questions that can be asked, each with the types of node that its name may be of."""
        about = [(f"which papers {each.example}", each.reading) for each in self._known.conditions]
        asked = [(each.example, each.reading) for each in self._known.patterns]
        return [(text, [label for each in readings for label in each.types]) for text, readings in (*about, *asked)]

    def _name_within(self, text: str) -> Found | None:
        """The longest stretch of the text that is a name."""
        words = text.split()
        common = {word.casefold() for example, _ in self._examples() for word in example.split()}
        stretches = {
            " ".join(words[start:end]): end - start
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1)
            if end - start > 1 or words[start].casefold() not in common
        }
        named = zip(stretches, self._named(list(stretches)), strict=True)
        found = [
            (stretches[stretch], node)
            for stretch, nodes in named
            for node in nodes
            if node.label in (*ENTITY_LABELS, "Paper") and name_key(stretch)
        ]
        best = max(found, key=lambda pair: (pair[0], pair[1].papers or 0, pair[1].id), default=None)
        return best[1] if best else None


def _closed(given: dict[str, int]) -> dict[str, int]:
    """Papers of unknown year are in no period that has an end."""
    return given if "since" in given or not given else given | {"since": 1}


def _by_likeness(text: str, examples: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The examples that share most words with a text first."""
    words = set(text.casefold().split())

    def shared(example: tuple[str, list[str]]) -> float:
        own = set(example[0].split()) - {"{name}"}
        return len(own & words) / len(own | words)

    return sorted(examples, key=shared, reverse=True)
