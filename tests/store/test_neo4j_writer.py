"""A server is sent only what has changed, where it has the graph that was last sent."""

import pytest
from any_graph import content, expected, graphs
from hypothesis import HealthCheck, given, settings
from projection import Projection
from small_graph import small

from kg.errors import StoreError
from kg.schema import Edge
from kg.store import open_store
from kg.store.neo4j.writer import Neo4jWriter

pytestmark = pytest.mark.neo4j

BUILT = "MATCH (n:Paper) RETURN n.id AS id, n._build AS build ORDER BY id"


def later() -> Projection:
    """The small graph with a paper more, one less, another count, and a benchmark that became a data set."""
    graph = small()
    del graph.nodes["Paper"]["2401.00001"]
    graph.nodes["Paper"]["2301.00009"] = {"id": "2301.00009", "title": "Paper 9", "year": 2023}
    graph.nodes["Model"]["model/e5"]["papers"] = 2
    benchmark = graph.nodes["Benchmark"].pop("benchmark/mteb")
    graph.nodes["Dataset"]["dataset/mteb"] = benchmark | {"id": "dataset/mteb", "type": "Dataset"}
    graph.edges.clear()
    graph.edges["USES"] = [Edge("2301.00009", "Paper", "model/e5", "Model", {"confidence": 0.5})]
    graph.edges["TRAINS_ON"] = [Edge("2401.00002", "Paper", "dataset/mteb", "Dataset", {})]
    return graph


@pytest.fixture
def send(neo4j_uri, tmp_path):
    """Writes a graph as a build does, with a folder that keeps what was last sent."""

    def send(graph: Projection, build: int, folder: str = "sent", again: bool = False) -> None:
        sent = tmp_path / folder
        with Neo4jWriter(neo4j_uri, sent, build, lambda graph, version, before: None, whole=again) as writer:
            writer.write(graph.tables())

    return send


@pytest.fixture
def store(neo4j_uri):
    with open_store(neo4j_uri) as store:
        yield store


def test_what_did_not_change_is_not_written_again(store, send):
    send(small(), 1)
    first = store.version()
    send(later(), 2)
    assert content(store) == expected(later())
    assert store.read(BUILT).rows == [["2301.00009", 2], ["2401.00002", 1]]
    version = store.version()
    assert (version.number, version.build > first.build) == (2, True)


def test_a_change_that_fails_leaves_the_graph_as_it_was(store, send):
    send(small(), 1)
    before = store.version()
    broken = later()
    broken.edges["USES"].append(Edge("2301.00009", "Paper", "model/none", "Model", {}))
    with pytest.raises(StoreError, match="USES"):
        send(broken, 2)
    assert content(store) == expected(small())
    assert store.version() == before
    send(later(), 3)
    assert content(store) == expected(later())


def test_everything_is_written_again_where_the_server_has_another_graph(store, send):
    send(small(), 1)
    send(later(), 1, folder="another archive's")
    send(small(), 2)
    assert content(store) == expected(small())
    assert {build for _, build in store.read(BUILT).rows} == {2}


def test_everything_is_written_again_where_the_last_sent_graph_is_damaged(store, send, tmp_path):
    send(small(), 1)
    (tmp_path / "sent" / "Paper.arrow").write_bytes(b"damaged")
    send(later(), 2)
    assert content(store) == expected(later())
    assert {build for _, build in store.read(BUILT).rows} == {2}


def test_everything_is_written_again_on_demand(store, send):
    send(small(), 1)
    send(small(), 2, again=True)
    assert {build for _, build in store.read(BUILT).rows} == {2}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graphs(), graphs(), graphs())
def test_any_graph_can_follow_any_other(store, send, one, other, third):
    for number, graph in enumerate((one, other, third), 1):
        send(graph, number)
        assert content(store) == expected(graph)
