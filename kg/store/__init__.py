"""The graph in an engine: embedded in a data folder, or on a Neo4j server."""

from pathlib import Path

from kg.errors import StoreError
from kg.store.base import GraphStore, Progress, Table, Version
from kg.store.data_folder import DataFolder
from kg.store.ladybug.current import CurrentStore
from kg.store.neo4j.server import connect, is_server

__all__ = [
    "DataFolder",
    "GraphStore",
    "Progress",
    "Table",
    "Version",
    "data_folder",
    "is_server",
    "open_store",
]


def open_store(location: str) -> GraphStore:
    """The graph to be read at a location: a data folder's current build, also after a later one, or a server's.

    Raises:
        StoreError: the folder holds no build, or the server cannot be reached.
    """
    return connect(location) if is_server(location) else CurrentStore(data_folder(location))


def data_folder(location: str) -> DataFolder:
    """The data folder at a location, which need not exist.

    Raises:
        StoreError: the location is a URL.
    """
    if "://" in location:
        raise StoreError(f"{location} is neither a folder nor a bolt:// or neo4j:// address (with +s or +ssc for TLS)")
    return DataFolder(Path(location))
