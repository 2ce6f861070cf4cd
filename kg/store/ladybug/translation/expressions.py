"""Translates the expressions that the embedded engine evaluates exactly as Neo4j does."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.calls import call
from kg.store.ladybug.translation.fragments import (
    Fragment,
    UntranslatableError,
    null_if_missing,
    quoted,
)
from kg.store.ladybug.translation.scope import Scope
from kg.store.ladybug.translation.types import BOOLEAN, FLOAT, INTEGER, STRING, Type
from kg.syntax import tree

MAX_LENGTH = 100_000
"""Characters of a translated statement."""

_TEXT_TESTS = ("STARTS WITH", "ENDS WITH", "CONTAINS")
_LOGIC = ("AND", "OR", "XOR")


class Expressions:
    """Translates the expressions of one statement.

    Attributes:
        parameters: values of the parameters that the translation needs, by the engine's names.
        subquery: translates the query within EXISTS { } or COUNT { }; refuses all until it is set.
        pattern: translates a pattern that is a condition; refuses all until it is set.
    """

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._given = parameters
        self.parameters: dict[str, Any] = {}
        self.subquery: Callable[[tree.Query, Scope], str] = _refuse
        self.pattern: Callable[[tree.PathPattern, Scope], str] = _refuse

    def write(self, expression: tree.Expression, scope: Scope) -> Fragment:
        """Translates an expression.

        Raises:
            UntranslatableError: the engine might give another value than Neo4j.
        """
        value = self._write(expression, scope)
        if len(value.text) > MAX_LENGTH:
            raise UntranslatableError
        return value

    def condition(self, expression: tree.Expression, scope: Scope) -> str:
        """Translates what is true, false or null.

        Raises:
            UntranslatableError: it may be something else, or another value than Neo4j's.
        """
        if isinstance(expression, tree.Constant) and isinstance(expression.value, bool):
            return "true" if expression.value else "false"
        # The engine loses matches where a condition is on a label; see `label_tests`.
        if any(isinstance(part, tree.Call) and part.name.lower() in ("type", "labels") for part in expression.walk()):
            raise UntranslatableError
        value = self.write(expression, scope)
        if value.type != BOOLEAN:
            raise UntranslatableError
        return value.text

    def _write(self, expression: tree.Expression, scope: Scope) -> Fragment:
        match expression:
            case tree.Constant(value=value):
                return self._constant(value)
            case tree.Parameter(name=name):
                return self._constant(self._given[name])
            case tree.Variable(name=name):
                bound = scope.get(name)
                return Fragment(bound.text, bound.type)
            case tree.PropertyAccess():
                return self._property(expression, scope)
            case tree.Index(of=tree.Call() as of, index=tree.Constant(value=0)) if of.name.lower() == "labels":
                return self._only_label(self.write(of.arguments[0], scope))
            case tree.Unary():
                return self._unary(expression, scope)
            case tree.Binary():
                return self._binary(expression, scope)
            case tree.Comparison():
                return self._comparison(expression, scope)
            case tree.IsNull(of=of, negated=negated):
                tested = self.write(of, scope)
                known = f"length({tested.text})" if tested.type.kind == "path" else tested.text
                return Fragment(f"({known} IS {'NOT ' if negated else ''}NULL)", BOOLEAN)
            case tree.Case(subject=None):
                return self._case(expression, scope)
            case tree.Call():
                return self._call(expression, scope)
            case tree.CountRows():
                return Fragment("count(*)", INTEGER)
            case tree.Subquery(kind="EXISTS" | "COUNT" as kind, query=query):
                return Fragment(f"{kind} {{ {self.subquery(query, scope)} }}", BOOLEAN if kind == "EXISTS" else INTEGER)
            case tree.PatternValue(path=path) if not path.which:
                return Fragment(f"EXISTS {{ {self.pattern(path, scope)} }}", BOOLEAN)
        raise UntranslatableError

    def _constant(self, value: Any) -> Fragment:
        """A literal, or a parameter of the engine's for a float, whose exponent it would not read."""
        match value:
            case bool():
                return Fragment("true" if value else "false", BOOLEAN)
            case int():
                # As a parameter, a small number would be taken for 8 bits wide.
                return Fragment(str(value) if value >= 0 else f"({value})", INTEGER)
            case float() if math.isfinite(value):
                return Fragment(self._parameter(value), FLOAT)
            case str():
                return Fragment(self._parameter(value), STRING)
        raise UntranslatableError

    def _parameter(self, value: Any) -> str:
        for name, same in self.parameters.items():
            if same is value:
                return f"${name}"
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def _property(self, expression: tree.PropertyAccess, scope: Scope) -> Fragment:
        if isinstance(expression.of, tree.Parameter):
            value = self._given[expression.of.name]
            if isinstance(value, dict):
                return self._constant(value.get(expression.name))
            raise UntranslatableError
        of = self.write(expression.of, scope)
        found = types.property_type(of.type, expression.name) if of.type.kind in ("node", "edge") else None
        if found is None:
            raise UntranslatableError
        return Fragment(f"{of.text}.{quoted(expression.name)}", found)

    def _only_label(self, node: Fragment) -> Fragment:
        if node.type.kind != "node":
            raise UntranslatableError
        return Fragment(null_if_missing(node, f"label({node.text})"), STRING)

    def _unary(self, expression: tree.Unary, scope: Scope) -> Fragment:
        if expression.operator == "NOT":
            return Fragment(f"(NOT {self.condition(expression.operand, scope)})", BOOLEAN)
        operand = self.write(expression.operand, scope)
        if not operand.type.numeric:
            raise UntranslatableError
        return operand if expression.operator == "+" else Fragment(f"(-{operand.text})", operand.type)

    def _binary(self, expression: tree.Binary, scope: Scope) -> Fragment:
        operator = expression.operator
        if operator == "IN":
            return self._in(expression, scope)
        if operator in _LOGIC:
            left, right = (self.condition(side, scope) for side in (expression.left, expression.right))
            return Fragment(f"({left} {operator} {right})", BOOLEAN)
        if operator in _TEXT_TESTS:
            sought = self._known(expression.right)
            one = self.write(expression.left, scope)
            # The engine finds no empty text in another.
            if one.type != STRING or not isinstance(sought, str) or not sought:
                raise UntranslatableError
            return Fragment(f"({one.text} {operator} {self._parameter(sought)})", BOOLEAN)
        if operator not in ("+", "-", "*"):
            raise UntranslatableError
        one, other = self.write(expression.left, scope), self.write(expression.right, scope)
        if not (one.type.numeric and other.type.numeric):
            raise UntranslatableError
        whole = one.type == other.type == INTEGER
        return Fragment(f"({one.text} {operator} {other.text})", INTEGER if whole else FLOAT)

    def _in(self, expression: tree.Binary, scope: Scope) -> Fragment:
        left = self.write(expression.left, scope)
        items = self._known_items(expression.right)
        if items is None:
            inside = self.write(expression.right, scope)
            # A value that is null, or a list with nulls, would be answered with false.
            if inside.type != types.list_of(STRING) or not isinstance(self._known(expression.left), str):
                raise UntranslatableError
            return Fragment(f"list_contains({inside.text}, {left.text})", BOOLEAN)
        fits = {"string": str, "integer": int}.get(left.type.kind)
        if not items or fits is None or any(type(item) is not fits for item in items):
            raise UntranslatableError
        if fits is int:
            return Fragment(f"({left.text} IN [{', '.join(map(str, items))}])", BOOLEAN)
        return Fragment(f"({left.text} IN {self._parameter(list(items))})", BOOLEAN)

    def _known(self, expression: tree.Expression) -> Any:
        """The value of a constant or a parameter; None for any other expression."""
        match expression:
            case tree.Constant(value=value):
                return value
            case tree.Parameter(name=name):
                return self._given[name]
            case tree.PropertyAccess(of=tree.Parameter(name=name), name=key):
                value = self._given[name]
                return value.get(key) if isinstance(value, dict) else None
        return None

    def _known_items(self, expression: tree.Expression) -> list[Any] | None:
        """The items of a list of constants; None for any other expression."""
        if isinstance(expression, tree.ListOf):
            return [self._known(item) for item in expression.items]
        value = self._known(expression)
        return list(value) if isinstance(value, list | tuple) else None

    def _comparison(self, expression: tree.Comparison, scope: Scope) -> Fragment:
        operands = [self.write(operand, scope) for operand in expression.operands]
        compared = []
        for place, operator in enumerate(expression.operators):
            left, right = operands[place], operands[place + 1]
            _check_comparable(left.type, right.type, operator)
            ids = [_identified(expression.operands[at]) for at in (place, place + 1)]
            if all(ids) and operator in ("=", "<>"):
                inner = [self.write(each, scope).text for each in ids if each]
                compared.append(f"(id({inner[0]}) {operator} id({inner[1]}))")
            else:
                compared.append(f"({left.text} {operator} {right.text})")
        return Fragment(compared[0] if len(compared) == 1 else f"({' AND '.join(compared)})", BOOLEAN)

    def _case(self, expression: tree.Case, scope: Scope) -> Fragment:
        branches = []
        values = []
        for when in expression.whens:
            conditions = [self.condition(each, scope) for each in when.conditions]
            values.append(self.write(when.value, scope))
            branches.append(f"WHEN {' OR '.join(conditions)} THEN {values[-1].text}")
        if expression.otherwise:
            values.append(self.write(expression.otherwise, scope))
            branches.append(f"ELSE {values[-1].text}")
        kinds = {value.type.kind for value in values}
        if len(kinds) != 1 or not kinds <= types.SCALARS:
            raise UntranslatableError
        return Fragment(f"(CASE {' '.join(branches)} END)", values[0].type)

    def _call(self, expression: tree.Call, scope: Scope) -> Fragment:
        arguments = [self.write(argument, scope) for argument in expression.arguments]
        if expression.distinct:
            first = arguments[0] if arguments else None
            # 0.0 and -0.0 are one to Neo4j.
            if first is None or first.type.kind not in ("string", "integer", "boolean", "node"):
                raise UntranslatableError
            arguments[0] = Fragment(f"DISTINCT {first.text}", first.type)
        return call(expression.name.lower(), arguments)


def _refuse(part: tree.Part, scope: Scope) -> str:
    raise UntranslatableError


def _check_comparable(one: Type, other: Type, operator: str) -> None:
    """Refuses what the engine would convert, as it takes '1' for 1, and what it has no order for."""
    ordered = operator not in ("=", "<>")
    if one.numeric and other.numeric:
        return
    if one.kind != other.kind or one.kind not in ("string", "boolean", "node", "edge"):
        raise UntranslatableError
    if ordered and one.kind != "string":
        raise UntranslatableError


def _identified(expression: tree.Expression) -> tree.Expression | None:
    """The argument of `id(…)` or `elementId(…)`; None for any other expression."""
    if isinstance(expression, tree.Call) and expression.name.lower() in ("id", "elementid"):
        return expression.arguments[0] if len(expression.arguments) == 1 else None
    return None
