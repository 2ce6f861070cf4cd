"""Translates expressions into the embedded engine's Cypher."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.calls import call
from kg.store.ladybug.translation.fragments import (
    Fragment,
    as_text,
    copy_of,
    described,
    filtered,
    item_of,
    null_if_missing,
    slice_of,
    unsupported,
)
from kg.store.ladybug.translation.labels import matching_labels
from kg.store.ladybug.translation.scope import BoundVariable, Scope, UniqueNames
from kg.store.ladybug.translation.types import ANY, BOOLEAN, FLOAT, INTEGER, NULL, STRING, Type, list_of
from kg.syntax import tree
from kg.syntax.functions import FUNCTIONS
from kg.text.similarity import closest

MAX_LENGTH = 100_000
"""Characters of a translated statement."""

_TEXT_TESTS = ("STARTS WITH", "ENDS WITH", "CONTAINS", "=~")
_LOGIC = ("AND", "OR", "XOR")


class Expressions:
    """Translates the expressions of one statement.

    Attributes:
        parameters: values of the parameters that the translation needs, by the engine's names.
        subquery: translates the query within EXISTS { } or COUNT { }.
        pattern: translates a pattern that is a condition.
    """

    def __init__(self, names: UniqueNames, parameters: Mapping[str, Any]) -> None:
        self._names = names
        self._given = parameters
        self.parameters: dict[str, Any] = {}
        self.subquery: Callable[[tree.Query, Scope], str]
        self.pattern: Callable[[tree.PathPattern, Scope], str]
        self._depth = 0

    def write(self, expression: tree.Expression, scope: Scope) -> Fragment:
        """Translates an expression.

        Raises:
            RefusedError: the engine cannot give Neo4j's value; the message says what to write instead.
            NotUnderstoodError: it has no meaning.
        """
        value = self._write(expression, scope)
        if len(value.text) > MAX_LENGTH:
            raise RefusedError("rule 'size': the statement becomes too long for the embedded engine: shorten it")
        return value

    def _write(self, expression: tree.Expression, scope: Scope) -> Fragment:
        match expression:
            case tree.Constant():
                return constant(expression.value)
            case tree.Parameter(name=name):
                return self._parameter(name)
            case tree.Variable(name=name):
                return self._variable(name, scope)
            case tree.PropertyAccess():
                return self._property(expression, scope)
            case tree.Index():
                return self._index(expression, scope)
            case tree.Slice():
                return self._slice(expression, scope)
            case tree.LabelTest():
                return self._labelled(expression, scope)
            case tree.Unary():
                return self._unary(expression, scope)
            case tree.Binary():
                return self._binary(expression, scope)
            case tree.Comparison():
                return self._comparison(expression, scope)
            case tree.IsNull(of=of, negated=negated):
                value = self.write(of, scope)
                known = f"length({value.text})" if value.type.kind == "path" else value.text
                return Fragment(f"({known} IS {'NOT ' if negated else ''}NULL)", BOOLEAN)
            case tree.IsType():
                raise unsupported("test of types", "the properties' types are in the schema")
            case tree.Case():
                return self._case(expression, scope)
            case tree.ListOf(items=items):
                return self._list(items, scope)
            case tree.MapOf(entries=entries):
                return self._map(entries, scope)
            case tree.MapProjection(of=of, entries=entries):
                return self._projection(of, entries, scope)
            case tree.Comprehension() | tree.Quantifier():
                return self._over(expression, scope)
            case tree.Reduce():
                return self._reduce(expression, scope)
            case tree.PatternComprehension():
                raise unsupported("pattern comprehension", "use OPTIONAL MATCH and collect(), or COUNT { }")
            case tree.Call():
                return self._call(expression, scope)
            case tree.CountRows():
                return Fragment("count(*)", INTEGER)
            case tree.Subquery(kind=kind, query=query):
                if kind == "COLLECT":
                    raise unsupported("COLLECT { }", "use OPTIONAL MATCH and collect()")
                return Fragment(f"{kind} {{ {self.subquery(query, scope)} }}", BOOLEAN if kind == "EXISTS" else INTEGER)
            case tree.PatternValue(path=path):
                if path.which:
                    raise unsupported("shortest path within an expression", "write MATCH p = shortestPath(…)")
                return Fragment(f"EXISTS {{ {self.pattern(path, scope)} }}", BOOLEAN)
        raise unsupported("such an expression", "write it otherwise")

    def _parameter(self, name: str) -> Fragment:
        return self.given(name, self._given[name])

    def given(self, name: str, value: Any) -> Fragment:
        """A parameter with a value, which may differ from the user's."""
        if _nested(value):
            return self._literal(value)
        known = f"p{len(self.parameters)}"
        for other, same in self.parameters.items():
            if same is value:
                known = other
        self.parameters[known] = value
        return Fragment(f"${known}", types.of_value(value))

    def _literal(self, value: Any) -> Fragment:
        """A value written out, since the engine fails on parameters that are maps, and lists of no or several types."""
        if isinstance(value, dict):
            if not value:
                raise unsupported("empty map", "leave it out")
            entries = ", ".join(f"{quoted(str(name))}: {self._literal(item).text}" for name, item in value.items())
            return Fragment(f"{{{entries}}}", types.of_value(value))
        if isinstance(value, list | tuple):
            found = types.of_value(value)
            if types.common([types.of_value(item) for item in value]) is None:
                raise unsupported("list of different types", "make them one type")
            return Fragment(f"[{', '.join(self._literal(item).text for item in value)}]", found)
        if value is None or isinstance(value, str | int | float):
            return constant(value)
        raise NotUnderstoodError(f"a parameter has a value that cannot be sent: {value!r:.50}")

    def _variable(self, name: str, scope: Scope) -> Fragment:
        bound = scope.get(name)
        if 0 < bound.depth < self._depth:
            raise unsupported(
                "list comprehension that uses the variable of another around it", "use UNWIND for the outer one"
            )
        return Fragment(bound.text, bound.type)

    def _property(self, expression: tree.PropertyAccess, scope: Scope) -> Fragment:
        name = expression.name
        if isinstance(expression.of, tree.Parameter):
            value = self._given[expression.of.name]
            if not isinstance(value, dict):
                raise NotUnderstoodError(f"the parameter ${expression.of.name} is no map")
            return self.given("", value.get(name))
        whole = expression.of
        if isinstance(whole, tree.Call) and whole.name.lower() == "properties" and len(whole.arguments) == 1:
            whole = whole.arguments[0]
        of = self.write(whole, scope)
        kind = of.type.kind
        if kind in ("node", "edge"):
            found = types.property_type(of.type, name)
            if found is None:
                known = types.properties(of.type)
                near = closest(name, known, 3, 0.5)
                has = f"did you mean {' or '.join(near)}?" if near else f"there is {', '.join(known) or 'none'}"
                raise NotUnderstoodError(f"{self._what(of.type)} has no property {name}: {has}", near)
            return Fragment(f"{of.text}.{quoted(name)}", found)
        if kind == "map":
            if name not in of.type.entries:
                raise NotUnderstoodError(f"the map has no entry {name}")
            return Fragment(f"{of.text}.{quoted(name)}", of.type.entries[name])
        if kind in ("date", "datetime") and name in ("year", "month", "day", "quarter", "week"):
            return Fragment(f"date_part('{name}', {of.text})", INTEGER)
        if kind == "null":
            return Fragment("NULL", NULL)
        if kind == "any":
            return Fragment(f"{of.text}.{quoted(name)}", ANY)
        raise NotUnderstoodError(f"{described(of.type)} has no property {name}")

    def _what(self, type_: Type) -> str:
        if len(type_.labels) <= 3:
            return " or ".join(sorted(type_.labels)) or "it"
        return "no node here" if type_.kind == "node" else "no relationship here"

    def _index(self, expression: tree.Index, scope: Scope) -> Fragment:
        of = self.write(expression.of, scope)
        index = self.write(expression.index, scope)
        if isinstance(expression.index, tree.Constant) and isinstance(expression.index.value, str):
            named = tree.PropertyAccess(expression.start, expression.end, expression.of, expression.index.value)
            return self._property(named, scope)
        if of.type.kind not in ("list", "any"):
            raise NotUnderstoodError(f"an index is of a list, not of {described(of.type)}: for a text, use substring()")
        if of.type.kind == "any":
            raise unsupported("index of a value of unknown type", "use head(), or UNWIND")
        if index.type.known and index.type.kind != "integer":
            raise NotUnderstoodError("the place in a list is an integer")
        return item_of(of, index)

    def _slice(self, expression: tree.Slice, scope: Scope) -> Fragment:
        of = self.write(expression.of, scope)
        if of.type.known and of.type.kind != "list":
            raise NotUnderstoodError(f"a slice [..] is of a list, not of {described(of.type)}: use substring()")
        low = self.write(expression.low, scope) if expression.low else None
        high = self.write(expression.high, scope) if expression.high else None
        return slice_of(of, low, high)

    def _labelled(self, expression: tree.LabelTest, scope: Scope) -> Fragment:
        of = self.write(expression.of, scope)
        universe = types.RELATIONS if of.type.kind == "edge" else types.LABELS
        wanted = ", ".join(text(name) for name in sorted(matching_labels(expression.labels, universe)))
        return Fragment(null_if_missing(of, f"(label({of.text}) IN [{wanted}])" if wanted else "false"), BOOLEAN)

    def _unary(self, expression: tree.Unary, scope: Scope) -> Fragment:
        operand = self.write(expression.operand, scope)
        if expression.operator == "NOT":
            return Fragment(f"(NOT {operand.text})", BOOLEAN)
        if operand.type.known and not operand.type.numeric:
            raise NotUnderstoodError(f"{expression.operator} is for numbers, not for {described(operand.type)}")
        return operand if expression.operator == "+" else Fragment(f"(-{operand.text})", operand.type)

    def _binary(self, expression: tree.Binary, scope: Scope) -> Fragment:
        operator = expression.operator
        if operator == "IN":
            return self._in(expression, scope)
        left, right = self.write(expression.left, scope), self.write(expression.right, scope)
        if operator in _LOGIC:
            for side in (left, right):
                if side.type.known and side.type.kind != "boolean":
                    raise NotUnderstoodError(f"{operator} is between conditions, not {described(side.type)}")
            return Fragment(f"({left.text} {operator} {right.text})", BOOLEAN)
        if operator in _TEXT_TESTS:
            for side in (left, right):
                if side.type.known and side.type.kind != "string":
                    raise NotUnderstoodError(f"{operator} is between texts, not {described(side.type)}")
            return Fragment(f"({left.text} {operator} {right.text})", BOOLEAN)
        if operator in ("+", "||"):
            return self._plus(left, right, operator)
        for side in (left, right):
            if side.type.known and not side.type.numeric:
                raise unsupported(f"{operator} with {described(side.type)}", "calculate with numbers")
        whole = left.type.kind == right.type.kind == "integer" and operator != "^"
        known = left.type.kind != "any" and right.type.kind != "any"
        return Fragment(f"({left.text} {operator} {right.text})", INTEGER if whole else FLOAT if known else ANY)

    def _plus(self, left: Fragment, right: Fragment, operator: str) -> Fragment:
        one, other = left.type, right.type
        if "null" in (one.kind, other.kind):
            return Fragment("NULL", NULL)
        if one.kind == "list" and other.kind == "list":
            shared = types.common([one, other])
            if shared is None:
                raise unsupported("list of different types", "make them one with toString() or toFloat()")
            return Fragment(f"list_concat({left.text}, {right.text})", shared)
        if operator == "+" and (one.kind == "list" or other.kind == "list"):
            inside, item = (one.item, other) if one.kind == "list" else (other.item, one)
            if types.common([inside or ANY, item]) is None:
                raise unsupported("list of different types", "make them one with toString() or toFloat()")
            if one.kind == "list":
                return Fragment(f"list_append({left.text}, {right.text})", one)
            return Fragment(f"list_prepend({right.text}, {left.text})", other)
        if "boolean" in (one.kind, other.kind):
            raise NotUnderstoodError(f"{operator} is not for conditions")
        if "string" in (one.kind, other.kind):
            texts = [side.text if side.type.kind == "any" else as_text(side).text for side in (left, right)]
            joined = f"({texts[0]} + {texts[1]})"
            # The engine would take null for an empty text.
            known = " AND ".join(f"{side} IS NOT NULL" for side in texts if not side.startswith("'"))
            return Fragment(f"(CASE WHEN {known} THEN {joined} END)" if known else joined, STRING)
        if one.kind == "any" or other.kind == "any":
            return Fragment(f"({left.text} + {right.text})", ANY)
        if one.numeric and other.numeric and operator == "+":
            return Fragment(f"({left.text} + {right.text})", INTEGER if one.kind == other.kind == "integer" else FLOAT)
        raise unsupported(
            f"{operator} between {described(one)} and {described(other)}",
            "calculate with numbers, texts or lists",
        )

    def _in(self, expression: tree.Binary, scope: Scope) -> Fragment:
        left = self.write(expression.left, scope)
        if isinstance(expression.right, tree.ListOf):
            items = [self.write(item, scope) for item in expression.right.items]
            if not items:
                return Fragment("false", BOOLEAN)
            for item in items:
                self._comparable(left, item, "IN")
            if not all(isinstance(item, tree.Constant) and item.value is not None for item in expression.right.items):
                # The engine's IN gives false where an item is null, which might be equal: the answer is null.
                return Fragment("(" + " OR ".join(f"{left.text} = {item.text}" for item in items) + ")", BOOLEAN)
            return Fragment(f"({left.text} IN [{', '.join(item.text for item in items)}])", BOOLEAN)
        if isinstance(expression.right, tree.Parameter):
            items = self._given[expression.right.name]
            if isinstance(items, list | tuple):
                return self._in_given(left, items)
        right = self.write(expression.right, scope)
        if right.type.known and right.type.kind != "list":
            raise NotUnderstoodError(f"what follows IN is a list, not {described(right.type)}")
        if right.type.item:
            self._comparable(left, Fragment(right.text, right.type.item), "IN")
        return Fragment(f"list_contains({right.text}, {left.text})", BOOLEAN)

    def _in_given(self, left: Fragment, items: list[Any] | tuple[Any, ...]) -> Fragment:
        known = [item for item in items if item is not None]
        missing = len(known) < len(items)
        if not known:
            return Fragment("cast(NULL AS BOOL)" if missing else "false", BOOLEAN)
        right = self.given("", known)
        self._comparable(left, Fragment(right.text, right.type.item or ANY), "IN")
        inside = f"({left.text} IN {right.text})"
        return Fragment(f"CASE WHEN {inside} THEN true END" if missing else inside, BOOLEAN)

    def _comparison(self, expression: tree.Comparison, scope: Scope) -> Fragment:
        operands = [self.write(operand, scope) for operand in expression.operands]
        compared = []
        for place, operator in enumerate(expression.operators):
            left, right = operands[place], operands[place + 1]
            self._comparable(left, right, operator)
            ids = [_identified(expression.operands[at]) for at in (place, place + 1)]
            if all(ids) and operator in ("=", "<>"):
                inner = [self.write(each, scope).text for each in ids if each]
                compared.append(f"(id({inner[0]}) {operator} id({inner[1]}))")
            else:
                compared.append(f"({left.text} {operator} {right.text})")
        return Fragment(compared[0] if len(compared) == 1 else f"({' AND '.join(compared)})", BOOLEAN)

    def _comparable(self, left: Fragment, right: Fragment, operator: str) -> None:
        """Refuses a comparison for which the engine would convert one side: to it, `'1' = 1` is true."""
        one, other = left.type, right.type
        if not (one.known and other.known) or (one.numeric and other.numeric):
            return
        if one.kind != other.kind:
            raise unsupported(
                f"comparison of {described(one)} with {described(other)}",
                "make them one type with toString() or toInteger()",
            )
        if one.kind in ("map", "path", "properties") or (
            operator not in ("=", "<>", "IN") and one.kind in ("node", "edge", "list")
        ):
            raise unsupported(f"{operator} between values of type {one.kind}", "compare their properties")

    def _case(self, expression: tree.Case, scope: Scope) -> Fragment:
        subject = self.write(expression.subject, scope) if expression.subject else None
        branches = []
        values = []
        for when in expression.whens:
            conditions = []
            for each in when.conditions:
                condition = self.write(each, scope)
                if subject:
                    self._comparable(subject, condition, "=")
                    conditions.append(f"({subject.text} = {condition.text})")
                else:
                    conditions.append(condition.text)
            values.append(self.write(when.value, scope))
            branches.append(f"WHEN {' OR '.join(conditions)} THEN {values[-1].text}")
        if expression.otherwise:
            values.append(self.write(expression.otherwise, scope))
            branches.append(f"ELSE {values[-1].text}")
        shared = types.common([value.type for value in values])
        if shared is None:
            raise unsupported("CASE with values of different types", "make them one with toString() or toFloat()")
        return Fragment(f"(CASE {' '.join(branches)} END)", shared)

    def _list(self, items: tuple[tree.Expression, ...], scope: Scope) -> Fragment:
        values = [self.write(item, scope) for item in items]
        shared = types.common([value.type for value in values])
        if shared is None:
            raise unsupported(
                "list of different types", "make them one with toString() or toFloat(), or 1.0 instead of 1"
            )
        return Fragment(f"[{', '.join(value.text for value in values)}]", list_of(shared))

    def _map(self, entries: tuple[tree.MapEntry, ...], scope: Scope) -> Fragment:
        if not entries:
            raise unsupported("empty map", "leave it out")
        if len({entry.name.casefold() for entry in entries}) < len(entries):
            raise unsupported("map whose keys differ only in case", "rename one")
        values = {entry.name: self.write(entry.value, scope) for entry in entries}
        listed = ", ".join(f"{quoted(name)}: {value.text}" for name, value in values.items())
        return Fragment(f"{{{listed}}}", Type("map", entries={name: value.type for name, value in values.items()}))

    def _projection(self, of: tree.Variable, entries: tuple[tree.MapEntry, ...], scope: Scope) -> Fragment:
        whole = self.write(of, scope)
        if whole.type.kind not in ("node", "edge"):
            raise unsupported(f"projection of {described(whole.type)}", "write a map of its entries")
        named = tuple(entry for entry in entries if entry.name != "*")
        if len(named) == len(entries):
            entries_of = self._map(named, scope)
            return Fragment(null_if_missing(whole, entries_of.text), entries_of.type)
        rest = ", ".join(f"{quoted(entry.name)}: {self.write(entry.value, scope).text}" for entry in named)
        everything = f"{{_PROPERTIES: {whole.text}{', ' if rest else ''}{rest}}}"
        return Fragment(null_if_missing(whole, everything), types.PROPERTIES)

    def _over(self, expression: tree.Comprehension | tree.Quantifier, scope: Scope) -> Fragment:
        source = self.write(expression.source, scope)
        if source.type.known and source.type.kind != "list":
            raise NotUnderstoodError(f"what follows IN is a list, not {described(source.type)}")
        variable = self._names.of(expression.variable)
        self._depth += 1
        inner = scope.with_(expression.variable, BoundVariable(variable, source.type.item or ANY, self._depth))
        where = self.write(expression.where, inner) if expression.where else None
        result = None
        if isinstance(expression, tree.Comprehension) and expression.value:
            result = self.write(expression.value, inner)
        self._depth -= 1
        if isinstance(expression, tree.Quantifier):
            if where is None:
                raise NotUnderstoodError(f"{expression.name}() needs WHERE")
            return _quantified(expression.name, source, variable, where.text)
        items = filtered(source, variable, where.text) if where else source
        if result is None:
            return items
        return Fragment(f"list_transform({copy_of(items)}, {variable} -> {result.text})", list_of(result.type))

    def _reduce(self, expression: tree.Reduce, scope: Scope) -> Fragment:
        initial = self.write(expression.initial, scope)
        source = self.write(expression.source, scope)
        item = source.type.item or ANY
        if initial.type.kind != item.kind or not (item.numeric or item.kind == "string"):
            raise unsupported(
                "reduce() from a start of another type than the list's items",
                "transform the list first: reduce(s = 0, x IN [y IN list | y.number] | s + x)",
            )
        so_far, each = self._names.of(expression.accumulator), self._names.of(expression.variable)
        self._depth += 1
        inner = scope.with_(expression.accumulator, BoundVariable(so_far, initial.type, self._depth)).with_(
            expression.variable, BoundVariable(each, item, self._depth)
        )
        value = self.write(expression.value, inner)
        self._depth -= 1
        if value.type.kind != item.kind:
            raise unsupported("reduce() to another type than the list's items", "transform the list first")
        everything = f"list_prepend({copy_of(source)}, {initial.text})"
        return Fragment(f"list_reduce({everything}, ({so_far}, {each}) -> {value.text})", value.type)

    def _call(self, expression: tree.Call, scope: Scope) -> Fragment:
        function = FUNCTIONS[expression.name.lower()]
        arguments = [self.write(argument, scope) for argument in expression.arguments]
        if expression.distinct:
            if not function.aggregate or not arguments:
                raise NotUnderstoodError(f"{function.name}() takes no DISTINCT")
            arguments[0] = Fragment(f"DISTINCT {arguments[0].text}", arguments[0].type)
        return call(expression.name.lower(), arguments)


