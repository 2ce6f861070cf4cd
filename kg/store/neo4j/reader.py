"""A Neo4j server's graph, open for reading."""

from asyncio import CancelledError
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

import neo4j
from neo4j.graph import Node, Path, Relationship

from kg.errors import ExhaustedError, NotUnderstoodError, RefusedError
from kg.store import result_values
from kg.store.neo4j.connection import ENGINE, Neo4jConnection
from kg.store.neo4j.plan_check import READING, operators
from kg.store.protocols import MAX_BYTES, ExecutionPlan, GraphReader, Table, Version
from kg.store.schema_version import check_schema_version
from kg.syntax import guard

BUILD = "_build"
"""Property that marks what a build wrote with the build's number."""

FINISHED = "_finished"
"""Property of the first paper: when the last build was written to its end, in milliseconds since 1970."""

SCHEMA = "_schema"
"""Property of the first paper: version of the schema of that build; missing where citegraph 0.1.0 wrote it."""

_MARKS = (BUILD, FINISHED, SCHEMA)
_EXPLAIN = "EXPLAIN "
_PROFILE = "PROFILE "
_PLANNED_WITHIN = 10.0


class Neo4jReader(GraphReader):
    """A graph in one database of a Neo4j server; nodes with other labels in the same database are left alone.

    Safe to use from several threads.
    """

    engine = ENGINE

    def __init__(self, uri: str) -> None:
        """Connects; see `Neo4jConnection`.

        Raises:
            StoreError: the server does not answer or does not let the user in.
            VersionError: its graph has another version of the schema.
        """
        self._server = Neo4jConnection(uri)
        try:
            self.version()
        except BaseException:
            self._server.close()
            raise
        self._check_plan = lru_cache(maxsize=1024)(self._explain)

    def version(self) -> Version:
        """The last build that was written to its end; see `GraphReader.version`.

        Raises:
            StoreError: the server cannot be reached.
            VersionError: another citegraph has written a graph with another version of the schema.
        """
        version = self._server.version()
        if version.schema is not None:
            check_schema_version(f"the graph on {self._server.uri}", version.schema)
        return version

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement; see `GraphReader.read`."""
        with self._server.session(neo4j.READ_ACCESS) as session:
            return self._fetch(session, statement, parameters, timeout, limit, None)

    def read_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Checks a statement and its plan, and runs it in a read transaction; see `GraphReader.read_untrusted`."""
        _, values = guard.check_with_values(statement, self.engine, parameters)
        return replace(self.read_plan_checked(statement, values, timeout=timeout, limit=limit), parameters=values)

    def explain_untrusted(self, statement: str, parameters: Mapping[str, Any] | None = None) -> ExecutionPlan:
        """Checks a statement, and gives the server's plan for it; see `GraphReader.explain_untrusted`."""
        _, values = guard.check_with_values(statement, self.engine, parameters)
        with self._server.errors(_PLANNED_WITHIN), self._server.session(neo4j.READ_ACCESS) as session:
            self._check_plan(statement)
            explained = neo4j.Query(_EXPLAIN + statement, timeout=_PLANNED_WITHIN)
            plan = cast(dict[str, Any], session.run(explained, values).consume().plan)
        text = str(plan["args"].get("string-representation", plan["operatorType"]))
        return ExecutionPlan(statement, values, text)

    def profile_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> ExecutionPlan:
        """Checks a statement and its plan, and runs it for its profile; see `GraphReader.profile_untrusted`."""
        _, values = guard.check_with_values(statement, self.engine, parameters)
        try:
            with self._server.session(neo4j.READ_ACCESS) as session:
                with self._server.errors(timeout, _EXPLAIN):
                    self._check_plan(statement)
                with self._server.errors(timeout):
                    try:
                        result = session.run(neo4j.Query(_PROFILE + statement, timeout=timeout), values)
                        # The server has a profile only of a statement that ran to its end.
                        number = sum(1 for _ in result)
                        profile = cast(dict[str, Any], result.consume().profile)
                    except KeyboardInterrupt as interrupt:
                        # As in `_fetch`, so that the server stops the statement.
                        raise CancelledError from interrupt
        except CancelledError as cancelled:
            raise KeyboardInterrupt from cancelled
        text = str(profile["args"].get("string-representation", profile["operatorType"]))
        return ExecutionPlan(statement, values, f"{result_values.counted(number, limit)}\n{text}")

    def read_plan_checked(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Runs a statement in a read transaction, unless the server's plan for it does more than read the graph.

        Args:
            statement: Cypher.
            parameters: values of its `$names`.
            timeout: seconds after which the server stops it.
            limit: rows after which the answer is cut, and marked truncated; so it is after `MAX_BYTES`.

        Raises:
            CitegraphError: as for `GraphReader.read_untrusted`.
        """
        with self._server.session(neo4j.READ_ACCESS) as session:
            with self._server.errors(timeout, _EXPLAIN):
                self._check_plan(statement)
            return self._fetch(session, statement, parameters, timeout, limit, MAX_BYTES)

    def _fetch(
        self,
        session: neo4j.Session,
        statement: str,
        parameters: Mapping[str, Any] | None,
        timeout: float | None,
        limit: int | None,
        max_bytes: int | None,
    ) -> Table:
        """Runs a statement in a read transaction, for at most so many rows and about so many bytes."""
        given = dict(parameters or {})

        def fetch(transaction: neo4j.ManagedTransaction) -> Table:
            result = transaction.run(statement, given)
            rows: list[list[Any]] = []
            size = 0
            for record in result:
                row = [_plain(value) for value in record.values()]
                size += 0 if max_bytes is None else result_values.size(row)
                if len(rows) == limit or (max_bytes is not None and size > max_bytes):
                    if not rows and limit:
                        raise ExhaustedError(
                            f"a row of the answer has more than {MAX_BYTES >> 20} MB: return less of it"
                        )
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

        with self._server.errors(timeout):
            try:
                return session.execute_read(neo4j.unit_of_work(timeout=timeout)(stoppable))
            except CancelledError as cancelled:
                raise KeyboardInterrupt from cancelled
            except (TypeError, ValueError, OverflowError) as error:
                raise NotUnderstoodError(f"a parameter has a value that Neo4j cannot take: {error}") from error

    def close(self) -> None:
        """Closes all connections."""
        self._server.close()

    def _explain(self, statement: str) -> None:
        """Refuses what is no read of the graph by the server's own plan for it, which is not run."""
        with self._server.session(neo4j.READ_ACCESS) as session:
            summary = session.run(neo4j.Query(_EXPLAIN + statement, timeout=_PLANNED_WITHIN)).consume()
        if summary.query_type != "r" or not summary.plan:
            raise RefusedError("rule 'plan': statements may only read the graph")
        plan = cast(dict[str, Any], summary.plan)
        if others := sorted(set(operators(plan)) - READING):
            raise RefusedError(f"rule 'plan': {others[0]} is not among the operators that only read the graph")


def _plain(value: Any) -> Any:
    """The driver's value in the form that all engines share."""
    match value:
        case Node():
            return result_values.node(min(value.labels, default=""), _without_marks(value))
        case Relationship():
            return result_values.edge(value.type, _without_marks(value))
        case Path():
            inner = [item for pair in zip(value.relationships, value.nodes[1:], strict=True) for item in pair]
            return [_plain(item) for item in (value.start_node, *inner)]
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(item) for name, item in value.items() if name not in _MARKS}
        case _:
            return result_values.scalar(value)


def _without_marks(entity: Node | Relationship) -> dict[str, Any]:
    return {name: item for name, item in entity.items() if name not in _MARKS}
