"""Parses the conditions of a question on papers: clauses with names, joined by and, or and not."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from kg.queries.answers import Found
from kg.questions import dates, descriptions
from kg.questions.composed_query import Atom
from kg.questions.failures import Failures, UnknownName
from kg.questions.grammar import ConditionPattern, ConditionWording, Grammar, Sense, slots
from kg.questions.paper_filter import Clause, JoinError, PaperFilter, join
from kg.statements import conditions

_LONGEST_NAME = 40
"""Words of a name at most."""
_MOST_READINGS = 5000
"""Ways to read a text that are tried before it counts as not understood: a bound on time."""
_AFTER_NAME = re.compile(
    r",|\s(?:and|or|nor|but|that|which|who|since|after|before|with|without|by|for|in|on|have|has|do|does)\b",
    re.IGNORECASE,
)


class _Item(NamedTuple):
    """One name of a list, as it was understood, and the word before it."""

    sense: Sense
    node: Found
    others: Sequence[Found]
    word: str
    negated: bool
    given: Mapping[str, int] = MappingProxyType({})
    """Numbers behind the name, for further parameters of the condition."""


class ClauseParser:
    """Reads one text with backtracking; `failures` collects the reasons why it was not understood."""

    def __init__(self, grammar: Grammar, find_nodes: Callable[[str], list[Found]], today: date) -> None:
        """Takes the grammar, what finds the nodes that a text may name, and the day of the question."""
        self._grammar = grammar
        self._find_nodes = find_nodes
        self._today = today
        self._text = ""
        self._dead_ends: set[tuple[int, bool]] = set()
        self.failures = Failures()

    def parse(self, text: str) -> PaperFilter | None:
        """Parses a whole text to a filter on papers; None if a part of it has no meaning."""
        self._text = text
        self._dead_ends.clear()
        for clauses in islice(self._clauses_from(0, ()), _MOST_READINGS):
            try:
                return join(clauses)
            except JoinError as error:
                self.failures.ambiguity = str(error)
        return None

    def parse_period(self, text: str) -> Clause | None:
        """Parses a text as a period; None if it is anything else."""
        self._text = text
        return next((clause for clause, end in self._periods_at(0, "", False) if end == len(text)), None)

    def _clauses_from(self, place: int, before: tuple[Clause, ...]) -> Iterator[tuple[Clause, ...]]:
        """All ways to read the text from a place on, after the clauses before it."""
        if place >= len(self._text):
            yield before
            return
        if before or place:
            self.failures.unread.append(self._text[place:].strip(" ,"))
        beside = all(clause.stands_beside_noun for clause in before)
        if (place, beside) in self._dead_ends:
            return
        found = False
        for start, joined, negated in self._openings(place):
            for clause, end in self._clauses_at(start, joined, negated, beside):
                for clauses in self._clauses_from(end, (*before, clause)):
                    found = True
                    yield clauses
        if not found:
            self._dead_ends.add((place, beside))

    def _openings(self, place: int) -> Iterator[tuple[int, str, bool]]:
        """Possible starts of a clause, each with its joining word and whether it is negated."""
        place = self._skip_spaces(place)
        yield place, "", False
        for joined in ("and", "or"):
            if end := self._after_link(joined, place):
                yield from self._after_fillers(end, joined, False)
        yield from self._after_fillers(place, "", False)

    def _after_fillers(self, place: int, joined: str, negated: bool) -> Iterator[tuple[int, str, bool]]:
        yield place, joined, negated
        if end := self._after_link("filler", place):
            yield from self._after_fillers(end, joined, negated)
        if not negated and (end := self._after_link("not", place)):
            yield from self._after_fillers(end, joined, True)

    def _after_link(self, link: str, place: int) -> int | None:
        """End of the linking word that begins at a place; None if there is none."""
        found = re.compile(rf"(?:{self._grammar.links[link].pattern})(?!\w)", re.IGNORECASE).match(self._text, place)
        return self._skip_spaces(found.end()) if found else None

    def _skip_spaces(self, place: int) -> int:
        while place < len(self._text) and self._text[place] in " ,":
            place += 1
        return place

    def _clauses_at(self, start: int, joined: str, negated: bool, beside: bool) -> Iterator[tuple[Clause, int]]:
        """The clauses that may stand at a place, each with its end; `beside`: all before stand beside the noun."""
        yield from self._periods_at(start, joined, negated)
        for wording in self._grammar.wordings:
            if wording.condition.first and not beside:
                continue
            found = wording.before.match(self._text, start)
            if not found:
                continue
            opposite = negated != wording.condition.negated
            if wording.after is None:
                yield _clause_without_name(wording.condition, joined, opposite), found.end()
                continue
            for items, end in self._names_at(found.end(), wording):
                try:
                    clause = _clause(wording.condition, items, joined, opposite)
                except JoinError as error:
                    self.failures.ambiguity = str(error)
                    continue
                if clause:
                    yield clause, end

    def _periods_at(self, start: int, joined: str, negated: bool) -> Iterator[tuple[Clause, int]]:
        if negated or joined == "or":
            return
        for wording, period in self._grammar.periods:
            found = wording.match(self._text, start)
            texts = slots(found) if found else {}
            first = dates.span(texts["date"], self._today) if texts else None
            last = dates.span(texts["end"], self._today) if "end" in texts else first
            if not (found and first and last):
                continue
            atoms = []
            if period.of == "seen":
                atoms.append(Atom("seen", {"seen": first.begin}))
            elif period.since:
                atoms.append(_since(getattr(first, period.since)))
            if period.before:
                atoms.append(_before(getattr(last, period.before)))
            bounds = {name: value for atom in atoms for name, value in atom.parameters.items()}
            yield Clause([[atom] for atom in atoms], descriptions.period(bounds), joined), found.end()

    def _names_at(self, start: int, wording: ConditionWording) -> Iterator[tuple[list[_Item], int]]:
        """The lists of names that may stand at a place, longer names first, each with the end of the whole wording."""
        if both := self._grammar.links["both"].match(self._text, start):
            start = both.end()
        yield from self._list_at(start, wording, "", False)

    def _list_at(
        self, start: int, wording: ConditionWording, word: str, negated: bool
    ) -> Iterator[tuple[list[_Item], int]]:
        ends = [found.start() for found in re.finditer(r"(?=[\s,]|$)", self._text) if found.start() > start]
        ends = ends[:_LONGEST_NAME][::-1]
        nodes_by_end = {end: self._find_nodes(self._text[start:end]) for end in ends}
        any_fits = False
        for end, nodes in nodes_by_end.items():
            item = _fitting_item(wording.condition, nodes, word, negated)
            if not item:
                continue
            assert wording.after
            any_fits = True
            if after := wording.after.match(self._text, end):
                numbers = {name: int(text) for name, text in slots(after).items()}
                yield [item._replace(given=numbers)], after.end()
            if link := self._grammar.links["names"].match(self._text, end):
                for items, last in self._list_at(link.end(), wording, link["word"] or ",", bool(link["not"])):
                    yield [item, *items], last
        if not any_fits and ends:
            self._add_unknown_name(start, wording.condition, nodes_by_end)

    def _add_unknown_name(self, start: int, condition: ConditionPattern, nodes_by_end: dict[int, list[Found]]) -> None:
        types = tuple(dict.fromkeys(label for sense in condition.sense for label in sense.types))
        following = _AFTER_NAME.search(self._text, start + 1)
        end = following.start() if following else len(self._text)
        # A name may have such a word in it.
        end = max((place for place, nodes in nodes_by_end.items() if nodes and place >= end), default=end)
        name = self._text[start:end]
        self.failures.unknown_names.append(UnknownName(self._text, start, name, types, nodes_by_end.get(end, ())))


def _clause(condition: ConditionPattern, items: Sequence[_Item], joined: str, negated: bool) -> Clause | None:
    """The clause of a condition with a list of names; None for a list like `LoRA but QLoRA`.

    Raises:
        JoinError: the list can be read in two ways.
    """
    words = {item.word for item in items} - {"", ","}
    has_or = bool(words & {"or", "nor"})
    if has_or and (len(words) > 1 or any(item.negated for item in items)):
        raise JoinError("“and” and “or” together can be read in two ways")
    if negated and words and not has_or:
        raise JoinError("“not … and …” can be read in two ways: write “or”, or ask twice")
    if any(item.word == "but" and not item.negated for item in items):
        return None
    given = items[-1].given
    atoms = [
        Atom(item.sense.condition, {**_parameter_of_name(item.sense, item.node), **given}, negated or item.negated)
        for item in items
    ]
    # "not … or …" means neither of the two.
    one_of_them = has_or and not negated
    texts = [_description(item.sense, item.node, given, negated or item.negated) for item in items]
    return Clause(
        [atoms] if one_of_them else [[atom] for atom in atoms],
        descriptions.either(texts) if one_of_them else " and ".join(texts),
        joined,
        condition,
        items[0].sense,
        items[0].node,
        [other for item in items for other in item.others],
    )


def _clause_without_name(condition: ConditionPattern, joined: str, negated: bool) -> Clause:
    sense = condition.sense[0]
    description = descriptions.negated(sense.description) if negated else sense.description
    return Clause([[Atom(sense.condition, {}, negated)]], description, joined, condition, sense)


def _fitting_item(condition: ConditionPattern, nodes: Sequence[Found], word: str, negated: bool) -> _Item | None:
    """The first node of a type that the condition takes."""
    for node in nodes:
        for sense in condition.sense:
            if node.label in sense.types:
                return _Item(sense, node, [other for other in nodes if other.id != node.id], word, negated)
    return None


def _parameter_of_name(sense: Sense, node: Found) -> dict[str, Any]:
    parameter = conditions()[sense.condition].parameters[0]
    return {parameter.name: node.id}


def _description(sense: Sense, node: Found, given: Mapping[str, int], negated: bool) -> str:
    text = descriptions.negated(sense.description) if negated else sense.description
    return text.format(name=descriptions.described(node), **given)


def _since(begin: str) -> Atom:
    return Atom("since", {"since": begin}) if "-" in begin else Atom("since_year", {"since": int(begin)})


def _before(follow: str) -> Atom:
    return Atom("before", {"before": follow}) if "-" in follow else Atom("until_year", {"until": int(follow) - 1})
