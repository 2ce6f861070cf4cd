"""Colours and shapes of node and edge types: Okabe and Ito's palette for colour-blind readers, and shapes as well."""

from dataclasses import dataclass

from kg.schema import EDGES, NODES


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """Fill colour and vis-network shape of a node type."""

    color: str
    shape: str


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """Colour, width in pixels and dashes of an edge type."""

    color: str
    width: float = 1.5
    dashed: bool = False


_QUIET = EdgeStyle("#9aa5b1", 1.0)

SHAPES = {
    "dot": '<circle r="0.9"/>',
    "diamond": '<path d="M0-1.1 1.1 0 0 1.1-1.1 0z"/>',
    "square": '<path d="M-.85-.85h1.7v1.7h-1.7z"/>',
    "triangle": '<path d="M0-1 1.05.85h-2.1z"/>',
    "triangleDown": '<path d="M0 1 1.05-.85h-2.1z"/>',
    "hexagon": '<path d="M-.5-.9h1L1.05 0 .5.9h-1L-1.05 0z"/>',
    "star": '<path d="M0-1.1.3-.35 1.1-.35.48.15.7.95 0 .48-.7.95-.48.15-1.1-.35-.3-.35z"/>',
}
"""vis-network's shapes as SVG, for the legend."""

NODE_STYLES = {
    "Paper": NodeStyle("#53657d", "dot"),
    "Benchmark": NodeStyle("#0072b2", "diamond"),
    "Dataset": NodeStyle("#e69f00", "square"),
    "Model": NodeStyle("#009e73", "triangle"),
    "Method": NodeStyle("#cc79a7", "hexagon"),
    "Task": NodeStyle("#f0e442", "star"),
    "Repository": NodeStyle("#56b4e9", "square"),
    "Result": NodeStyle("#d55e00", "dot"),
    "Organization": NodeStyle("#333333", "triangleDown"),
    "Author": NodeStyle("#b9bec6", "dot"),
    "Venue": NodeStyle("#7a4f2b", "hexagon"),
    "Category": NodeStyle("#7a4f2b", "star"),
}

EDGE_STYLES = dict.fromkeys(EDGES, _QUIET) | {
    "INTRODUCES": EdgeStyle("#d55e00", 3.0),
    "EVALUATES_ON": EdgeStyle("#0072b2"),
    "TRAINS_ON": EdgeStyle("#e69f00"),
    "EVALUATES": EdgeStyle("#56b4e9"),
    "COMPARES_WITH": EdgeStyle("#cc79a7"),
    "USES": EdgeStyle("#009e73"),
    "MENTIONS": EdgeStyle("#b4bcc6", 1.0, dashed=True),
    "CITES": EdgeStyle("#9aa5b1", 1.0, dashed=True),
}

assert NODE_STYLES.keys() == NODES.keys() and EDGE_STYLES.keys() == EDGES.keys()
