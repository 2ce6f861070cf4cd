"""The tree of a reading statement. Every part knows where in the text it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement, the characters from `start` to `end`."""

    start: int
    end: int

    def parts(self) -> Iterator["Part"]:
        """The parts that it directly consists of."""
        for field in fields(self):
            yield from _parts(getattr(self, field.name))

    def walk(self) -> Iterator["Part"]:
        """This part and all within it."""
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
    """What has a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A literal; `value` is what it stands for."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parameter(Expression):
    """`$name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    """A variable that is used."""

    name: str


@dataclass(frozen=True, slots=True)
class Property(Expression):
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
class Labelled(Expression):
    """`of:Label`."""

    of: Expression
    labels: "Label"


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
class Entry(Part):
    """`name: value`."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class MapOf(Expression):
    """`{a: 1}`."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Projection(Expression):
    """`of {.a, b: 1, c, .*}`: entries, of which `.*` has the name `*`."""

    of: Variable
    entries: tuple[Entry, ...]


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

    path: "Path"
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
    """A function's value; `name` as written, with its namespaces."""

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
    """A pattern where a value is expected: whether it exists, or a shortest path."""

    path: "Path"


# Patterns


@dataclass(frozen=True, slots=True)
class Name(Part):
    """A label or a type; `%` is any."""

    name: str


@dataclass(frozen=True, slots=True)
class NotLabel(Part):
    """`!label`."""

    of: "Label"


@dataclass(frozen=True, slots=True)
class BothLabels(Part):
    """`a&b`, `a:b`."""

    left: "Label"
    right: "Label"


@dataclass(frozen=True, slots=True)
class EitherLabel(Part):
    """`a|b`."""

    left: "Label"
    right: "Label"


Label: TypeAlias = Name | NotLabel | BothLabels | EitherLabel


@dataclass(frozen=True, slots=True)
class Node(Part):
    """`(variable:Label {…} WHERE …)`."""

    variable: str | None
    labels: Label | None
    properties: Expression | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Hops(Part):
    """How many edges in a row: `*`, `*2`, `*1..3`, `+`, `{1,3}`."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Edge(Part):
    """`-[variable:TYPE*1..3 {…}]->`."""

    variable: str | None
    types: Label | None
    properties: Expression | None
    where: Expression | None
    hops: Hops | None
    direction: Literal["<", ">", "-"]


@dataclass(frozen=True, slots=True)
class Repeated(Part):
    """`((a)-->(b) WHERE …){1,3}`."""

    path: "Path"
    where: Expression | None
    hops: Hops | None


@dataclass(frozen=True, slots=True)
class Path(Part):
    """`variable = shortestPath((a)-->(b))`; `which` is the function, or `ANY`, `ALL SHORTEST`, `SHORTEST 3`."""

    variable: str | None
    which: str
    elements: tuple[Node | Edge | Repeated, ...]


# Clauses


@dataclass(frozen=True, slots=True)
class Match(Part):
    """`OPTIONAL MATCH … WHERE …`."""

    optional: bool
    paths: tuple[Path, ...]
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Unwind(Part):
    """`UNWIND source AS variable`."""

    source: Expression
    variable: str


@dataclass(frozen=True, slots=True)
class Item(Part):
    """`value AS name`; `name` is the text itself where nothing else is said."""

    value: Expression
    name: str
    named: bool


@dataclass(frozen=True, slots=True)
class Order(Part):
    """`value DESC`."""

    value: Expression
    descending: bool


@dataclass(frozen=True, slots=True)
class Rows(Part):
    """`WITH` or `RETURN`; `where` only of the former, `everything` for `*`."""

    clause: Literal["WITH", "RETURN"]
    distinct: bool
    everything: bool
    items: tuple[Item, ...]
    order: tuple[Order, ...]
    skip: Expression | None
    limit: Expression | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class CallQuery(Part):
    """`CALL { … }` or `CALL (variables) { … }`."""

    optional: bool
    query: "Query"


@dataclass(frozen=True, slots=True)
class Finish(Part):
    """`FINISH`."""


Clause: TypeAlias = Match | Unwind | Rows | CallQuery | Finish


@dataclass(frozen=True, slots=True)
class Single(Part):
    """Clauses one after the other."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Query(Part):
    """Queries, and between each two whether all rows are kept (`UNION ALL`)."""

    queries: tuple[Single, ...]
    all: tuple[bool, ...]
