"""Filling an embedded database with a whole graph at once."""

from collections.abc import Iterable

import ladybug
import polars as pl
import pyarrow as pa

from kg.schema import EDGE_TYPES, NODE_TYPES, Kind, Property
from kg.schema.tables import Tables
from kg.statements import schema_statement
from kg.store.base import Progress

_ROWS = 1_000_000
"""Rows that are given to the engine at once: it writes its file after each time."""

_TYPES = {
    Kind.STRING: "STRING",
    Kind.INTEGER: "INT64",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOL",
    Kind.STRINGS: "STRING[]",
}


def load(database: ladybug.Database, parts: Iterable[Tables], progress: Progress) -> None:
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
