"""The graph of names in the embedded engine, in Neo4j, and in either."""

from collections.abc import Iterator

import pytest
from names_graph import graph

from kg.store import GraphStore, create_store, open_store
from kg.store.ladybug import LadybugStore


@pytest.fixture(scope="session")
def ladybug(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    folder = tmp_path_factory.mktemp("names")
    writer = LadybugStore.create(folder)
    writer.write(graph(), 1)
    writer.close()
    store = LadybugStore.open(folder)
    yield store
    store.close()


@pytest.fixture(scope="module")
def neo4j(neo4j_uri: str) -> Iterator[GraphStore]:
    """Of the module, as other tests overwrite the server's one database."""
    writer = create_store(neo4j_uri, 1)
    writer.write(graph(), 1)
    writer.close()
    store = open_store(neo4j_uri)
    yield store
    store.close()


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> GraphStore:
    return request.getfixturevalue(request.param)
