"""Runs untrusted Cypher."""

from collections.abc import Mapping
from typing import Any

from kg.defaults import STATEMENT_ROWS, STATEMENT_SECONDS
from kg.queries.answers import Answer
from kg.queries.running import answer_of
from kg.store import GraphReader


def cypher(
    store: GraphReader,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float = STATEMENT_SECONDS,
    limit: int = STATEMENT_ROWS,
) -> Answer:
    """Runs a reading statement, written as for Neo4j on every engine.

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
    table = store.read_untrusted(statement, parameters, timeout=timeout, limit=limit)
    return answer_of(table, statement, table.parameters)
