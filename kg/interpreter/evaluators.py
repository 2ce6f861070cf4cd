"""Turns the expressions of a statement into functions from a row to a value, with Neo4j's semantics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Protocol, TypeAlias

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter import operators
from kg.interpreter.aggregates import AGGREGATES, Aggregate
from kg.interpreter.scalar_functions import SCALARS
from kg.interpreter.type_names import is_type
from kg.interpreter.values import EdgeValue, NodeValue, compare, described, equal, group_key, truth
from kg.syntax import tree

Row: TypeAlias = dict[str, Any]
"""Values by variable; keys that begin with a null character are the interpreter's own."""

Evaluator: TypeAlias = Callable[[Row], Any]

PatternPart: TypeAlias = tree.Subquery | tree.PatternValue | tree.PatternComprehension
"""An expression whose value comes from matching patterns."""

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operators.add,
    "||": operators.join,
    "-": operators.subtract,
    "*": operators.multiply,
    "/": operators.divide,
    "%": operators.modulo,
    "^": operators.power,
    "IN": operators.in_list,
    "=~": operators.matches,
    "STARTS WITH": operators.starts_with,
    "ENDS WITH": operators.ends_with,
    "CONTAINS": operators.contains,
}


class GraphAccess(Protocol):
    """What expressions ask of the graph."""

    def values(self, part: PatternPart, rows: Sequence[Row]) -> list[Any]:
        """The value of a part for each of some rows."""
        ...

    def node(self, key: tuple[int, int]) -> NodeValue:
        """The node with a key, with all its properties."""
        ...


@dataclass(slots=True)
class AggregateCall:
    """An aggregate function in an expression, and where its result is put in the row of a group."""

    slot: str
    make: Callable[[], Aggregate]
    distinct: bool
    arguments: tuple[Evaluator, ...]


@dataclass(slots=True)
class Compiled:
    """The expressions of one clause: what they need before they can be evaluated."""

    parts: list[PatternPart] = field(default_factory=list)
    """Parts whose values are found for many rows at a time, and then stand in the rows; see `slot_of`."""
    aggregates: list[AggregateCall] = field(default_factory=list)


def slot_of(part: tree.Part) -> str:
    """The key of a row under which the value of a part stands."""
    return f"\0{part.start}:{part.end}"


class EvaluatorCompiler:
    """Compiles the expressions of one statement."""

    def __init__(self, parameters: Mapping[str, Any], graph: GraphAccess) -> None:
        self._parameters = parameters
        self._graph = graph

    def compile(
        self,
        expression: tree.Expression,
        compiled: Compiled,
        known: Mapping[str, tree.Expression] | None = None,
    ) -> Evaluator:
        """The function that evaluates an expression.

        Args:
            expression: of the statement.
            compiled: of the clause; parts and aggregates of the expression are added to it.
            known: expressions whose values stand in the rows by name, as ORDER BY finds what is returned.
        """
        return _Compiler(self._parameters, self._graph, compiled, known or {}).compile(expression)


