"""Queries and their answers: named queries, untrusted Cypher, one node and what is around it."""

from kg.queries.answers import Answer, Asked, Details, Explained, Found, NamedQuery, Neighbourhood
from kg.queries.around_node import neighbourhood
from kg.queries.details import show
from kg.queries.execution_plan import explain
from kg.queries.name_lookup import find, near, one, title
from kg.queries.named import ROWS, named_queries, run, run_with_texts
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
    "cypher",
    "explain",
    "find",
    "named_queries",
    "near",
    "neighbourhood",
    "one",
    "run",
    "run_with_texts",
    "show",
    "title",
]
