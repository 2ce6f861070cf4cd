"""What an answer about citations says where no reference lists are known."""

from collections.abc import Sequence
from typing import Any

ALL_INFERRED = (
    "no references are known here: these citations are inferred from what papers use, and no figure counts them"
)
NONE_COUNTED = "no such references are known here, and inferred citations are not counted"


def citation_note(statement: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str | None:
    """The note for an answer, or None.

    Args:
        statement: the Cypher that ran.
        columns: of the answer; one called `inferred` says which citations are.
        rows: of the answer.
    """
    if rows and "inferred" in columns and all(row["inferred"] for row in rows):
        return ALL_INFERRED
    counted = "CITES {inferred: false}" in statement
    nothing = not rows or (len(rows) == 1 and list(rows[0].values()) == [0])
    return NONE_COUNTED if counted and nothing else None
