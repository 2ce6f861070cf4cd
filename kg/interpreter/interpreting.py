"""Interprets a statement from its text to its rows, in the sandbox."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter.encoding import encode
from kg.interpreter.execution import StatementRun
from kg.interpreter.matching import Run
from kg.interpreter.plans import StatementPlan
from kg.syntax.parser import parse


def answer(
    statement: str, parameters: Mapping[str, Any], plan: dict[str, Any], run: Run, limit: int
) -> tuple[list[str], Iterator[list[Any]]]:
    """The columns and rows of a statement.

    Args:
        statement: Neo4j's Cypher, which was checked.
        parameters: values of its parameters.
        plan: what the engine does for it, as JSON.
        run: runs that.
        limit: rows that are wanted at most.

    Raises:
        NotUnderstoodError: something has no value, as in Neo4j.
        RefusedError: it cannot be evaluated as in Neo4j.
    """
    interpreter = StatementRun(parse(statement), parameters, StatementPlan.from_json(plan), run, limit)
    columns, rows = interpreter.rows()
    return columns, ([encode(value) for value in row] for row in rows)


def kind_of(error: Exception) -> str:
    """What an error of the interpreter is; empty for one of the engine's, or of memory."""
    match error:
        case NotUnderstoodError():
            return "not understood"
        case RefusedError():
            return "refused"
        case RecursionError():
            return "exhausted"
        case ArithmeticError() | AssertionError() | AttributeError() | LookupError() | TypeError() | ValueError():
            return "fault"
    return ""
