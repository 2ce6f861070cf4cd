"""Runs untrusted Cypher."""

from collections.abc import Mapping
from typing import Any

from kg.defaults import STATEMENT_ROWS, STATEMENT_SECONDS
from kg.queries import schema_statements
from kg.queries.answers import Answer, Explained, PlanAnswer
from kg.queries.running import answer_of
from kg.store import GraphReader
from kg.syntax.console_forms import PlanStatement, SchemaStatement, parse_console_form


def cypher(
    store: GraphReader,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float = STATEMENT_SECONDS,
    limit: int = STATEMENT_ROWS,
) -> Answer:
    """Runs a reading statement, written as for Neo4j on every engine.

    `EXPLAIN` and `PROFILE` of one, and `CALL` and `SHOW` of the schema, are answered too.

    Args:
        store: the graph.
        statement: Cypher.
        parameters: values of its parameters; those that it does not name are left out.
        timeout: seconds after which it is stopped.
        limit: rows after which the answer is cut.

    Raises:
        RefusedError: it is not a read of the graph, or not one that the engine can do as Neo4j does; the message names
            the rule.
        NotUnderstoodError: it is no statement, or a parameter has no value.
        ExhaustedError: it ran out of time or memory.
    """
    match parse_console_form(statement):
        case PlanStatement() as form:
            return _plan(store, statement, form, parameters, timeout, limit)
        case SchemaStatement() as form:
            return schema_statements.answer(store, statement, form, parameters, timeout=timeout, limit=limit)
    table = store.read_untrusted(statement, parameters, timeout=timeout, limit=limit)
    return answer_of(table, statement, table.parameters)


def _plan(
    store: GraphReader,
    statement: str,
    form: PlanStatement,
    parameters: Mapping[str, Any] | None,
    timeout: float,
    limit: int,
) -> PlanAnswer:
    """The plan as rows of text; only PROFILE runs the statement."""
    if form.how == "EXPLAIN":
        plan = store.explain_untrusted(form.statement, parameters)
    else:
        plan = store.profile_untrusted(form.statement, parameters, timeout=timeout, limit=limit)
    values = dict(plan.parameters)
    return PlanAnswer(
        cypher=statement,
        parameters=values,
        columns=["plan"],
        rows=[{"plan": line} for line in plan.text.splitlines()],
        truncated=False,
        explained=Explained(engine=store.engine, statement=plan.statement, parameters=values, plan=plan.text),
    )
