"""The graph on a Neo4j server or cluster."""

import re
from asyncio import CancelledError
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError
from neo4j.graph import Node, Path, Relationship

from kg.errors import CitegraphError, ExhaustedError, NotUnderstoodError, RefusedError, StoreError
from kg.schema import EDGE_TYPES, NODE_TYPES
from kg.schema.projection import present
from kg.statements import schema_statement
from kg.store import answers
from kg.store.base import BYTES, Graph, Progress, Table, Version
from kg.store.neo4j.plan_check import READING, operators
from kg.store.rows import silent, tables

if TYPE_CHECKING:
    from kg.schema.changes import Changes
    from kg.schema.tables import Tables

BUILD = "_build"
"""Property that marks what a build wrote with the build's number."""

FINISHED = "_finished"
"""Property of the first paper: when the last build was written to its end, in milliseconds since 1970."""

_BATCH = 5_000
_REMOVED_AT_ONCE = 10_000
_EXPLAIN = "EXPLAIN "
_PLANNED_WITHIN = 10.0
_POSITION = re.compile(r"\(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)")


class Neo4jStore:
    """A graph in one database of a Neo4j server; other labels in the same database are left alone.

    Safe to use from several threads.
    """

    engine = "neo4j"

    def __init__(self, uri: str, user: str, password: str | None, database: str | None = None) -> None:
        """Connects.

        Args:
            uri: `bolt://HOST:PORT`, `neo4j://…` for a cluster, with `+s` or `+ssc` for TLS.
            user: user name.
            password: None where the server asks for none.
            database: None for the user's own default.

        Raises:
            StoreError: the server does not answer or does not let the user in.
        """
        self._uri = uri
        self._database = database
        with self._errors():
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password) if password is not None else None,
                connection_timeout=10,
                max_transaction_retry_time=5,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
            try:
                self._driver.verify_connectivity()
            except BaseException:
                self._driver.close()
                raise
        self._check_plan = lru_cache(maxsize=1024)(self._explain)

    def version(self) -> Version:
        """The last build that was written to its end; see `GraphStore.version`."""
        with self._errors(), self._session(neo4j.READ_ACCESS) as session:
            record = session.run(schema_statement(self.engine, "finished")).single()
        place = f"{self._uri}/{self._database or ''}"
        if record is None:
            return Version(place, None)
        return Version(place, cast(int | None, record["build"]), number=cast(int | None, record["number"]))

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement; see `GraphStore.read`."""
        with self._session(neo4j.READ_ACCESS) as session:
            return self._fetch(session, statement, parameters, timeout, limit, None)

    def read_confined(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Runs a stranger's statement whose plan only reads; see `GraphStore.read_confined`."""
        with self._session(neo4j.READ_ACCESS) as session:
            with self._errors(timeout, _EXPLAIN):
                self._check_plan(statement)
            return self._fetch(session, statement, parameters, timeout, limit, BYTES)

    def _fetch(
        self,
        session: neo4j.Session,
        statement: str,
        parameters: Mapping[str, Any] | None,
        timeout: float | None,
        limit: int | None,
        most: int | None,
    ) -> Table:
        """Runs a statement in a read transaction, for at most so many rows and about so many bytes."""
        given = dict(parameters or {})

        def fetch(transaction: neo4j.ManagedTransaction) -> Table:
            result = transaction.run(statement, given)
            rows: list[list[Any]] = []
            size = 0
            for record in result:
                row = [_plain(value) for value in record.values()]
                size += 0 if most is None else answers.size(row)
                if len(rows) == limit or (most is not None and size > most):
                    if not rows and limit:
                        raise ExhaustedError(f"a row of the answer has more than {BYTES >> 20} MB: return less of it")
                    return Table(list(result.keys()), rows, truncated=True)
                rows.append(row)
            return Table(list(result.keys()), rows)

        def stoppable(transaction: neo4j.ManagedTransaction) -> Table:
            try:
                return fetch(transaction)
            except KeyboardInterrupt as interrupt:
                # Of all exceptions, the driver cuts the connection for this one, and the server stops the statement;
                # for others it waits until the server has an answer.
                raise CancelledError from interrupt

        with self._errors(timeout):
            try:
                return session.execute_read(neo4j.unit_of_work(timeout=timeout)(stoppable))
            except CancelledError as cancelled:
                raise KeyboardInterrupt from cancelled
            except (TypeError, ValueError, OverflowError) as error:
                raise NotUnderstoodError(f"a parameter has a value that Neo4j cannot take: {error}") from error

    def plan(self, statement: str, parameters: Mapping[str, Any] | None = None) -> str:
        """How the server would run a stranger's statement; see `GraphStore.plan`."""
        with self._errors(_PLANNED_WITHIN), self._session(neo4j.READ_ACCESS) as session:
            self._check_plan(statement)
            explained = neo4j.Query(_EXPLAIN + statement, timeout=_PLANNED_WITHIN)
            plan = cast(dict[str, Any], session.run(explained, dict(parameters or {})).consume().plan)
        return str(plan["args"].get("string-representation", plan["operatorType"]))

    def write(self, graph: Graph, build: int, progress: Progress | None = None) -> None:
        """Upserts a graph, then removes what an earlier build left; readers see each batch as it commits.

        Raises:
            StoreError: the server cannot be reached or refuses, or an edge has no node at one of its ends.
        """
        with self._errors(), self._session(neo4j.WRITE_ACCESS) as session:
            run = self._runner(build, lambda *statement: session.execute_write(_count, *statement))
            for node in NODE_TYPES:
                session.run(schema_statement(self.engine, "constraint", label=node.label)).consume()
            run("begin", {"finished": None})
            _everywhere("disown", run)
            _merge(tables(graph), run, progress or silent)
            _everywhere("remove", run)
            run("finish", {})

    def change(self, changes: "Changes", since: Version, build: int, progress: Progress | None = None) -> None:
        """Writes what is new and removes what is gone in one transaction: readers see the graph before or after it.

        Args:
            changes: since the version that is there.
            since: that version.
            build: number of the new one.
            progress: told how much is written.

        Raises:
            StoreError: the server cannot be reached or refuses, has another version, or an edge has no node at one of
                its ends.
        """

        def write(transaction: neo4j.ManagedTransaction) -> None:
            run = self._runner(build, partial(_count, transaction))
            if not run("begin", {"finished": since.build}):
                if self.version().number == build:
                    # The connection broke after the commit of the first try.
                    return
                raise StoreError(f"another build has written to {self._uri} meanwhile: build again with `kg build`")
            _delete(changes.gone, run)
            _merge(changes.new, run, progress or silent)
            run("finish", {})

        with self._errors(), self._session(neo4j.WRITE_ACCESS) as session:
            session.execute_write(write)

    def close(self) -> None:
        """Closes all connections."""
        self._driver.close()

    def _runner(self, build: int, execute: Callable[[str, Mapping[str, Any]], int]) -> "_Run":
        """Runs statements of a build by name; gives the rows that each counts."""

        def run(name: str, parameters: Mapping[str, Any], **identifiers: str) -> int:
            return execute(schema_statement(self.engine, name, **identifiers), {"build": build, **parameters})

        return run

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access)

    def _explain(self, statement: str) -> None:
        """Refuses what is no read of the graph by the server's own plan for it, which is not run."""
        with self._session(neo4j.READ_ACCESS) as session:
            summary = session.run(neo4j.Query(_EXPLAIN + statement, timeout=_PLANNED_WITHIN)).consume()
        if summary.query_type != "r" or not summary.plan:
            raise RefusedError("rule 'plan': statements may only read the graph")
        plan = cast(dict[str, Any], summary.plan)
        if others := sorted(set(operators(plan)) - READING):
            raise RefusedError(f"rule 'plan': {others[0]} is not among the operators that only read the graph")

    @contextmanager
    def _errors(self, timeout: float | None = None, prefix: str = "") -> Iterator[None]:
        """The driver's errors as ours; the prefix is what was put before the user's statement."""
        try:
            yield
        except AuthError as error:
            raise StoreError(
                f"{self._uri} does not let the user in: check NEO4J_USERNAME and NEO4J_PASSWORD"
            ) from error
        except Neo4jError as error:
            raise _reason(error, timeout, prefix) from error
        except (DriverError, OSError) as error:
            cause = " ".join(str(error).split())
            raise StoreError(
                f"cannot reach {self._uri}: check that Neo4j runs there, and the port ({cause})"
            ) from error


