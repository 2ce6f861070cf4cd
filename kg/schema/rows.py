"""Nodes and edges as rows, on their way from linking to an engine."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Value = str | int | float | bool | list[str] | None
"""What a property holds; None where it has no value."""


class Edge(NamedTuple):
    """An edge: the ids and labels of its ends, and its properties."""

    source: str
    source_label: str
    target: str
    target_label: str
    properties: Mapping[str, Value]


def without_nulls(row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a row that have a value."""
    return {name: value for name, value in row.items() if value is not None}
