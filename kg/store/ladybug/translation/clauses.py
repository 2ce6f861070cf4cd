"""Translates clauses and patterns into the embedded engine's Cypher."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.schema import EDGES
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.expressions import MAX_LENGTH, Expressions, quoted
from kg.store.ladybug.translation.fragments import Fragment, described, filtered, unsupported
from kg.store.ladybug.translation.labels import matching_labels
from kg.store.ladybug.translation.scope import BoundVariable, Scope, UniqueNames
from kg.store.ladybug.translation.types import ANY, list_of
from kg.syntax import tree
from kg.syntax.functions import FUNCTIONS

MAX_HOPS = 30
"""Edges in the longest path that the engine finds."""

_ALL_ROWS = 1_000_000_000
_SELECTORS = {"shortestpath": "SHORTEST", "allshortestpaths": "ALL SHORTEST"}


@dataclass(frozen=True, slots=True)
class Translation:
    """A statement for the embedded engine."""

    statement: str
    parameters: dict[str, Any]
    """Values of its parameters."""
    columns: list[str]
    """Names of the columns as the user's statement has them; the engine calls them otherwise."""


def translate(query: tree.Query, parameters: Mapping[str, Any], limit: int | None = None) -> Translation:
    """Translates a statement, so that the embedded engine gives Neo4j's answer to it.

    Args:
        query: the statement's tree; it has passed `kg.syntax.guard`.
        parameters: values of its parameters.
        limit: rows that are wanted at most, if the statement itself sets no limit.

    Raises:
        RefusedError: the engine cannot give that answer; the message says what to write instead.
        NotUnderstoodError: it names what the graph does not have, or has no meaning.
    """
    return _Translator(parameters).query(query, limit)


@dataclass(frozen=True, slots=True)
class _PatternEdge:
    """An edge of a pattern: its variable, whether that is a list of edges, and the types that they may have."""

    variable: str
    many: bool
    types: frozenset[str]

    def ids(self) -> str:
        """The list of its edges' ids, as an expression."""
        return f"properties(rels({self.variable}), '_ID')"


