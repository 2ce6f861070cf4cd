"""Runs a stranger's Cypher."""

from collections.abc import Mapping
from typing import Any

from kg.queries.answers import Answer
from kg.store import GraphReader
from kg.store.ladybug.translation import translate
from kg.syntax import guard

TIMEOUT = 30.0
"""Seconds that a statement may take where nobody says how many."""

ROWS = 1000
"""Rows of its answer."""


def cypher(
    store: GraphReader,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float = TIMEOUT,
    limit: int = ROWS,
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
    given = dict(parameters or {})
    query = guard.check(statement, store.engine, given)
    chosen = {name: given[name] for name in sorted(guard.parameters_of(query))}
    if store.engine == "neo4j":
        table = store.read_confined(statement, chosen, timeout=timeout, limit=limit)
        columns = table.columns
    else:
        translation = translate(query, chosen, limit + 1)
        table = store.read_confined(translation.statement, translation.parameters, timeout=timeout, limit=limit)
        columns = translation.columns
    rows = [dict(zip(columns, row, strict=True)) for row in table.rows]
    return Answer(cypher=statement, parameters=chosen, columns=columns, rows=rows, truncated=table.truncated)
