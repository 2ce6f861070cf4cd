"""Values of an answer in the one form that all engines give."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kg.schema import EDGES, NODES, Property


def node(label: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A node as a dict: `label`, then the properties that have a value, in the schema's order."""
    return {"label": label} | _ordered(NODES[label].properties if label in NODES else (), properties)


def edge(label: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """An edge as a dict: `type`, then the properties that have a value, in the schema's order."""
    return {"type": label} | _ordered(EDGES[label].properties if label in EDGES else (), properties)


def scalar(value: Any) -> Any:
    """A single value as JSON can hold it: dates and the like as text, infinite and undefined numbers as None."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        # LadybugDB sums integers in 128 bits, and gives the sum as a decimal.
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "iso_format"):
        return value.iso_format()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def size(value: Any) -> int:
    """Bytes that a value of an answer has as JSON, roughly."""
    if isinstance(value, str):
        return len(value) + 2
    if isinstance(value, list):
        return 2 + sum(size(item) + 1 for item in value)
    if isinstance(value, dict):
        return 2 + sum(len(name) + size(item) + 4 for name, item in value.items())
    return 8


def _ordered(declared: tuple[Property, ...], properties: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: scalar_or_list(value) for name, value in properties.items() if value is not None}
    names = [prop.name for prop in declared if prop.name in known]
    # Nodes that another program put into the same Neo4j database have undeclared properties.
    return {name: known[name] for name in (*names, *(known.keys() - set(names)))}


def scalar_or_list(value: Any) -> Any:
    """A property's value as JSON can hold it; see `scalar`."""
    return [scalar(item) for item in value] if isinstance(value, list) else scalar(value)


def counted(rows: int, limit: int) -> str:
    """How many rows a statement has, in words; those beyond a limit are not counted."""
    return f"more than {limit} rows" if rows > limit else f"{rows} row{'s' * (rows != 1)}"
