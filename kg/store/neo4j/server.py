"""Which graph a server's address names."""

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.neo4j.store import Neo4jStore

_SERVER = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://.+", re.IGNORECASE)


def is_server(location: str) -> bool:
    """Whether a location is a Neo4j server's, rather than a data folder."""
    return _SERVER.fullmatch(location) is not None


def connect(uri: str) -> "Neo4jStore":
    """The graph on a server, for the user, the password and the database that NEO4J_… name.

    Raises:
        StoreError: the server cannot be reached, or does not let the user in.
    """
    # Who has no server does without the driver, which takes a while to import.
    from kg.store.neo4j.store import Neo4jStore

    user = os.environ.get("NEO4J_USERNAME", "neo4j")
    return Neo4jStore(uri, user, os.environ.get("NEO4J_PASSWORD"), os.environ.get("NEO4J_DATABASE"))
