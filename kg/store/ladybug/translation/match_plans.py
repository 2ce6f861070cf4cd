"""Plans how the engine matches the patterns of a statement that the interpreter runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from kg.interpreter.conditions import conditions_of, imports_of, paths_of
from kg.interpreter.evaluators import slot_of
from kg.interpreter.plans import Column, Matched, MatchPlan, Pin, StartPlan, StatementPlan, rest_of
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.clauses import translate_start
from kg.store.ladybug.translation.expressions import Expressions
from kg.store.ladybug.translation.folding import folded
from kg.store.ladybug.translation.fragments import UntranslatableError, quoted, unsupported
from kg.store.ladybug.translation.label_tests import choices_by_variable, is_decided, label_choice
from kg.store.ladybug.translation.scope import BoundVariable, Scope, UniqueNames
from kg.store.ladybug.translation.types import ANY
from kg.store.ladybug.translation.uses import Use, Uses
from kg.store.ladybug.translation.written_patterns import WrittenPatterns, check_shortest, write_patterns
from kg.syntax import tree


@dataclass(frozen=True, slots=True)
class _Draft:
    """A plan, before it is known what the statement uses of its variables."""

    written: WrittenPatterns
    plan: MatchPlan


def plan_statement(
    query: tree.Query, parameters: Mapping[str, Any], loops: frozenset[str] = frozenset()
) -> StatementPlan:
    """Plans a statement that the engine cannot run whole.

    Args:
        query: the statement's tree; it has passed the guard and the static checks.
        parameters: values of its parameters.
        loops: types of the edges in the graph that begin and end at one node.

    Raises:
        RefusedError: the engine has no such pattern; the message says what to write instead.
        NotUnderstoodError: a pattern names what the graph does not have.
    """
    start = translate_start(query, parameters, loops)
    began = StartPlan("", {}, (), start.clauses) if start else None
    rest = rest_of(query, StatementPlan(began, {}))
    scope = start.scope if start else Scope()
    planner = _Planner(parameters, loops)
    planner.query(rest, scope, Scope())
    ends = any(isinstance(part, tree.Call) and part.name.lower() in ("startnode", "endnode") for part in rest.walk())
    uses = Uses(rest, planner.remaining)
    for draft in planner.drafts.values():
        for variable, _ in draft.plan.bound:
            uses.bind(variable)
    matches = {
        slot: replace(draft.plan, columns=tuple(_columns(draft.written.scope, uses, ends)), ends=ends)
        for slot, draft in planner.drafts.items()
    }
    if start:
        columns = tuple(_columns(scope, uses, ends))
        texts = [text for column in columns for text in column.texts]
        returned = ", ".join(f"{text} AS c{at}" for at, text in enumerate(texts)) or "1"
        return StatementPlan(
            StartPlan(f"{start.text} RETURN {returned}", start.parameters, columns, start.clauses), matches
        )
    return StatementPlan(None, matches)


class _Planner:
    def __init__(self, parameters: Mapping[str, Any], loops: frozenset[str]) -> None:
        self._given = parameters
        self._loops = loops
        self.drafts: dict[str, _Draft] = {}

    def query(self, query: tree.Query, scope: Scope, outer: Scope) -> Scope:
        """Looks through a query; gives the variables that it returns.

        Args:
            query: to look through.
            scope: variables at its beginning.
            outer: those of them that WITH does not drop.
        """
        results: list[Scope] = []
        for single in query.queries:
            after = scope
            for clause in single.clauses:
                after = self._clause(clause, after, outer)
            results.append(after)
        return _joined(results)

    def _clause(self, clause: tree.Clause, scope: Scope, outer: Scope) -> Scope:
        match clause:
            case tree.Match():
                return self._match(clause, scope)
            case tree.Unwind(source=source, variable=variable):
                self._expression(source, scope)
                return scope.with_(variable, BoundVariable("", _item(source, scope)))
            case tree.CallSubquery(query=query, imports=imports):
                given = Scope({name: scope.get(name) for name in imports_of(clause, list(scope.variables))})
                returned = self.query(query, given, given if imports is not None else Scope())
                return Scope({**scope.variables, **returned.variables})
            case tree.ProjectionClause():
                return self._projection(clause, scope, outer)
        return Scope()

    def _projection(self, clause: tree.ProjectionClause, scope: Scope, outer: Scope) -> Scope:
        bound: dict[str, BoundVariable] = dict(scope.variables) if clause.everything else {}
        for item in clause.items:
            self._expression(item.value, scope)
            bound[item.name] = BoundVariable("", _type(item.value, scope))
        both = Scope({**scope.variables, **bound})
        for value in (*(key.value for key in clause.order), clause.where):
            if value:
                self._expression(value, both)
        return Scope({**outer.variables, **bound} if clause.clause == "WITH" else bound)

    def _match(self, part: Matched, scope: Scope) -> Scope:
        """Drafts the plan of a part; gives the variables after it."""
        where = None if isinstance(part, tree.PatternValue) else part.where
        paths = paths_of(part)
        check_shortest(paths, where)
        names = UniqueNames()
        names.of("_y")
        conditions = conditions_of(part)
        choices = [label_choice(condition, self._given) for condition in conditions]
        by_variable = choices_by_variable(choices)
        try:
            written = write_patterns(paths, Scope(), names, scope, choices=by_variable, loops=self._loops)
        except UntranslatableError as error:
            raise unsupported("pattern with such variables", "give what is matched names of its own") from error
        after = Scope({**scope.variables, **written.scope.variables})
        expressions = Expressions(self._given)
        pushed, remaining, pins = list(written.conditions), [], []
        for place, condition in enumerate(conditions):
            if is_decided(choices[place], written.decided):
                continue
            simple = folded(condition, self._given)
            if isinstance(simple, tree.Constant) and simple.value is True:
                continue
            try:
                pushed.append(expressions.condition(simple, written.scope))
            except UntranslatableError:
                remaining.append(place)
                self._expression(condition, after)
                if pin := _pin(place, condition, written.scope):
                    pins.append(pin)
        plan = MatchPlan(
            ", ".join(written.texts),
            tuple(pushed),
            expressions.parameters,
            (),
            tuple((variable, written.scope.variables[variable].text) for variable in written.bound),
            tuple(pins),
            tuple(remaining),
            apart=tuple(written.apart),
            fragile=written.fragile,
            identity=written.identity if written.loops else (),
        )
        self.drafts[slot_of(part)] = _Draft(written, plan)
        return Scope({name: bound for name, bound in after.variables.items() if not name.startswith("\0")})

    def remaining(self, part: Matched) -> Iterable[tree.Expression]:
        """The conditions of a part that are decided outside the engine."""
        conditions = conditions_of(part)
        return [conditions[place] for place in self.drafts[slot_of(part)].plan.remaining]

    def _expression(self, expression: tree.Part, scope: Scope) -> None:
        """Drafts the plans of the patterns within an expression."""
        match expression:
            case tree.Subquery(query=query):
                self.query(query, scope, scope)
            case tree.PatternValue():
                self._match(expression, scope)
            case tree.PatternComprehension(value=value):
                self._expression(value, self._match(expression, scope))
            case (
                tree.Comprehension(variable=variable, source=source) | tree.Quantifier(variable=variable, source=source)
            ):
                self._expression(source, scope)
                inner = scope.with_(variable, BoundVariable("", _item(source, scope)))
                result = expression.value if isinstance(expression, tree.Comprehension) else None
                for each in (expression.where, result):
                    if each:
                        self._expression(each, inner)
            case tree.Reduce(accumulator=accumulator, variable=variable):
                inner = scope.with_(accumulator, BoundVariable("", ANY)).with_(variable, BoundVariable("", ANY))
                for part in expression.parts():
                    self._expression(part, inner)
            case _:
                for part in expression.parts():
                    self._expression(part, scope)


def _joined(scopes: Sequence[Scope]) -> Scope:
    """The variables that all parts of a UNION return, with what is known of them in all."""
    names = [name for name in scopes[0].variables if all(name in scope.variables for scope in scopes)]
    found = {name: types.common([scope.variables[name].type for scope in scopes]) or ANY for name in names}
    return Scope({name: BoundVariable("", kind) for name, kind in found.items()})


def _type(value: tree.Expression, scope: Scope) -> types.Type:
    """What is known of a value: the labels of a node, also of nodes in a list."""
    match value:
        case tree.Variable(name=name) if name in scope.variables:
            return scope.variables[name].type
        case tree.Call(name=function, arguments=(argument,)) if function.lower() == "collect":
            return types.list_of(_type(argument, scope))
    return ANY


def _item(source: tree.Expression, scope: Scope) -> types.Type:
    return _type(source, scope).item or ANY


def _pin(place: int, condition: tree.Expression, scope: Scope) -> Pin | None:
    """How a condition that compares a property with a value of the row restricts what is matched, if it does."""
    if not isinstance(condition, tree.Comparison) or condition.operators != ("=",):
        return None
    for operand, other in ((0, 1), (1, 0)):
        match condition.operands[other]:
            case tree.PropertyAccess(of=tree.Variable(name=name), name=key) if name in scope.variables:
                bound = scope.variables[name]
                found = types.property_type(bound.type, key) if bound.type.kind in ("node", "edge") else None
                value = condition.operands[operand]
                within = {part.name for part in value.walk() if isinstance(part, tree.Variable)}
                if found is None or found.kind not in ("string", "integer") or within & scope.variables.keys():
                    continue
                if any(
                    isinstance(part, tree.Subquery | tree.PatternValue | tree.PatternComprehension)
                    for part in value.walk()
                ):
                    continue
                return Pin(
                    place, operand, f"{bound.text}.{quoted(key)}", "string" if found.kind == "string" else "integer"
                )
    return None


def _columns(scope: Scope, uses: Uses, ends: bool) -> Iterable[Column]:
    """What the engine returns of its variables: what the statement uses of them."""
    for variable, bound in scope.variables.items():
        use = uses.of(variable)
        if use is None:
            # A node without a variable may be the end of an edge that is asked for.
            if ends and bound.type.kind == "node":
                yield Column(variable, "node", (bound.text,))
            continue
        match bound.type.kind:
            case "path":
                yield Column(variable, "path", (f"nodes({bound.text})", f"rels({bound.text})"))
            case "list" if bound.type.item and bound.type.item.kind in ("node", "edge"):
                yield Column(variable, "nodes" if bound.type.item.kind == "node" else "edges", (bound.text,))
            case "node" | "edge" as kind:
                yield _column(variable, bound, use, "node" if kind == "node" else "edge")
            case _:
                yield Column(variable, "value", (bound.text,))


def _column(variable: str, bound: BoundVariable, use: Use, kind: Literal["node", "edge"]) -> Column:
    if use.whole:
        return Column(variable, kind, (bound.text,))
    labels = bound.type.labels
    # Nobody asks for the label of what has only its properties used.
    label = (next(iter(labels)) if len(labels) == 1 else None) if use.keyed else ""
    properties = sorted(use.properties)
    declared = [name for name in properties if types.property_type(bound.type, name)]
    texts = [f"id({bound.text})"] if use.keyed else []
    texts += [f"label({bound.text})"] if label is None else []
    texts += [f"{bound.text}.{quoted(name)}" for name in declared]
    absent = tuple(name for name in properties if name not in declared)
    return Column(variable, kind, tuple(texts), tuple(declared), absent, use.keyed, label)
