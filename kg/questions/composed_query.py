"""Statements for combined conditions, composed of the parts in `cypher/conditions` and `cypher/returns`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.queries.answers import Answer
from kg.statements import Condition, conditions, returns
from kg.store import GraphStore

_PARAMETER = re.compile(r"\$(\w+)")

# Of what is only known by references to it, nothing can be said.
_NO_STUB = "p.stub IS NULL"


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition of `cypher/conditions` on a paper, or that it does not hold."""

    condition: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    negated: bool = False

    def __str__(self) -> str:
        return " ".join(["not"] * self.negated + [self.condition, *map(str, self.parameters.values())])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is told of the papers of which every group of conditions holds; of a group, one condition suffices."""

    returns: str
    groups: Sequence[Sequence[Atom]]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The parts that it is composed of: `papers of uses and (evaluates_on or trains_on) and not has_code`."""
        groups = [" or ".join(["not "[: 4 * atom.negated] + atom.condition for atom in group]) for group in self.groups]
        wanted = [f"({text})" if " or " in text and len(groups) > 1 else text for text in groups]
        return f"{self.returns} of {' and '.join(wanted) or 'all'}"

    def run(self, store: GraphStore, limit: int) -> Answer:
        """Runs it, for `limit` rows at most."""
        told = returns()[self.returns]
        given: dict[str, Any] = {}
        matches: list[str] = []
        predicates: list[str] = []
        for group in self.groups:
            parts = [(atom, _renamed(conditions()[atom.condition], atom, given)) for atom in group]
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
        statement = "\n".join([*lines, told.text(store.engine)])
        declared = {parameter.name for parameter in told.parameters}
        given |= {name: value for name, value in self._defaults().items() if name in declared}
        # One row more than wanted tells whether there are more.
        wanted = given | {"limit": limit + 1} if "limit" in declared else given
        table = store.read(statement, wanted, limit=limit)
        shown = given | {"limit": limit} if "limit" in declared else given
        return Answer(
            cypher=statement,
            parameters=shown,
            columns=table.columns,
            rows=table.records(),
            truncated=table.truncated,
        )

    def _defaults(self) -> dict[str, Any]:
        """Parameters of what is told, as given or as the conditions tell them."""
        positive = [atom for group in self.groups for atom in group if not atom.negated]
        relations = {name for atom in positive for name in conditions()[atom.condition].relations}
        return {
            "entities": [atom.parameters["entity"] for atom in positive if "entity" in atom.parameters],
            "relations": sorted(relations),
            "without": [value for atom in positive for value in atom.parameters.values() if isinstance(value, str)],
            **self.parameters,
        }


def _renamed(condition: Condition, atom: Atom, given: dict[str, Any]) -> str:
    """The condition's text with parameters that no other condition has; they are added to `given`."""
    names = {}
    for name, value in atom.parameters.items():
        number = 1 + sum(known.partition("_")[0] == name for known in given)
        names[name] = name if number == 1 else f"{name}_{number}"
        given[names[name]] = value
    return _PARAMETER.sub(lambda found: f"${names[found[1]]}", condition.text)


def _predicate(text: str, negated: bool) -> str:
    if text.startswith("MATCH "):
        return f"{'NOT ' * negated}EXISTS {{ {text} }}"
    predicate = text.removeprefix("WHERE ")
    return f"NOT ({predicate})" if negated else predicate