class _Compiler:
    def __init__(
        self,
        parameters: Mapping[str, Any],
        graph: GraphAccess,
        compiled: Compiled,
        known: Mapping[str, tree.Expression],
    ) -> None:
        self._parameters = parameters
        self._graph = graph
        self._compiled = compiled
        self._known = known
        self._inner = 0
        """How many comprehensions and the like are around the expression, whose variables are in no row."""

    def compile(self, expression: tree.Expression) -> Evaluator:
        if not self._inner:
            for name, other in self._known.items():
                if same(expression, other):
                    return _variable(name)
        match expression:
            case tree.Constant(value=value):
                return lambda row: value
            case tree.Parameter(name=name):
                given = self._parameters[name]
                return lambda row: given
            case tree.Variable(name=name):
                return _variable(name)
            case tree.PropertyAccess(of=of, name=name):
                return _property(self.compile(of), name)
            case tree.Index(of=of, index=index):
                return _two(operators.item, self.compile(of), self.compile(index))
            case tree.Slice(of=of, low=low, high=high):
                return self._slice(of, low, high)
            case tree.LabelTest(of=of, labels=labels):
                return _labelled(self.compile(of), labels)
            case tree.Unary(operator="-", operand=tree.Constant(value=float(value))):
                # Of other values, `-x` is `0 - x`, so that there -0.0 is 0.0.
                negative = -value
                return lambda row: negative
            case tree.Unary(operator=operator, operand=operand):
                return _unary(operator, self.compile(operand))
            case tree.Binary():
                return self._binary(expression)
            case tree.Comparison(operators=signs, operands=operands):
                return _comparison(signs, [self.compile(operand) for operand in _alike(operands)])
            case tree.IsNull(of=of, negated=negated):
                value_of = self.compile(of)
                return (lambda row: value_of(row) is not None) if negated else (lambda row: value_of(row) is None)
            case tree.IsType(of=of, negated=negated, type=type_):
                value_of = self.compile(of)
                return lambda row: is_type(value_of(row), type_) is not negated
            case tree.Case():
                return self._case(expression)
            case tree.ListOf(items=items):
                each = [self.compile(item) for item in items]
                return lambda row: [evaluate(row) for evaluate in each]
            case tree.MapOf(entries=entries):
                pairs = [(entry.name, self.compile(entry.value)) for entry in entries]
                return lambda row: {name: evaluate(row) for name, evaluate in pairs}
            case tree.MapProjection(of=of, entries=entries):
                return self._projection(of, entries)
            case tree.Comprehension() | tree.Quantifier():
                return self._over(expression)
            case tree.Reduce():
                return self._reduce(expression)
            case tree.Subquery() | tree.PatternValue() | tree.PatternComprehension():
                return self._part(expression)
            case tree.CountRows():
                return self._aggregate("count", False, (lambda row: True,))
            case tree.Call():
                return self._call(expression)
        raise RefusedError("rule 'dialect': the embedded engine has no such expression: write it otherwise")

    def _slice(self, of: tree.Expression, low: tree.Expression | None, high: tree.Expression | None) -> Evaluator:
        source = self.compile(of)
        first: Evaluator = self.compile(low) if low else lambda row: 0
        last: Evaluator = self.compile(high) if high else lambda row: operators.TO_END
        return lambda row: operators.slice_of(source(row), first(row), last(row))

    def _binary(self, expression: tree.Binary) -> Evaluator:
        left, right = self.compile(expression.left), self.compile(expression.right)
        if expression.operator == "/" and _is_float(expression.left) and _is_zero(expression.right):
            # Neo4j works out two literals beforehand, and there a float may be divided by the integer 0.
            return _two(operators.divide, left, lambda row: 0.0)
        match expression.operator:
            case "AND":
                return _decided(left, right, False)
            case "OR":
                return _decided(left, right, True)
            case "XOR":
                return _xor(left, right)
        return _two(_OPERATORS[expression.operator], left, right)

    def _case(self, expression: tree.Case) -> Evaluator:
        subject = self.compile(expression.subject) if expression.subject else None
        branches = [
            ([self.compile(condition) for condition in when.conditions], self.compile(when.value))
            for when in expression.whens
        ]
        otherwise = self.compile(expression.otherwise) if expression.otherwise else lambda row: None

        def evaluate(row: Row) -> Any:
            if subject is None:
                for conditions, value in branches:
                    if any(truth(condition(row)) for condition in conditions):
                        return value(row)
                return otherwise(row)
            wanted = subject(row)
            for conditions, value in branches:
                if any(equal(wanted, condition(row)) for condition in conditions):
                    return value(row)
            return otherwise(row)

        return evaluate

    def _projection(self, of: tree.Variable, entries: tuple[tree.MapEntry, ...]) -> Evaluator:
        whole = self.compile(of)
        properties = SCALARS["properties"]
        # `.name` on a map or node without it gives null, as any property does.
        pairs = [(entry.name, None if entry.name == "*" else self.compile(entry.value)) for entry in entries]

        def evaluate(row: Row) -> Any:
            value = whole(row)
            if value is None:
                return None
            result: dict[str, Any] = {}
            for name, entry in pairs:
                if entry is None:
                    result |= properties(value)
                else:
                    result[name] = entry(row)
            return result

        return evaluate

    def _over(self, expression: tree.Comprehension | tree.Quantifier) -> Evaluator:
        source = self.compile(expression.source)
        name = expression.variable
        self._inner += 1
        where = self.compile(expression.where) if expression.where else None
        value = None
        if isinstance(expression, tree.Comprehension) and expression.value:
            value = self.compile(expression.value)
        self._inner -= 1
        if isinstance(expression, tree.Quantifier):
            if where is None:
                raise NotUnderstoodError(f"{expression.name}() needs WHERE")
            return _quantified(expression.name, source, name, where)

        def evaluate(row: Row) -> Any:
            items = _items(source(row))
            if items is None:
                return None
            inner = row.copy()
            result = []
            for item in items:
                inner[name] = item
                if where is None or truth(where(inner)):
                    result.append(item if value is None else value(inner))
            return result

        return evaluate

    def _reduce(self, expression: tree.Reduce) -> Evaluator:
        initial, source = self.compile(expression.initial), self.compile(expression.source)
        accumulator, variable = expression.accumulator, expression.variable
        self._inner += 1
        step = self.compile(expression.value)
        self._inner -= 1

        def evaluate(row: Row) -> Any:
            items = _items(source(row))
            if items is None:
                return None
            inner = row.copy()
            inner[accumulator] = initial(row)
            for item in items:
                inner[variable] = item
                inner[accumulator] = step(inner)
            return inner[accumulator]

        return evaluate

    def _part(self, part: PatternPart) -> Evaluator:
        if self._inner:
            return lambda row: self._graph.values(part, [row])[0]
        if part not in self._compiled.parts:
            self._compiled.parts.append(part)
        return _variable(slot_of(part))

    def _call(self, expression: tree.Call) -> Evaluator:
        name = expression.name.lower()
        arguments = tuple(self.compile(argument) for argument in expression.arguments)
        if name in AGGREGATES:
            return self._aggregate(name, expression.distinct, arguments)
        match name:
            case "startnode" | "endnode":
                return self._end(name, arguments[0])
            case "coalesce":
                return _coalesce(arguments)
        function = SCALARS[name]
        if len(arguments) == 1:
            (only,) = arguments
            return lambda row: function(only(row))
        return lambda row: function(*[argument(row) for argument in arguments])

    def _end(self, name: str, argument: Evaluator) -> Evaluator:
        def evaluate(row: Row) -> Any:
            edge = argument(row)
            if edge is None:
                return None
            if not isinstance(edge, EdgeValue):
                raise NotUnderstoodError(f"{name}() takes a relationship, not {described(edge)}")
            return self._graph.node(edge.start if name == "startnode" else edge.end)

        return evaluate

    def _aggregate(self, name: str, distinct: bool, arguments: tuple[Evaluator, ...]) -> Evaluator:
        slot = f"\0aggregate {len(self._compiled.aggregates)}"
        self._compiled.aggregates.append(AggregateCall(slot, AGGREGATES[name], distinct, arguments))
        return _variable(slot)


