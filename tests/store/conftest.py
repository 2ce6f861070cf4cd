"""One small graph, written into each engine and read back through the same statements."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from projection import Projection
from small_graph import small
from written_stores import write_graph

from kg.store import DataFolder, GraphReader, open_store

Put = Callable[[Projection, int], None]


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def location(request: pytest.FixtureRequest, tmp_path) -> str:
    return request.getfixturevalue("neo4j_uri") if request.param == "neo4j" else str(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small graph as a build of the embedded engine."""
    write_graph(str(tmp_path), small(), 1)
    return tmp_path / "graph-1"


@pytest.fixture
def put(location: str, tmp_path) -> Put:
    """Writes a graph as the current build."""

    def write(graph: Projection, build: int) -> None:
        write_graph(location, graph, build)
        DataFolder(tmp_path / "data").publish(build)

    (tmp_path / "data").mkdir()
    return write


@pytest.fixture
def store(location: str, put: Put) -> Iterator[GraphReader]:
    """The small graph, open for reading."""
    put(small(), 1)
    with open_store(location) as reader:
        yield reader
