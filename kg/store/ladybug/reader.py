"""The embedded graph of a build, in a LadybugDB database file, open for reading."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, cast

import ladybug

from kg.errors import CitegraphError, ExhaustedError, NotUnderstoodError, RefusedError, StoreError
from kg.interpreter.values import MAX_INTEGER, MIN_INTEGER
from kg.statements import schema_statement
from kg.store import result_values
from kg.store.ladybug.sandbox import EngineError, SandboxPool
from kg.store.ladybug.static_checks import check_statement
from kg.store.ladybug.translation import UntranslatableError, plan_statement, translate, unsupported
from kg.store.protocols import ExecutionPlan, GraphReader, Table, Version
from kg.store.schema_version import check_schema_version, schema_version_of
from kg.syntax import guard, tree

DATABASE = "graph.lbug"

_GIB = 1 << 30
# The engine reserves this much address space, a power of two, whatever the size of the file; its default is 8 TiB.
_READ_SPACE = 4 * _GIB
_READ_POOL = 1 * _GIB
_PLANNED_WITHIN = 10.0
_ROWS = re.compile(r"RESULT_COLLECTOR\[.*?NumOutputTuples: (\d+)", re.DOTALL)
_INTERPRETED = "citegraph runs this statement, and the engine of it:"
_WITHOUT_ENGINE = "citegraph runs this statement without the engine"


class LadybugReader(GraphReader):
    """The graph of one build, in a database file that any number of processes may read.

    Safe to use from several threads: each read has a connection of its own.
    """

    engine = "ladybug"

    def __init__(self, folder: Path, sandbox: SandboxPool | None = None) -> None:
        """Opens the graph.

        Args:
            folder: of the build's graph.
            sandbox: the processes that run untrusted statements; its own where none are given.

        Raises:
            StoreError: there is no database in the folder, or it cannot be opened.
            VersionError: it has another version of the schema.
        """
        check_schema_version(f"the graph in {folder}", schema_version_of(folder))
        self._sandbox = sandbox or SandboxPool()
        self._file = folder / DATABASE
        self._database: ladybug.Database | None = _open(self._file)
        self._idle: list[ladybug.Connection] = []
        self._running = 0
        self._reads = threading.Condition()
        self._looped: frozenset[str] | None = None

    def version(self) -> Version:
        """The database file as it was written; see `GraphReader.version`."""
        try:
            written = self._file.stat().st_mtime_ns
        except OSError as error:
            raise StoreError(f"there is no graph in {self._file.parent}: {error.strerror}") from error
        return Version(str(self._file.absolute()), written)

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement; see `GraphReader.read`."""
        given = dict(parameters or {})
        with self._connection() as connection:
            # The engine takes 0 for no limit.
            connection.set_query_timeout(max(1, round(timeout * 1000)) if timeout else 0)
            try:
                with cast(ladybug.QueryResult, connection.execute(statement, given)) as result:
                    wanted = islice(result, None if limit is None else limit + 1)
                    rows = [[_plain(value) for value in row] for row in wanted]
                    columns = result.get_column_names()
            except (RuntimeError, MemoryError) as error:
                raise _our_error(str(error), timeout) from error
            except UnicodeDecodeError as error:
                raise StoreError(f"{self._file} is damaged ({error}): see `kg doctor`") from error
        return Table(columns, rows[:limit], limit is not None and len(rows) > limit)

    def read_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Checks a statement and runs it in a process of its own; see `GraphReader.read_untrusted`.

        The engine runs it whole where it evaluates all of it as Neo4j does; else it is interpreted.
        """
        query, values = guard.check_with_values(statement, self.engine, parameters)
        check_statement(query, values, statement)
        began = time.monotonic()
        try:
            translation = translate(query, values, limit + 1, self._loops(query))
            table = self.read_sandboxed(translation.statement, translation.parameters, timeout=timeout, limit=limit)
        except (UntranslatableError, NotUnderstoodError):
            pass
        else:
            if all(map(_in_range, table.rows)):
                return Table(translation.columns, table.rows, table.truncated, values)
        left = max(0.1, timeout - (time.monotonic() - began))
        return self._interpret(statement, query, values, left, limit)

    def _interpret(
        self, statement: str, query: tree.Query, values: dict[str, Any], timeout: float, limit: int
    ) -> Table:
        answer = self._run_interpreted(statement, query, values, timeout, limit)
        rows = [[_decoded(value) for value in row] for row in answer["rows"]]
        return Table(answer["columns"], rows, answer["truncated"], values)

    def _run_interpreted(
        self, statement: str, query: tree.Query, values: dict[str, Any], timeout: float, limit: int
    ) -> dict[str, Any]:
        """The answer of the sandbox to a checked statement; see `SandboxPool.interpret`."""
        plan = plan_statement(query, values, self._loops(query))
        try:
            space = _space(self._file)
            return self._sandbox.interpret(self._file, space, statement, values, plan, timeout, limit)
        except EngineError as error:
            ours = _our_error(str(error), timeout)
            if isinstance(ours, NotUnderstoodError):
                ours = unsupported("way to match these patterns", "match them one after the other, with WITH between")
            raise ours from error

    def explain_untrusted(self, statement: str, parameters: Mapping[str, Any] | None = None) -> ExecutionPlan:
        """Checks a statement, and gives the plan of what the engine runs; see `GraphReader.explain_untrusted`."""
        query, values = guard.check_with_values(statement, self.engine, parameters)
        check_statement(query, values, statement)
        try:
            translation = translate(query, values, loops=self._loops(query))
        except UntranslatableError:
            return self._explain_interpreted(query, values)
        plan = self._plan("EXPLAIN LOGICAL", translation.statement, translation.parameters, _PLANNED_WITHIN)
        return ExecutionPlan(translation.statement, translation.parameters, plan)

    def _explain_interpreted(self, query: tree.Query, values: Mapping[str, Any]) -> ExecutionPlan:
        statements = plan_statement(query, values, self._loops(query)).statements()
        plans = [self._plan("EXPLAIN LOGICAL", text, given, _PLANNED_WITHIN) for text, given in statements]
        text = "\n".join([_INTERPRETED if statements else _WITHOUT_ENGINE, *plans])
        return ExecutionPlan("\n".join(text for text, _ in statements), values, text)

    def profile_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> ExecutionPlan:
        """Checks and runs a statement for its plan with times; see `GraphReader.profile_untrusted`."""
        query, values = guard.check_with_values(statement, self.engine, parameters)
        check_statement(query, values, statement)
        try:
            translation = translate(query, values, limit + 1, self._loops(query))
        except UntranslatableError:
            return self._profile_interpreted(statement, query, values, timeout, limit)
        plan = self._plan("PROFILE", translation.statement, translation.parameters, timeout)
        # The last step of a statement collects its rows; the drawing has it first.
        rows = _ROWS.search(plan)
        number = f"{result_values.counted(int(rows[1]), limit)}\n" if rows else ""
        return ExecutionPlan(translation.statement, translation.parameters, f"{number}{plan}")

    def _profile_interpreted(
        self, statement: str, query: tree.Query, values: dict[str, Any], timeout: float, limit: int
    ) -> ExecutionPlan:
        answer = self._run_interpreted(statement, query, values, timeout, limit)
        steps = [f"{step['rows']} rows, {step['ms']:.1f} ms: {step['statement']}" for step in answer["steps"]]
        number = result_values.counted(len(answer["rows"]) + answer["truncated"], limit)
        text = "\n".join([number, _INTERPRETED if steps else _WITHOUT_ENGINE, *steps])
        return ExecutionPlan("\n".join(step["statement"] for step in answer["steps"]), values, text)

    def _plan(self, how: str, statement: str, parameters: Mapping[str, Any], timeout: float) -> str:
        """The engine's drawing of its plan for a statement in its own Cypher."""
        ((plan,),) = self.read_sandboxed(f"{how} {statement}", parameters, timeout=timeout, limit=1).rows
        return str(plan)

    def _loops(self, query: tree.Query) -> frozenset[str]:
        """Types of the graph's edges that begin and end at one node, if a statement has edges without direction.

        The engine finds such an edge twice there, Neo4j once. The graph does not change, so it is asked once.
        """
        if not any(isinstance(part, tree.EdgePattern) and part.direction == "-" for part in query.walk()):
            return frozenset()
        if self._looped is None:
            table = self.read(schema_statement(self.engine, "loops"))
            self._looped = frozenset(row[0] for row in table.rows)
        return self._looped

    def read_sandboxed(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Runs a statement in a process that can do nothing but read the graph, and is killed after a time.

        Args:
            statement: in the engine's own Cypher.
            parameters: values of its `$names`.
            timeout: seconds after which it is stopped, whatever it is doing.
            limit: rows after which the answer is cut, and marked truncated; so it is after `MAX_BYTES`.

        Raises:
            CitegraphError: as for `GraphReader.read_untrusted`.
        """
        try:
            space = _space(self._file)
            answer = self._sandbox.read(self._file, space, statement, parameters or {}, timeout, limit)
        except EngineError as error:
            raise _our_error(str(error), timeout) from error
        rows = [[_plain(value) for value in row] for row in answer["rows"]]
        return Table(answer["columns"], rows, answer["truncated"])

    def close(self) -> None:
        """Closes the file once running reads have ended; a later read opens it again."""
        self._sandbox.close()
        with self._reads:
            self._reads.wait_for(lambda: not self._running)
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            if self._database is not None:
                self._database.close()
                self._database = None

    @contextmanager
    def _connection(self) -> Iterator[ladybug.Connection]:
        """A connection that no other thread uses meanwhile; a later read uses it again."""
        with self._reads:
            self._database = self._database or _open(self._file)
            connection = self._idle.pop() if self._idle else ladybug.Connection(self._database)
            self._running += 1
        try:
            yield connection
        finally:
            with self._reads:
                self._idle.append(connection)
                self._running -= 1
                self._reads.notify_all()


def _in_range(row: list[Any]) -> bool:
    """Whether all integers of a row have 64 bits; the engine adds them in 128."""
    return all(not isinstance(value, int) or MIN_INTEGER <= value <= MAX_INTEGER for value in row)


def _decoded(value: Any) -> Any:
    """The value that `kg.interpreter.encoding` wrote, in the form that all engines give."""
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if not isinstance(value, dict):
        return result_values.scalar(value)
    ((kind, content),) = value.items()
    match kind:
        case "map":
            return {name: _decoded(item) for name, item in content.items()}
        case "node":
            return result_values.node(*content)
        case "edge":
            return result_values.edge(*content)
    return [_decoded(item) for item in content]


def _space(file: Path) -> int:
    """Bytes of address space to reserve for reading a database file.

    Raises:
        StoreError: there is none.
    """
    try:
        size = file.stat().st_size
    except OSError as error:
        raise StoreError(f"there is no graph in {file.parent}: {error.strerror}") from error
    space = _READ_SPACE
    while space < 4 * size:
        space *= 2
    return space


def _open(file: Path) -> ladybug.Database:
    space = _space(file)
    try:
        return ladybug.Database(file, buffer_pool_size=_READ_POOL, max_db_size=space, read_only=True)
    except RuntimeError as error:
        raise StoreError(f"cannot open {file}: {error}; build it again with `kg build`") from error


def _plain(value: Any) -> Any:
    """The engine's value in the form that all engines give."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return result_values.scalar(value)
    if "_NODES" in value:
        return _path(value["_NODES"], value["_RELS"])
    properties = {name: item for name, item in value.items() if name not in ("_ID", "_LABEL", "_SRC", "_DST")}
    if "_SRC" in value:
        return result_values.edge(value["_LABEL"], properties)
    if "_LABEL" in value:
        return result_values.node(value["_LABEL"], properties)
    return {str(name): _plain(item) for name, item in value.items()}


def _path(nodes: list[Any], edges: list[Any]) -> list[Any] | None:
    """A path as nodes and edges in turn; an edge of variable length, which has no end nodes here, as its edges."""
    if nodes and isinstance(nodes[0], dict) and nodes[0].get("_LABEL", "") is None:
        # The path of an OPTIONAL MATCH that found none.
        return None
    if len(nodes) < len(edges):
        return [_plain(edge) for edge in edges]
    return [_plain(item) for pair in zip_longest(nodes, edges) for item in pair if item is not None]


def _our_error(message: str, timeout: float | None) -> CitegraphError:
    """The engine's error as one of ours, in one line."""
    line = " ".join(message.split('\n"')[0].split())
    if "Interrupted" in line:
        return ExhaustedError(f"stopped after {round(timeout or 0, 1):g} seconds: narrow it down")
    if "Buffer manager exception" in line or "bad_alloc" in line:
        return ExhaustedError("the statement needs more memory than it may have: narrow it down")
    if "read-only database" in line:
        return RefusedError("statements may only read the graph")
    if line.startswith("IO exception"):
        return StoreError("the graph's file cannot be read: see `kg doctor`, or build again with `kg build`")
    if line.startswith(("Assertion failed", "unordered_map", "vector::", "map::", "Cannot evaluate expression")):
        return NotUnderstoodError("LadybugDB cannot run this combination of clauses")
    return NotUnderstoodError(line)
