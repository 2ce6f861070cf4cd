"""What a question says of papers: clauses, each with the names in it, joined by and, or and not."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from kg.queries.answers import Found
from kg.questions import dates
from kg.questions.composed_query import Atom
from kg.questions.descriptions import described
from kg.questions.grammar import Condition, Patterns, Reading, Wording
from kg.statements import conditions

_LONGEST_NAME = 40
_TRIES = 5000
_STOPS = re.compile(
    r",|\s(?:and|or|nor|but|that|which|who|since|after|before|with|without|by|for|in|on|have|has|do|does)\b",
    re.IGNORECASE,
)


class Miss(NamedTuple):
    """A name that stands in the way of an understanding: it is nobody's, or that of `others`, of other types."""

    place: int
    name: str
    types: tuple[str, ...]
    others: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing said of papers: groups of conditions, of each of which one must hold."""

    groups: Sequence[Sequence[Atom]]
    says: str
    joined: str = ""
    condition: Condition | None = None
    reading: Reading | None = None
    node: Found | None = None
    others: Sequence[Found] = ()


@dataclass(slots=True)
class Said:
    """All that is said of papers."""

    clauses: Sequence[Clause]
    groups: list[list[Atom]] = field(default_factory=list)
    says: str = ""

    @property
    def sole(self) -> Clause | None:
        """The clause, where there is but one apart from times, it has one name and is not negated."""
        clauses = [clause for clause in self.clauses if clause.condition]
        sole = len(clauses) == 1 and len(clauses[0].groups) == 1 and len(clauses[0].groups[0]) == 1
        return clauses[0] if sole and not clauses[0].groups[0][0].negated else None

    @property
    def times(self) -> list[Atom]:
        """The conditions on the time of publication."""
        return [atom for clause in self.clauses if not clause.condition for group in clause.groups for atom in group]

    @property
    def others(self) -> list[Found]:
        """What else bears one of the names."""
        return [other for clause in self.clauses for other in clause.others]


class _Item(NamedTuple):
    reading: Reading
    node: Found
    others: Sequence[Found]
    word: str
    negated: bool


class Clauses:
    """Reads what a text says of papers; keeps what stood in the way."""

    def __init__(self, known: Patterns, named: Callable[[Sequence[str]], list[list[Found]]], today: date) -> None:
        """Takes the patterns, and what gives the nodes that texts may name."""
        self._known = known
        self._named = named
        self._today = today
        self._text = ""
        self._dead: set[tuple[int, bool]] = set()
        self.misses: list[Miss] = []
        self.left_over: list[tuple[int, str]] = []
        self.ambiguous = ""

    def read(self, text: str) -> Said | None:
        """What the whole text says, or None where a part of it says nothing that is known."""
        self._text = text
        self._dead.clear()
        for clauses in islice(self._from(0, ()), _TRIES):
            if said := self._joined(clauses):
                return said
        return None

    def period(self, text: str) -> Clause | None:
        """The time that a text is, and nothing else."""
        self._text = text
        return next((clause for clause, end in self._periods(0, "", False) if end == len(text)), None)

    def _from(self, place: int, before: tuple[Clause, ...]) -> Iterator[tuple[Clause, ...]]:
        if place >= len(self._text):
            yield before
            return
        if before or place:
            self.left_over.append((place, self._text[place:].strip(" ,")))
        beside = all(_beside(clause) for clause in before)
        if (place, beside) in self._dead:
            return
        alive = False
        for start, joined, negated in self._openings(place):
            for clause, end in self._clauses(start, joined, negated, beside):
                for clauses in self._from(end, (*before, clause)):
                    alive = True
                    yield clauses
        if not alive:
            self._dead.add((place, beside))

    def _openings(self, place: int) -> Iterator[tuple[int, str, bool]]:
        """Where a clause may begin: after what joins it to the one before and what turns it round."""
        place = self._skip(place)
        yield place, "", False
        for joined in ("and", "or"):
            if found := self._word(joined, place):
                yield from self._turned(found, joined, False)
        yield from self._turned(place, "", False)

    def _turned(self, place: int, joined: str, negated: bool) -> Iterator[tuple[int, str, bool]]:
        yield place, joined, negated
        if found := self._word("filler", place):
            yield from self._turned(found, joined, negated)
        if not negated and (found := self._word("not", place)):
            yield from self._turned(found, joined, True)

    def _word(self, link: str, place: int) -> int | None:
        found = re.compile(rf"(?:{self._known.links[link].pattern})(?!\w)", re.IGNORECASE).match(self._text, place)
        return self._skip(found.end()) if found else None

    def _skip(self, place: int) -> int:
        while place < len(self._text) and self._text[place] in " ,":
            place += 1
        return place

    def _clauses(self, start: int, joined: str, negated: bool, beside: bool) -> Iterator[tuple[Clause, int]]:
        """The clauses that may begin there; `beside`: all so far stand beside the noun."""
        yield from self._periods(start, joined, negated)
        for wording in self._known.wordings:
            if wording.condition.first and not beside:
                continue
            found = wording.before.match(self._text, start)
            if not found:
                continue
            turned = negated != wording.condition.negated
            if wording.after is None:
                yield _plain_clause(wording.condition, joined, turned), found.end()
                continue
            for items, end in self._names(found.end(), wording):
                if clause := self._clause(wording.condition, items, joined, turned):
                    yield clause, end

    def _periods(self, start: int, joined: str, negated: bool) -> Iterator[tuple[Clause, int]]:
        if negated or joined == "or":
            return
        for wording, period in self._known.periods:
            found = wording.match(self._text, start)
            slots = {name.rpartition("_")[0]: text for name, text in found.groupdict().items()} if found else {}
            span = dates.span(slots["date"], self._today) if slots else None
            last = dates.span(slots["end"], self._today) if slots.get("end") else span
            if not (found and span and last):
                continue
            atoms = []
            if period.of == "seen":
                atoms.append(Atom("seen", {"seen": span.begin}))
            elif period.since:
                atoms.append(_since(getattr(span, period.since)))
            if period.before:
                atoms.append(_before(getattr(last, period.before)))
            yield Clause([[atom] for atom in atoms], _time(atoms), joined), found.end()

    def _names(self, start: int, wording: Wording) -> Iterator[tuple[list[_Item], int]]:
        """The lists of names that may stand there, those of longer names first, each with where the wording ends."""
        if both := self._known.links["both"].match(self._text, start):
            start = both.end()
        yield from self._list(start, wording, "", False)

    def _list(self, start: int, wording: Wording, word: str, negated: bool) -> Iterator[tuple[list[_Item], int]]:
        ends = [found.start() for found in re.finditer(r"(?=[\s,]|$)", self._text) if found.start() > start]
        ends = ends[:_LONGEST_NAME][::-1]
        named = self._named([self._text[start:end] for end in ends])
        fitting = False
        for end, nodes in zip(ends, named, strict=True):
            item = _fitting(wording.condition, nodes, word, negated)
            if not item:
                continue
            assert wording.after
            fitting = True
            if after := wording.after.match(self._text, end):
                yield [item], after.end()
            if link := self._known.links["names"].match(self._text, end):
                for items, last in self._list(link.end(), wording, link["word"] or ",", bool(link["not"])):
                    yield [item, *items], last
        if not fitting and ends:
            self._miss(start, wording.condition, dict(zip(ends, named, strict=True)))

    def _miss(self, start: int, condition: Condition, named: dict[int, list[Found]]) -> None:
        types = tuple(dict.fromkeys(label for reading in condition.reading for label in reading.types))
        stop = _STOPS.search(self._text, start + 1)
        end = stop.start() if stop else len(self._text)
        # A name may have such a word in it.
        end = max((place for place, nodes in named.items() if nodes and place >= end), default=end)
        self.misses.append(Miss(start, self._text[start:end], types, named.get(end, ())))

    def _clause(self, condition: Condition, items: Sequence[_Item], joined: str, negated: bool) -> Clause | None:
        words = {item.word for item in items} - {"", ","}
        either = bool(words & {"or", "nor"})
        if either and (len(words) > 1 or any(item.negated for item in items)):
            self.ambiguous = "“and” and “or” together can be read in two ways"
            return None
        if negated and words and not either:
            self.ambiguous = "“not … and …” can be read in two ways: write “or”, or ask twice"
            return None
        if any(item.word == "but" and not item.negated for item in items):
            return None
        atoms = [
            Atom(item.reading.condition, _named_parameter(item.reading, item.node), negated or item.negated)
            for item in items
        ]
        together = either and not negated
        says = [_said(item.reading, item.node, negated or item.negated) for item in items]
        return Clause(
            [atoms] if together else [[atom] for atom in atoms],
            _either(says) if together else " and ".join(says),
            joined,
            condition,
            items[0].reading,
            items[0].node,
            [other for item in items for other in item.others],
        )

    def _joined(self, clauses: Sequence[Clause]) -> Said | None:
        """The clauses as groups of conditions; None where `or` may join more or less of them."""
        groups: list[list[Atom]] = []
        says: list[str] = []
        times: list[str] = []
        said = [clause for clause in clauses if clause.condition]
        choices = [place for place, clause in enumerate(said) if clause.joined == "or"]
        if choices and (
            any(clause.joined == "and" for clause in said)
            or choices[-1] != len(said) - 1
            or choices != list(range(choices[0], len(said)))
            or any(len(clause.groups) > 1 or clause.groups[0][0].negated for clause in said[choices[0] - 1 :])
        ):
            self.ambiguous = "“and”, “or” and “not” together can be read in two ways"
            return None
        for clause in clauses:
            if not clause.condition:
                groups += [list(group) for group in clause.groups]
                times.append(clause.says)
            elif clause.joined == "or":
                groups[-1] = [*groups[-1], *clause.groups[0]]
                says[-1] = _either([says[-1].removeprefix("either "), clause.says])
            else:
                groups += [list(group) for group in clause.groups]
                says.append(clause.says)
        told = f" that {' and '.join(says)}" if says else ""
        return Said(clauses, groups, told + "".join(f", {time}" for time in times))


def years(atoms: Sequence[Atom]) -> dict[str, int] | None:
    """First and last year, where a time of publication is one of years and each end is told but once."""
    given = [(name, value) for atom in atoms for name, value in atom.parameters.items()]
    known = {name: value for name, value in given if isinstance(value, int)}
    return known if len(known) == len(given) else None


def _beside(clause: Clause) -> bool:
    return clause.condition is None or clause.condition.beside or clause.condition.first


def _fitting(condition: Condition, nodes: Sequence[Found], word: str, negated: bool) -> _Item | None:
    for node in nodes:
        for reading in condition.reading:
            if node.label in reading.types:
                return _Item(reading, node, [other for other in nodes if other.id != node.id], word, negated)
    return None


def _plain_clause(condition: Condition, joined: str, negated: bool) -> Clause:
    reading = condition.reading[0]
    says = _negated(reading.says) if negated else reading.says
    return Clause([[Atom(reading.condition, {}, negated)]], says, joined, condition, reading)


def _named_parameter(reading: Reading, node: Found) -> dict[str, str]:
    (parameter,) = conditions()[reading.condition].parameters
    return {parameter.name: node.id}


def _said(reading: Reading, node: Found, negated: bool) -> str:
    says = _negated(reading.says) if negated else reading.says
    return says.format(name=described(node))


def _either(says: Sequence[str]) -> str:
    return f"either {' or '.join(says)}" if len(says) > 1 else says[0]


def _negated(says: str) -> str:
    return f"are not {says.removeprefix('are ')}" if says.startswith("are ") else f"do not {says}"


def _since(begin: str) -> Atom:
    return Atom("since", {"since": begin}) if "-" in begin else Atom("since_year", {"since": int(begin)})


def _before(follow: str) -> Atom:
    return Atom("before", {"before": follow}) if "-" in follow else Atom("until_year", {"until": int(follow) - 1})


def _time(atoms: Sequence[Atom]) -> str:
    """A time in words."""
    given = {name: value for atom in atoms for name, value in atom.parameters.items()}
    match given:
        case {"since": int(first), "until": int(last)} if first == last:
            return f"of {first}"
        case _:
            words = {"seen": "added since"}
            return ", ".join(f"{words.get(name, name)} {dates.in_words(str(value))}" for name, value in given.items())