def _nested(value: Any) -> bool:
    """Whether a parameter's value is a map, or a list that is empty, mixed, or has nulls, maps or lists in it."""
    if isinstance(value, list | tuple):
        kinds = {type(item) for item in value}
        return len(kinds) != 1 or not kinds.isdisjoint({type(None), dict, list, tuple})
    return isinstance(value, dict)


def _quantified(name: str, source: Fragment, variable: str, where: str) -> Fragment:
    """`all(…)`, `any(…)` and the like; the engine's own take null for false."""

    def count(condition: str) -> str:
        return f"size({filtered(source, variable, condition).text})"

    wrong, unknown, right = count(f"NOT {where}"), count(f"({where}) IS NULL"), count(where)
    decided, otherwise = {
        "all": (f"{wrong} > 0 THEN false", "true"),
        "any": (f"{right} > 0 THEN true", "false"),
        "none": (f"{right} > 0 THEN false", "true"),
        "single": (f"{right} > 1 THEN false", f"{right} = 1"),
    }[name]
    return Fragment(
        f"(CASE WHEN {source.text} IS NULL THEN NULL WHEN {decided} WHEN {unknown} > 0 THEN NULL ELSE {otherwise} END)",
        BOOLEAN,
    )


def constant(value: str | int | float | bool | None) -> Fragment:
    """The literal of a value."""
    match value:
        case None:
            return Fragment("NULL", NULL)
        case bool():
            return Fragment("true" if value else "false", BOOLEAN)
        case int():
            return Fragment(str(value) if value >= 0 else f"({value})", INTEGER)
        case float():
            if math.isinf(value):
                raise NotUnderstoodError("the number is too large")
            return Fragment(repr(value), FLOAT)
    return Fragment(text(value), STRING)


def text(value: str) -> str:
    """The literal of a text."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def quoted(name: str) -> str:
    """The name of a property or a key, quoted."""
    if "`" in name:
        raise unsupported("name with a backtick", "choose another")
    return f"`{name}`"


def _identified(expression: tree.Expression) -> tree.Expression | None:
    """The argument of `id(…)` or `elementId(…)`; None for any other expression."""
    if isinstance(expression, tree.Call) and expression.name.lower() in ("id", "elementid"):
        return expression.arguments[0] if len(expression.arguments) == 1 else None
    return None
