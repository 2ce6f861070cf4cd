"""The graph embedded in this process, in a LadybugDB database file."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, cast

import ladybug
import pyarrow as pa

from kg.errors import CitegraphError, ExhaustedError, NotUnderstoodError, RefusedError, StoreError
from kg.schema import EDGE_TYPES, NODE_TYPES, Kind, Projection, Property, Value
from kg.statements import schema_statement
from kg.store import answers, guard
from kg.store.base import Progress, Table
from kg.store.rows import batches, by_ends, silent

DATABASE = "graph.lbug"

_GIB = 1 << 30
# The engine reserves this much address space, a power of two, whatever the file's size; by default 8 TiB.
_WRITE_SPACE = 256 * _GIB
_READ_SPACE = 4 * _GIB
_WRITE_POOL = 2 * _GIB
_READ_POOL = 1 * _GIB
_BATCH = 100_000

_TYPES = {
    Kind.STRING: ("STRING", pa.string()),
    Kind.INTEGER: ("INT64", pa.int64()),
    Kind.NUMBER: ("DOUBLE", pa.float64()),
    Kind.BOOLEAN: ("BOOL", pa.bool_()),
    Kind.STRINGS: ("STRING[]", pa.list_(pa.string())),
}


class LadybugStore:
    """A graph in one database file, which a build writes once and any number of processes then read.

    Safe to use from several threads: each read has a connection of its own.
    """

    engine = "ladybug"

    def __init__(self, file: Path, *, writable: bool) -> None:
        """Takes the database file, which the first read opens; see `create` and `open`."""
        self._file = file
        self._writable = writable
        self._database: ladybug.Database | None = None
        self._idle: list[ladybug.Connection] = []
        self._running = 0
        self._reads = threading.Condition()

    @classmethod
    def create(cls, folder: Path) -> "LadybugStore":
        """A store that `write` may fill, in a folder that is made if missing.

        Raises:
            StoreError: the folder cannot be made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make the folder {folder}: {error.strerror}") from error
        return cls(folder / DATABASE, writable=True)

    @classmethod
    def open(cls, folder: Path) -> "LadybugStore":
        """A store that can only be read.

        Raises:
            StoreError: there is no database in the folder, or it cannot be opened.
        """
        store = cls(folder / DATABASE, writable=False)
        store._database = _open(store._file)
        return store

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement; see `GraphStore.read`."""
        given = dict(parameters or {})
        guard.check(statement, given)
        with self._connection() as connection:
            # The engine takes 0 for no limit.
            connection.set_query_timeout(max(1, round(timeout * 1000)) if timeout else 0)
            try:
                with cast(ladybug.QueryResult, connection.execute(statement, given)) as result:
                    wanted = islice(result, None if limit is None else limit + 1)
                    rows = [[_plain(value) for value in row] for row in wanted]
                    columns = result.get_column_names()
            except (RuntimeError, MemoryError) as error:
                raise _reason(str(error), timeout) from error
        return Table(columns, rows[:limit], limit is not None and len(rows) > limit)

    def write(self, projection: Projection, build: int, progress: Progress | None = None) -> None:
        """Makes the projection the whole content; the build's number is that of the folder.

        Raises:
            StoreError: the store was opened for reading, or the projection or the file system refuses.
        """
        if not self._writable:
            raise StoreError(f"{self._file} is read-only: a build writes a folder of its own")
        self.close()
        for old in self._file.parent.glob(f"{DATABASE}*"):
            old.unlink()
        try:
            database = ladybug.Database(self._file, buffer_pool_size=_WRITE_POOL, max_db_size=_WRITE_SPACE)
            try:
                with ladybug.Connection(database) as connection:
                    _create_tables(connection)
                    _copy(database, projection, progress or silent)
                    connection.execute(schema_statement(self.engine, "checkpoint"))
            finally:
                database.close()
        except (RuntimeError, pa.ArrowException, UnicodeError) as error:
            raise StoreError(f"cannot write {self._file}: {error}") from error

    def close(self) -> None:
        """Closes the file once running reads have ended; a later read opens it again."""
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
        """A connection that no other thread uses, kept for a later read."""
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


def _open(file: Path) -> ladybug.Database:
    try:
        size = file.stat().st_size
    except OSError as error:
        raise StoreError(f"there is no graph in {file.parent}: {error.strerror}") from error
    space = _READ_SPACE
    while space < 4 * size:
        space *= 2
    try:
        return ladybug.Database(file, buffer_pool_size=_READ_POOL, max_db_size=space, read_only=True)
    except RuntimeError as error:
        raise StoreError(f"cannot open {file}: {error}; build it again with `kg build`") from error


def _create_tables(connection: ladybug.Connection) -> None:
    for node in NODE_TYPES:
        columns = _columns(prop for prop in node.properties if prop.name != "id")
        connection.execute(schema_statement("ladybug", "node_table", label=node.label, columns=columns))
    for edge in EDGE_TYPES:
        (source, target), *others = edge.ends
        ends = [{"source": source, "target": target} for source, target in others]
        columns = _columns(edge.properties)
        statement = schema_statement(
            "ladybug", "edge_table", type=edge.label, source=source, target=target, ends=ends, columns=columns
        )
        connection.execute(statement)
    connection.execute(schema_statement("ladybug", "type_macro"))


def _columns(properties: Iterable[Property]) -> list[dict[str, str]]:
    return [{"name": prop.name, "type": _TYPES[prop.kind][0]} for prop in properties]


def _copy(database: ladybug.Database, projection: Projection, progress: Progress) -> None:
    nodes, edges = projection.size()
    done = 0
    for node in NODE_TYPES:
        statement = schema_statement("ladybug", "copy_nodes", label=node.label)
        for batch in batches(projection.nodes[node.label].values(), _BATCH):
            _load(database, statement, _arrow(node.properties, batch))
            done += len(batch)
            progress("nodes", done, nodes)
    done = 0
    for edge in EDGE_TYPES:
        for (source, target), group in by_ends(projection.edges[edge.label]).items():
            statement = schema_statement("ladybug", "copy_edges", type=edge.label, source=source, target=target)
            for rows in batches(group, _BATCH):
                ends = {"_from": [row.source for row in rows], "_to": [row.target for row in rows]}
                _load(database, statement, _arrow(edge.properties, [row.properties for row in rows], ends))
                done += len(rows)
                progress("edges", done, edges)


def _load(database: ladybug.Database, statement: str, table: pa.Table) -> None:
    # A connection keeps the tables that it was given until it is closed.
    with ladybug.Connection(database) as connection:
        connection.execute(statement, {"rows": table})


def _arrow(
    properties: tuple[Property, ...],
    rows: Sequence[Mapping[str, Value]],
    ends: Mapping[str, list[str]] | None = None,
) -> pa.Table:
    """A column for each property, typed by the schema, after those of an edge's ends."""
    columns = {name: pa.array(ids, pa.string()) for name, ids in (ends or {}).items()}
    for prop in properties:
        columns[prop.name] = pa.array([row.get(prop.name) for row in rows], _TYPES[prop.kind][1])
    return pa.table(columns)


