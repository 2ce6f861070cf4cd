"""Checks expressions before a statement runs, and finds the types of their values."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kg.errors import NotUnderstoodError
from kg.store.ladybug.static_functions import SIGNATURES
from kg.store.ladybug.static_grouping import is_aggregate, shape
from kg.store.ladybug.static_scope import StaticScope
from kg.store.ladybug.static_types import (
    ANY,
    BOOLEAN,
    DATES,
    ENTITIES,
    INTEGER,
    NUMBERS,
    OPERATORS,
    PATH,
    STORED,
    StaticType,
    constant,
    described,
    either,
    item_of,
    items_added,
    items_together,
    list_of,
    of_parameter,
    takes_turns,
)
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.labels import matching_labels
from kg.syntax import tree
from kg.syntax.functions import FUNCTIONS
from kg.syntax.tokens import position
from kg.text.similarity import closest

_CONDITION = frozenset({"boolean"})
_LIST = frozenset({"list"})
_WHOLE = frozenset({"integer"})
_TEXT = frozenset({"string"})
_BY_KEY = ENTITIES | {"map"}
_HAS_PROPERTIES = _BY_KEY | DATES | {"duration"}
_LOGIC = ("AND", "OR", "XOR")
_TEMPORAL = DATES | {"duration"}
_PERCENTILES = ("percentilecont", "percentiledisc")


class StaticExpressions:
    """Checks the expressions of one statement.

    Attributes:
        subquery: checks the query within EXISTS { }, COUNT { } or COLLECT { }, and gives the types of its columns.
        pattern: checks paths, and gives the scope with their variables.
    """

    def __init__(self, statement: str, parameters: Mapping[str, Any]) -> None:
        self._statement = statement
        self._parameters = parameters
        self.subquery: Callable[[tree.Subquery, StaticScope], list[StaticType]]
        self.pattern: Callable[[tuple[tree.PathPattern, ...], StaticScope], StaticScope]

    def where(self, part: tree.Part) -> str:
        """The line and column of a part, to begin a message with; empty where the statement's text is not known."""
        return f"{position(self._statement, part.start)}: " if self._statement else ""

    def error(self, part: tree.Part, message: str) -> NotUnderstoodError:
        """The error of a part."""
        return NotUnderstoodError(self.where(part) + message)

    def condition(self, expression: tree.Expression | None, scope: StaticScope, what: str) -> None:
        """Checks what has to be true or false; `what` it is called in the message."""
        if expression is None or isinstance(expression, tree.PatternValue):
            if expression is not None:
                self._pattern_value(expression, scope)
            return
        found = self.type_of(expression, scope)
        # Neo4j takes what may be a list or something else, such as the sum of a property and a number.
        if found.may_be(_CONDITION) or (found.may_be(_LIST) and (found.kinds != _LIST or found.given)):
            return
        if found.kinds == _LIST:
            raise self.error(expression, f"{what} takes a condition, not a list: write NOT isEmpty(…)")
        raise self.error(expression, f"{what} takes a condition, not {described(found.kinds)}")

    def type_of(self, expression: tree.Expression, scope: StaticScope) -> StaticType:
        """Checks an expression, and gives the type of its value.

        Raises:
            NotUnderstoodError: it names what is not there, or cannot have a value whatever the graph holds.
        """
        if scope.columns and (column := scope.columns.get(shape(expression))):
            return column
        match expression:
            case tree.Constant(value=value):
                return constant(value)
            case tree.Parameter(name=name):
                return of_parameter(self._parameters[name])
            case tree.Variable():
                return self._variable(expression, scope)
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
            case tree.Comparison(operands=operands):
                for operand in operands:
                    self.type_of(operand, scope)
                return BOOLEAN
            case tree.IsNull(of=of) | tree.IsType(of=of):
                self.type_of(of, scope)
                return BOOLEAN
            case tree.Case():
                return self._case(expression, scope)
            case tree.ListOf(items=items):
                return list_of(items_together([self.type_of(item, scope) for item in items]))
            case tree.MapOf(entries=entries):
                values = {entry.name: self.type_of(entry.value, scope) for entry in entries}
                return StaticType(frozenset({"map"}), entries=values)
            case tree.MapProjection():
                return self._projection(expression, scope)
            case tree.Comprehension():
                return self._comprehension(expression, scope)
            case tree.Quantifier():
                return self._quantifier(expression, scope)
            case tree.Reduce():
                return self._reduce(expression, scope)
            case tree.PatternComprehension():
                return self._pattern_comprehension(expression, scope)
            case tree.Call():
                return self._call(expression, scope)
            case tree.CountRows():
                self._check_aggregate(expression, scope)
                return INTEGER
            case tree.Subquery(kind=kind):
                columns = self.subquery(expression, scope)
                if kind == "COLLECT":
                    return list_of(replace(columns[0], kinds=ANY.kinds))
                return BOOLEAN if kind == "EXISTS" else INTEGER
            case tree.PatternValue():
                return self._pattern_outside_condition(expression, scope)
        return ANY

    def properties_of(self, entity: types.Type | None, properties: tree.Expression | None, scope: StaticScope) -> None:
        """Checks the properties in the brackets of a node or an edge."""
        if isinstance(properties, tree.MapOf):
            for entry in properties.entries:
                self._check_property(entity, entry.name, entry)
                self.type_of(entry.value, scope)
        elif properties is not None:
            raise self.error(properties, "a pattern takes no parameter for all properties: name them: {id: $id}")

    def labels_of(
        self, part: tree.Part, labels: tree.LabelExpression | None, universe: frozenset[str]
    ) -> frozenset[str]:
        """The labels or types that match an expression, of those that the graph has."""
        try:
            return matching_labels(labels, universe)
        except NotUnderstoodError as error:
            raise NotUnderstoodError(self.where(part) + str(error), error.suggestions) from error

    def _expect(self, part: tree.Part, found: StaticType, kinds: frozenset[str], what: str) -> None:
        if not found.may_be(kinds):
            raise self.error(part, f"{what} {described(kinds)}, not {described(found.kinds)}")

    def _variable(self, variable: tree.Variable, scope: StaticScope) -> StaticType:
        found = scope.find(variable.name)
        if found is not None:
            return found
        if variable.name in scope.lost:
            raise self.error(
                variable,
                f"after DISTINCT or an aggregate, {variable.name} is not defined any more: make what you need a column",
            )
        raise self.error(variable, f"the variable {variable.name} is not defined here")

    def _property(self, access: tree.PropertyAccess, scope: StaticScope) -> StaticType:
        of = self.type_of(access.of, scope)
        if not of.may_be(_HAS_PROPERTIES):
            raise self.error(access, f"{described(of.kinds)} has no property {access.name}")
        return self._value_at(of, access.name, access)

    def _value_at(self, of: StaticType, name: str, part: tree.Part) -> StaticType:
        """The type of a property, or of a map's entry."""
        self._check_property(of.entity, name, part)
        if of.kinds <= ENTITIES:
            return STORED
        # Neo4j does not look at the types of a map's entries, but the nodes among them are followed for their labels.
        entry = of.entries.get(name)
        return replace(entry, kinds=ANY.kinds) if entry else ANY

    def _check_property(self, entity: types.Type | None, name: str, part: tree.Part) -> None:
        """Checks that the graph's schema has a property for a node or an edge."""
        if entity is None or types.property_type(entity, name) is not None:
            return
        known = types.properties(entity)
        near = closest(name, known, 3, 0.5)
        has = f"did you mean {' or '.join(near)}?" if near else f"there is {', '.join(known) or 'none'}"
        few = " or ".join(sorted(entity.labels)) if len(entity.labels) <= 3 else ""
        what = few or ("no node here" if entity.kind == "node" else "no relationship here")
        has_none = "has a property" if what.startswith("no ") else "has no property"
        raise NotUnderstoodError(f"{self.where(part)}{what} {has_none} {name}: {has}", near)

    def _index(self, expression: tree.Index, scope: StaticScope) -> StaticType:
        of, index = self.type_of(expression.of, scope), self.type_of(expression.index, scope)
        if not of.may_be(_HAS_PROPERTIES | _LIST):
            hint = ": for a text, use substring()" if of.kinds == _TEXT else ""
            raise self.error(expression, f"an index is of a list, not of {described(of.kinds)}{hint}")
        by_key = of.may_be(_BY_KEY)
        if not by_key and of.may_be(_LIST):
            self._expect(expression.index, index, _WHOLE, "the place in a list is")
        if not of.may_be(_LIST):
            self._expect(expression.index, index, _TEXT, f"the key of {described(of.kinds)} is")
        if isinstance(expression.index, tree.Constant) and isinstance(expression.index.value, str):
            return self._value_at(of, expression.index.value, expression)
        if of.may_be(_LIST):
            return ANY if by_key and index.kinds != _WHOLE else item_of(of)
        return STORED if of.kinds <= ENTITIES else ANY

    def _slice(self, expression: tree.Slice, scope: StaticScope) -> StaticType:
        of = self.type_of(expression.of, scope)
        if not of.may_be(_LIST):
            hint = ": for a text, use substring()" if of.kinds == _TEXT else ""
            raise self.error(expression, f"a slice [..] is of a list, not of {described(of.kinds)}{hint}")
        for bound in (expression.low, expression.high):
            if bound:
                self._expect(bound, self.type_of(bound, scope), _WHOLE, "the bound of a slice is")
        return list_of(item_of(of)) if of.kinds == _LIST else replace(of, kinds=_LIST, given=False)

    def _labelled(self, expression: tree.LabelTest, scope: StaticScope) -> StaticType:
        of = self.type_of(expression.of, scope)
        self._expect(expression, of, ENTITIES, "a label is of")
        universe = frozenset().union(
            types.LABELS if "node" in of.kinds else (), types.RELATIONS if "relationship" in of.kinds else ()
        )
        self.labels_of(expression, expression.labels, universe)
        return BOOLEAN

    def _unary(self, expression: tree.Unary, scope: StaticScope) -> StaticType:
        if expression.operator == "NOT":
            self.condition(expression.operand, scope, "NOT")
            return BOOLEAN
        operand = self.type_of(expression.operand, scope)
        if expression.operator == "+" and (operand.given or operand.kinds <= _TEMPORAL):
            return StaticType(NUMBERS)
        self._expect(expression.operand, operand, NUMBERS, f"{expression.operator} takes")
        return StaticType(operand.kinds & NUMBERS)

    def _binary(self, expression: tree.Binary, scope: StaticScope) -> StaticType:
        operator = expression.operator
        if operator in _LOGIC:
            self.condition(expression.left, scope, operator)
            self.condition(expression.right, scope, operator)
            return BOOLEAN
        left, right = self.type_of(expression.left, scope), self.type_of(expression.right, scope)
        if operator == "IN":
            self._expect(expression.right, right, _LIST, "what follows IN is")
            return BOOLEAN
        if operator == "=~":
            self._expect(expression.left, left, _TEXT, "=~ takes")
            self._expect(expression.right, right, _TEXT, "=~ takes")
        overloads = OPERATORS.get(operator)
        if overloads is None:
            return BOOLEAN
        fitting = [each for each in overloads if left.may_be(each.left)]
        if not fitting:
            taken = frozenset().union(*(each.left for each in overloads))
            raise self.error(expression.left, f"{operator} takes {described(taken)}, not {described(left.kinds)}")
        fitting_both = [each for each in fitting if right.may_be(each.right)]
        if not fitting_both:
            raise self.error(expression.right, f"{operator} cannot join {_joined(left, right)}")
        result = StaticType(frozenset().union(*(each.result for each in fitting_both)))
        if "list" not in result.kinds:
            return result
        return replace(result, item=_added_items(left, right), given=_added_to_given(left, right))

    def _case(self, expression: tree.Case, scope: StaticScope) -> StaticType:
        if expression.subject:
            self.type_of(expression.subject, scope)
        values = []
        for when in expression.whens:
            for each in when.conditions:
                if expression.subject:
                    self.type_of(each, scope)
                else:
                    self.condition(each, scope, "WHEN")
            values.append(self.type_of(when.value, scope))
        if expression.otherwise:
            values.append(self.type_of(expression.otherwise, scope))
        return either(values)

    def _projection(self, expression: tree.MapProjection, scope: StaticScope) -> StaticType:
        of = self.type_of(expression.of, scope)
        self._expect(expression.of, of, _BY_KEY, "a map projection is of")
        entries: dict[str, StaticType] = {}
        for entry in expression.entries:
            if entry.name == "*":
                continue
            entries[entry.name] = self.type_of(entry.value, scope)
        return StaticType(frozenset({"map"}), entries=entries)

    # Expressions over lists

    def _items(self, source: tree.Expression, scope: StaticScope) -> StaticType:
        found = self.type_of(source, scope)
        self._expect(source, found, _LIST, "what follows IN is")
        return item_of(found)

    def _inner(self, part: tree.Part, scope: StaticScope, added: Mapping[str, StaticType]) -> StaticScope:
        shadowed = [name for name in added if scope.within_expression and name in scope.outer]
        if shadowed:
            raise self.error(part, f"the variable {shadowed[0]} is already defined: choose another name")
        return scope.within(added)

    def _comprehension(self, expression: tree.Comprehension, scope: StaticScope) -> StaticType:
        item = self._items(expression.source, scope)
        inner = self._inner(expression, scope, {expression.variable: item})
        self.condition(expression.where, inner, "WHERE")
        return list_of(self.type_of(expression.value, inner) if expression.value else item)

    def _quantifier(self, expression: tree.Quantifier, scope: StaticScope) -> StaticType:
        item = self._items(expression.source, scope)
        if expression.where is None:
            raise self.error(expression, f"{expression.name}() needs WHERE")
        inner = self._inner(expression, scope, {expression.variable: item})
        self.condition(expression.where, inner, "WHERE")
        return BOOLEAN

    def _reduce(self, expression: tree.Reduce, scope: StaticScope) -> StaticType:
        if expression.accumulator == expression.variable:
            raise self.error(expression, f"reduce() uses {expression.variable} for two variables: rename one")
        initial = self.type_of(expression.initial, scope)
        item = self._items(expression.source, scope)
        inner = self._inner(expression, scope, {expression.accumulator: initial, expression.variable: item})
        value = self.type_of(expression.value, inner)
        if not takes_turns(initial, value):
            other = " of other items" if initial.kinds == value.kinds else ""
            raise self.error(
                expression.value,
                f"reduce() starts with {described(initial.kinds)} but goes on with {described(value.kinds)}{other}",
            )
        return initial

    def _pattern_comprehension(self, expression: tree.PatternComprehension, scope: StaticScope) -> StaticType:
        self._check_no_quantifier(expression.path)
        # The path's variable hides one of the same name.
        around = scope.without(expression.path.variable) if expression.path.variable else scope
        inner = self.pattern((expression.path,), around.within({}))
        self.condition(expression.where, inner, "WHERE")
        return list_of(self.type_of(expression.value, inner))

    # Functions

    def _call(self, call: tree.Call, scope: StaticScope) -> StaticType:
        function = FUNCTIONS[call.name.lower()]
        if function.aggregate:
            self._check_aggregate(call, scope)
        elif call.distinct:
            raise self.error(call, f"{function.name}() takes no DISTINCT: that is for aggregates such as count()")
        if not function.least <= len(call.arguments) <= function.most:
            count = len(call.arguments)
            many = "argument" if function.arity == "1" else "arguments"
            raise self.error(call, f"{function.name}() takes {function.arity} {many}, not {count}")
        signature = SIGNATURES[call.name.lower()]
        arguments = [self.type_of(argument, scope) for argument in call.arguments]
        for place, argument in enumerate(arguments):
            self._expect(call.arguments[place], argument, signature.takes_at(place), f"{function.name}() takes")
        if call.name.lower() == "split" and len(arguments) == 2 and arguments[1].kinds == _LIST:
            self._expect(call.arguments[1], item_of(arguments[1]), _TEXT, "split() takes a string or a list of what is")
        if call.name.lower() in _PERCENTILES:
            self._check_percentile(function.name, call.arguments[1])
        return signature.gives(arguments)

    def _check_percentile(self, name: str, percentile: tree.Expression) -> None:
        match percentile:
            case tree.Constant(value=bool() | str() | None) | tree.Unary(operator="-"):
                pass
            case tree.Constant(value=int(number) | float(number)) if not 0 <= number <= 1:
                pass
            case _:
                return
        raise self.error(percentile, f"{name}() takes a number from 0.0 to 1.0")

    def _check_aggregate(self, call: tree.Expression, scope: StaticScope) -> None:
        """Checks that an aggregate in ORDER BY or in WHERE after WITH is one of the columns: others have no rows."""
        if scope.columns and is_aggregate(call):
            raise self.error(call, "an aggregate in ORDER BY or WHERE has to be a column too: add it with AS")

    # Patterns

    def _check_no_quantifier(self, path: tree.PathPattern) -> None:
        for element in path.elements:
            if isinstance(element, tree.RepeatedPattern) or (
                isinstance(element, tree.EdgePattern) and element.hops and element.hops.quantified
            ):
                raise self.error(element, "a pattern that is a value takes no quantifier such as {1,3}: write *1..3")

    def _pattern_value(self, expression: tree.PatternValue, scope: StaticScope) -> StaticType:
        path = expression.path
        self._check_no_quantifier(path)
        for element in path.elements:
            if not isinstance(element, tree.RepeatedPattern) and element.where:
                raise self.error(element.where, "a pattern that is a value takes no WHERE: use EXISTS { MATCH … }")
            variable = None if isinstance(element, tree.RepeatedPattern) else element.variable
            if variable and scope.find(variable) is None:
                raise self.error(element, f"the variable {variable} is not defined: use EXISTS {{ MATCH … }}")
            if path.which and isinstance(element, tree.NodePattern) and not variable:
                raise self.error(element, f"{path.which}() in an expression is between nodes that a MATCH has found")
        self.pattern((path,), scope)
        if not path.which:
            return BOOLEAN
        return PATH if path.which == "shortestpath" else list_of(PATH)

    def _pattern_outside_condition(self, expression: tree.PatternValue, scope: StaticScope) -> StaticType:
        """A pattern that is no condition: a shortest path, or one in `exists(…)`."""
        before = self._statement[: expression.start].rstrip().removesuffix("(").rstrip().lower()
        if not expression.path.which and self._statement and not before.endswith("exists"):
            raise self.error(
                expression, "a pattern is a condition: elsewhere write EXISTS { … } or COUNT { … } around it"
            )
        return self._pattern_value(expression, scope)


def _joined(left: StaticType, right: StaticType) -> str:
    return f"{described(left.kinds)} with {described(right.kinds)}"


def _added_to_given(left: StaticType, right: StaticType) -> bool:
    """Whether `left + right` is a parameter's list with items that Neo4j does not tell from it."""
    return any(
        one.given and one.kinds == _LIST and (other.given or not other.kinds <= _LIST | ENTITIES | {"map", "path"})
        for one, other in ((left, right), (right, left))
    )


def _added_items(left: StaticType, right: StaticType) -> StaticType | None:
    """The type of the items of `left + right`, of which one is a list, or may be."""
    if not all(each.kinds == _LIST or not each.may_be(_LIST) for each in (left, right)):
        return None
    one_item, other = (item_of(each) if each.kinds == _LIST else each for each in (left, right))
    return items_added(one_item, other)
