"""Translates whole statements whose every expression the embedded engine evaluates exactly as Neo4j does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.interpreter.conditions import conditions_of
from kg.interpreter.evaluators import aggregates, same
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.expressions import MAX_LENGTH, Expressions
from kg.store.ladybug.translation.folding import folded
from kg.store.ladybug.translation.fragments import Fragment, UntranslatableError
from kg.store.ladybug.translation.label_tests import choices_by_variable, is_decided, label_choice
from kg.store.ladybug.translation.scope import BoundVariable, Scope, UniqueNames
from kg.store.ladybug.translation.types import Type
from kg.store.ladybug.translation.written_patterns import check_shortest, match_text, write_patterns
from kg.syntax import tree

_ALL_ROWS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Translation:
    """A statement for the embedded engine."""

    statement: str
    parameters: dict[str, Any]
    """Values of its parameters."""
    columns: list[str]
    """Names of the columns as the user's statement has them; the engine calls them otherwise."""


def translate(
    query: tree.Query,
    parameters: Mapping[str, Any],
    limit: int | None = None,
    loops: frozenset[str] = frozenset(),
) -> Translation:
    """Translates a statement, so that the embedded engine gives Neo4j's answer to it.

    Args:
        query: the statement's tree; it has passed `kg.syntax.guard` and `kg.store.ladybug.static_checks`.
        parameters: values of its parameters.
        limit: rows that are wanted at most, if the statement itself sets no limit.
        loops: types of the edges in the graph that begin and end at one node.

    Raises:
        UntranslatableError: the engine might give another answer: the statement has to be interpreted.
        RefusedError: neither can; the message says what to write instead.
        NotUnderstoodError: it names what the graph does not have.
    """
    return _Translator(parameters, loops).query(query, limit)


@dataclass(frozen=True, slots=True)
class TranslatedStart:
    """The first clauses of a statement, up to a WITH, for the embedded engine."""

    text: str
    parameters: dict[str, Any]
    """Values of its parameters."""
    scope: Scope
    """The variables after the WITH."""
    clauses: int
    """How many clauses these are."""


def translate_start(query: tree.Query, parameters: Mapping[str, Any], loops: frozenset[str]) -> TranslatedStart | None:
    """Translates the longest start of a statement that the engine evaluates exactly as Neo4j does, if there is one.

    Its arguments are those of `translate`.

    Raises:
        RefusedError: neither the engine nor the interpreter can match a pattern.
        NotUnderstoodError: it names what the graph does not have.
    """
    return _Translator(parameters, loops).start(query.queries[0]) if len(query.queries) == 1 else None


