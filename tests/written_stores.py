"""Graphs written into an engine and opened again for reading."""

from pathlib import Path

from kg.schema import Projection
from kg.store import GraphStore, create_store, open_store
from kg.store.ladybug import LadybugStore


def in_folder(folder: Path, graph: Projection) -> GraphStore:
    """The graph in the embedded engine, in an empty folder."""
    writer = LadybugStore.create(folder)
    writer.write(graph, 1)
    writer.close()
    return LadybugStore.open(folder)


def on_server(uri: str, graph: Projection) -> GraphStore:
    """The graph on a Neo4j server, whose one database it takes over."""
    writer = create_store(uri, 1)
    writer.write(graph, 1)
    writer.close()
    return open_store(uri)