class _Translator:
    """Translates one statement."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._names = UniqueNames()
        self._names.of("_x")
        self._names.of("_y")
        self._expressions = Expressions(self._names, parameters)
        self._expressions.subquery = self._subquery
        self._expressions.pattern = self._exists

    def query(self, query: tree.Query, limit: int | None) -> Translation:
        alone = len(query.queries) == 1
        columns: list[str] = []
        written = []
        for single in query.queries:
            text, names = self._single_query(single, limit if alone else None)
            written.append(text)
            if columns and columns != names:
                raise NotUnderstoodError("all parts of a UNION return the same names in the same order")
            columns = names
        if len(set(query.all)) > 1:
            raise NotUnderstoodError("UNION and UNION ALL cannot be mixed")
        statement = (" UNION ALL " if any(query.all) else " UNION ").join(written)
        if len(statement) > MAX_LENGTH:
            raise RefusedError("rule 'size': the statement becomes too long for the embedded engine: shorten it")
        return Translation(statement, self._expressions.parameters, columns)

    # Clauses

    def _single_query(self, single: tree.SingleQuery, limit: int | None) -> tuple[str, list[str]]:
        scope = Scope()
        written: list[str] = []
        columns: list[str] = []
        for clause in single.clauses:
            match clause:
                case tree.Match():
                    text, scope = self._match(clause, scope)
                case tree.Unwind():
                    text, scope = self._unwind(clause, scope)
                case tree.ProjectionClause():
                    text, scope, columns = self._projection(clause, scope, limit)
                case tree.CallSubquery():
                    raise unsupported("CALL { }", "use WITH, OPTIONAL MATCH and collect(), EXISTS { } or COUNT { }")
                case tree.Finish():
                    raise unsupported("FINISH", "RETURN something")
            written.append(text)
        return " ".join(written), columns

    def _unwind(self, clause: tree.Unwind, scope: Scope) -> tuple[str, Scope]:
        source = self._value(clause.source, scope)
        item = source.type.item or ANY
        if source.type.known and source.type.kind != "list":
            raise NotUnderstoodError(f"UNWIND takes a list, not {described(source.type)}")
        if clause.variable in scope.variables:
            raise NotUnderstoodError(f"the variable {clause.variable} is already defined")
        name = self._names.of(clause.variable)
        return f"UNWIND {source.text} AS {name}", scope.with_(clause.variable, BoundVariable(name, item))

    def _match(self, clause: tree.Match, scope: Scope) -> tuple[str, Scope]:
        patterns, conditions, inner = self._patterns(clause.paths, scope)
        if clause.where:
            self._check_shortest(clause)
            conditions.append(self._value(clause.where, inner).text)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if not clause.optional:
            return f"MATCH {', '.join(patterns)}{where}", inner
        found = {name: bound for name, bound in inner.variables.items() if name not in scope.variables}
        after = Scope({**scope.variables, **{name: _missing(bound) for name, bound in found.items()}})
        return f"OPTIONAL MATCH {', '.join(patterns)}{where}", after

    def _check_shortest(self, clause: tree.Match) -> None:
        """Refuses a condition on a shortest path.

        Neo4j finds the shortest path for which the condition holds; the engine finds the shortest path of all, and
        drops it if the condition does not hold.
        """
        within = {path.variable for path in clause.paths if path.which and path.variable}
        within.update(
            element.variable
            for path in clause.paths
            if path.which
            for element in path.elements
            if isinstance(element, tree.EdgePattern) and element.variable
        )
        for part in clause.where.walk() if clause.where else ():
            if isinstance(part, tree.Variable) and part.name in within:
                raise unsupported(
                    "condition on a shortest path in its own MATCH",
                    f"name the types in the pattern, or write WITH {part.name} WHERE … to filter the paths found",
                )

    def _projection(
        self, clause: tree.ProjectionClause, scope: Scope, limit: int | None
    ) -> tuple[str, Scope, list[str]]:
        items: list[tuple[str, Fragment]] = []
        if clause.everything:
            if not scope.variables:
                raise NotUnderstoodError("there is no variable for * here")
            items += [(name, Fragment(bound.text, bound.type)) for name, bound in sorted(scope.variables.items())]
        items += [(item.name, self._value(item.value, scope)) for item in clause.items]
        names = [name for name, _ in items]
        if len(set(names)) < len(names):
            raise NotUnderstoodError(f"two columns are called {next(n for n in names if names.count(n) > 1)}: use AS")
        bound = {name: BoundVariable(self._column(name, value, scope), value.type) for name, value in items}
        listed = ", ".join(f"{value.text} AS {bound[name].text}" for name, value in items)
        grouped = clause.distinct or any(_aggregates(item.value) for item in clause.items)
        after = Scope(bound if grouped else {**scope.variables, **bound})
        text = f"{clause.clause} {'DISTINCT ' if clause.distinct else ''}{listed}"
        if clause.order:
            text += f" ORDER BY {self._order(clause, items, bound, scope, after)}"
        text += self._skip_and_limit(clause, limit)
        if clause.clause == "WITH" and clause.order:
            # Without a clause in between, the engine loses the order, so that a limit takes any rows.
            text += f" UNWIND [1] AS {self._names.new('row')}"
            if clause.where:
                everything = ", ".join(f"{each.text} AS {each.text}" for each in bound.values())
                text += f" WITH {everything}"
        if clause.where:
            text += f" WHERE {self._value(clause.where, Scope(bound)).text}"
        return text, Scope(bound), names

    def _column(self, name: str, value: Fragment, scope: Scope) -> str:
        """The engine's name for a column. It differs from that of any other variable, which the engine would take."""
        before = scope.variables.get(name)
        return self._names.of(name) if before is None or before.text == value.text else self._names.new(name)

    def _skip_and_limit(self, clause: tree.ProjectionClause, limit: int | None) -> str:
        text = f" SKIP {self._count(clause.skip)}" if clause.skip else ""
        if clause.limit:
            return f"{text} LIMIT {self._count(clause.limit)}"
        if clause.clause == "RETURN" and limit is not None:
            return f"{text} LIMIT {limit}"
        # The engine takes no order without a limit.
        return f"{text} LIMIT {_ALL_ROWS}" if clause.clause == "WITH" and clause.order else text

    def _count(self, expression: tree.Expression) -> str:
        value = self._value(expression, Scope())
        constant = isinstance(expression, tree.Constant | tree.Parameter)
        if not constant or value.type.kind != "integer":
            raise unsupported("calculated SKIP or LIMIT", "write a whole number or a parameter")
        if isinstance(expression, tree.Constant):
            return value.text
        number = self._expressions.parameters[value.text[1:]]
        if number < 0:
            raise NotUnderstoodError("SKIP and LIMIT are numbers from 0 on")
        return str(number)

    def _order(
        self,
        clause: tree.ProjectionClause,
        items: list[tuple[str, Fragment]],
        bound: Mapping[str, BoundVariable],
        before: Scope,
        after: Scope,
    ) -> str:
        texts = {value.text: bound[name].text for name, value in items}
        keys = []
        for order in clause.order:
            known = None
            if not isinstance(order.value, tree.Variable):
                # A column that is returned may be ordered by, even if its variables are out of scope by then.
                try:
                    known = texts.get(self._value(order.value, before).text)
                except NotUnderstoodError:
                    known = None
            if known is None:
                value = self._value(order.value, after)
                if value.type.kind in ("list", "map", "path", "properties", "node", "edge"):
                    raise unsupported(f"order by {described(value.type)}", "order by a number or a text")
                known = value.text
            keys.append(f"{known} DESC" if order.descending else known)
        return ", ".join(keys)

    # Subqueries

    def _subquery(self, query: tree.Query, scope: Scope) -> str:
        if len(query.queries) > 1:
            raise unsupported("UNION in EXISTS { } or COUNT { }", "use two of them with OR, or +")
        clauses = query.queries[0].clauses
        last = clauses[-1]
        if isinstance(last, tree.ProjectionClause):
            simple = not (last.distinct or last.limit or last.skip)
            if not simple or any(_aggregates(item.value) for item in last.items):
                raise unsupported("DISTINCT, LIMIT or aggregates in EXISTS { } or COUNT { }", "count in a WITH instead")
            clauses = clauses[:-1]
        if len(clauses) != 1 or not isinstance(clauses[0], tree.Match) or clauses[0].optional:
            raise unsupported(
                "other clauses than one MATCH in EXISTS { } or COUNT { }", "join the patterns with a comma"
            )
        text, _ = self._match(clauses[0], scope)
        return text

    def _exists(self, path: tree.PathPattern, scope: Scope) -> str:
        for element in path.elements:
            variable = None if isinstance(element, tree.RepeatedPattern) else element.variable
            if variable and variable not in scope.variables:
                raise NotUnderstoodError(f"the variable {variable} is not defined: use EXISTS {{ MATCH … }}")
        patterns, conditions, _ = self._patterns((path,), scope)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"MATCH {', '.join(patterns)}{where}"

    # Patterns

    def _patterns(self, paths: tuple[tree.PathPattern, ...], scope: Scope) -> tuple[list[str], list[str], Scope]:
        """Paths as text, the conditions that belong to them, and the scope with their variables."""
        written: list[str] = []
        conditions: list[str] = []
        edges: list[_PatternEdge] = []
        filters: list[tuple[BoundVariable, tree.Expression]] = []
        for path in paths:
            selector = _selector(path)
            text = ""
            bounds: list[BoundVariable] = []
            for element in path.elements:
                match element:
                    case tree.NodePattern():
                        part, bound, scope = self._node(element, scope, conditions)
                    case tree.EdgePattern():
                        part, bound, scope, found = self._edge(element, scope, selector)
                        if selector == "TRAIL":
                            edges.append(found)
                    case _:
                        raise unsupported(
                            "repeated pattern in brackets", "use -[:TYPE*1..3]-> with the number of edges"
                        )
                bounds.append(bound)
                if element.properties:
                    filters.append((bound, element.properties))
                if element.where:
                    filters.append((bound, element.where))
                text += part
            _check_empty(path, bounds)
            if path.variable:
                self._check_new(path.variable, scope)
                name = self._names.of(path.variable)
                scope = scope.with_(path.variable, BoundVariable(name, types.PATH))
                text = f"{name} = {text}"
            written.append(text)
        # Conditions within a pattern may use any variable of it.
        for bound, condition in filters:
            conditions += self._filter(bound, condition, scope)
        for one, other in combinations(edges, 2):
            if one.types & other.types:
                conditions.append(_different(one, other))
        return written, conditions, scope

    def _check_new(self, variable: str, scope: Scope) -> None:
        if variable in scope.variables:
            raise NotUnderstoodError(f"the variable {variable} is already defined: choose another name")

    def _node(self, element: tree.NodePattern, scope: Scope, conditions: list[str]) -> tuple[str, BoundVariable, Scope]:
        labels = matching_labels(element.labels, types.LABELS)
        if element.variable and element.variable in scope.variables:
            bound = scope.variables[element.variable]
            if bound.type.kind not in ("node", "any"):
                raise NotUnderstoodError(f"{element.variable} is no node but {described(bound.type)}")
            if element.labels:
                listed = ", ".join(f"'{label}'" for label in sorted(labels))
                conditions.append(f"label({bound.text}) IN [{listed}]" if listed else "false")
            return f"({bound.text})", bound, scope
        name = self._names.of(element.variable) if element.variable else self._names.new("n")
        bound = BoundVariable(name, types.node(labels or types.LABELS))
        if not labels:
            conditions.append("false")
        named = f":{'|'.join(quoted(label) for label in sorted(labels))}" if element.labels and labels else ""
        return f"({name}{named})", bound, scope.with_(element.variable, bound) if element.variable else scope

    def _edge(
        self, element: tree.EdgePattern, scope: Scope, selector: str
    ) -> tuple[str, BoundVariable, Scope, _PatternEdge]:
        if element.variable:
            self._check_new(element.variable, scope)
        kinds = matching_labels(element.types, types.RELATIONS)
        if not kinds:
            raise NotUnderstoodError("a relationship has one type, so none has all of these")
        name = self._names.of(element.variable) if element.variable else self._names.new("r")
        many = element.hops is not None or selector != "TRAIL"
        one = types.edge(kinds, element.direction != "-")
        bound = BoundVariable(f"rels({name})", list_of(one)) if many else BoundVariable(name, one)
        named = f":{'|'.join(quoted(kind) for kind in sorted(kinds))}" if element.types else ""
        hops = f"* {selector} {_bounds(element.hops, selector)}" if many else ""
        left, right = "<" if element.direction == "<" else "", ">" if element.direction == ">" else ""
        inner = scope.with_(element.variable, bound) if element.variable else scope
        return f"{left}-[{name}{named}{hops}]-{right}", bound, inner, _PatternEdge(name, many, kinds)

    def _filter(self, bound: BoundVariable, condition: tree.Expression, scope: Scope) -> list[str]:
        """Conditions that the properties or the WHERE in a node's or an edge's brackets stand for."""
        if not isinstance(condition, tree.MapOf):
            if isinstance(condition, tree.Parameter):
                raise unsupported("parameter for all properties", "name the properties: {id: $id}")
            if bound.type.kind == "list":
                raise unsupported(
                    "WHERE within a relationship of several steps", "write the condition after the pattern"
                )
            return [self._value(condition, scope).text]
        written = []
        for entry in condition.entries:
            if bound.type.kind == "list":
                each = self._names.of("_x")
                inside = BoundVariable(each, bound.type.item or ANY)
                equal = filtered(Fragment(bound.text, bound.type), each, self._equal(inside, entry, scope))
                written.append(f"size({equal.text}) = size({bound.text})")
            else:
                written.append(self._equal(bound, entry, scope))
        return written

    def _equal(self, bound: BoundVariable, entry: tree.MapEntry, scope: Scope) -> str:
        own = tree.PropertyAccess(entry.start, entry.end, tree.Variable(entry.start, entry.end, "_x"), entry.name)
        compared = tree.Comparison(entry.start, entry.end, ("=",), (own, entry.value))
        return self._value(compared, scope.with_("_x", bound)).text

    def _value(self, expression: tree.Expression, scope: Scope) -> Fragment:
        return self._expressions.write(expression, scope)


