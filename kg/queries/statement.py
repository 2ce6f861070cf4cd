"""Runs a stranger's Cypher."""

from collections.abc import Mapping
from typing import Any

from kg.errors import NotUnderstoodError
from kg.queries import guard
from kg.queries.answers import Answer
from kg.store import GraphStore

TIMEOUT = 30.0
"""Seconds that a statement may take where nobody says how many."""

ROWS = 1000
"""Rows of its answer."""


def cypher(
    store: GraphStore,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float = TIMEOUT,
    limit: int = ROWS,
) -> Answer:
    """Runs a reading statement.

    Args:
        store: the graph.
        statement: Cypher.
        parameters: values of its parameters; those that it does not name are left out.
        timeout: seconds after which it is stopped.
        limit: rows after which the answer is cut.

    Raises:
        RefusedError: it is not a read of the graph; the message names the rule.
        NotUnderstoodError: it is no statement, or a parameter has no value.
        ExhaustedError: it ran out of time or memory.
    """
    used = guard.check(statement)
    given = dict(parameters or {})
    if missing := used - given.keys():
        raise NotUnderstoodError(f"the parameter ${min(missing)} has no value")
    chosen = {name: given[name] for name in sorted(used)}
    table = store.read(statement, chosen, timeout=timeout, limit=limit)
    return Answer(
        cypher=statement, parameters=chosen, columns=table.columns, rows=table.records(), truncated=table.truncated
    )
