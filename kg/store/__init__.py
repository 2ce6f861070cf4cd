"""The graph in an engine: embedded in a data folder, or on a Neo4j server."""

import os
import re
from pathlib import Path

from kg.errors import StoreError
from kg.store.base import GraphStore, Progress, Table, Version
from kg.store.current import CurrentStore
from kg.store.folder import DataFolder
from kg.store.ladybug import LadybugStore
from kg.store.neo4j import Neo4jStore

__all__ = [
    "DataFolder",
    "GraphStore",
    "Progress",
    "Table",
    "Version",
    "create_store",
    "data_folder",
    "is_server",
    "open_store",
]

_SERVER = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://.+", re.IGNORECASE)


def is_server(location: str) -> bool:
    """Whether a location is a Neo4j server's, rather than a data folder."""
    return _SERVER.fullmatch(location) is not None


def open_store(location: str) -> GraphStore:
    """The graph to be read at a location: a data folder's current build, also after a later one, or a server's.

    Raises:
        StoreError: the folder holds no build, or the server cannot be reached.
    """
    return _server(location) if is_server(location) else CurrentStore(data_folder(location))


def create_store(location: str, build: int) -> GraphStore:
    """The store that a build writes: a new graph in a data folder, which no reader knows yet, or the server's.

    Raises:
        StoreError: the folder cannot be made, or the server cannot be reached.
    """
    if is_server(location):
        return _server(location)
    return LadybugStore.create(data_folder(location).graph_folder(build))


def data_folder(location: str) -> DataFolder:
    """The data folder at a location, which need not exist.

    Raises:
        StoreError: the location is a URL.
    """
    if "://" in location:
        raise StoreError(f"{location} is neither a folder nor a bolt:// or neo4j:// address (with +s or +ssc for TLS)")
    return DataFolder(Path(location))


def _server(uri: str) -> Neo4jStore:
    user = os.environ.get("NEO4J_USERNAME", "neo4j")
    return Neo4jStore(uri, user, os.environ.get("NEO4J_PASSWORD"), os.environ.get("NEO4J_DATABASE"))
