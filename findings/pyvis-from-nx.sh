#!/usr/bin/env bash
# pyvis 0.3.2 with networkx 3.6.1: Network.from_nx sizes a node once for each of its edges, ignores the function for
# edges, and takes the weights out of the graph that it draws.
#
# The documentation says that node_size_transf is a "function to transform the node size for plotting" and
# edge_weight_transf one "to transform the edge weight". One expects each to be applied once. The first is applied again
# for every edge that a node has, and the result written back, so that hubs grow by their degree; the second has no
# effect, as its result is overwritten. And from_nx moves each edge's `weight` to `width` in the graph of the caller
# ("in place", says the documentation, of which graph it does not say): a shortest path that was asked for before the
# drawing is another one after it, since networkx takes an edge without weight as 1.
# No issue about it was found. What helps: from_nx(copy.deepcopy(graph)), with the sizes and widths set beforehand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyvis==0.3.2 networkx==3.6.1

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import networkx as nx
from pyvis.network import Network

graph = nx.Graph()
graph.add_nodes_from("abcd", size=10)
graph.add_weighted_edges_from([("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 5.0), ("a", "d", 1.0)])
path_before = nx.shortest_path(graph, "a", "c", weight="weight")

drawing = Network()
drawing.from_nx(graph, node_size_transf=lambda size: size * 2, edge_weight_transf=lambda weight: weight * 10)
sizes = {name: graph.nodes[name]["size"] for name in graph}
widths = [edge["width"] for edge in drawing.edges]
path_after = nx.shortest_path(graph, "a", "c", weight="weight")

print(f"pyvis {version('pyvis')}, networkx {version('networkx')}")
print("sizes of nodes with 3, 2, 2 and 1 edges, doubled;  expected: 20 each;           seen:", sizes)
print("widths of edges, ten times the weights;            expected: 10, 50, 10, 10;    seen:", widths)
print("shortest path after the drawing;                   expected:", path_before, "; seen:", path_after)

as_described = (
    sizes == {"a": 80, "b": 40, "c": 40, "d": 20}
    and sorted(widths) == [1.0, 1.0, 1.0, 5.0]
    and path_before == ["a", "b", "c"]
    and path_after == ["a", "c"]
    and not nx.get_edge_attributes(graph, "weight")
)
print("as described" if as_described else "the behaviour has changed")
sys.exit(0 if as_described else 1)
PYTHON
