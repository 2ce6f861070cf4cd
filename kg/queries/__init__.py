"""Questions and their answers: named queries, English, Cypher. What the command line and the API call."""

from kg.queries.answers import Answer, Asked, Details, Found, Neighbourhood
from kg.queries.english import ask
from kg.queries.find import find, near, one
from kg.queries.named import run
from kg.queries.neighbourhood import neighbourhood
from kg.queries.show import show
from kg.queries.statement import cypher

__all__ = [
    "Answer",
    "Asked",
    "Details",
    "Found",
    "Neighbourhood",
    "ask",
    "cypher",
    "find",
    "near",
    "neighbourhood",
    "one",
    "run",
    "show",
]
