"""What a reading statement may not be, whichever engine runs it.

The engines' own read-only modes do not suffice: in Ladybug's, `LOAD FROM` and `COPY TO` reach the file system and
`CHECKPOINT` leaves the database unreadable; in Neo4j's, `LOAD CSV` and procedures run.
"""

import re
from collections.abc import Container

from kg.errors import NotUnderstoodError, RefusedError

_TOKEN = re.compile(
    r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | //[^\n]* | /\*.*?\*/
    | \$(?P<parameter>\w+) | (?P<word>[^\W\d]\w*) | (?P<other>\S)""",
    re.DOTALL | re.VERBOSE,
)
_READS = ("MATCH", "OPTIONAL", "RETURN", "UNWIND", "WITH")
# fmt: off
_OTHER_CLAUSES = frozenset({
    "ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "CHECKPOINT", "COMMENT", "COMMIT", "COPY", "CREATE", "CYPHER",
    "DELETE", "DENY", "DETACH", "DROP", "ENABLE", "EXPLAIN", "EXPORT", "FOREACH", "GRANT", "IMPORT", "INSERT",
    "INSTALL", "LOAD", "MERGE", "PROFILE", "REMOVE", "RENAME", "REVOKE", "ROLLBACK", "SET", "SHOW", "START", "STOP",
    "TERMINATE", "UNINSTALL", "UPDATE", "USE",
})
# fmt: on
_NOWHERE = ("CALL", "LOAD")


def check(statement: str, parameters: Container[str]) -> None:
    """Passes one statement that begins like a read, calls no procedure and loads no file.

    Raises:
        RefusedError: it is something else that an engine would do.
        NotUnderstoodError: it is empty, begins like no statement, or uses a parameter that has no value.
    """
    first = ended = False
    for token in _TOKEN.finditer(statement):
        if not (token["word"] or token["other"] or token["parameter"]) and token[0].startswith("/"):
            continue
        if ended:
            raise RefusedError("one statement at a time: remove what follows the semicolon")
        word = (token["word"] or "").upper()
        if not first:
            _check_first(word)
            first = True
        elif word in _NOWHERE:
            raise RefusedError(f"{word} is refused: statements may only read the graph")
        elif token["parameter"] and token["parameter"] not in parameters:
            raise NotUnderstoodError(f"the parameter ${token['parameter']} has no value")
        ended = token["other"] == ";"
    if not first:
        raise NotUnderstoodError("the statement is empty")


def _check_first(word: str) -> None:
    if word in _OTHER_CLAUSES:
        raise RefusedError(f"{word} is refused: statements may only read the graph, beginning with {', '.join(_READS)}")
    if word not in _READS:
        raise NotUnderstoodError(f"a statement begins with one of {', '.join(_READS)}")
