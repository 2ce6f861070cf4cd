"""Graphs with any text, number and list in them, and what a store holds of one."""

from hypothesis import strategies as st
from projection import Projection

from kg.schema import EDGES, NODES, Edge, Kind

NODES_OF = "MATCH (n) RETURN n"
EDGES_OF = "MATCH (a)-[r]->(b) RETURN a.id AS source, r AS edge, b.id AS target"


def content(store):
    """All nodes and edges of a store, in an order of our own."""
    nodes = [row[0] for row in store.read(NODES_OF).rows]
    return sorted(nodes, key=repr), sorted(store.read(EDGES_OF).rows, key=repr)


def expected(graph: Projection):
    """The same of a graph as rows, in the order of the schema."""

    def present(properties, row):
        return {p.name: row[p.name] for p in properties if row.get(p.name) is not None}

    nodes = [
        {"label": label} | present(NODES[label].properties, row)
        for label, rows in graph.nodes.items()
        for row in rows.values()
    ]
    edges = [
        [edge.source, {"type": label} | present(EDGES[label].properties, edge.properties), edge.target]
        for label, rows in graph.edges.items()
        for edge in rows
    ]
    return sorted(nodes, key=repr), sorted(edges, key=repr)


TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["\x00", "a\x00b", "'", '"', "\\", "\r\n", ",|;{}[]$`", "NULL", "null", "😀" * 50, "x" * 70_000]),
)
VALUES = {
    Kind.STRING: TEXT,
    Kind.INTEGER: st.integers(-(2**63), 2**63 - 1),
    Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
    Kind.BOOLEAN: st.booleans(),
    Kind.STRINGS: st.lists(TEXT, max_size=4),
}


def row(properties):
    return st.fixed_dictionaries({p.name: st.none() | VALUES[p.kind] for p in properties if p.name != "id"})


@st.composite
def graphs(draw) -> Projection:
    graph = Projection()
    ids = draw(st.lists(TEXT.map(lambda text: text[:200]), unique=True, max_size=6))
    for key in ids:
        label = draw(st.sampled_from(["Paper", "Model", "Result"]))
        graph.nodes[label][key] = {"id": key} | draw(row(NODES[label].properties))
    for label, source, target in (("USES", "Paper", "Model"), ("OF", "Result", "Model"), ("CITES", "Paper", "Paper")):
        ends = [(a, b) for a in graph.nodes[source] for b in graph.nodes[target]]
        for a, b in draw(st.lists(st.sampled_from(ends), unique=True, max_size=3)) if ends else ():
            graph.edges[label].append(Edge(a, source, b, target, draw(row(EDGES[label].properties))))
    return graph
