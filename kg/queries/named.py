"""The named queries of `cypher/queries`: their list, and running one."""

from collections.abc import Mapping
from typing import Any

from kg.defaults import ROWS
from kg.errors import NotFoundError, NotUnderstoodError
from kg.queries.answers import Answer, Declared, NamedQuery
from kg.queries.running import read_answer
from kg.schema import Kind
from kg.statements import Statement, queries, value_of
from kg.store import GraphReader
from kg.syntax.guard import check_value
from kg.text.similarity import closest

_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.STRING: (str,),
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.BOOLEAN: (bool,),
    Kind.STRINGS: (list, tuple),
}
_SUGGESTIONS = 5
_LEAST_LIKENESS = 0.4
"""Of a suggested name, 0 to 1."""


def named_queries(engine: str) -> list[NamedQuery]:
    """All named queries with what they answer, their parameters and columns, and their Cypher for an engine."""
    return [_described(statement, engine) for statement in queries().values()]


def named_query(name: str, engine: str) -> NamedQuery:
    """One named query.

    Raises:
        NotFoundError: there is no such query; its suggestions are near names.
    """
    return _described(_statement(name), engine)


def run_with_texts(store: GraphReader, name: str, texts: Mapping[str, str], *, limit: int = ROWS) -> Answer:
    """Runs a named query with values as people write them: numbers as digits, lists with commas.

    Args:
        store: the graph.
        name: name of the query.
        texts: values of its parameters; a `limit` among them counts instead of the argument.
        limit: rows at most.

    Raises:
        NotFoundError: there is no such query.
        NotUnderstoodError: a parameter is missing, unknown, or its value is of another kind.
    """
    kinds = {"limit": Kind.INTEGER} | {parameter.name: parameter.kind for parameter in _statement(name).parameters}
    values: dict[str, Any] = {}
    for parameter, text in texts.items():
        try:
            values[parameter] = value_of(text, kinds.get(parameter, Kind.STRING))
        except ValueError as error:
            raise NotUnderstoodError(
                f"the parameter {parameter} of the query {name} is no {kinds[parameter]}: {text!r}"
            ) from error
    return run(store, name, **{"limit": limit, **values})


def run(store: GraphReader, name: str, *, limit: int = ROWS, **parameters: Any) -> Answer:
    """Runs a named query.

    Args:
        store: the graph.
        name: name of the query.
        limit: rows at most; the rows of a query without such a parameter are cut.
        parameters: values of all its other parameters.

    Raises:
        NotFoundError: there is no such query.
        NotUnderstoodError: a parameter is missing, unknown or of the wrong kind.
    """
    statement = _statement(name)
    _check(statement, {**parameters, "limit": limit})
    has_limit = any(parameter.name == "limit" for parameter in statement.parameters)
    return read_answer(store, statement.text(store.engine), parameters, limit, has_limit=has_limit)


def _statement(name: str) -> Statement:
    statement = queries().get(name)
    if statement is None:
        raise NotFoundError(f"no query is called {name!r}", closest(name, queries(), _SUGGESTIONS, _LEAST_LIKENESS))
    return statement


def _described(statement: Statement, engine: str) -> NamedQuery:
    return NamedQuery(
        name=statement.name,
        answers=statement.answers,
        parameters=[Declared(name=each.name, kind=each.kind, doc=each.doc) for each in statement.parameters],
        columns=[Declared(name=each.name, kind=each.kind, doc=each.doc) for each in statement.columns],
        example=dict(statement.example),
        cypher=statement.text(engine),
    )


def _check(statement: Statement, parameters: dict[str, Any]) -> None:
    """Checks that all parameters have a value of their kind, and that there are no others.

    Raises:
        NotUnderstoodError: this is not so.
    """
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
        check_value(name, value)
    if parameters["limit"] < 1:
        raise NotUnderstoodError("the limit is a number from 1 on")
