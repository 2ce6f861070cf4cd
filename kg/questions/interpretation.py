"""From a question to the query that answers it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from kg.queries.answers import Answer, Found
from kg.queries.named import run
from kg.questions import descriptions
from kg.questions.clause_parser import ClauseParser
from kg.questions.composed_query import ComposedQuery
from kg.questions.failures import Failures, UnknownName
from kg.questions.grammar import Grammar, HeadPattern, PatternMatch, Sense
from kg.questions.named_nodes import NamedNodes
from kg.questions.paper_filter import Clause, PaperFilter, years
from kg.questions.typos import correct_typos
from kg.schema import EDGES, ENTITY_LABELS
from kg.statements import conditions, queries
from kg.store import GraphReader

MOST_ROWS = 1000
"""Rows of an answer at most, whatever the question says."""

_LONGEST_PERIOD = 7
"""Words of a period before or after the rest of a question."""
_ROWS_OF_EACH_YEAR = 3
_ANY_TIME = {"since": 0, "until": 9999}


class Interpretation(NamedTuple):
    """What a question was taken to mean: a named query with its parameters, or a composed one."""

    query: str
    """Name of the query, or the parts of the composed one."""
    parameters: dict[str, Any]
    description: str
    """The meaning in words."""
    limit: int
    """Rows at most."""
    composed: ComposedQuery | None = None

    def answer(self, store: GraphReader) -> Answer:
        """Runs the query."""
        if self.composed:
            return self.composed.run(store, self.limit)
        return run(store, self.query, limit=self.limit, **self.parameters)


class Interpreter:
    """Interprets one question to one graph; `failures` collects the reasons why it was not understood."""

    def __init__(self, store: GraphReader, grammar: Grammar, nodes: NamedNodes, limit: int) -> None:
        """Takes the graph, the grammar, the look-up of names, and the limit of rows if the question gives none."""
        self._store = store
        self._grammar = grammar
        self._nodes = nodes
        self._limit = limit
        self.failures = Failures()

    def interpret(self, question: str) -> Interpretation | None:
        """What a question means, as written or with typing errors corrected; None if it is not understood."""
        text = self._grammar.normalise(question)
        if found := self._interpret_text(text):
            return found
        corrected, corrections = correct_typos(text, self._grammar.vocabulary)
        if corrections:
            # If it is still not understood, only the reasons for the corrected question matter.
            self.failures = Failures()
            if found := self._interpret_text(corrected):
                return found._replace(description=found.description + descriptions.corrected(corrections))
        return None

    def _interpret_text(self, text: str) -> Interpretation | None:
        wordings = [
            (wording, time) for rest, time in self._split_period(text) for wording in self._grammar.rewritings(rest)
        ]
        for interpretations in (self._by_patterns, self._by_heads):
            for wording, time in wordings:
                for found in interpretations(wording, time):
                    return found
        return None

    def _split_period(self, text: str) -> Iterator[tuple[str, str]]:
        """(text, period) pairs: the whole text, then the text without a leading or trailing period."""
        yield text, ""
        words = text.split(" ")
        for number in range(min(len(words) - 1, _LONGEST_PERIOD), 0, -1):
            first, rest = " ".join(words[:number]).rstrip(","), " ".join(words[number:])
            if self._clause_parser().parse_period(first):
                yield rest, first
                break
        for number in range(max(1, len(words) - _LONGEST_PERIOD), len(words)):
            rest, last = " ".join(words[:number]).rstrip(","), " ".join(words[number:])
            if self._clause_parser().parse_period(last):
                yield rest, last
                break

    def _clause_parser(self) -> ClauseParser:
        return ClauseParser(self._grammar, self._nodes.find, date.today())

    def _by_patterns(self, text: str, time: str) -> Iterator[Interpretation]:
        """Interpretations of a wording by patterns, each one named query."""
        period = self._clause_parser().parse_period(time) if time else None
        for match in self._grammar.matches(text):
            slots = match.slots
            nodes = self._nodes.find(slots["name"]) if "name" in slots else []
            others = self._nodes.find(slots["other"]) if "other" in slots else []
            other = next((node for node in others if node.label in match.pattern.others), None)
            for sense in match.pattern.sense:
                node = next((node for node in nodes if node.label in sense.types), None)
                if (node or "name" not in slots) and (other or "other" not in slots):
                    if found := self._by_sense(sense, slots, node, other, period):
                        not_meant = descriptions.not_meant([each for each in nodes if node and each.id != node.id])
                        yield found._replace(description=found.description + not_meant)
                    break
            else:
                self._add_unknown_name(text, match, nodes, others)

    def _add_unknown_name(self, wording: str, match: PatternMatch, nodes: list[Found], others: list[Found]) -> None:
        types = tuple(dict.fromkeys(label for sense in match.pattern.sense for label in sense.types))
        name, wanted, found = match.slots["name"], types, nodes
        if any(node.label in types for node in nodes):
            name, wanted, found = match.slots.get("other", name), match.pattern.others, others
        self.failures.unknown_names.append(UnknownName(wording, wording.rfind(name), name, wanted, found))

    def _by_sense(
        self, sense: Sense, slots: Mapping[str, str], node: Found | None, other: Found | None, time: Clause | None
    ) -> Interpretation | None:
        declared = {parameter.name for parameter in queries()[sense.query].parameters}
        given_years = years([atom for group in (time.groups if time else ()) for atom in group])
        if given_years is None:
            return None
        parameters: dict[str, Any] = dict(sense.parameters)
        if node:
            parameters[sense.name] = node.id
        if other:
            parameters[sense.other] = other.id
        if "types" in declared:
            parameters["types"] = list(self._wanted_types(slots, sense.parameters))
        limit = self._limit_of(slots)
        if "each" in declared:
            parameters["each"], limit = (limit if "limit" in slots else _ROWS_OF_EACH_YEAR), MOST_ROWS
        if "later" in declared:
            earlier, later = self._compared_years(given_years)
            parameters |= {"earlier": earlier, "later": later}
            time = Clause([], f"from {earlier} to {later}")
        elif declared >= _ANY_TIME.keys():
            parameters |= _ANY_TIME | _of_known_year(given_years)
        elif given_years:
            return None
        description = sense.description.format(
            name=descriptions.described(node) if node else "",
            other=descriptions.described(other) if other else "",
            wanted=descriptions.plural(parameters.get("types", ())),
        )
        description += f", {time.description}" if time else ""
        return Interpretation(sense.query, parameters, description, limit)

    def _compared_years(self, given: Mapping[str, int]) -> tuple[int, int]:
        """The years that a question on growth compares: those that it gives, else the last two with papers."""
        rows = run(self._store, "papers_by_year", limit=MOST_ROWS).rows
        last = max((row["year"] for row in rows if row["year"]), default=date.today().year)
        later = given.get("until", last)
        return int(given.get("since", later - 1)), int(later)

    def _by_heads(self, text: str, time: str) -> Iterator[Interpretation]:
        """Interpretations of a wording as something wanted of the papers that meet conditions."""
        for head, slots in self._grammar.head_matches(text):
            filter_text = slots["conditions"] if "conditions" in slots else f"of {slots['of']}"
            parser = self._clause_parser()
            papers = parser.parse(f"{filter_text} {time}".rstrip())
            if papers and papers.clauses:
                yield self._by_head(head, slots, papers)
                continue
            self.failures.ambiguity = self.failures.ambiguity or parser.failures.ambiguity
            self.failures.unread += parser.failures.unread
            wording = f"{text} {time}".rstrip()
            place = wording.find(filter_text) if "conditions" in slots else 0
            self.failures.unknown_names += [
                unknown._replace(wording=wording, place=place + unknown.place)
                for unknown in parser.failures.unknown_names
            ]

    def _by_head(self, head: HeadPattern, slots: Mapping[str, str], papers: PaperFilter) -> Interpretation:
        limit = self._limit_of(slots)
        not_meant = descriptions.not_meant(papers.others)
        if head.returns == "papers" and (found := self._by_named_query(papers, limit)):
            return found._replace(description=found.description + not_meant)
        parameters: dict[str, Any] = dict(head.parameters)
        if "types" in parameters:
            parameters["types"] = list(self._wanted_types(slots, head.parameters))
        wanted = descriptions.plural(parameters.get("types", ()))
        description = head.description.format(wanted=wanted, conditions=papers.description)
        composed = ComposedQuery(head.returns, papers.groups, parameters)
        return Interpretation(composed.name, {}, description + not_meant, limit, composed)

    def _by_named_query(self, papers: PaperFilter, limit: int) -> Interpretation | None:
        """The named query for the papers that meet a condition; None if no single one answers it."""
        clause = papers.only_clause
        if not (clause and clause.sense and clause.sense.query and clause.node):
            return None
        declared = {parameter.name for parameter in queries()[clause.sense.query].parameters}
        parameters: dict[str, Any] = {clause.sense.name: clause.node.id}
        if "relations" in declared:
            parameters["relations"] = [
                relation
                for relation in conditions()[clause.sense.condition].relations
                if ("Paper", clause.node.label) in EDGES[relation].ends
            ]
        if declared >= _ANY_TIME.keys():
            given_years = years(papers.times)
            if given_years is None:
                return None
            parameters |= _ANY_TIME | _of_known_year(given_years)
        elif papers.times:
            return None
        return Interpretation(clause.sense.query, parameters, f"papers{papers.description}", limit)

    def _limit_of(self, slots: Mapping[str, str]) -> int:
        return max(1, min(int(slots.get("limit", self._limit)), MOST_ROWS))

    def _wanted_types(self, slots: Mapping[str, str], parameters: Mapping[str, Any]) -> Iterable[str]:
        noun = slots.get("types", "")
        if noun and noun.casefold() != "what":
            return self._grammar.types(noun)
        types: Iterable[str] = parameters.get("types", ENTITY_LABELS)
        return types


def _of_known_year(given: dict[str, int]) -> dict[str, int]:
    """A period that has only an end begins with year 1, as a paper of unknown year counts as of year 0."""
    return given if "since" in given or not given else given | {"since": 1}