class Group:
    """The rows of one group, as far as the aggregates of a clause need them."""

    __slots__ = ("_aggregates", "_seen", "first")

    def __init__(self, first: Row, calls: Sequence[AggregateCall]) -> None:
        self.first = first
        """A row of the group, or an empty one."""
        self._aggregates = [call.make() for call in calls]
        self._seen: list[set[Any] | None] = [set() if call.distinct else None for call in calls]

    def add(self, row: Row, calls: Sequence[AggregateCall]) -> None:
        """Takes another row."""
        for call, aggregate, seen in zip(calls, self._aggregates, self._seen, strict=True):
            values = [argument(row) for argument in call.arguments]
            if seen is not None:
                key = group_key(values[0])
                if key in seen:
                    continue
                seen.add(key)
            aggregate.add(*values)

    def row(self, calls: Sequence[AggregateCall]) -> Row:
        """A row with the results in their slots."""
        results = {call.slot: each.result() for call, each in zip(calls, self._aggregates, strict=True)}
        return self.first | results


def aggregates(part: tree.Part) -> bool:
    """Whether an expression calls an aggregate function, over the rows of its own clause."""
    if isinstance(part, tree.CountRows) or (isinstance(part, tree.Call) and part.name.lower() in AGGREGATES):
        return True
    return not isinstance(part, tree.Subquery) and any(aggregates(inner) for inner in part.parts())


