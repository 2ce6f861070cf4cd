"""Statements for combined conditions, composed of the parts in `cypher/conditions` and `cypher/returns`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.queries.answers import Answer
from kg.queries.running import read_answer
from kg.statements import Condition, conditions, returns
from kg.store import GraphReader

_PARAMETER = re.compile(r"\$(\w+)")

# Stubs match no question: nothing is known of them but who cites them.
_NO_STUB = "p.stub IS NULL"


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition of `cypher/conditions` on a paper; if `negated`, that it does not hold."""

    condition: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    negated: bool = False

    def __str__(self) -> str:
        return " ".join(["not"] * self.negated + [self.condition, *map(str, self.parameters.values())])


@dataclass(frozen=True, slots=True)
class ComposedQuery:
    """A query on the papers for which every group of conditions holds, by one condition of the group at least.

    `returns` names the statement of `cypher/returns` that says what is returned of these papers; `parameters` are the
    values of its parameters that the conditions do not give.
    """

    returns: str
    groups: Sequence[Sequence[Atom]]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its parts: `papers of uses and (evaluates_on or trains_on) and not has_code`."""
        groups = [" or ".join(["not "[: 4 * atom.negated] + atom.condition for atom in group]) for group in self.groups]
        wanted = [f"({text})" if " or " in text and len(groups) > 1 else text for text in groups]
        return f"{self.returns} of {' and '.join(wanted) or 'all'}"

    def run(self, store: GraphReader, limit: int) -> Answer:
        """Runs it, for `limit` rows at most."""
        returned = returns()[self.returns]
        values: dict[str, Any] = {}
        matches: list[str] = []
        predicates: list[str] = []
        for group in self.groups:
            parts = [(atom, _with_own_parameters(conditions()[atom.condition], atom, values)) for atom in group]
            if len(parts) == 1 and not group[0].negated and parts[0][1].startswith("MATCH "):
                matches.append(parts[0][1])
            else:
                texts = [_predicate(text, atom.negated) for atom, text in parts]
                predicates.append(texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})")
        if not matches:
            predicates.append(_NO_STUB)
        lines = ["MATCH (p:Paper)", *matches]
        if predicates:
            lines.append("WHERE " + "\n  AND ".join(predicates))
        if matches:
            lines.append("WITH DISTINCT p")
        statement = "\n".join([*lines, returned.text(store.engine)])
        declared = {parameter.name for parameter in returned.parameters}
        values |= {name: value for name, value in self._values().items() if name in declared}
        return read_answer(store, statement, values, limit, has_limit="limit" in declared)

    def _values(self) -> dict[str, Any]:
        """Values of the parameters of what is returned, as given or as the conditions say."""
        positive = [atom for group in self.groups for atom in group if not atom.negated]
        relations = {name for atom in positive for name in conditions()[atom.condition].relations}
        return {
            "entities": [atom.parameters["entity"] for atom in positive if "entity" in atom.parameters],
            "relations": sorted(relations),
            "without": [value for atom in positive for value in atom.parameters.values() if isinstance(value, str)],
            **self.parameters,
        }


def _with_own_parameters(condition: Condition, atom: Atom, values: dict[str, Any]) -> str:
    """The condition's text with parameter names of its own; adds their values to `values`, in place."""
    names = {}
    for name, value in atom.parameters.items():
        number = 1 + sum(known.partition("_")[0] == name for known in values)
        names[name] = name if number == 1 else f"{name}_{number}"
        values[names[name]] = value
    return _PARAMETER.sub(lambda found: f"${names[found[1]]}", condition.text)


def _predicate(text: str, negated: bool) -> str:
    if text.startswith("MATCH "):
        return f"{'NOT ' * negated}EXISTS {{ {text} }}"
    predicate = text.removeprefix("WHERE ")
    return f"NOT ({predicate})" if negated else predicate
