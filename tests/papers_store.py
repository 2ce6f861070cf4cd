"""The small graph in the embedded engine, in Neo4j, and in either."""

from collections.abc import Iterator

import pytest
from papers_graph import small
from written_stores import in_folder, on_server

from kg.store import GraphReader


@pytest.fixture(scope="session")
def ladybug(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphReader]:
    with in_folder(tmp_path_factory.mktemp("small"), small()) as store:
        yield store


@pytest.fixture(scope="module")
def neo4j(neo4j_uri: str) -> Iterator[GraphReader]:
    """Of the module, as other tests overwrite the server's one database."""
    with on_server(neo4j_uri, small()) as store:
        yield store


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> GraphReader:
    return request.getfixturevalue(request.param)
