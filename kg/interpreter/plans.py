"""How the engine matches the patterns of a statement that is interpreted: statements without their ends.

A plan is made in the process of the one who asks, from the schema, and carried out in the sandbox (see
`kg.interpreter.matching`). It may find more than the pattern, never less: what the engine cannot decide as Neo4j does
is decided afterwards, on what was found.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, TypeAlias

from kg.syntax import tree

Matched: TypeAlias = tree.Match | tree.PatternValue | tree.PatternComprehension
"""A part of a statement that matches patterns."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the engine returns of one variable of a pattern."""

    variable: str
    kind: Literal["node", "edge", "edges", "path", "nodes", "value"]
    texts: tuple[str, ...]
    """Expressions in the engine's Cypher: of a node or an edge its id and its label, where they are asked for, and its
    properties, or the whole; of several nodes or edges their list; of a path the lists of its nodes and edges."""
    properties: tuple[str, ...] | None = None
    """Of a node or an edge: the properties that are returned; None where it is returned whole."""
    absent: tuple[str, ...] = ()
    """Of a node or an edge: properties that are asked for and that it cannot have."""
    keyed: bool = True
    """Of a node or an edge: whether its id is returned."""
    label: str | None = None
    """Of a node or an edge: its label, where it is known before or nobody asks for it."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A condition `variable.name = value` whose value depends on the row to which matches are sought."""

    condition: int
    """Its place among the conditions of the part; see `kg.interpreter.conditions`."""
    operand: int
    """Which operand of it is the value: 0 or 1."""
    text: str
    """The property in the engine's Cypher."""
    kind: Literal["string", "integer"]
    """Type of the property."""


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """The statement that matches a part's patterns, but for its conditions on one row."""

    patterns: str
    """The patterns, with commas between them."""
    conditions: tuple[str, ...]
    """Conditions that the engine decides."""
    parameters: dict[str, Any]
    """Values for the conditions."""
    columns: tuple[Column, ...]
    bound: tuple[tuple[str, str], ...]
    """Nodes and edges that stand in the rows before: their variables here and in the engine's Cypher."""
    pins: tuple[Pin, ...]
    remaining: tuple[int, ...]
    """Places of the conditions that are decided afterwards."""
    apart: tuple[str, ...] = ()
    """That an edge matches once; in one WHERE with other conditions the engine would lose matches."""
    fragile: bool = False
    """Whether it would lose matches also with other conditions directly after the pattern."""
    identity: tuple[str, ...] = ()
    """What tells matches apart, as expressions, where the engine may give one twice."""
    ends: bool = False
    """Whether the statement asks for the ends of edges, so that nodes once found are remembered."""

    def statement(self, conditions: Sequence[str] = (), most: int | None = None) -> str:
        """The statement in the engine's Cypher, with further conditions, for at most so many matches."""
        groups = condition_groups([*self.conditions, *conditions], self.apart, self.fragile)
        where = where_text(groups)
        texts = [text for column in self.columns for text in column.texts] + [pin.text for pin in self.pins]
        texts += self.identity
        returned = ", ".join(f"{text} AS c{at}" for at, text in enumerate(texts)) or "1"
        return f"MATCH {self.patterns}{where} RETURN {returned}{'' if most is None else f' LIMIT {most}'}"


def condition_groups(conditions: Sequence[str], apart: Sequence[str], fragile: bool) -> list[list[str]]:
    """The conditions of a pattern in groups between which a WITH * has to stand, so that the engine loses no matches.

    Args:
        conditions: on properties.
        apart: that an edge matches once.
        fragile: whether conditions on properties may not follow the pattern directly.
    """
    if fragile:
        return [list(apart), list(conditions)] if conditions else [list(apart)]
    return [list(conditions), list(apart)] if conditions and apart else [[*conditions, *apart]]


def where_text(groups: Sequence[Sequence[str]]) -> str:
    """The WHERE of groups of conditions, each but the first after a WITH *."""
    text = ""
    for place, group in enumerate(groups):
        text += " WITH *" if place else ""
        text += f" WHERE {' AND '.join(group)}" if group else ""
    return text


@dataclass(frozen=True, slots=True)
class StartPlan:
    """The first clauses of a statement, as the engine runs them whole."""

    statement: str
    parameters: dict[str, Any]
    """Values of its parameters."""
    columns: tuple[Column, ...]
    """The variables after them."""
    clauses: int
    """How many clauses these are."""


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """What the engine does for a statement that is interpreted."""

    start: StartPlan | None
    matches: dict[str, MatchPlan]
    """By the slot of their part; see `kg.interpreter.evaluators.slot_of`."""

    def statements(self) -> list[tuple[str, dict[str, Any]]]:
        """The engine's statements with their parameters."""
        found = [(plan.statement(), plan.parameters) for plan in self.matches.values()]
        return [(self.start.statement, self.start.parameters), *found] if self.start else found

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "StatementPlan":
        """The plan that `to_json` wrote, also after a way through JSON."""
        start = value["start"]
        return cls(
            StartPlan(**(start | {"columns": _columns(start["columns"])})) if start else None,
            {slot: _match_plan(plan) for slot, plan in value["matches"].items()},
        )


def rest_of(query: tree.Query, plan: StatementPlan) -> tree.Query:
    """The statement without the clauses that the engine runs whole."""
    if plan.start is None:
        return query
    (single,) = query.queries
    clauses = single.clauses[plan.start.clauses :]
    return replace(query, queries=(replace(single, clauses=clauses),))


def _match_plan(value: dict[str, Any]) -> MatchPlan:
    lists = {name: tuple(value[name]) for name in ("conditions", "remaining", "apart", "identity")}
    bound = tuple((variable, text) for variable, text in value["bound"])
    pins = tuple(Pin(**each) for each in value["pins"])
    return MatchPlan(**(value | lists | {"columns": _columns(value["columns"]), "bound": bound, "pins": pins}))


def _columns(values: list[dict[str, Any]]) -> tuple[Column, ...]:
    found = []
    for value in values:
        fields: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in value.items()}
        found.append(Column(**fields))
    return tuple(found)
