"""Translates Neo4j's Cypher into the embedded engine's, as far as that evaluates it exactly as Neo4j does.

The engine's own Cypher looks alike and differs silently: names regardless of case, list indexes from 1, edges used
twice in one pattern, `'1' = 1`, `log` to the base 10, `ORDER BY` forgotten before `collect`. It is therefore never
given the text of an untrusted statement, only what is written here from its tree: the whole statement where all of
it is the same there, else only its patterns, and `kg.interpreter` does the rest.
"""

from kg.store.ladybug.translation.clauses import Translation, translate
from kg.store.ladybug.translation.fragments import UntranslatableError, unsupported
from kg.store.ladybug.translation.match_plans import plan_statement

__all__ = ["Translation", "UntranslatableError", "plan_statement", "translate", "unsupported"]