def _missing(bound: BoundVariable) -> BoundVariable:
    """A variable of an OPTIONAL MATCH, which may be missing."""
    if bound.type.kind != "list":
        return BoundVariable(bound.text, types.maybe(bound.type))
    name = bound.text.removeprefix("rels(").removesuffix(")")
    return BoundVariable(f"(CASE WHEN {name} IS NOT NULL THEN {bound.text} END)", bound.type)


def _selector(path: tree.PathPattern) -> str:
    if not path.which:
        return "TRAIL"
    if path.which not in _SELECTORS:
        raise unsupported(f"{path.which} in a pattern", "use shortestPath(…) or allShortestPaths(…)")
    if len(path.elements) != 3:
        raise unsupported("shortest path over more than two nodes", "name its two ends only")
    return _SELECTORS[path.which]


def _bounds(hops: tree.Hops | None, selector: str) -> str:
    if hops is None:
        return "1..1"
    if hops.high is None or hops.high > MAX_HOPS:
        raise unsupported(
            f"path of more than {MAX_HOPS} edges", f"give an upper bound: *{hops.low}..{MAX_HOPS} at most"
        )
    if selector != "TRAIL" and hops.low != 1:
        raise unsupported("shortest path of a least length", f"write *1..{hops.high}")
    if hops.low is not None and hops.low > hops.high:
        raise NotUnderstoodError("the lower bound of a path is not above its upper bound")
    return f"{hops.low}..{hops.high}"


