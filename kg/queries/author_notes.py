"""What an answer about authors says where one name may be several people."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.statements import queries
from kg.store import GraphReader

_AUTHOR = "author/"


def author_note(
    store: GraphReader, parameters: Mapping[str, Any], columns: Sequence[str], rows: Sequence[dict[str, Any]]
) -> str | None:
    """The note for an answer, or None where every name that it is about has one group of papers.

    Args:
        store: the graph that was asked.
        parameters: of the statement; those that are ids of authors say whom it asked about.
        columns: of the answer; `under_name` and `groups` say what stands behind a ranking of authors.
        rows: of the answer.
    """
    if {"under_name", "groups"} <= {*columns}:
        split = [row for row in rows if row["groups"] > 1]
        if not split:
            return None
        first = split[0]
        said = _said(first["name"], first["under_name"], first["groups"], first["papers"])
        return f"`papers` counts the largest group of a name's papers: {said}"
    asked = [value for value in parameters.values() if isinstance(value, str) and value.startswith(_AUTHOR)]
    if not asked or "largest" in columns:
        return None
    found = store.read(
        queries()["author_groups"].text(store.engine), {"authors": asked, "limit": len(asked)}, limit=len(asked)
    ).records()
    several = [
        _said(*(row[name] for name in ("name", "papers", "groups", "largest"))) for row in found if row["groups"] > 1
    ]
    return "; ".join(several) + ": they may be several people's" if several else None


def _said(name: str, papers: int, groups: int, largest: int) -> str:
    return (
        f"{name} has {papers:,} papers under this name, in {groups} groups without a common co-author or organisation; "
        f"largest {largest}"
    )
