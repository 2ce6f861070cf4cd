"""Functions of nodes, edges and paths."""

from collections.abc import Callable, Mapping
from typing import Any

from kg.interpreter.arguments import wrong
from kg.interpreter.values import EdgeValue, NodeValue, PathValue

_PLACES = 2**40
"""More than a table has rows."""


def _labels(node: Any) -> list[str] | None:
    if type(node) is NodeValue:
        return [node.label]
    if node is None:
        return None
    raise wrong("labels", "a node", node)


def _type(edge: Any) -> str | None:
    if type(edge) is EdgeValue:
        return edge.type
    if edge is None:
        return None
    raise wrong("type", "a relationship", edge)


def _id(value: Any) -> int | None:
    """A number that differs for each node, and for each edge; only until the graph is built again."""
    if isinstance(value, NodeValue | EdgeValue):
        return value.key[0] * _PLACES + value.key[1]
    if value is None:
        return None
    raise wrong("id", "a node or a relationship", value)


def _element_id(value: Any) -> str | None:
    """A text that differs for each node, and for each edge; only until the graph is built again."""
    if isinstance(value, NodeValue | EdgeValue):
        return f"{value.key[0]}:{value.key[1]}"
    if value is None:
        return None
    raise wrong("elementId", "a node or a relationship", value)


def _keys(value: Any) -> list[str] | None:
    if type(value) is dict:
        return list(value)
    if isinstance(value, NodeValue | EdgeValue):
        return list(value.properties)
    if value is None:
        return None
    raise wrong("keys", "a node, a relationship or a map", value)


def _properties(value: Any) -> dict[str, Any] | None:
    if type(value) is dict:
        return value
    if isinstance(value, NodeValue | EdgeValue):
        return dict(value.properties)
    if value is None:
        return None
    raise wrong("properties", "a node, a relationship or a map", value)


def _nodes(path: Any) -> list[NodeValue] | None:
    if type(path) is PathValue:
        return list(path.nodes)
    if path is None:
        return None
    raise wrong("nodes", "a path", path)


def _relationships(path: Any) -> list[EdgeValue] | None:
    if type(path) is PathValue:
        return list(path.edges)
    if path is None:
        return None
    raise wrong("relationships", "a path", path)


def _length(path: Any) -> int | None:
    if type(path) is PathValue:
        return len(path.edges)
    if path is None:
        return None
    raise wrong("length", "a path", path)


GRAPH_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "labels": _labels,
    "type": _type,
    "id": _id,
    "elementid": _element_id,
    "keys": _keys,
    "properties": _properties,
    "nodes": _nodes,
    "relationships": _relationships,
    "length": _length,
}
"""By name in lower case."""
