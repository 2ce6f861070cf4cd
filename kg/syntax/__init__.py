"""Cypher as text and as a tree: the reading subset of Neo4j's Cypher 5.

Why a parser of our own: of those that can be had from PyPI, `antlr4-cypher` has an old grammar and takes up to 73 ms a
statement; `graphglot` 0.14 takes 21 ms and knows neither `shortestPath` nor `ORDER BY … SKIP`; `cypherast` 0.1 is
fast, but reads `'\\u0041'` as `u0041`, drops `FINISH`, and takes no `COLLECT { }` and no `:A&!B`. A guard must not
misread, and rewriting needs to know where in the text each part stands.
"""

from kg.syntax import tree
from kg.syntax.parser import parse
from kg.syntax.tokens import Token, tokens

__all__ = ["Token", "parse", "tokens", "tree"]
