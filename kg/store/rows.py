"""Rows on their way into an engine."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from kg.schema import Edge, Kind, Property

Row = TypeVar("Row")


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most `size`."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


def by_ends(edges: Iterable[Edge]) -> dict[tuple[str, str], list[Edge]]:
    """Edges by the labels that they join."""
    groups: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        groups.setdefault((edge.source_label, edge.target_label), []).append(edge)
    return groups


def values(properties: tuple[Property, ...], row: Mapping[str, Any]) -> dict[str, Any]:
    """The declared properties that have a value, numbers as such even where they are whole."""
    present = {prop.name: (prop.kind, row[prop.name]) for prop in properties if row.get(prop.name) is not None}
    return {name: float(value) if kind is Kind.NUMBER else value for name, (kind, value) in present.items()}


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
