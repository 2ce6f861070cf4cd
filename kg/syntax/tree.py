"""Syntax tree of a reading statement. Every part has its place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement: the characters from offset `start` to before `end`."""

    start: int
    end: int

    def parts(self) -> Iterator["Part"]:
        """Its direct children."""
        for field in fields(self):
            yield from _parts(getattr(self, field.name))

    def walk(self) -> Iterator["Part"]:
        """This part and all its descendants, in no particular order."""
        waiting: list[Part] = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(part.parts())


def _parts(value: Any) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


# Expressions


class Expression(Part):
    """Base of all parts that have a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A literal, with its value."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parameter(Expression):
    """`$name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    """A use of a variable."""

    name: str


@dataclass(frozen=True, slots=True)
class PropertyAccess(Expression):
    """`of.name`."""

    of: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index(Expression):
    """`of[index]`."""

    of: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Slice(Expression):
    """`of[low..high]`."""

    of: Expression
    low: Expression | None
    high: Expression | None


@dataclass(frozen=True, slots=True)
class LabelTest(Expression):
    """`of:Label`."""

    of: Expression
    labels: "LabelExpression"


@dataclass(frozen=True, slots=True)
class Unary(Expression):
    """`NOT x`, `-x` or `+x`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """Two operands of `OR`, `AND`, `+`, `||`, `*`, `^`, `IN`, `=~`, `STARTS WITH` and the like."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """`a < b`, and `a < b <= c`: one operand more than operators."""

    operators: tuple[str, ...]
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class IsNull(Expression):
    """`of IS NULL`, `of IS NOT NULL`."""

    of: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class IsType(Expression):
    """`of IS :: INTEGER`."""

    of: Expression
    negated: bool
    type: str


@dataclass(frozen=True, slots=True)
class When(Part):
    """`WHEN a, b THEN value`."""

    conditions: tuple[Expression, ...]
    value: Expression


@dataclass(frozen=True, slots=True)
class Case(Expression):
    """`CASE subject WHEN … END`."""

    subject: Expression | None
    whens: tuple[When, ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class ListOf(Expression):
    """`[a, b]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapEntry(Part):
    """`name: value`."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class MapOf(Expression):
    """`{a: 1}`."""

    entries: tuple[MapEntry, ...]


@dataclass(frozen=True, slots=True)
class MapProjection(Expression):
    """`of {.a, b: 1, c, .*}`; the entry `.*` has the name `*`."""

    of: Variable
    entries: tuple[MapEntry, ...]


@dataclass(frozen=True, slots=True)
class Comprehension(Expression):
    """`[variable IN source WHERE where | value]`."""

    variable: str
    source: Expression
    where: Expression | None
    value: Expression | None


@dataclass(frozen=True, slots=True)
class PatternComprehension(Expression):
    """`[pattern WHERE where | value]`."""

    path: "PathPattern"
    where: Expression | None
    value: Expression


@dataclass(frozen=True, slots=True)
class Quantifier(Expression):
    """`all(variable IN source WHERE where)`, `any`, `none`, `single`."""

    name: str
    variable: str
    source: Expression
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Reduce(Expression):
    """`reduce(accumulator = initial, variable IN source | value)`."""

    accumulator: str
    initial: Expression
    variable: str
    source: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function call; `name` as written, with its namespaces."""

    name: str
    distinct: bool
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class CountRows(Expression):
    """`count(*)`."""


@dataclass(frozen=True, slots=True)
class Subquery(Expression):
    """`EXISTS { }`, `COUNT { }`, `COLLECT { }`, also with a pattern without MATCH in the braces."""

    kind: str
    query: "Query"


@dataclass(frozen=True, slots=True)
class PatternValue(Expression):
    """A pattern in the place of a value: whether it matches, or a shortest path."""

    path: "PathPattern"


# Patterns


@dataclass(frozen=True, slots=True)
class LabelName(Part):
    """A label or a relationship type; `%` is any."""

    name: str


@dataclass(frozen=True, slots=True)
class NotLabel(Part):
    """`!label`."""

    of: "LabelExpression"


@dataclass(frozen=True, slots=True)
class BothLabels(Part):
    """`a&b`, `a:b`."""

    left: "LabelExpression"
    right: "LabelExpression"


@dataclass(frozen=True, slots=True)
class EitherLabel(Part):
    """`a|b`."""

    left: "LabelExpression"
    right: "LabelExpression"


LabelExpression: TypeAlias = LabelName | NotLabel | BothLabels | EitherLabel


@dataclass(frozen=True, slots=True)
class NodePattern(Part):
    """`(variable:Label {…} WHERE …)`."""

    variable: str | None
    labels: LabelExpression | None
    properties: Expression | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Hops(Part):
    """How many edges in a row: `*`, `*2`, `*1..3`, `+`, `{1,3}`."""

    low: int | None
    high: int | None
    quantified: bool = False
    """Whether they are written after the brackets: `+`, `*`, `{1,3}`."""


@dataclass(frozen=True, slots=True)
class EdgePattern(Part):
    """`-[variable:TYPE*1..3 {…}]->`."""

    variable: str | None
    types: LabelExpression | None
    properties: Expression | None
    where: Expression | None
    hops: Hops | None
    direction: Literal["<", ">", "-"]


@dataclass(frozen=True, slots=True)
class RepeatedPattern(Part):
    """`((a)-->(b) WHERE …){1,3}`."""

    path: "PathPattern"
    where: Expression | None
    hops: Hops | None


@dataclass(frozen=True, slots=True)
class PathPattern(Part):
    """`variable = shortestPath((a)-->(b))`; `which` is the function, or `ANY`, `ALL SHORTEST`, `SHORTEST 3`."""

    variable: str | None
    which: str
    elements: tuple[NodePattern | EdgePattern | RepeatedPattern, ...]


# Clauses


@dataclass(frozen=True, slots=True)
class Match(Part):
    """`OPTIONAL MATCH … WHERE …`."""

    optional: bool
    paths: tuple[PathPattern, ...]
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Unwind(Part):
    """`UNWIND source AS variable`."""

    source: Expression
    variable: str


@dataclass(frozen=True, slots=True)
class ProjectionItem(Part):
    """`value AS name`; without AS, `name` is the text of the value and `named` is false."""

    value: Expression
    name: str
    named: bool


@dataclass(frozen=True, slots=True)
class SortKey(Part):
    """`value DESC`."""

    value: Expression
    descending: bool


@dataclass(frozen=True, slots=True)
class ProjectionClause(Part):
    """`WITH` or `RETURN`; `everything` stands for `*`, and only WITH has a `where`."""

    clause: Literal["WITH", "RETURN"]
    distinct: bool
    everything: bool
    items: tuple[ProjectionItem, ...]
    order: tuple[SortKey, ...]
    skip: Expression | None
    limit: Expression | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class CallSubquery(Part):
    """`CALL { … }` or `CALL (variables) { … }`."""

    optional: bool
    query: "Query"
    imports: tuple[str, ...] | None
    """The variables between the brackets, of which `*` is all; None without brackets, where a first WITH names them."""


@dataclass(frozen=True, slots=True)
class Finish(Part):
    """`FINISH`."""


Clause: TypeAlias = Match | Unwind | ProjectionClause | CallSubquery | Finish


@dataclass(frozen=True, slots=True)
class SingleQuery(Part):
    """A sequence of clauses."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Query(Part):
    """Queries joined by UNION; `all` has one item less, and says which of the joints are UNION ALL."""

    queries: tuple[SingleQuery, ...]
    all: tuple[bool, ...]
