"""Queries and their answers: named queries, untrusted Cypher, one node, and the neighbourhood of a node."""

from typing import Any

from kg.defaults import ROWS
from kg.queries.answers import Answer, Asked, Details, Explained, Found, NamedQuery, Neighbourhood, PlanAnswer
from kg.queries.around_node import neighbourhood
from kg.queries.details import show
from kg.queries.execution_plan import explain
from kg.queries.name_lookup import find, near, one, title
from kg.queries.named import named_queries, named_query, run, run_with_texts
from kg.queries.untrusted import cypher

__all__ = [
    "ROWS",
    "Answer",
    "Asked",
    "Details",
    "Explained",
    "Found",
    "NamedQuery",
    "Neighbourhood",
    "PlanAnswer",
    "cypher",
    "explain",
    "find",
    "named_queries",
    "named_query",
    "near",
    "neighbourhood",
    "one",
    "run",
    "run_with_texts",
    "show",
    "title",
]


def __getattr__(name: str) -> Any:
    """`ask`, which 0.1.0 had here; goes with the next minor version."""
    if name != "ask":
        raise AttributeError(f"module 'kg.queries' has no attribute {name!r}")
    import warnings

    from kg.questions import ask

    warnings.warn("kg.queries.ask is now kg.open(…).ask, or kg.questions.ask", DeprecationWarning, stacklevel=2)
    return ask
