"""Runs the clauses of a statement on rows, as Neo4j does; the engine only matches patterns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from kg.errors import NotUnderstoodError
from kg.interpreter.conditions import conditions_of, imports_of, path_name
from kg.interpreter.evaluators import (
    Compiled,
    Evaluator,
    EvaluatorCompiler,
    Group,
    PatternPart,
    Row,
    aggregates,
    same,
    slot_of,
)
from kg.interpreter.matching import PatternMatcher, Run, chunks, node_of, row_reader
from kg.interpreter.plans import Matched, StatementPlan, rest_of
from kg.interpreter.values import NodeValue, described, group_key, sort_key, truth
from kg.syntax import tree

_OUTER = "\0outer"
"""Key of a row within a subquery: the place of the row that the subquery is run for."""

Starts: TypeAlias = Mapping[int, Row]
"""The rows that a query starts with, by their place; aggregates, DISTINCT and limits are per place."""


class StatementRun:
    """Runs one statement."""

    def __init__(
        self,
        query: tree.Query,
        parameters: Mapping[str, Any],
        plan: StatementPlan,
        run: Run,
        limit: int | None = None,
    ) -> None:
        """Takes a checked statement.

        Args:
            query: its tree.
            parameters: values of its parameters.
            plan: what the engine does for it.
            run: runs that.
            limit: rows that are wanted at most.
        """
        self._query = rest_of(query, plan)
        self._start = plan.start
        self._plans = plan.matches
        self._run = run
        self._limit = limit
        self._expressions = EvaluatorCompiler(parameters, self)
        self._matchers: dict[str, tuple[PatternMatcher, Compiled, list[Evaluator]]] = {}
        self._nodes: dict[tuple[int, int], NodeValue] = {}

    def rows(self) -> tuple[list[str], Iterator[list[Any]]]:
        """The statement's columns, and its rows.

        Raises:
            NotUnderstoodError: something has no value, as in Neo4j.
            RefusedError: it cannot be evaluated as in Neo4j.
        """
        start: Row = {_OUTER: 0}
        if self._start is None:
            rows, columns = self._run_query(self._query, {0: start}, (), (), self._limit)
        else:
            read = row_reader(self._start.columns)
            given = (read(values) | start for values in self._run(self._start.statement, self._start.parameters))
            names = [column.variable for column in self._start.columns]
            (single,) = self._query.queries
            rows, columns = self._single_query(single, {0: start}, names, (), self._limit, given)
        return columns, ([row[name] for name in columns] for row in rows)

    # What expressions ask for

    def values(self, part: PatternPart, rows: Sequence[Row]) -> list[Any]:
        """The value of a part with patterns for each of some rows."""
        match part:
            case tree.Subquery():
                return self._subquery(part, rows)
            case tree.PatternComprehension():
                return self._comprehension(part, rows)
        if part.path.which:
            return self._shortest(part, rows)
        found = {place for place, _ in self._matches(part, rows)}
        return [place in found for place in range(len(rows))]

    def node(self, key: tuple[int, int]) -> NodeValue:
        """The node with a key, with all its properties."""
        if key not in self._nodes:
            (row,) = self._run(f"MATCH (n) WHERE id(n) = internal_id({key[0]}, {key[1]}) RETURN n", {})
            self._nodes[key] = node_of(row[0])
        return self._nodes[key]

    def _subquery(self, part: tree.Subquery, rows: Sequence[Row]) -> list[Any]:
        starts = {place: row | {_OUTER: place} for place, row in enumerate(rows)}
        names = tuple(name for name in (rows[0] if rows else ()) if not name.startswith("\0"))
        found, columns = self._run_query(part.query, starts, names, names, None)
        if part.kind == "COLLECT":
            lists: list[list[Any]] = [[] for _ in rows]
            for row in found:
                lists[row[_OUTER]].append(row[columns[0]])
            return lists
        counts = [0] * len(rows)
        for row in found:
            counts[row[_OUTER]] += 1
        return [count > 0 for count in counts] if part.kind == "EXISTS" else counts

    def _comprehension(self, part: tree.PatternComprehension, rows: Sequence[Row]) -> list[Any]:
        compiled = Compiled()
        value = self._expressions.compile(part.value, compiled)
        places: list[int] = []
        found: list[Row] = []
        for place, row in self._matches(part, rows):
            places.append(place)
            found.append(row)
        self._fill(compiled, found)
        lists: list[list[Any]] = [[] for _ in rows]
        for place, row in zip(places, found, strict=True):
            lists[place].append(value(row))
        return lists

    def _shortest(self, part: tree.PatternValue, rows: Sequence[Row]) -> list[Any]:
        lists: list[list[Any]] = [[] for _ in rows]
        name = path_name(part.path)
        for place, row in self._matches(part, rows):
            lists[place].append(row[name])
        if part.path.which == "allshortestpaths":
            return lists
        return [found[0] if found else None for found in lists]

    # Queries

    def _run_query(
        self, query: tree.Query, starts: Starts, scope: Sequence[str], outer: Sequence[str], limit: int | None
    ) -> tuple[Iterator[Row], list[str]]:
        """The rows of a query with the place of their start, and its columns.

        Args:
            query: with or without RETURN.
            starts: the rows to start from.
            scope: variables that may be used at the beginning.
            outer: those of them that WITH does not drop.
            limit: rows that are wanted at most.
        """
        results = [
            self._single_query(single, starts, scope, outer, limit if len(query.queries) == 1 else None)
            for single in query.queries
        ]
        columns = results[0][1]
        rows: Iterator[Row] = (row for found, _ in results for row in found)
        if query.all and not all(query.all):
            rows = _distinct(rows, columns)
        return rows, columns

    def _single_query(
        self,
        single: tree.SingleQuery,
        starts: Starts,
        scope: Sequence[str],
        outer: Sequence[str],
        limit: int | None,
        given: Iterator[Row] | None = None,
    ) -> tuple[Iterator[Row], list[str]]:
        """As `_run_query`; the rows that are `given` stand for the one of the start."""
        rows = iter(starts.values()) if given is None else given
        names = list(scope)
        for clause, following in zip(single.clauses, (*single.clauses[1:], None), strict=True):
            match clause:
                case tree.Match():
                    most = self._wanted(following, limit) if len(starts) == 1 else None
                    rows, names = self._match(clause, rows, names, most)
                case tree.Unwind():
                    rows = self._unwind(clause, rows)
                    names = [*names, clause.variable]
                case tree.ProjectionClause():
                    rows, names = self._projection(clause, rows, names, outer, starts)
                case tree.CallSubquery():
                    rows, names = self._call(clause, rows, names)
                case tree.Finish():
                    rows, names = iter(()), []
        return rows, names

    def _unwind(self, clause: tree.Unwind, rows: Iterator[Row]) -> Iterator[Row]:
        compiled = Compiled()
        source = self._expressions.compile(clause.source, compiled)
        for row in self._filled(compiled, rows):
            value = source(row)
            if value is None:
                continue
            # A single value is unwound as if it were a list of it.
            for item in value if isinstance(value, list) else (value,):
                yield row | {clause.variable: item}

    def _call(
        self, clause: tree.CallSubquery, rows: Iterator[Row], names: list[str]
    ) -> tuple[Iterator[Row], list[str]]:
        imports = imports_of(clause, names)
        kept = imports if clause.imports is not None else ()
        _, columns = self._run_query(clause.query, {}, imports, kept, None)

        def called() -> Iterator[Row]:
            alone: list[Row] | None = None
            for chunk in chunks(rows):
                if not imports and alone is not None:
                    results = [alone] * len(chunk)
                else:
                    starts = {
                        place: {name: row[name] for name in imports} | {_OUTER: place}
                        for place, row in enumerate(chunk if imports else chunk[:1])
                    }
                    found, _ = self._run_query(clause.query, starts, imports, kept, None)
                    results = [[] for _ in starts]
                    for result in found:
                        results[result[_OUTER]].append({name: result[name] for name in columns})
                    if not imports:
                        alone = results[0]
                        results = [alone] * len(chunk)
                nothing: Row = dict.fromkeys(columns)
                for row, inner in zip(chunk, results, strict=True):
                    for result in inner or ([nothing] if clause.optional else ()):
                        yield row | result

        return called(), [*names, *columns]

    # MATCH

    def _match(
        self, clause: tree.Match, rows: Iterator[Row], names: list[str], most: int | None
    ) -> tuple[Iterator[Row], list[str]]:
        plan = self._plans[slot_of(clause)]
        before = {variable for variable, _ in plan.bound}
        new = [column.variable for column in plan.columns if column.variable not in before]

        def matched() -> Iterator[Row]:
            for chunk in chunks(rows):
                if not clause.optional:
                    # The engine need not find more than is wanted of the one row that there is.
                    yield from (row for _, row in self._matches(clause, chunk, most if len(chunk) == 1 else None))
                    continue
                last = -1
                nothing: Row = dict.fromkeys(new)
                for place, row in self._matches(clause, chunk):
                    yield from (chunk[missed] | nothing for missed in range(last + 1, place))
                    last = place
                    yield row
                yield from (chunk[missed] | nothing for missed in range(last + 1, len(chunk)))

        return matched(), names + [name for name in new if not name.startswith("\0")]

    def _matches(self, part: Matched, rows: Sequence[Row], most: int | None = None) -> Iterator[tuple[int, Row]]:
        """Each match of a part, in the order of the rows, with the place of its row."""
        slot = slot_of(part)
        if slot not in self._matchers:
            self._matchers[slot] = self._matcher(part)
        matcher, compiled, remaining = self._matchers[slot]
        found = matcher.matches(rows, None if remaining else most)
        if not remaining:
            yield from found
            return
        for chunk in chunks(found):
            self._fill(compiled, [row for _, row in chunk])
            for place, row in chunk:
                if all(truth(condition(row)) for condition in remaining):
                    yield place, row

    def _matcher(self, part: Matched) -> tuple[PatternMatcher, Compiled, list[Evaluator]]:
        plan = self._plans[slot_of(part)]
        conditions = conditions_of(part)
        compiled = Compiled()
        remaining = [self._expressions.compile(conditions[place], compiled) for place in plan.remaining]
        pins = []
        for pin in plan.pins:
            comparison = conditions[pin.condition]
            assert isinstance(comparison, tree.Comparison)
            pins.append(self._expressions.compile(comparison.operands[pin.operand], Compiled()))
        return PatternMatcher(plan, self._run, pins, self._nodes), compiled, remaining

    # WITH and RETURN

    def _projection(
        self,
        clause: tree.ProjectionClause,
        rows: Iterator[Row],
        names: list[str],
        outer: Sequence[str],
        starts: Starts,
    ) -> tuple[Iterator[Row], list[str]]:
        items: list[tuple[str, tree.Expression]] = []
        if clause.everything:
            items += [(name, tree.Variable(clause.start, clause.start, name)) for name in sorted(names)]
        items += [(item.name, item.value) for item in clause.items]
        columns = [name for name, _ in items]
        known = {name: value for name, value in items if not isinstance(value, tree.Variable)}
        compiled = Compiled()
        late: list[tuple[str, tree.Expression]] = []
        if any(aggregates(value) for _, value in items):
            # What ORDER BY aggregates beyond the columns is aggregated with them, while the rows are at hand.
            found, order = self._grouped(clause, items, known, rows, starts)
        else:
            late = _late(clause, items)
            found = self._projected([item for item in items if item not in late], rows)
            order = [self._expressions.compile(key.value, compiled, known) for key in clause.order]
        if clause.distinct:
            found = _distinct(found, columns)
        if order:
            found = _ordered(clause.order, order, self._filled(compiled, found))
        found = self._cut(clause, found, len(starts) == 1)
        if late:
            found = self._projected(late, found)
        if clause.where:
            found = self._where(clause.where, found)
        kept = [*columns, *(name for name in outer if name not in columns)]
        return ({name: row[name] for name in (*kept, _OUTER)} for row in found), (
            kept if clause.clause == "WITH" else columns
        )

    def _projected(self, items: list[tuple[str, tree.Expression]], rows: Iterator[Row]) -> Iterator[Row]:
        compiled = Compiled()
        evaluators = [(name, self._expressions.compile(value, compiled)) for name, value in items]
        for row in self._filled(compiled, rows):
            yield row | {name: evaluate(row) for name, evaluate in evaluators}

    def _grouped(
        self,
        clause: tree.ProjectionClause,
        items: list[tuple[str, tree.Expression]],
        known: Mapping[str, tree.Expression],
        rows: Iterator[Row],
        starts: Starts,
    ) -> tuple[Iterator[Row], list[Evaluator]]:
        """The rows of an aggregating projection, one for each group, and what they are ordered by."""
        compiled = Compiled()
        compile_ = self._expressions.compile
        keys = [(name, compile_(value, compiled)) for name, value in items if not aggregates(value)]
        results = [(name, compile_(value, compiled)) for name, value in items if aggregates(value)]
        order = [compile_(key.value, compiled, known) for key in clause.order]
        calls = compiled.aggregates

        def grouped() -> Iterator[Row]:
            groups: dict[tuple[Any, ...], Group] = {}
            if not keys:
                groups = {(place,): Group(start, calls) for place, start in starts.items()}
            for row in self._filled(compiled, rows):
                values = [evaluate(row) for _, evaluate in keys]
                key = (row[_OUTER], *map(group_key, values))
                group = groups.get(key)
                if group is None:
                    first = row | {name: value for (name, _), value in zip(keys, values, strict=True)}
                    group = groups[key] = Group(first, calls)
                group.add(row, calls)
            for group in groups.values():
                row = group.row(calls)
                yield row | {name: evaluate(row) for name, evaluate in results}

        return grouped(), order

    def _cut(self, clause: tree.ProjectionClause, rows: Iterator[Row], alone: bool) -> Iterator[Row]:
        """The rows that SKIP and LIMIT leave of each start; `alone` if there is one start."""
        skip, limit = self._count(clause.skip) or 0, self._count(clause.limit)
        counts: dict[int, int] = {}
        if limit == 0:
            return
        for row in rows:
            count = counts[row[_OUTER]] = counts.get(row[_OUTER], 0) + 1
            if count > skip and (limit is None or count <= skip + limit):
                yield row
            if alone and limit is not None and count >= skip + limit:
                return

    def _count(self, expression: tree.Expression | None) -> int | None:
        """The number of a SKIP or a LIMIT."""
        if expression is None:
            return None
        value = self._expressions.compile(expression, Compiled())({})
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise NotUnderstoodError(f"SKIP and LIMIT are whole numbers from 0 on, not {described(value)}")
        return value

    def _wanted(self, following: tree.Clause | None, limit: int | None) -> int | None:
        """How many rows of a MATCH the clause after it needs; None for all."""
        if not isinstance(following, tree.ProjectionClause) or following.distinct or following.order:
            return None
        if any(aggregates(item.value) for item in following.items):
            return None
        if following.limit:
            return (self._count(following.skip) or 0) + (self._count(following.limit) or 0)
        return limit if following.clause == "RETURN" and not following.skip else None

    def _where(self, condition: tree.Expression, rows: Iterator[Row]) -> Iterator[Row]:
        compiled = Compiled()
        evaluate = self._expressions.compile(condition, compiled)
        return (row for row in self._filled(compiled, rows) if truth(evaluate(row)))

    # Parts with patterns

    def _filled(self, compiled: Compiled, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows, with the values of an expression's parts in them."""
        if not compiled.parts:
            yield from rows
            return
        for chunk in chunks(rows):
            self._fill(compiled, chunk)
            yield from chunk

    def _fill(self, compiled: Compiled, rows: Sequence[Row]) -> None:
        for part in compiled.parts:
            slot = slot_of(part)
            for row, value in zip(rows, self.values(part, rows), strict=True):
                row[slot] = value


