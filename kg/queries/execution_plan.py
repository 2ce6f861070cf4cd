"""How an engine would run untrusted Cypher."""

from collections.abc import Mapping
from typing import Any

from kg.queries.answers import Explained
from kg.store import GraphReader


def explain(store: GraphReader, statement: str, parameters: Mapping[str, Any] | None = None) -> Explained:
    """The statement that the engine would run for a given one, and the engine's plan. Nothing is run.

    Args:
        store: the graph.
        statement: Cypher.
        parameters: values of its parameters; those that it does not name are left out.

    Raises:
        RefusedError: it would be refused; the message names the rule.
        NotUnderstoodError: it is no statement, or a parameter has no value.
    """
    plan = store.explain_untrusted(statement, parameters)
    return Explained(engine=store.engine, statement=plan.statement, parameters=dict(plan.parameters), plan=plan.text)
