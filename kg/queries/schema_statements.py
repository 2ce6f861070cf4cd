"""Answers CALL and SHOW of the schema from the schema itself; no engine is asked for a procedure.

Columns are Neo4j 5's. What follows YIELD runs as a reading statement over the rows, alike on both engines.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.queries.answers import Answer
from kg.queries.running import answer_of
from kg.schema import EDGE_TYPES, NODE_TYPES, Kind, Property
from kg.store import GraphReader, Table
from kg.syntax import parse
from kg.syntax.console_forms import SchemaStatement
from kg.syntax.functions import FUNCTIONS

_TYPES = {
    Kind.STRING: "String",
    Kind.INTEGER: "Long",
    Kind.NUMBER: "Double",
    Kind.BOOLEAN: "Boolean",
    Kind.STRINGS: "StringArray",
}
"""What Neo4j calls the kinds of properties."""


@dataclass(frozen=True, slots=True)
class _Source:
    columns: tuple[str, ...]
    rows: Callable[[str], Iterable[tuple[Any, ...]]]
    """The rows for an engine."""
    doc: str = ""
    more: tuple[str, ...] = ()
    """Columns that only YIELD shows."""
    types: tuple[str, ...] = ()
    """Types of a procedure's columns."""


def answer(
    store: GraphReader,
    statement: str,
    form: SchemaStatement,
    parameters: Mapping[str, Any] | None,
    *,
    timeout: float,
    limit: int,
) -> Answer:
    """The answer to a statement about the schema.

    Args:
        store: the graph.
        statement: as it was given.
        form: the same, parsed.
        parameters: values of its parameters.
        timeout: seconds after which it is stopped.
        limit: rows after which the answer is cut.

    Raises:
        RefusedError: it calls a procedure that is not answered, or does more than read.
        NotUnderstoodError: it yields a column that there is not, or what follows YIELD is not understood.
        ExhaustedError: it ran out of time or memory.
    """
    source = _source(form)
    columns = (*source.columns, *source.more)
    records = [dict(zip(columns, row, strict=True)) for row in source.rows(store.engine)]
    shown = columns if form.everything else source.columns
    items = form.items or tuple((column, column) for column in shown)
    for column, _ in items:
        if column not in columns:
            raise NotUnderstoodError(f"there is no column {column} to YIELD: there are {', '.join(columns)}")
    if not form.rest:
        rows = [[record[column] for column, _ in items] for record in records]
        table = Table([name for _, name in items], rows[:limit], len(rows) > limit)
        return answer_of(table, statement, {})
    given = dict(parameters or {})
    name = "rows"
    while name in given or f"${name}" in statement:
        name += "_"
    names = ", ".join(_quoted(column) for _, column in items)
    fields = ", ".join(f"row.{column} AS {_quoted(alias)}" for column, alias in items)
    ending = "" if form.returns or form.kind == "CALL" else f"\nRETURN {names}"
    # The second WITH hides the row itself from what follows.
    reading = f"UNWIND ${name} AS row WITH {fields} WITH {names} {form.rest}{ending}"
    if form.kind == "SHOW" and [len(query.clauses) for query in parse(reading).queries] != [4]:
        raise NotUnderstoodError("after SHOW there may be YIELD, ORDER BY, SKIP, LIMIT, WHERE and one RETURN")
    used = [{column: record[column] for column, _ in items} for record in records]
    table = store.read_untrusted(reading, {**given, name: used}, timeout=timeout, limit=limit)
    return answer_of(table, statement, {key: value for key, value in table.parameters.items() if key != name})


def _source(form: SchemaStatement) -> _Source:
    if form.kind == "SHOW":
        return _LISTS[form.name]
    if form.name not in _PROCEDURES:
        known = ", ".join(f"CALL {name}()" for name in _PROCEDURES)
        raise RefusedError(f"rule 'clauses': CALL {form.name} is refused: {known} are answered")
    return _PROCEDURES[form.name]


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _labels(engine: str) -> Iterable[tuple[Any, ...]]:
    return ((node.label,) for node in NODE_TYPES)


def _types(engine: str) -> Iterable[tuple[Any, ...]]:
    return ((edge.label,) for edge in EDGE_TYPES)


def _keys(engine: str) -> Iterable[tuple[Any, ...]]:
    names = dict.fromkeys(each.name for kind in (*NODE_TYPES, *EDGE_TYPES) for each in kind.properties)
    return ((name,) for name in names)


def _node_properties(engine: str) -> Iterable[tuple[Any, ...]]:
    for node in NODE_TYPES:
        for each in node.properties:
            yield (f":`{node.label}`", [node.label], *_described(each), each.name == "id")