def _late(
    clause: tree.ProjectionClause, items: Sequence[tuple[str, tree.Expression]]
) -> list[tuple[str, tree.Expression]]:
    """The columns that match patterns and do not decide which rows a LIMIT leaves: they need not be known of others."""
    if clause.distinct or clause.limit is None:
        return []
    within_order = [part for key in clause.order for part in key.value.walk()]
    ordered = {part.name for part in within_order if isinstance(part, tree.Variable)}
    renamed = {name for name, value in items if not (isinstance(value, tree.Variable) and value.name == name)}
    found = []
    for name, value in items:
        parts = list(value.walk())
        matching = any(isinstance(part, PatternPart) for part in parts)
        # By then, a column that is called like a variable stands in its place.
        named = {getattr(part, attribute, None) for part in parts for attribute in ("name", "variable")}
        hidden = not renamed.isdisjoint(named)
        if matching and not hidden and name not in ordered and not any(same(value, part) for part in within_order):
            found.append((name, value))
    return found


def _ordered(keys: Sequence[tree.SortKey], evaluators: Sequence[Evaluator], rows: Iterator[Row]) -> Iterator[Row]:
    found = list(rows)
    # The last key first: sorting keeps the order of equal rows.
    for key, evaluate in reversed(list(zip(keys, evaluators, strict=True))):
        places = [sort_key(evaluate(row)) for row in found]
        order = sorted(range(len(found)), key=places.__getitem__, reverse=key.descending)
        found = [found[place] for place in order]
    yield from found


def _distinct(rows: Iterator[Row], columns: Sequence[str]) -> Iterator[Row]:
    seen = set()
    for row in rows:
        key = (row[_OUTER], *(group_key(row[name]) for name in columns))
        if key not in seen:
            seen.add(key)
            yield row
