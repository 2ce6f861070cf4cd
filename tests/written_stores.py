"""Graphs written into an engine, and opened again for reading."""

from pathlib import Path

from projection import Projection

from kg.store import GraphReader, Location, Table, open_store
from kg.store.ladybug.reader import LadybugReader
from kg.store.ladybug.writer import write_database
from kg.store.protocols import Progress, no_progress


def write_graph(location: str, graph: Projection, build: int, progress: Progress = no_progress) -> None:
    """Writes a graph as a build of a data folder, which no reader knows yet, or as the content of a server."""
    place = Location.parse(location)
    if place.folder:
        # What breaks the schema shows when the parts are made.
        write_database(place.folder.graph_folder(build), (each.tables() for each in [graph]), progress)
        return
    from kg.store.neo4j.connection import Neo4jConnection
    from kg.store.neo4j.writer import send_all

    server = Neo4jConnection(location)
    try:
        send_all(server, graph.tables(), build, progress)
    finally:
        server.close()


def in_place(location: str, build: int) -> GraphReader:
    """What `write_graph` wrote."""
    place = Location.parse(location)
    return LadybugReader(place.folder.graph_folder(build)) if place.folder else open_store(location)


def read_past_guard(reader: GraphReader, statement: str) -> Table:
    """Runs a statement that was not checked, as one would be run that got past the guard."""
    read = reader.read_sandboxed if isinstance(reader, LadybugReader) else reader.read_plan_checked
    return read(statement, timeout=10, limit=10)


def in_folder(folder: Path, graph: Projection) -> GraphReader:
    """The graph in the embedded engine, in an empty folder."""
    write_database(folder, [graph.tables()])
    return LadybugReader(folder)


def on_server(uri: str, graph: Projection) -> GraphReader:
    """The graph on a Neo4j server, whose one database it takes over."""
    write_graph(uri, graph, 1)
    return open_store(uri)
