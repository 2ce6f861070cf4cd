"""Runs the project's own statements, and makes answers of tables."""

from collections.abc import Mapping
from typing import Any

from kg.queries.answers import Answer
from kg.queries.author_notes import author_note
from kg.queries.citation_notes import citation_note
from kg.store import GraphReader, Table


def read_answer(
    store: GraphReader, statement: str, parameters: Mapping[str, Any], limit: int, *, has_limit: bool
) -> Answer:
    """Runs a statement for at most `limit` rows.

    Args:
        store: the graph.
        statement: Cypher of the project's own.
        parameters: values of its parameters, but for `limit`.
        limit: rows at most.
        has_limit: whether it has a parameter `$limit`; if not, its rows are cut.

    Raises:
        CitegraphError: as for the store's `read`.
    """
    # One row more than wanted shows whether there are more.
    asked = {**parameters, "limit": limit + 1} if has_limit else parameters
    shown = {**parameters, "limit": limit} if has_limit else parameters
    answer = answer_of(store.read(statement, asked, limit=limit), statement, shown)
    notes = (
        citation_note(statement, answer.columns, answer.rows),
        author_note(store, parameters, answer.columns, answer.rows),
    )
    note = ". ".join(filter(None, notes))
    return answer.model_copy(update={"note": note}) if note else answer


def answer_of(table: Table, statement: str, parameters: Mapping[str, Any]) -> Answer:
    """A table as an answer, with the statement and the parameters that gave it."""
    return Answer(
        cypher=statement,
        parameters=dict(parameters),
        columns=table.columns,
        rows=table.records(),
        truncated=table.truncated,
    )
