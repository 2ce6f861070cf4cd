"""Statements that the engine runs whole give the same when they are interpreted, and those that it cannot give rows."""

from collections.abc import Iterator
from typing import Any

import ladybug
import pytest
from ordinary import ORDINARY
from ordinary import PARAMETERS as VALUES
from papers_graph import small
from written_stores import write_graph

from kg.interpreter.interpreting import answer
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
