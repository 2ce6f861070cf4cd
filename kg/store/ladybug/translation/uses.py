"""What a statement uses of each variable, so that no more of a node or an edge is read than is needed.

Variables that may hold the same node or edge, such as `a` and `b` in `WITH a AS b`, are taken as one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.interpreter.conditions import path_name
from kg.interpreter.plans import Matched
from kg.syntax import tree

_BY_KEY = frozenset({"count", "id", "elementid", "type", "labels", "size", "isempty"})
"""Functions that need no property of a node or an edge, or of those in a list."""


@dataclass(slots=True)
class Use:
    """What is used of a variable's nodes or edges."""

    properties: set[str] = field(default_factory=set)
    keyed: bool = False
    """Their ids and labels."""
    whole: bool = False
    """All their properties."""


class Uses:
    """The uses of all variables of a statement."""

    def __init__(self, query: tree.Query, remaining: Callable[[Matched], Iterable[tree.Expression]]) -> None:
        """Looks through a statement.

        Args:
            query: the statement.
            remaining: the conditions of a part with patterns that are decided outside the engine.
        """
        self._remaining = remaining
        self._parents: dict[str, str] = {}
        self._uses: dict[str, Use] = {}
        self._everything = any(
            (isinstance(part, tree.Call) and part.name.lower() in ("startnode", "endnode"))
            or (isinstance(part, tree.ProjectionClause) and part.clause == "RETURN" and part.everything)
            for part in query.walk()
        )
        self._query(query, returned=True)

    def of(self, variable: str) -> Use | None:
        """What is used of a variable; None if nothing is."""
        if self._everything and not variable.startswith("\0"):
            return Use(whole=True)
        return self._uses.get(self._root(variable))

    def bind(self, variable: str) -> None:
        """Says that a node or an edge is found anew in a pattern, by its id."""
        use = self._use(variable)
        use.keyed = True
        use.properties.add("id")

    def _root(self, name: str) -> str:
        while (parent := self._parents.get(name, name)) != name:
            name = parent
        return name

    def _use(self, name: str) -> Use:
        return self._uses.setdefault(self._root(name), Use())

    def _link(self, one: str, other: str) -> None:
        first, second = self._root(one), self._root(other)
        if first == second:
            return
        self._parents[second] = first
        use, more = self._use(first), self._uses.pop(second, Use())
        use.properties |= more.properties
        use.keyed |= more.keyed
        use.whole |= more.whole

    def _query(self, query: tree.Query, returned: bool) -> None:
        """A query whose rows are `returned` to the user, or go into a list."""
        for single in query.queries:
            for clause in single.clauses:
                match clause:
                    case tree.Match():
                        self._expressions(self._remaining(clause))
                    case tree.Unwind(source=source, variable=variable):
                        self._items(source, variable)
                    case tree.CallSubquery(query=inner):
                        self._query(inner, returned=False)
                    case tree.ProjectionClause():
                        self._projection(clause, returned and clause.clause == "RETURN")

    def _projection(self, clause: tree.ProjectionClause, returned: bool) -> None:
        for item in clause.items:
            match item.value:
                case tree.Variable(name=name) if not returned:
                    self._link(item.name, name)
                    self._use(name).keyed = True
                case tree.Call(arguments=(tree.Variable(name=name),)) as call if (
                    call.name.lower() == "collect" and not returned
                ):
                    self._link(item.name, name)
                    self._use(name).keyed = True
                case value:
                    self._expression(value)
        for key in clause.order:
            if isinstance(key.value, tree.Variable):
                self._use(key.value.name).keyed = True
            else:
                self._expression(key.value)
        self._expressions(each for each in (clause.skip, clause.limit, clause.where) if each)

    def _items(self, source: tree.Expression, variable: str) -> None:
        """The variable holds the items of a list."""
        if isinstance(source, tree.Variable):
            self._link(variable, source.name)
        else:
            self._expression(source)

    def _expressions(self, expressions: Iterable[tree.Expression]) -> None:
        for expression in expressions:
            self._expression(expression)

    def _expression(self, expression: tree.Part) -> None:
        match expression:
            case tree.Variable(name=name):
                self._use(name).whole = True
            case tree.PropertyAccess(of=tree.Variable(name=name), name=key):
                self._use(name).properties.add(key)
            case tree.MapProjection(of=of, entries=entries):
                use = self._use(of.name)
                use.keyed = True
                use.whole |= any(entry.name == "*" for entry in entries)
                self._expressions(entry.value for entry in entries if entry.name != "*")
            case tree.IsNull(of=tree.Variable(name=name)) | tree.LabelTest(of=tree.Variable(name=name)):
                self._use(name).keyed = True
            case tree.Comparison(operands=operands):
                for operand in operands:
                    if isinstance(operand, tree.Variable):
                        self._use(operand.name).keyed = True
                    else:
                        self._expression(operand)
            case tree.Call(name=function, arguments=(tree.Variable(name=name),)) if function.lower() in _BY_KEY:
                self._use(name).keyed = True
            case tree.Comprehension(variable=variable, source=source, where=where, value=value):
                self._items(source, variable)
                self._expressions(each for each in (where, value) if each)
                if value is None:
                    self._use(variable).whole = True
            case tree.Quantifier(variable=variable, source=source, where=where):
                self._items(source, variable)
                self._expressions([where] if where else ())
            case tree.Subquery(kind=kind, query=query):
                self._query(query, returned=kind == "COLLECT")
            case tree.PatternComprehension(value=value):
                self._expressions(self._remaining(expression))
                self._expression(value)
            case tree.PatternValue(path=path):
                if path.which:
                    self._use(path_name(path)).whole = True
                self._expressions(self._remaining(expression))
            case _:
                for part in expression.parts():
                    self._expression(part)