def _check_empty(path: tree.PathPattern, bounds: list[BoundVariable]) -> None:
    """Refuses `*0..`, a path that may have no edge, at nodes that have no such edge: the engine does not find it."""
    for place, element in enumerate(path.elements):
        if not isinstance(element, tree.EdgePattern) or element.hops is None or element.hops.low != 0:
            continue
        ends = [pair for kind in matching_labels(element.types, types.RELATIONS) for pair in EDGES[kind].ends]
        sources, targets = ({pair[side] for pair in ends} for side in (0, 1))
        same = bounds[place - 1].type.labels & bounds[place + 1].type.labels
        if not same <= (sources | targets if element.direction == "-" else sources & targets):
            raise unsupported(
                "path without an edge between such nodes", "use *1.. and UNION, or name labels that have them"
            )


def _different(one: _PatternEdge, other: _PatternEdge) -> str:
    """The condition that two edges of a pattern are not the same, as Neo4j has it within one MATCH."""
    if not one.many and not other.many:
        return f"id({one.variable}) <> id({other.variable})"
    if one.many and other.many:
        return f"none(`_y` IN {one.ids()} WHERE list_contains({other.ids()}, `_y`))"
    single, several = (one, other) if other.many else (other, one)
    return f"NOT list_contains({several.ids()}, id({single.variable}))"


def _aggregates(expression: tree.Part) -> bool:
    if isinstance(expression, tree.CountRows):
        return True
    if isinstance(expression, tree.Call) and FUNCTIONS[expression.name.lower()].aggregate:
        return True
    if isinstance(expression, tree.Subquery):
        return False
    return any(_aggregates(part) for part in expression.parts())
