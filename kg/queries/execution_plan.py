"""What becomes of a stranger's Cypher, without running it."""

from collections.abc import Mapping
from typing import Any

from kg.queries.answers import Explained
from kg.store import GraphReader
from kg.store.ladybug.translation import translate
from kg.syntax import guard


def explain(store: GraphReader, statement: str, parameters: Mapping[str, Any] | None = None) -> Explained:
    """The statement that the engine would get for one, and the engine's plan.

    Args:
        store: the graph.
        statement: Cypher.
        parameters: values of its parameters; those that it does not name are left out.

    Raises:
        RefusedError: it would be refused; the message names the rule.
        NotUnderstoodError: it is no statement, or a parameter has no value.
    """
    given = dict(parameters or {})
    query = guard.check(statement, store.engine, given)
    chosen = {name: given[name] for name in sorted(guard.parameters_of(query))}
    text = statement
    if store.engine != "neo4j":
        translation = translate(query, chosen)
        text, chosen = translation.statement, translation.parameters
    return Explained(engine=store.engine, statement=text, parameters=chosen, plan=store.plan(text, chosen))