def _edge_properties(engine: str) -> Iterable[tuple[Any, ...]]:
    for edge in EDGE_TYPES:
        for each in edge.properties:
            yield (f":`{edge.label}`", *_described(each), False)
        if not edge.properties:
            yield (f":`{edge.label}`", None, None, False)


def _described(each: Property) -> tuple[str, list[str]]:
    return each.name, [_TYPES[each.kind]]


def _visualization(engine: str) -> Iterable[tuple[Any, ...]]:
    constraints = [f"(:{node.label} {{id}}) IS UNIQUE" for node in NODE_TYPES]
    nodes = [
        {"label": node.label, "name": node.label, "indexes": [], "constraints": [constraint]}
        for node, constraint in zip(NODE_TYPES, constraints, strict=True)
    ]
    edges = [
        {"type": edge.label, "name": edge.label, "source": source, "target": target}
        for edge in EDGE_TYPES
        for source, target in edge.ends
    ]
    yield nodes, edges


def _components(engine: str) -> Iterable[tuple[Any, ...]]:
    # The one version that citegraph answers for; the server behind it does not show itself.
    from kg import __version__

    yield "citegraph", [__version__], engine


def _indexes(engine: str) -> Iterable[tuple[Any, ...]]:
    provider = "range-1.0" if engine == "neo4j" else "hash"
    for number, node in enumerate(NODE_TYPES):
        name = f"{node.label}_id"
        what = ("RANGE" if engine == "neo4j" else "HASH", "NODE", [node.label], ["id"])
        yield 2 * number + 1, name, "ONLINE", 100.0, *what, provider, name, None, None


def _constraints(engine: str) -> Iterable[tuple[Any, ...]]:
    for number, node in enumerate(NODE_TYPES):
        name = f"{node.label}_id"
        yield 2 * number + 2, name, "UNIQUENESS", "NODE", [node.label], ["id"], name, None


def _functions(engine: str) -> Iterable[tuple[Any, ...]]:
    for function in sorted(FUNCTIONS.values(), key=lambda function: function.name):
        category = "Aggregating" if function.aggregate else "Scalar"
        arguments = "1 argument" if function.arity == "1" else f"{function.arity} arguments"
        yield function.name, category, f"takes {arguments}", True, function.aggregate


def _procedures(engine: str) -> Iterable[tuple[Any, ...]]:
    for name, source in sorted(_PROCEDURES.items()):
        types = ", ".join(f"{column} :: {kind}" for column, kind in zip(source.columns, source.types, strict=True))
        mode = "DBMS" if name.startswith("dbms.") else "READ"
        yield name, source.doc, mode, False, f"{name}() :: ({types})"


_TEXTS = "LIST<STRING>"
_PROCEDURES = {
    "db.labels": _Source(("label",), _labels, "The labels of the schema.", types=("STRING",)),
    "db.relationshipTypes": _Source(
        ("relationshipType",), _types, "The relationship types of the schema.", types=("STRING",)
    ),
    "db.propertyKeys": _Source(("propertyKey",), _keys, "The properties of the schema.", types=("STRING",)),
    "db.schema.visualization": _Source(
        ("nodes", "relationships"),
        _visualization,
        "The labels of the schema, and the relationships between them.",
        types=("LIST<NODE>", "LIST<RELATIONSHIP>"),
    ),
    "db.schema.nodeTypeProperties": _Source(
        ("nodeType", "nodeLabels", "propertyName", "propertyTypes", "mandatory"),
        _node_properties,
        "The properties of each label.",
        types=("STRING", _TEXTS, "STRING", _TEXTS, "BOOLEAN"),
    ),
    "db.schema.relTypeProperties": _Source(
        ("relType", "propertyName", "propertyTypes", "mandatory"),
        _edge_properties,
        "The properties of each relationship type.",
        types=("STRING", "STRING", _TEXTS, "BOOLEAN"),
    ),
    "dbms.components": _Source(
        ("name", "versions", "edition"),
        _components,
        "citegraph, its version, and the engine.",
        types=("STRING", _TEXTS, "STRING"),
    ),
}
# fmt: off
_LISTS = {
    "INDEXES": _Source(
        ("id", "name", "state", "populationPercent", "type", "entityType", "labelsOrTypes", "properties",
         "indexProvider", "owningConstraint", "lastRead", "readCount"),
        _indexes,
    ),
    "CONSTRAINTS": _Source(
        ("id", "name", "type", "entityType", "labelsOrTypes", "properties", "ownedIndex", "propertyType"), _constraints,
    ),
    "FUNCTIONS": _Source(("name", "category", "description"), _functions, more=("isBuiltIn", "aggregating")),
    "PROCEDURES": _Source(
        ("name", "description", "mode", "worksOnSystem"), _procedures, more=("signature",)
    ),
}
# fmt: on
