"""The one declaration of what citegraph stores: the types of nodes and edges, and the records of papers."""

from kg.schema.confidence import confident
from kg.schema.graph_types import (
    DATA_LABELS,
    EDGE_TYPES,
    EDGES,
    ENTITY_LABELS,
    GRAPH_SCHEMA_VERSION,
    NODE_TYPES,
    NODES,
    RELATIONS,
    SYSTEM_LABELS,
    EdgeType,
    Kind,
    NodeType,
    Property,
)
from kg.schema.records import Entity, EntityType, Extraction, Link, Mention, Paper, PaperKind, Relation, Result
from kg.schema.rows import Edge, Value

__all__ = [
    "DATA_LABELS",
    "EDGES",
    "EDGE_TYPES",
    "ENTITY_LABELS",
    "GRAPH_SCHEMA_VERSION",
    "NODES",
    "NODE_TYPES",
    "RELATIONS",
    "SYSTEM_LABELS",
    "Edge",
    "EdgeType",
    "Entity",
    "EntityType",
    "Extraction",
    "Kind",
    "Link",
    "Mention",
    "NodeType",
    "Paper",
    "PaperKind",
    "Property",
    "Relation",
    "Result",
    "Value",
    "confident",
]
