"""One small graph, written into each engine and read back through the same statements."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from projection import Projection
from small_graph import small
from written_stores import write_graph

from kg.store import DataFolder, GraphReader, open_store

Put = Callable[[Projection, int], None]


@pytest.fixture(scope="module", params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def location(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test may write a graph."""
    return request.getfixturevalue("neo4j_uri") if engine == "neo4j" else str(tmp_path / "data")


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graph as a build of the embedded engine, not to be written."""
    folder = tmp_path_factory.mktemp("small")
    write_graph(str(folder), small(), 1)
    return folder / "graph-1"


@pytest.fixture
def folder(small_build: Path, tmp_path: Path) -> Path:
    """The small graph as a build of the embedded engine, for one test."""
    return shutil.copytree(small_build, tmp_path / "graph-1")


@pytest.fixture
def put(location: str, tmp_path) -> Put:
    """Writes a graph as the current build."""

    def write(graph: Projection, build: int) -> None:
        write_graph(location, graph, build)
        DataFolder(tmp_path / "data").publish(build)

    (tmp_path / "data").mkdir()
    return write


@pytest.fixture(scope="module")
def home(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the small graph is, for all tests of the module that only read; those that write come after them."""
    if engine == "neo4j":
        uri = request.getfixturevalue("neo4j_uri")
        write_graph(uri, small(), 1)
        return uri
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(request.getfixturevalue("small_build"), data / "graph-1")
    DataFolder(data).publish(1)
    return str(data)


@pytest.fixture(scope="module")
def store(home: str) -> Iterator[GraphReader]:
    """The small graph, open for reading."""
    with open_store(home) as reader:
        yield reader
