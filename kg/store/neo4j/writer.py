"""The graph of a build on its way to a Neo4j server."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import neo4j

from kg.errors import StoreError
from kg.schema import EDGE_TYPES, GRAPH_SCHEMA_VERSION, NODE_TYPES
from kg.schema.changes import Changes
from kg.schema.rows import without_nulls
from kg.schema.tables import Tables
from kg.statements import schema_statement
from kg.store.neo4j import last_sent
from kg.store.neo4j.connection import ENGINE, Neo4jConnection
from kg.store.protocols import GraphWriter, MakeIndex, Progress, Version, no_progress

_MOST_CHANGES = 50_000
"""Nodes and edges in one transaction, which a server holds in memory until its end."""

_BATCH = 5_000
_REMOVED_AT_ONCE = 10_000

_Run = Callable[..., int]


class Neo4jWriter(GraphWriter):
    """Makes the graph of a build the whole content of a server.

    Where the server still has the graph that was last sent, a difference that is not too large is sent in one
    transaction, so that readers see the graph before or the graph after. Otherwise everything is sent in batches.
    """

    def __init__(
        self,
        uri: str,
        sent: Path,
        build: int,
        make_index: MakeIndex,
        progress: Progress = no_progress,
        *,
        whole: bool = False,
    ) -> None:
        """Takes the address; `write` connects.

        Args:
            uri: the server's address.
            sent: folder that keeps the graph that was last sent; it may be deleted at any time.
            build: number of the build.
            make_index: makes its search index.
            progress: called with how much is written.
            whole: send everything, whatever was last sent.
        """
        self._uri = uri
        self._sent = sent
        self._build = build
        self._make_index = make_index
        self._progress = progress
        self._whole = whole

    def begin(self, graph: Tables, labels: frozenset[str]) -> None:
        """Does nothing: a server gets the graph as a whole."""

    def write(self, graph: Tables) -> None:
        """Sends the graph, then makes its index; see `GraphWriter.write`."""
        server = Neo4jConnection(self._uri)
        try:
            since = server.version()
            whole = self._whole or since.schema != GRAPH_SCHEMA_VERSION
            before = None if whole else last_sent.load(self._sent, since)
            changes = Changes.between(before, graph) if before else None
            if changes and changes.size() <= _MOST_CHANGES:
                send_changes(server, changes, since, self._build, self._progress)
            else:
                send_all(server, graph, self._build, self._progress)
            version = server.version()
        finally:
            server.close()
        last_sent.save(self._sent, version, graph)
        self._make_index(graph, version, None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Does nothing: `write` leaves no connection open."""


def send_all(server: Neo4jConnection, graph: Tables, build: int, progress: Progress = no_progress) -> None:
    """Upserts a graph, then removes what an earlier build left; readers see each batch as it commits.

    Raises:
        StoreError: the server cannot be reached or refuses, or an edge has no node at one of its ends.
    """
    with server.errors(), server.session(neo4j.WRITE_ACCESS) as session:
        run = _runner(build, lambda *statement: session.execute_write(_count, *statement))
        for node in NODE_TYPES:
            session.run(schema_statement(ENGINE, "constraint", label=node.label)).consume()
        run("begin", {"finished": None})
        _everywhere("disown", run)
        _merge(graph, run, progress)
        _everywhere("remove", run)
        run("finish", {})


def send_changes(
    server: Neo4jConnection, changes: Changes, since: Version, build: int, progress: Progress = no_progress
) -> None:
    """Writes what is new and removes what is gone in one transaction: readers see the graph before or after it.

    Args:
        server: what is written to.
        changes: since the version that is there.
        since: that version.
        build: number of the new one.
        progress: called with how much is written.

    Raises:
        StoreError: the server cannot be reached or refuses, has another version, or an edge has no node at one of its
            ends.
    """

    def write(transaction: neo4j.ManagedTransaction) -> None:
        run = _runner(build, partial(_count, transaction))
        if not run("begin", {"finished": since.build}):
            if server.version().number == build:
                # The connection broke after the commit of the first try.
                return
            raise StoreError(f"another build has written to {server.uri} meanwhile: build again with `kg build`")
        _delete(changes.gone, run)
        _merge(changes.new, run, progress)
        run("finish", {})

    with server.errors(), server.session(neo4j.WRITE_ACCESS) as session:
        session.execute_write(write)


def _runner(build: int, execute: Callable[[str, Mapping[str, Any]], int]) -> _Run:
    """Runs statements of a build by name; gives the number of rows that each reports."""

    known = {"build": build, "schema": GRAPH_SCHEMA_VERSION}

    def run(name: str, parameters: Mapping[str, Any], **identifiers: str) -> int:
        return execute(schema_statement(ENGINE, name, **identifiers), {**known, **parameters})

    return run


def _count(transaction: neo4j.ManagedTransaction, statement: str, parameters: Mapping[str, Any]) -> int:
    record = transaction.run(statement, dict(parameters)).single()
    return cast(int, record["rows"]) if record else 0


def _merge(graph: Tables, run: _Run, progress: Progress) -> None:
    """Creates nodes and edges, or sets the properties of those that are there."""
    nodes, edges = graph.size()
    done = 0
    for label, table in graph.nodes.items():
        for batch in table.iter_slices(_BATCH):
            run("merge_nodes", {"rows": [without_nulls(row) for row in batch.to_dicts()]}, label=label)
            done += batch.height
            progress("nodes", done, nodes)
    done = 0
    for (label, source, target), table in graph.edges.items():
        for batch in table.iter_slices(_BATCH):
            rows = [
                {"source": row.pop("source"), "target": row.pop("target"), "properties": without_nulls(row)}
                for row in batch.to_dicts()
            ]
            if run("merge_edges", {"rows": rows}, type=label, source=source, target=target) < batch.height:
                raise StoreError(f"an edge {label} from {source} to {target} has no node at one of its ends")
            done += batch.height
            progress("edges", done, edges)


def _delete(graph: Tables, run: _Run) -> None:
    for (label, source, target), table in graph.edges.items():
        for batch in table.select("source", "target").iter_slices(_BATCH):
            run("delete_edges", {"rows": batch.to_dicts()}, type=label, source=source, target=target)
    for label, table in graph.nodes.items():
        for batch in table.select("id").iter_slices(_BATCH):
            run("delete_nodes", {"rows": batch.to_dicts()}, label=label)


def _everywhere(what: str, run: _Run) -> None:
    """Disowns or removes edges and nodes, batch by batch."""
    for edge in EDGE_TYPES:
        while run(f"{what}_edges", {"batch": _REMOVED_AT_ONCE}, type=edge.label):
            pass
    for node in NODE_TYPES:
        while run(f"{what}_nodes", {"batch": _REMOVED_AT_ONCE}, label=node.label):
            pass
