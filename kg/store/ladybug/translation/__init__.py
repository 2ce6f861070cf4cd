"""Neo4j's Cypher in the embedded engine's words, so that the answer is Neo4j's, or refused with what to write instead.

The engine's own Cypher looks alike and differs silently: names regardless of case, list places from 1, edges used
twice in one pattern, `'1' = 1`, `log` to the base 10, `ORDER BY` forgotten before `collect`. It is therefore never
given the stranger's text, only what is written here from its tree.
"""

from kg.store.ladybug.translation.clauses import Translation, translate
from kg.store.ladybug.translation.functions import FUNCTIONS

__all__ = ["FUNCTIONS", "Translation", "translate"]
