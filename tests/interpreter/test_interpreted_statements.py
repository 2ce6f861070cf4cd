"""Statements that the engine runs whole give the same when they are interpreted, and those that it cannot give rows."""

from collections.abc import Iterator
from typing import Any

import ladybug
import pytest
from ordinary import ORDINARY
from ordinary import PARAMETERS as VALUES
from papers_graph import small
from written_stores import in_folder, write_graph

from kg.interpreter.interpreting import answer
from kg.interpreter.matching import SomeProperties
from kg.queries import cypher
from kg.schema import Edge
from kg.store import GraphReader
from kg.store.ladybug.reader import DATABASE
from kg.store.ladybug.translation import UntranslatableError, plan_statement, translate
from kg.syntax import guard


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ladybug.Connection]:
    folder = tmp_path_factory.mktemp("interpreted")
    write_graph(str(folder), small(), 1)
    with (
        ladybug.Database(folder / "graph-1" / DATABASE, read_only=True, max_db_size=1 << 30) as database,
        ladybug.Connection(database) as connection,
    ):
        yield connection


def interpreted(connection: ladybug.Connection, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
    """The rows of a statement, whose patterns alone the engine matches."""

    def run(text: str, values: dict[str, Any]) -> Iterator[list[Any]]:
        with connection.execute(text, values) as result:
            yield from result

    query, values = guard.check_with_values(statement, "ladybug", parameters)
    _, rows = answer(statement, values, plan_statement(query, values).to_json(), run, 1001)
    return list(rows)


def translated(connection: ladybug.Connection, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
    """The rows of a statement that the engine runs whole.

    Raises:
        UntranslatableError: it cannot.
    """
    translation = translate(*guard.check_with_values(statement, "ladybug", parameters))
    with connection.execute(translation.statement, translation.parameters) as result:
        return list(result)


def unordered(rows: list[list[Any]]) -> list[str]:
    """The rows as text, without their order; nodes by what they are to both."""
    return sorted(repr([plain(value) for value in row]) for row in rows)


def plain(value: Any) -> Any:
    """A value of the engine's, or of the interpreter's encoding, in one form."""
    if isinstance(value, list):
        # The items of collect() have an order only if the rows before had one.
        return sorted((plain(item) for item in value), key=repr)
    if not isinstance(value, dict):
        return value
    if "_LABEL" in value:
        own = ("_ID", "_LABEL", "_SRC", "_DST")
        return [value["_LABEL"], {name: item for name, item in value.items() if name not in own and item is not None}]
    ((_, content),) = value.items()
    return list(content)


@pytest.mark.parametrize("statement", ORDINARY)
def test_what_the_engine_runs_whole_is_the_same_interpreted(connection: ladybug.Connection, statement: str) -> None:
    try:
        whole = translated(connection, statement, VALUES)
    except UntranslatableError:
        return
    assert unordered(interpreted(connection, statement, VALUES)) == unordered(whole)


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        (
            "MATCH (a:Paper {year: 2020}) OPTIONAL MATCH (a)-[r:CITES]->(b) WITH b, r "
            "RETURN b, labels(b), b IS NULL, reverse(b.id), r, type(r), [(b)-->(c) | c.id]",
            [None, None, True, None, None, None, []],
        ),
        (
            "MATCH (a:Paper {year: 2020}) OPTIONAL MATCH (a)-[:CITES]->(b) WITH b OPTIONAL MATCH (b)-->(c) "
            "RETURN reverse(b.id), c",
            [None, None],
        ),
        (
            "MATCH (a:Paper {year: 2020}) WITH sum(a.year) AS s RETURN s, [s], s = 2020, s / 7",
            [2020, [2020], True, 288],
        ),
        (
            "MATCH (a:Paper {year: 2022}) WITH sum(a.year * 4500000000000000) AS s RETURN s, [s]",
            [1.8198e19, [1.8198e19]],
        ),
    ],
    ids=["nothing found", "nothing found, sought from", "a sum", "a large sum"],
)
def test_what_the_engine_gives_before_the_rest_is_a_value_as_any_other(
    connection: ladybug.Connection, statement: str, row: list[Any]
) -> None:
    assert interpreted(connection, statement, {}) == [row]


@pytest.fixture(scope="module")
def looped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphReader]:
    """The small graph, in which one paper cites itself."""
    graph = small()
    graph.edges["CITES"].append(Edge("2210.07316", "Paper", "2210.07316", "Paper", {"inferred": False}))
    with in_folder(tmp_path_factory.mktemp("looped"), graph) as reader:
        yield reader


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (p:Paper {id: '2210.07316'})-[r:CITES]-(q:Paper {id: '2210.07316'}) RETURN count(*) AS n",
        "MATCH (p:Paper {id: '2210.07316'}) RETURN COUNT { (p)-[:CITES]-(p) } AS n",
        "MATCH (p:Paper {id: '2210.07316'}) RETURN size([(p)-[r:CITES]-(p) | r.inferred]) AS n",
        "MATCH (p:Paper {id: '2210.07316'})-[:CITES]->(q) WHERE q.id = p.id RETURN count(*) AS n",
    ],
)
def test_a_loop_is_found_once(looped: GraphReader, statement: str) -> None:
    assert cypher(looped, statement).rows == [{"n": 1}]


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        ("MATCH (p:Paper)--(x) WHERE x:Model OR x:Method RETURN count(*) AS n", 18),
        ("MATCH (p:Paper)-[r]->(x) WHERE type(r) = 'USES' OR r:INTRODUCES RETURN count(*) AS n", 14),
        ("MATCH (p:Paper) WITH p ORDER BY p.id LIMIT 2 MATCH (p)-[:INTRODUCES]->(m) RETURN count(*) AS n", 2),
        ("CALL { MATCH (x:Paper) RETURN x UNION MATCH (x:Author) RETURN x } MATCH (x)--(y) RETURN count(*) AS n", 79),
        (
            "MATCH (p:Paper) WITH p.year AS y, collect(p) AS ps UNWIND ps AS q MATCH (q)-[:USES]->(m) RETURN count(*) AS n",
            5,
        ),
    ],
)
def test_matches_are_those_of_neo4j(ladybug: GraphReader, statement: str, rows: int) -> None:
    """The numbers are a server's."""
    assert cypher(ladybug, statement).rows == [{"n": rows}]


def test_a_property_that_was_not_asked_for_is_a_fault_and_not_null() -> None:
    known = SomeProperties(["title"], [None], ["tilte"])
    assert known.get("title") is None and known.get("tilte") is None
    for look in (lambda: known.get("year"), lambda: list(known), lambda: dict(known), known.items, known.values):
        with pytest.raises(AssertionError):
            look()
