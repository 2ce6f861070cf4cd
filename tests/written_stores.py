"""Graphs written into an engine and opened again for reading."""

from pathlib import Path

from kg.schema import Projection
from kg.store import GraphStore, data_folder, is_server, open_store
from kg.store.ladybug.store import LadybugStore
from kg.store.neo4j.server import connect


def create_store(location: str, build: int) -> GraphStore:
    """An empty store to write: a new graph in a data folder, which no reader knows yet, or the server's."""
    if is_server(location):
        return connect(location)
    return LadybugStore.create(data_folder(location).graph_folder(build))


def in_folder(folder: Path, graph: Projection) -> GraphStore:
    """The graph in the embedded engine, in an empty folder."""
    writer = LadybugStore.create(folder)
    writer.write(graph, 1)
    writer.close()
    return LadybugStore.open(folder)


def on_server(uri: str, graph: Projection) -> GraphStore:
    """The graph on a Neo4j server, whose one database it takes over."""
    writer = connect(uri)
    writer.write(graph, 1)
    writer.close()
    return open_store(uri)
