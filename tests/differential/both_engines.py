"""The odd graph in the embedded engine and on a Neo4j server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
from odd_graph import odd
from written_stores import in_folder, on_server

from kg.store import GraphReader, open_store

_REMOVE_MARKS = (
    "MATCH (n) REMOVE n._build, n._finished, n._schema",
    "MATCH ()-[r]->() REMOVE r._build, r._finished, r._schema",
)


@contextmanager
def both_engines(folder: Path, uri: str) -> Iterator[tuple[GraphReader, GraphReader]]:
    """Readers of the graph here and there; the server's credentials are in the environment.

    The server's nodes lose what marks their build, as the embedded engine's have nothing of the kind.

    Args:
        folder: an empty folder.
        uri: of a server whose database may be overwritten; one that has the graph already is left as it is.
    """
    user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    with in_folder(folder, odd()) as here:
        with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as server:
            if not _is_there(server):
                on_server(uri, odd()).close()
                for statement in _REMOVE_MARKS:
                    server.execute_query(statement)
        with open_store(uri) as there:
            yield here, there


def forget(uri: str) -> None:
    """Empties a server's database."""
    user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as server:
        server.execute_query("MATCH (n) DETACH DELETE n")


def _is_there(server: neo4j.Driver) -> bool:
    """Whether the server has this graph, without marks: then it was written here."""
    graph = odd()
    nodes = "MATCH (n) RETURN properties(n) AS n"
    ids = {key: row for rows in graph.nodes.values() for key, row in rows.items()}
    found = [record["n"] for record in server.execute_query(nodes).records]
    edges = server.execute_query("MATCH ()-[r]->() RETURN count(r) AS n").records[0]["n"]
    return len(found) == len(ids) and edges == graph.size()[1] and all(ids.get(row.get("id")) == row for row in found)
