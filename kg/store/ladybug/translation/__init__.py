"""Translates Neo4j's Cypher into the embedded engine's, so that the answer is Neo4j's, or refuses it and says why.

The engine's own Cypher looks alike and differs silently: names regardless of case, list indexes from 1, edges used
twice in one pattern, `'1' = 1`, `log` to the base 10, `ORDER BY` forgotten before `collect`. It is therefore never
given the text of an untrusted statement, only what is written here from its tree.
"""

from kg.store.ladybug.translation.clauses import Translation, translate

__all__ = ["Translation", "translate"]