_Run = Callable[..., int]


def _count(transaction: neo4j.ManagedTransaction, statement: str, parameters: Mapping[str, Any]) -> int:
    record = transaction.run(statement, dict(parameters)).single()
    return cast(int, record["rows"]) if record else 0


def _merge(graph: "Tables", run: _Run, progress: Progress) -> None:
    nodes, edges = graph.size()
    done = 0
    for label, table in graph.nodes.items():
        for batch in table.iter_slices(_BATCH):
            run("merge_nodes", {"rows": [present(row) for row in batch.to_dicts()]}, label=label)
            done += batch.height
            progress("nodes", done, nodes)
    done = 0
    for (label, source, target), table in graph.edges.items():
        for batch in table.iter_slices(_BATCH):
            sent = [
                {"source": row.pop("source"), "target": row.pop("target"), "properties": present(row)}
                for row in batch.to_dicts()
            ]
            if run("merge_edges", {"rows": sent}, type=label, source=source, target=target) < batch.height:
                raise StoreError(f"an edge {label} from {source} to {target} has no node at one of its ends")
            done += batch.height
            progress("edges", done, edges)


def _delete(graph: "Tables", run: _Run) -> None:
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


def _plain(value: Any) -> Any:
    """The driver's value in the form that all engines share."""
    match value:
        case Node():
            return answers.node(min(value.labels, default=""), _without_mark(value))
        case Relationship():
            return answers.edge(value.type, _without_mark(value))
        case Path():
            inner = [item for pair in zip(value.relationships, value.nodes[1:], strict=True) for item in pair]
            return [_plain(item) for item in (value.start_node, *inner)]
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(item) for name, item in value.items() if name not in (BUILD, FINISHED)}
        case _:
            return answers.scalar(value)


def _without_mark(entity: Node | Relationship) -> dict[str, Any]:
    return {name: item for name, item in entity.items() if name not in (BUILD, FINISHED)}


def _reason(error: Neo4jError, timeout: float | None, prefix: str) -> CitegraphError:
    """The server's error as one of ours, in one line."""
    code = error.code or ""
    line = " ".join((error.message or code).split('\n"')[0].split())
    line = _POSITION.sub(lambda position: _place(position, len(prefix)), line)
    if "TimedOut" in code or "Terminated" in code:
        return ExhaustedError(f"stopped after {timeout or 0:g} seconds: narrow it down")
    if "OutOfMemory" in code:
        return ExhaustedError("the statement needs more memory than it may have: narrow it down")
    if code.endswith("Statement.AccessMode"):
        return RefusedError("statements may only read the graph")
    if ".DatabaseNotFound" in code:
        return StoreError(f"{line}: check NEO4J_DATABASE")
    if ".ClientError.Statement." in code:
        return NotUnderstoodError(line)
    return StoreError(line)


def _place(position: re.Match[str], before: int) -> str:
    """Where in the user's own statement an error is."""
    line, column = int(position["line"]), int(position["column"])
    return f"(line {line}, column {column - before if line == 1 else column})"
