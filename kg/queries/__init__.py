"""Queries and their answers: named queries, untrusted Cypher, one node and what is around it."""

from kg.queries.answers import Answer, Asked, Details, Explained, Found, NamedQuery, Neighbourhood
from kg.queries.explain import explain
from kg.queries.find import find, near, one, title
from kg.queries.named import ROWS, named_queries, run, run_with_texts
from kg.queries.neighbourhood import neighbourhood
from kg.queries.show import show
from kg.queries.statement import cypher

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
