"""Checks a statement before it runs: the mistakes that Neo4j reports when it reads one, and names that are not ours.

The embedded engine would find such a mistake only in a row, and so not at all where there is none. Of labels, types
and properties that the graph's schema does not have, for which Neo4j finds nothing, the mistake is reported too.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.store.ladybug.static_expressions import StaticExpressions
from kg.store.ladybug.static_grouping import (
    check_no_aggregate,
    grouping_keys,
    has_aggregate,
    misplaced_aggregate,
    shape,
    ungrouped,
)
from kg.store.ladybug.static_scope import StaticScope
from kg.store.ladybug.static_types import (
    ANY,
    PATH,
    StaticType,
    described,
    either,
    item_of,
    list_of,
    node,
    relationship,
    unwound,
)
from kg.store.ladybug.translation.types import LABELS, RELATIONS
from kg.syntax import tree

_NODE = frozenset({"node"})
_EDGE = frozenset({"relationship"})
_LIST = frozenset({"list"})
_SHORTEST = ("shortestpath", "allshortestpaths")


def check_statement(query: tree.Query, parameters: Mapping[str, Any], statement: str = "") -> None:
    """Checks a statement for mistakes that do not depend on what the graph holds.

    Args:
        query: its tree; it has passed `kg.syntax.guard`.
        parameters: values of its parameters.
        statement: its text, so that messages say where a mistake is.

    Raises:
        NotUnderstoodError: it has a mistake, or names a label, a type or a property that no graph of ours has.
        RefusedError: its expressions are too long to be checked.
    """
    try:
        _Checker(parameters, statement).query(query, StaticScope())
    except RecursionError:
        raise RefusedError("rule 'size': an expression has too many operators in a row: split it with WITH") from None


class _Checker:
    """Checks one statement. Columns are the names and types of what a query returns."""

    def __init__(self, parameters: Mapping[str, Any], statement: str) -> None:
        self._parameters = parameters
        self._expressions = StaticExpressions(statement, parameters)
        self._expressions.subquery = self._expression_subquery
        self._expressions.pattern = self._patterns
        self._error = self._expressions.error
        self._where = self._expressions.where

    def query(
        self,
        query: tree.Query,
        scope: StaticScope,
        called: bool = False,
        around: StaticScope | None = None,
    ) -> dict[str, StaticType] | None:
        """Checks queries joined by UNION.

        Args:
            query: the queries.
            scope: the variables that each of them has at its start.
            called: whether they stand in CALL { }.
            around: the scope around CALL { }, if a first WITH may take variables from it.

        Returns:
            The columns; None if it returns nothing.
        """
        columns: dict[str, StaticType] | None = None
        for place, single in enumerate(query.queries):
            found = self._single(single, scope, called, around)
            if place and (found is None or columns is None or found.keys() != columns.keys()) and found != columns:
                raise self._error(single, "all parts of a UNION return the same names")
            if columns is not None and found is not None:
                found = {name: either([columns[name], kind]) for name, kind in found.items()}
            columns = found
        if len(set(query.all)) > 1:
            raise self._error(query, "UNION and UNION ALL cannot be mixed")
        return columns

    # Clauses

    def _single(
        self, single: tree.SingleQuery, scope: StaticScope, called: bool, around: StaticScope | None
    ) -> dict[str, StaticType] | None:
        columns: dict[str, StaticType] | None = None
        clauses = single.clauses
        if around and isinstance(clauses[0], tree.ProjectionClause) and clauses[0].clause == "WITH":
            imports = self._imported(clauses[0], around)
            if imports is not None:
                scope = scope.with_variables(imports)
                clauses = clauses[1:]
        for clause in clauses:
            match clause:
                case tree.Match():
                    scope = self._match(clause, scope)
                case tree.Unwind():
                    check_no_aggregate(clause.source, "UNWIND", self._where(clause.source))
                    source = self._expressions.type_of(clause.source, scope)
                    self._check_new(clause, clause.variable, scope)
                    scope = scope.with_variables({clause.variable: unwound(source)})
                case tree.ProjectionClause():
                    columns = self._projection(clause, scope, called)
                    scope = replace(scope, variables=columns)
                case tree.CallSubquery():
                    scope = self._call(clause, scope)
        last = single.clauses[-1]
        returns = isinstance(last, tree.ProjectionClause) and last.clause == "RETURN"
        if called and not returns and not isinstance(last, tree.Finish | tree.CallSubquery):
            raise self._error(last, "CALL { } ends with RETURN")
        return columns if returns else None

    def _imported(self, clause: tree.ProjectionClause, around: StaticScope) -> dict[str, StaticType] | None:
        """The variables that the first WITH of a CALL { } imports; None if it imports none."""
        visible = around.visible()
        parts = [part for item in clause.items for part in item.value.walk()]
        if not clause.everything and not any(
            isinstance(part, tree.Variable) and part.name in visible for part in parts
        ):
            return None
        plain = all(isinstance(item.value, tree.Variable) and item.value.name == item.name for item in clause.items)
        more = clause.distinct or clause.order or clause.skip or clause.limit or clause.where
        if not plain or more or (clause.everything and clause.items):
            raise self._error(clause, "the first WITH of CALL { } only names variables: add another WITH for the rest")
        if clause.everything:
            return visible
        return {item.name: self._expressions.type_of(item.value, around) for item in clause.items}

    def _match(self, clause: tree.Match, scope: StaticScope) -> StaticScope:
        inner = self._patterns(clause.paths, scope)
        if clause.where:
            check_no_aggregate(clause.where, "WHERE", self._where(clause.where))
            self._expressions.condition(clause.where, inner, "WHERE")
        return inner

    def _call(self, clause: tree.CallSubquery, scope: StaticScope) -> StaticScope:
        visible = scope.visible()
        if clause.imports is None:
            columns = self.query(clause.query, StaticScope(), called=True, around=scope)
        else:
            names = visible if clause.imports == ("*",) else clause.imports
            missing = [name for name in names if name not in visible]
            if missing:
                raise self._error(clause, f"the variable {missing[0]} is not defined here")
            outer = StaticScope(outer={name: visible[name] for name in names})
            columns = self.query(clause.query, outer, called=True)
        for name in columns or ():
            if name in visible:
                raise self._error(clause, f"CALL {{ }} returns {name}, which is already defined: use AS and a new name")
        return scope.with_variables(columns or {})

    def _check_new(self, part: tree.Part, variable: str, scope: StaticScope) -> None:
        if scope.find(variable) is not None:
            raise self._error(part, f"the variable {variable} is already defined: choose another name")

    # WITH and RETURN

    def _projection(self, clause: tree.ProjectionClause, scope: StaticScope, called: bool) -> dict[str, StaticType]:
        columns = self._columns(clause, scope, called)
        aggregating = [item for item in clause.items if has_aggregate(item.value)]
        self._check_grouping(clause, aggregating, scope)
        self._check_order(clause, bool(aggregating), scope, columns)
        for count, name in ((clause.skip, "SKIP"), (clause.limit, "LIMIT")):
            if count:
                self._check_count(count, name)
        return columns

    def _columns(self, clause: tree.ProjectionClause, scope: StaticScope, called: bool) -> dict[str, StaticType]:
        columns: dict[str, StaticType] = {}
        if clause.everything:
            if clause.clause == "RETURN" and not scope.variables:
                raise self._error(clause, "there is no variable for * here")
            columns.update(scope.variables)
        named: set[str] = set()
        for item in clause.items:
            misplaced = misplaced_aggregate(item.value)
            if misplaced:
                raise self._error(misplaced[0], f"an aggregate cannot stand {misplaced[1]}: use a WITH before")
            columns[item.name] = self._expressions.type_of(item.value, scope)
            plain = isinstance(item.value, tree.Variable)
            if item.name in named:
                raise self._error(item, f"two columns are called {item.name}: use AS")
            if called and clause.clause == "RETURN" and not (item.named or plain):
                raise self._error(item, f"CALL {{ }} names what it returns: write {item.name} AS a name")
            same = isinstance(item.value, tree.Variable) and item.value.name == item.name
            if item.name in scope.outer and not same:
                raise self._error(item, f"the variable {item.name} is already defined: choose another name")
            named.add(item.name)
        return columns

    def _check_grouping(
        self, clause: tree.ProjectionClause, aggregating: list[tree.ProjectionItem], scope: StaticScope
    ) -> None:
        keys = grouping_keys(tuple(item.value for item in clause.items if not has_aggregate(item.value)))
        if clause.everything:
            keys |= grouping_keys(tuple(tree.Variable(0, 0, name) for name in scope.variables))
        for item in aggregating:
            part = ungrouped(item.value, keys, scope.visible().keys())
            if part is not None:
                raise self._error(
                    part, f"{item.name} joins an aggregate with a value that is no column: make that a column before it"
                )

    def _check_order(
        self,
        clause: tree.ProjectionClause,
        aggregated: bool,
        scope: StaticScope,
        columns: Mapping[str, StaticType],
    ) -> None:
        """Checks ORDER BY, and WHERE after WITH, which may use the same."""
        shapes = {shape(item.value): columns[item.name] for item in clause.items}
        if clause.distinct or aggregated:
            lost = frozenset(scope.variables) - columns.keys()
            kept = {
                item.value.name: columns[item.name]
                for item in clause.items
                if isinstance(item.value, tree.Variable) and item.value.name not in columns
            }
            after = replace(scope, variables={**kept, **columns}, columns=shapes, lost=lost)
        else:
            after = replace(scope.with_variables(columns), columns=shapes)
        for key in clause.order:
            if has_aggregate(key.value) and not aggregated:
                raise self._error(key, "ORDER BY takes an aggregate only where one is a column: add it with AS")
            self._expressions.type_of(key.value, after)
        if clause.where:
            if not aggregated:
                check_no_aggregate(clause.where, "WHERE", self._where(clause.where))
            self._expressions.condition(clause.where, after, "WHERE")

    def _check_count(self, count: tree.Expression, clause: str) -> None:
        check_no_aggregate(count, clause, self._where(count))
        wrong = self._error(count, f"{clause} takes a whole number from 0 on")
        for part in count.walk():
            if isinstance(part, tree.Subquery | tree.PatternValue | tree.PatternComprehension):
                raise self._error(part, f"{clause} takes no pattern: write a number or a parameter")
        try:
            found = self._expressions.type_of(count, StaticScope())
        except NotUnderstoodError:
            names = [part.name for part in count.walk() if isinstance(part, tree.Variable)]
            if not names:
                raise
            raise self._error(
                count, f"{clause} takes no variable such as {names[0]}: write a number or a parameter"
            ) from None
        match count:
            case tree.Constant(value=value):
                pass
            case tree.Unary(operator="-", operand=tree.Constant(value=int(number) | float(number))):
                value = -number
            case tree.Parameter(name=name):
                value = self._parameters.get(name)
            case _:
                if not found.may_be(frozenset({"integer"})):
                    raise wrong
                return
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise wrong

    # Subqueries

    def _expression_subquery(self, expression: tree.Subquery, scope: StaticScope) -> list[StaticType]:
        kind = expression.kind
        for single in expression.query.queries:
            last = single.clauses[-1]
            if isinstance(last, tree.Finish):
                raise self._error(last, f"{kind} {{ }} cannot end with FINISH: leave it out")
            returns = isinstance(last, tree.ProjectionClause) and last.clause == "RETURN"
            if kind == "COLLECT" and not (
                isinstance(last, tree.ProjectionClause) and returns and len(last.items) == 1 and not last.everything
            ):
                raise self._error(last, "COLLECT { } ends with RETURN and exactly one column")
        columns = self.query(expression.query, scope.subquery())
        return list((columns or {}).values())

    # Patterns

    def _patterns(self, paths: tuple[tree.PathPattern, ...], scope: StaticScope) -> StaticScope:
        """Checks paths, and gives the scope with their variables."""
        for path in paths:
            if path.variable:
                self._check_new(path, path.variable, scope)
                scope = scope.with_variables({path.variable: PATH})
            self._check_shortest(path)
            scope = self._declared(path, scope)
        self._check_one_notation(paths)
        # What stands in the brackets may use any variable of the pattern.
        for path in paths:
            self._check_conditions(path, scope)
        return scope

    def _declared(self, path: tree.PathPattern, scope: StaticScope) -> StaticScope:
        for element in path.elements:
            match element:
                case tree.NodePattern():
                    scope = self._node(element, scope)
                case tree.EdgePattern():
                    scope = self._edge(element, scope)
                case tree.RepeatedPattern():
                    scope = self._repeated(element, scope)
        return scope

    def _node(self, element: tree.NodePattern, scope: StaticScope) -> StaticScope:
        labels = self._expressions.labels_of(element, element.labels, LABELS)
        if not element.variable:
            return scope
        known = scope.find(element.variable)
        if known is None:
            return scope.with_variables({element.variable: node(labels or LABELS)})
        if not known.may_be(_NODE):
            raise self._error(element, f"{element.variable} is no node but {described(known.kinds)}")
        return self._bound(element.variable, known, node(labels or LABELS), scope)

    def _edge(self, element: tree.EdgePattern, scope: StaticScope) -> StaticScope:
        one = relationship(self._expressions.labels_of(element, element.types, RELATIONS) or RELATIONS)
        if not element.variable:
            return scope
        known = scope.find(element.variable)
        new = list_of(one) if element.hops else one
        if known is None:
            return scope.with_variables({element.variable: new})
        if not known.may_be(new.kinds) or (known.kinds == _LIST and not item_of(known).may_be(_EDGE)):
            wanted = "a list of relationships" if element.hops else "a relationship"
            raise self._error(element, f"{element.variable} stands for {wanted} but is {described(known.kinds)}")
        return self._bound(element.variable, known, new, scope)

    def _bound(self, name: str, known: StaticType, found: StaticType, scope: StaticScope) -> StaticScope:
        """The scope in which a variable that had a value before is the part of a pattern that it stands for."""
        return scope.with_variables({name: known if known.entity or known.item else found})

    def _repeated(self, element: tree.RepeatedPattern, scope: StaticScope) -> StaticScope:
        """A pattern in brackets that is repeated: outside of it, its variables are lists."""
        inner = self._patterns((element.path,), StaticScope(outer=scope.visible()))
        for name in inner.variables:
            self._check_new(element, name, scope)
        self._expressions.condition(element.where, scope.with_variables(inner.variables), "WHERE")
        return scope.with_variables({name: list_of(type_) for name, type_ in inner.variables.items()})

    def _check_conditions(self, path: tree.PathPattern, scope: StaticScope) -> None:
        for element in path.elements:
            if isinstance(element, tree.RepeatedPattern):
                continue
            check_no_aggregate(element.properties, "a pattern", self._where(element))
            check_no_aggregate(element.where, "a pattern", self._where(element))
            one: StaticType
            if isinstance(element, tree.NodePattern):
                one = node(self._expressions.labels_of(element, element.labels, LABELS) or LABELS)
            else:
                one = relationship(self._expressions.labels_of(element, element.types, RELATIONS) or RELATIONS)
            known = scope.find(element.variable) if element.variable else None
            known = item_of(known) if known and isinstance(element, tree.EdgePattern) and element.hops else known
            entity = (known.entity if known else None) or one.entity
            self._expressions.properties_of(entity, element.properties, scope)
            inside = scope.with_variables({element.variable: known or ANY}) if element.variable else scope
            self._expressions.condition(element.where, inside, "WHERE")

    def _check_one_notation(self, paths: tuple[tree.PathPattern, ...]) -> None:
        """Checks that no MATCH has relationships with * and with a quantifier."""
        elements = [element for path in paths for element in path.elements]
        hops = [element.hops for element in elements if not isinstance(element, tree.NodePattern) and element.hops]
        starred = next((each for each in hops if not each.quantified), None)
        if starred and any(each.quantified for each in hops):
            raise self._error(starred, "one MATCH has either * or quantifiers such as {1,3}: write all in one way")

    def _check_shortest(self, path: tree.PathPattern) -> None:
        if path.which not in _SHORTEST:
            return
        edges = [element for element in path.elements if isinstance(element, tree.EdgePattern)]
        if len(path.elements) != 3 or len(edges) != 1:
            raise self._error(path, f"{path.which}() is between two nodes, with one relationship between them")
        if edges[0].hops and edges[0].hops.quantified:
            raise self._error(edges[0], f"{path.which}() takes no quantifier such as {{1,3}}: write *1..3")
        if edges[0].hops and edges[0].hops.low not in (None, 0, 1):
            raise self._error(edges[0], f"{path.which}() takes no least length but 0 or 1")