def same(one: Any, other: Any) -> bool:
    """Whether two parts of a statement say the same, wherever they stand."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tree.Part):
        names = [each.name for each in fields(one) if each.name not in ("start", "end")]
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def matches_label(label: str, wanted: tree.LabelExpression) -> bool:
    """Whether a label, or a relationship type, matches a label expression."""
    match wanted:
        case tree.LabelName(name=name):
            return name in ("%", label)
        case tree.NotLabel(of=of):
            return not matches_label(label, of)
        case tree.BothLabels(left=left, right=right):
            return matches_label(label, left) and matches_label(label, right)
        case tree.EitherLabel(left=left, right=right):
            return matches_label(label, left) or matches_label(label, right)


def _alike(operands: tuple[tree.Expression, ...]) -> tuple[tree.Expression, ...]:
    """The operands of a comparison; of two literals, a float and an integer, Neo4j compares two floats."""
    literals = [operand for operand in operands if isinstance(operand, tree.Constant)]
    if len(literals) < len(operands) or {type(each.value) for each in literals} != {int, float}:
        return operands
    return tuple(replace(each, value=float(each.value or 0)) for each in literals)


def _is_float(expression: tree.Expression) -> bool:
    """Whether an expression is the literal of a float, with or without a sign."""
    inner = expression.operand if isinstance(expression, tree.Unary) else expression
    return isinstance(inner, tree.Constant) and type(inner.value) is float


def _is_zero(expression: tree.Expression) -> bool:
    return isinstance(expression, tree.Constant) and type(expression.value) is int and expression.value == 0


def _variable(name: str) -> Evaluator:
    return lambda row: row[name]


def _property(of: Evaluator, name: str) -> Evaluator:
    def evaluate(row: Row) -> Any:
        value = of(row)
        # The common case first: a property of a matched node.
        return value.properties.get(name) if type(value) is NodeValue else operators.property_of(value, name)

    return evaluate


def _two(function: Callable[[Any, Any], Any], left: Evaluator, right: Evaluator) -> Evaluator:
    return lambda row: function(left(row), right(row))


def _unary(operator: str, operand: Evaluator) -> Evaluator:
    if operator == "NOT":

        def negated(row: Row) -> bool | None:
            value = truth(operand(row))
            return None if value is None else not value

        return negated
    return operand if operator == "+" else lambda row: operators.negate(operand(row))


def _decided(left: Evaluator, right: Evaluator, decides: bool) -> Evaluator:
    """AND, which false decides, or OR, which true decides."""

    def evaluate(row: Row) -> bool | None:
        one: object = left(row)
        if one is decides:
            return decides
        other: object = right(row)
        # What decides wins over a value on the other side that is no condition.
        if other is decides:
            return decides
        known: tuple[bool | None, bool | None] = (truth(one), truth(other))
        return decides if decides in known else None if None in known else not decides

    return evaluate


def _xor(left: Evaluator, right: Evaluator) -> Evaluator:
    def evaluate(row: Row) -> bool | None:
        one, other = truth(left(row)), truth(right(row))
        return None if one is None or other is None else one is not other

    return evaluate


def _comparison(signs: tuple[str, ...], operands: list[Evaluator]) -> Evaluator:
    tests = [_TESTS[sign] for sign in signs]
    if len(tests) == 1:
        return _two(tests[0], *operands)

    def evaluate(row: Row) -> bool | None:
        values = [operand(row) for operand in operands]
        results = [test(values[at], values[at + 1]) for at, test in enumerate(tests)]
        return False if False in results else None if None in results else True

    return evaluate


def _different(one: Any, other: Any) -> bool | None:
    result = equal(one, other)
    return None if result is None else not result


_TESTS: Mapping[str, Callable[[Any, Any], bool | None]] = {
    "=": equal,
    "<>": _different,
    "<": lambda one, other: compare("<", one, other),
    "<=": lambda one, other: compare("<=", one, other),
    ">": lambda one, other: compare(">", one, other),
    ">=": lambda one, other: compare(">=", one, other),
}


def _labelled(of: Evaluator, labels: tree.LabelExpression) -> Evaluator:
    def evaluate(row: Row) -> bool | None:
        value = of(row)
        match value:
            case None:
                return None
            case NodeValue(label=label) | EdgeValue(type=label):
                return matches_label(label, labels)
        raise NotUnderstoodError(f"a label is tested on a node or a relationship, not on {described(value)}")

    return evaluate


def _items(value: Any) -> list[Any] | None:
    """The items of a list; a single value is taken for a list of it, as Neo4j does."""
    return value if value is None or isinstance(value, list) else [value]


def _quantified(name: str, source: Evaluator, variable: str, where: Evaluator) -> Evaluator:
    def evaluate(row: Row) -> bool | None:
        items = _items(source(row))
        if items is None:
            return None
        inner = row.copy()
        results = []
        for item in items:
            inner[variable] = item
            results.append(truth(where(inner)))
        right, unknown = sum(result is True for result in results), None in results
        match name:
            case "all":
                return False if False in results else None if unknown else True
            case "any":
                return True if right else None if unknown else False
            case "none":
                return False if right else None if unknown else True
        return False if right > 1 else None if unknown else right == 1

    return evaluate


def _coalesce(arguments: tuple[Evaluator, ...]) -> Evaluator:
    def evaluate(row: Row) -> Any:
        for argument in arguments:
            value = argument(row)
            if value is not None:
                return value
        return None

    return evaluate
