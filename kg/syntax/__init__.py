"""Cypher as text and as a tree: the reading subset of Neo4j's Cypher 5, and what an untrusted statement may do in it.

No engine is known here. Why the parser is our own: docs/decisions/own-cypher-parser.md.
"""

from kg.syntax import tree
from kg.syntax.parser import parse
from kg.syntax.tokens import Token, tokenise

__all__ = ["Token", "parse", "tokenise", "tree"]
