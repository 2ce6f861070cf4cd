"""Values of an answer on their way out of the sandbox, as JSON: what is no scalar and no list says what it is."""

import math
from datetime import date
from typing import Any

from kg.interpreter.values import EdgeValue, NodeValue, PathValue


def encode(value: Any) -> Any:
    """A value as JSON can hold it; a map as `{"map": …}`, a node as `{"node": [label, properties]}` and so on."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case None | str() | bool() | int():
            return value
        case list():
            return [encode(item) for item in value]
        case dict():
            return {"map": {name: encode(item) for name, item in value.items()}}
        case NodeValue(label=label, properties=properties):
            return {"node": [label, dict(properties)]}
        case EdgeValue(type=label, properties=properties):
            return {"edge": [label, dict(properties)]}
        case PathValue(nodes=nodes, edges=edges):
            inner = [item for pair in zip(edges, nodes[1:], strict=True) for item in pair]
            return {"path": [encode(item) for item in (nodes[0], *inner)]}
        case date():
            return value.isoformat()
    raise AssertionError(f"no value of a statement: {value!r}")
