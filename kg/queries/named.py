"""Runs the named queries of `cypher/queries`."""

from difflib import get_close_matches
from typing import Any

from kg.errors import NotFoundError, NotUnderstoodError
from kg.queries.answers import Answer
from kg.schema import Kind
from kg.statements import Statement, queries
from kg.store import GraphStore

ROWS = 25
"""Rows of an answer where nobody says how many."""

_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.STRING: (str,),
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.BOOLEAN: (bool,),
    Kind.STRINGS: (list, tuple),
}


def run(store: GraphStore, name: str, *, limit: int = ROWS, **parameters: Any) -> Answer:
    """Runs a named query.

    Args:
        store: the graph.
        name: name of the query.
        limit: rows at most; a query without such a parameter is cut there.
        parameters: values of all its other parameters.

    Raises:
        NotFoundError: there is no such query.
        NotUnderstoodError: a parameter is missing, unknown or of the wrong kind.
    """
    statement = queries().get(name)
    if statement is None:
        raise NotFoundError(f"no query is called {name!r}", get_close_matches(name, queries(), 5, 0.4))
    _check(statement, {**parameters, "limit": limit})
    text = statement.text(store.engine)
    limited = any(parameter.name == "limit" for parameter in statement.parameters)
    # One row more than wanted tells whether there are more.
    given = {**parameters, "limit": limit + 1} if limited else parameters
    table = store.read(text, given, limit=limit)
    shown = {**parameters, "limit": limit} if limited else parameters
    return Answer(cypher=text, parameters=shown, columns=table.columns, rows=table.records(), truncated=table.truncated)


def _check(statement: Statement, parameters: dict[str, Any]) -> None:
    declared = {parameter.name: parameter for parameter in statement.parameters}
    if missing := declared.keys() - parameters.keys():
        raise NotUnderstoodError(f"the query {statement.name} needs the parameter {min(missing)}")
    if unknown := parameters.keys() - declared.keys() - {"limit"}:
        raise NotUnderstoodError(
            f"the query {statement.name} has no parameter {min(unknown)}: it has {', '.join(declared)}"
        )
    for name, value in parameters.items():
        kind = declared[name].kind if name in declared else Kind.INTEGER
        if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != Kind.BOOLEAN):
            raise NotUnderstoodError(f"the parameter {name} of the query {statement.name} is no {kind}: {value!r}")
    if parameters["limit"] < 1:
        raise NotUnderstoodError("the limit is a number from 1 on")
