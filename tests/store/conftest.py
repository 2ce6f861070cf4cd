"""One small graph, written into each engine and read back through the same statements."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_graph import small
from written_stores import create_store

from kg.schema import Projection
from kg.store import DataFolder, GraphStore, open_store
from kg.store.ladybug.store import LadybugStore

Put = Callable[[Projection, int], None]


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def location(request: pytest.FixtureRequest, tmp_path) -> str:
    return request.getfixturevalue("neo4j_uri") if request.param == "neo4j" else str(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small graph as a build of the embedded engine."""
    store = LadybugStore.create(tmp_path / "graph-1")
    store.write(small(), 1)
    store.close()
    return tmp_path / "graph-1"


@pytest.fixture
def put(location: str, tmp_path) -> Put:
    """Writes a projection as the current build."""

    def write(graph: Projection, build: int) -> None:
        store = create_store(location, build)
        store.write(graph, build)
        store.close()
        DataFolder(tmp_path / "data").publish(build)

    (tmp_path / "data").mkdir()
    return write


@pytest.fixture
def store(location: str, put: Put) -> Iterator[GraphStore]:
    """The small graph, open for reading."""
    put(small(), 1)
    reader = open_store(location)
    yield reader
    reader.close()
