"""Types of values, as far as they can be known before a statement runs."""

from dataclasses import dataclass, replace

from kg.schema import EDGES, NODES, Kind

LABELS = frozenset(NODES)
RELATIONS = frozenset(EDGES)

_KINDS = {
    Kind.STRING: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "boolean",
}


@dataclass(frozen=True, slots=True)
class Type:
    """What is known of a value; nothing if its kind is `any`."""

    kind: str
    item: "Type | None" = None
    """Of a list: the type of its items."""
    labels: frozenset[str] = frozenset()
    """Of a node or an edge: the labels that it may have."""
    missing: bool = False
    """Of a node, an edge or a path: whether it may be null, as OPTIONAL MATCH may have found none."""

    @property
    def numeric(self) -> bool:
        """Whether it is a number."""
        return self.kind in ("integer", "float")


SCALARS = frozenset({"string", "integer", "float", "boolean"})
"""Kinds of single values that the graph's properties have."""

ANY = Type("any")
STRING = Type("string")
INTEGER = Type("integer")
FLOAT = Type("float")
BOOLEAN = Type("boolean")
PATH = Type("path")


def list_of(item: Type) -> Type:
    """A list's type."""
    return Type("list", item)


def node(labels: frozenset[str]) -> Type:
    """A node's type."""
    return Type("node", labels=labels)


def edge(labels: frozenset[str]) -> Type:
    """An edge's type."""
    return Type("edge", labels=labels)


def maybe(of: Type) -> Type:
    """The type, of a value that may be missing."""
    return replace(of, missing=True)


def property_type(of: Type, name: str) -> Type | None:
    """The type of a property of a node or an edge; None if none of the possible labels has it."""
    for label in of.labels:
        declared = NODES[label].properties if of.kind == "node" else EDGES[label].properties
        for prop in declared:
            if prop.name == name:
                return list_of(STRING) if prop.kind is Kind.STRINGS else Type(_KINDS[prop.kind])
    return None


def properties(of: Type) -> list[str]:
    """Names of the properties that a node or an edge may have."""
    names: dict[str, None] = {}
    for label in sorted(of.labels):
        declared = NODES[label].properties if of.kind == "node" else EDGES[label].properties
        names.update((prop.name, None) for prop in declared)
    return list(names)


def common(types: list[Type]) -> Type | None:
    """The one type that values of several types have in common; None if there is none."""
    if not types or any(each.kind == "any" for each in types):
        return ANY
    first = types[0]
    if any(each.kind != first.kind for each in types[1:]):
        return None
    if first.kind == "list":
        item = common([each.item or ANY for each in types])
        return list_of(item) if item else None
    if first.kind in ("node", "edge"):
        labels = frozenset().union(*(each.labels for each in types))
        return Type(first.kind, labels=labels, missing=any(each.missing for each in types))
    return first
