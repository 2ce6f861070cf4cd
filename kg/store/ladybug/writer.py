"""The graph of a build on its way into a database file of its own."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

import ladybug
import polars as pl
import pyarrow as pa

from kg.errors import StoreError
from kg.schema import EDGE_TYPES, NODE_TYPES, Kind, Property
from kg.schema.tables import Tables
from kg.statements import schema_statement
from kg.store.data_folder import DataFolder
from kg.store.ladybug.reader import DATABASE
from kg.store.protocols import GraphWriter, MakeIndex, Progress, Version, no_progress
from kg.store.schema_version import write_schema_version

_ROWS = 1_000_000
"""Rows that are given to the engine at once: it writes its file after each time."""

_GIB = 1 << 30
# The engine reserves this much address space, a power of two, whatever the file's size; by default 8 TiB.
_SPACE = 256 * _GIB
_POOL = 2 * _GIB

_TYPES = {
    Kind.STRING: "STRING",
    Kind.INTEGER: "INT64",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOL",
    Kind.STRINGS: "STRING[]",
}


class LadybugWriter(GraphWriter):
    """Writes graph and index of a build into folders of their own, then makes the build current.

    What `begin` is given is written while the rest is still worked out, and the index is made beside the graph.
    """

    def __init__(self, folder: DataFolder, build: int, make_index: MakeIndex, progress: Progress = no_progress) -> None:
        """Takes the data folder, the number of the build, and what to call."""
        self._folder = folder
        self._build = build
        self._make_index = make_index
        self._progress = progress
        self._parts: SimpleQueue[Tables | None] = SimpleQueue()
        self._begun: frozenset[str] = frozenset()
        self._thread = ThreadPoolExecutor(1)
        self._written: Future[None] | None = None

    def begin(self, graph: Tables, labels: frozenset[str]) -> None:
        """Begins to write some labels; see `GraphWriter.begin`."""
        self._begun |= labels
        self._start()
        self._parts.put(graph.part(labels))

    def write(self, graph: Tables) -> None:
        """Writes the rest and the index, and makes the build current; see `GraphWriter.write`."""
        written = self._start()
        self._parts.put(graph.part(self._begun, but=True))
        self._parts.put(None)
        folder, before = self._folder, self._folder.current()
        version = Version(str(folder.path.absolute()), self._build, folder.search_folder(self._build), self._build)
        self._make_index(graph, version, folder.search_folder(before) if before else None)
        written.result()
        folder.publish(self._build)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for the thread that writes."""
        self._parts.put(None)
        self._thread.shutdown()

    def _start(self) -> Future[None]:
        if self._written is None:
            parts = iter(self._parts.get, None)
            folder = self._folder.graph_folder(self._build)
            self._written = self._thread.submit(write_database, folder, parts, self._progress)
        return self._written


def write_database(folder: Path, parts: Iterable[Tables], progress: Progress = no_progress) -> None:
    """Writes a graph as the database of a folder, in the place of any other.

    Args:
        folder: made if missing.
        parts: of the graph, each with the nodes that its edges or those of later parts need.
        progress: called with how much is written.

    Raises:
        StoreError: the graph breaks the schema, or the file system refuses.
    """
    file = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{DATABASE}*"):
            old.unlink()
        database = ladybug.Database(file, buffer_pool_size=_POOL, max_db_size=_SPACE)
        try:
            _load(database, parts, progress)
        finally:
            database.close()
        write_schema_version(folder)
    except OSError as error:
        raise StoreError(f"cannot write {file}: {error.strerror}") from error
    except (RuntimeError, pa.ArrowException, UnicodeError) as error:
        raise StoreError(f"cannot write {file}: {' '.join(str(error).split())}") from error


def _load(database: ladybug.Database, parts: Iterable[Tables], progress: Progress) -> None:
    """Makes the tables and fills them part by part, nodes before their edges, all into the one file that readers open.

    Raises:
        RuntimeError: the engine refuses.
    """
    with ladybug.Connection(database) as connection:
        _create(connection)
        for part in parts:
            _copy(database, part, progress)
        connection.execute(schema_statement("ladybug", "checkpoint"))


def _create(connection: ladybug.Connection) -> None:
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
    return [{"name": prop.name, "type": _TYPES[prop.kind]} for prop in properties]


def _copy(database: ladybug.Database, tables: Tables, progress: Progress) -> None:
    nodes, edges = tables.size()
    done = 0
    for label, table in tables.nodes.items():
        statement = schema_statement("ladybug", "copy_nodes", label=label)
        for rows in table.iter_slices(_ROWS):
            _run(database, statement, rows)
            done += rows.height
            progress("nodes", done, nodes)
    done = 0
    for (label, source, target), table in tables.edges.items():
        statement = schema_statement("ladybug", "copy_edges", type=label, source=source, target=target)
        for rows in table.iter_slices(_ROWS):
            _run(database, statement, rows.rename({"source": "_from", "target": "_to"}))
            done += rows.height
            progress("edges", done, edges)


def _run(database: ladybug.Database, statement: str, rows: pl.DataFrame) -> None:
    if not rows.height:
        return
    table = rows.to_arrow()
    # The engine knows Arrow's plain strings and lists, not those with long offsets.
    schema = pa.schema([(field.name, _plain(field.type)) for field in table.schema])
    # A connection keeps the tables that it was given until it is closed.
    with ladybug.Connection(database) as connection:
        connection.execute(statement, {"rows": table.cast(schema)})


def _plain(type_: pa.DataType) -> pa.DataType:
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return pa.list_(pa.string())
    return pa.string() if pa.types.is_large_string(type_) or pa.types.is_string_view(type_) else type_