def _plain(value: Any) -> Any:
    """The engine's value in the form that all engines share."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return answers.scalar(value)
    if "_NODES" in value:
        return _path(value["_NODES"], value["_RELS"])
    properties = {name: item for name, item in value.items() if name not in ("_ID", "_LABEL", "_SRC", "_DST")}
    if "_SRC" in value:
        return answers.edge(value["_LABEL"], properties)
    if "_LABEL" in value:
        return answers.node(value["_LABEL"], properties)
    return {str(name): _plain(item) for name, item in value.items()}


def _path(nodes: list[Any], edges: list[Any]) -> list[Any]:
    """Nodes and edges by turns; the edges alone for a variable-length edge, whose end nodes the engine leaves out."""
    if len(nodes) < len(edges):
        return [_plain(edge) for edge in edges]
    return [_plain(item) for pair in zip_longest(nodes, edges) for item in pair if item is not None]


def _reason(message: str, timeout: float | None) -> CitegraphError:
    """The engine's error as one of ours, in one line."""
    line = " ".join(message.split('\n"')[0].split())
    if "Interrupted" in line:
        return ExhaustedError(f"stopped after {timeout or 0:g} seconds: narrow it down")
    if "Buffer manager exception" in line or "bad_alloc" in line:
        return ExhaustedError("the statement needs more memory than it may have: narrow it down")
    if "read-only database" in line:
        return RefusedError("statements may only read the graph")
    if line.startswith("IO exception"):
        return StoreError(line)
    if line.startswith("Assertion failed"):
        return NotUnderstoodError("LadybugDB cannot run this combination of clauses")
    return NotUnderstoodError(line)
