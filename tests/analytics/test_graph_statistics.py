"""What a graph holds, in numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from projection import Projection
from written_stores import in_folder, on_server

from kg.analytics import statistics
from kg.schema import EDGES, NODES, Edge
from kg.store import GraphReader


def small() -> Projection:
    graph = Projection()
    for key, year in (("p1", 2023), ("p2", 2023), ("p3", None)):
        graph.nodes["Paper"][key] = {"id": key, "title": key, "year": year}
    for name in ("a", "b"):
        key = f"benchmark/{name}"
        graph.nodes["Benchmark"][key] = {"id": key, "name": name, "type": "Benchmark", "papers": 1}
    graph.edges["EVALUATES_ON"] = [
        Edge("p1", "Paper", "benchmark/b", "Benchmark", {}),
        Edge("p2", "Paper", "benchmark/b", "Benchmark", {}),
        Edge("p3", "Paper", "benchmark/a", "Benchmark", {}),
    ]
    graph.edges["MENTIONS"] = [Edge("p1", "Paper", "benchmark/a", "Benchmark", {})]
    return graph


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphReader]:
    server = request.param == "neo4j"
    made = on_server(request.getfixturevalue("neo4j_uri"), small()) if server else in_folder(tmp_path, small())
    with made as store:
        yield store


def test_everything_is_counted(store):
    found = statistics(store)
    assert (found.nodes, found.edges) == (5, 4)
    assert list(found.nodes_by_label) == list(NODES)
    assert list(found.edges_by_type) == list(EDGES)
    assert {label: count for label, count in found.nodes_by_label.items() if count} == {"Paper": 3, "Benchmark": 2}
    assert {name: count for name, count in found.edges_by_type.items() if count} == {"EVALUATES_ON": 3, "MENTIONS": 1}
    assert found.papers_by_year == {2023: 2}
    assert [(top.name, top.papers) for top in found.most_evaluated] == [("b", 2), ("a", 1)]