class _Translator:
    """Translates one statement."""

    def __init__(self, parameters: Mapping[str, Any], loops: frozenset[str]) -> None:
        self._given = parameters
        self._loops = loops
        self._cut = False
        self._names = UniqueNames()
        self._names.of("_y")
        self._expressions = Expressions(parameters)
        self._expressions.subquery = self._subquery
        self._expressions.pattern = self._exists

    def query(self, query: tree.Query, limit: int | None) -> Translation:
        alone = len(query.queries) == 1
        columns: list[str] = []
        kinds: list[Type] = []
        written = []
        for single in query.queries:
            text, names, found = self._single_query(single, limit if alone else None)
            written.append(text)
            if columns and (
                columns != names or kinds != found or not all(kind.kind in types.SCALARS for kind in kinds)
            ):
                raise UntranslatableError
            columns, kinds = names, found
        if not columns or len(set(query.all)) > 1:
            raise UntranslatableError
        statement = (" UNION ALL " if any(query.all) else " UNION ").join(written)
        if len(statement) > MAX_LENGTH:
            raise UntranslatableError
        return Translation(statement, self._expressions.parameters, columns)

    def start(self, single: tree.SingleQuery) -> TranslatedStart | None:
        scope = Scope()
        written: list[str] = []
        found = None
        for clause in single.clauses[:-1]:
            try:
                match clause:
                    case tree.Match():
                        text, scope = self._match(clause, scope)
                    case tree.ProjectionClause() if written:
                        text, scope, *_ = self._projection(clause, scope, None)
                    case _:
                        break
            except UntranslatableError:
                break
            written.append(text)
            # Nodes in a list would all be read whole.
            if any(bound.type.item and bound.type.item.kind == "node" for bound in scope.variables.values()):
                break
            if isinstance(clause, tree.ProjectionClause):
                parameters = dict(self._expressions.parameters)
                found = TranslatedStart(" ".join(written), parameters, scope, len(written))
        return found

    # Clauses

    def _single_query(self, single: tree.SingleQuery, limit: int | None) -> tuple[str, list[str], list[Type]]:
        scope = Scope()
        written: list[str] = []
        columns: list[str] = []
        found: list[Type] = []
        # What needs no graph needs no engine.
        if not isinstance(single.clauses[0], tree.Match):
            raise UntranslatableError
        for clause in single.clauses:
            match clause:
                case tree.Match():
                    text, scope = self._match(clause, scope)
                case tree.ProjectionClause():
                    text, scope, columns, found = self._projection(clause, scope, limit)
                case _:
                    raise UntranslatableError
            written.append(text)
        return " ".join(written), columns, found

    def _match(self, clause: tree.Match, scope: Scope, within: bool = False) -> tuple[str, Scope]:
        """A MATCH, `within` a subquery or on its own, and the variables after it."""
        # In the middle of a pattern, the engine takes the items of lists from wrong rows.
        if any(bound.type.kind == "list" for bound in scope.variables.values()):
            raise UntranslatableError
        # After a limit, it matches to other rows than the limit left.
        if self._cut:
            raise UntranslatableError
        check_shortest(clause.paths, clause.where)
        conditions = conditions_of(clause)
        choices = [label_choice(condition, self._given) for condition in conditions]
        written = write_patterns(
            clause.paths, scope, self._names, choices=choices_by_variable(choices), loops=self._loops
        )
        if written.loops or not written.possible:
            raise UntranslatableError
        pairs = zip(conditions, choices, strict=True)
        remaining = [condition for condition, choice in pairs if not is_decided(choice, written.decided)]
        texts = self._conditions(written.conditions, remaining, written.scope)
        text = match_text(written, texts, subordinate=clause.optional or within)
        variables = {name: bound for name, bound in written.scope.variables.items() if not name.startswith("\0")}
        if not clause.optional:
            return text, Scope(variables)
        found = {name: bound for name, bound in variables.items() if name not in scope.variables}
        if any(bound.type.kind not in ("node", "edge") for bound in found.values()):
            raise UntranslatableError
        missing = {name: BoundVariable(bound.text, types.maybe(bound.type)) for name, bound in found.items()}
        return f"OPTIONAL {text}", Scope({**scope.variables, **missing})

    def _conditions(self, written: list[str], conditions: list[tree.Expression], scope: Scope) -> list[str]:
        """Conditions in the engine's Cypher, after those that are written already."""
        texts = list(written)
        for condition in conditions:
            simple = folded(condition, self._given)
            if not (isinstance(simple, tree.Constant) and simple.value is True):
                texts.append(self._expressions.condition(simple, scope))
        return texts

    def _projection(
        self, clause: tree.ProjectionClause, scope: Scope, limit: int | None
    ) -> tuple[str, Scope, list[str], list[Type]]:
        items: list[tuple[str, Fragment]] = []
        if clause.everything:
            items += [(name, Fragment(bound.text, bound.type)) for name, bound in sorted(scope.variables.items())]
        items += [(item.name, self._expressions.write(item.value, scope)) for item in clause.items]
        names = [name for name, _ in items]
        grouped = clause.distinct or any(aggregates(item.value) for item in clause.items)
        for item, (_, value) in zip(clause.items, items[len(items) - len(clause.items) :], strict=True):
            self._check_column(value.type, grouped and not aggregates(item.value))
        bound = {name: BoundVariable(self._column(name, value, scope), value.type) for name, value in items}
        listed = ", ".join(f"{value.text} AS {bound[name].text}" for name, value in items)
        after = Scope(bound if grouped else {**scope.variables, **bound})
        text = f"{clause.clause} {'DISTINCT ' if clause.distinct else ''}{listed}"
        if clause.order:
            text += f" ORDER BY {', '.join(self._order(clause, key, bound, after) for key in clause.order)}"
        text += self._skip_and_limit(clause, limit)
        self._cut |= clause.clause == "WITH" and bool(clause.order or clause.skip or clause.limit)
        if clause.clause == "WITH" and clause.order:
            # Without a clause in between, the engine loses the order, so that a limit takes any rows.
            text += f" UNWIND [1] AS {self._names.new('row')}"
            if clause.where:
                everything = ", ".join(f"{each.text} AS {each.text}" for each in bound.values())
                text += f" WITH {everything}"
        if clause.where:
            texts = self._conditions([], [clause.where], Scope(bound))
            text += f" WHERE {' AND '.join(texts)}" if texts else ""
        return text, Scope(bound), names, [value.type for _, value in items]

    def _check_column(self, kind: Type, key: bool) -> None:
        """Lets through the types that the engine returns, and by which it groups, as Neo4j does."""
        item = kind.item.kind if kind.item else kind.kind
        if item not in {*types.SCALARS, "node", "edge"} or (kind.item and item == "edge"):
            raise UntranslatableError
        # 0.0 and -0.0 are one group.
        if key and kind.kind == "float":
            raise UntranslatableError

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
        match expression:
            case tree.Constant(value=value):
                number = value
            case tree.Parameter(name=name):
                number = self._given[name]
            case _:
                raise UntranslatableError
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise UntranslatableError
        return str(number)

    def _order(
        self,
        clause: tree.ProjectionClause,
        key: tree.SortKey,
        bound: Mapping[str, BoundVariable],
        after: Scope,
    ) -> str:
        # A column that is returned may be ordered by, even if its variables are out of scope by then.
        returned = next((item.name for item in clause.items if same(item.value, key.value)), None)
        value: Fragment | BoundVariable
        if returned is not None:
            value = bound[returned]
        else:
            # A part of it that is a column would be one for Neo4j as well.
            values = [item.value for item in clause.items if not isinstance(item.value, tree.Variable)]
            if any(same(value, part) for value in values for part in key.value.walk()):
                raise UntranslatableError
            value = self._expressions.write(key.value, after)
        if value.type.kind not in types.SCALARS:
            raise UntranslatableError
        return f"{value.text} DESC" if key.descending else value.text

    # Subqueries

    def _subquery(self, query: tree.Query, scope: Scope) -> str:
        clauses = query.queries[0].clauses
        last = clauses[-1]
        if isinstance(last, tree.ProjectionClause):
            if last.distinct or last.limit or last.skip or any(aggregates(item.value) for item in last.items):
                raise UntranslatableError
            clauses = clauses[:-1]
        if len(query.queries) > 1 or len(clauses) != 1 or not isinstance(clauses[0], tree.Match) or clauses[0].optional:
            raise UntranslatableError
        return self._match(clauses[0], scope, within=True)[0]

    def _exists(self, path: tree.PathPattern, scope: Scope) -> str:
        place = (path.start, path.end)
        return self._match(tree.Match(*place, False, (path,), None), scope, within=True)[0]
