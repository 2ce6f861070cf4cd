"""The tables of docs/dialect.md: each row on both engines."""

import re
from pathlib import Path

import pytest

from kg.errors import NotUnderstoodError, RefusedError
from kg.queries import cypher
from kg.store.ladybug.translation import translate
from kg.syntax import guard

PAGE = Path(__file__).parents[3] / "docs" / "dialect.md"


def rows(heading: str) -> list[tuple[str, str]]:
    """The statements of a table and what the message says, if anything."""
    part = PAGE.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    cells = [re.split(r"(?<!\\) \| ", line[2:-2]) for line in part.splitlines() if line.startswith("| ")][2:]
    return [tuple(cell.replace("\\|", "|") for cell in line) for line in cells]


SAME = [statement.strip("`") for _, statement in rows("What differs, and is put right")]
REFUSED = [
    (statement.strip("`"), says)
    for heading in ("What is refused on the embedded engine", "What is refused on both engines")
    for statement, says in rows(heading)
]


@pytest.mark.parametrize("statement", SAME)
def test_what_is_translated_runs(ladybug, statement):
    assert cypher(ladybug, statement).columns


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", SAME)
def test_what_is_translated_has_neo4js_answer(ladybug, neo4j, statement):
    here, there = cypher(ladybug, statement), cypher(neo4j, statement)
    assert here.columns == there.columns
    ordered = "ORDER BY" in statement.rpartition("RETURN")[2]
    first, second = ([canonical(row) for row in answer.rows] for answer in (here, there))
    assert first == second if ordered else sorted(first) == sorted(second)


def canonical(value) -> str:
    """A value that tells 1 from 1.0, and does not look at the order of a map's entries."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {canonical(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(canonical, value)) + "]"
    return repr(value)


@pytest.mark.parametrize(("statement", "says"), REFUSED)
def test_what_cannot_be_translated_is_refused_with_what_to_write(ladybug, statement, says):
    with pytest.raises((RefusedError, NotUnderstoodError)) as raised:
        cypher(ladybug, statement, {"props": {}})
    assert says in str(raised.value)
    assert "`" not in str(raised.value) and "\n" not in str(raised.value)


def test_only_what_was_understood_reaches_the_engine():
    statement = "/* x */ MATCH (n:Paper) // y\n RETURN n.id AS `a``b`, 'q\\'\"' AS c LIMIT 1"
    translated = translate(guard.check(statement), {}, 10)
    assert translated.columns == ["a`b", "c"]
    assert translated.statement == "MATCH (`n`:`Paper`) RETURN `n`.`id` AS `a_b`, $p0 AS `c` LIMIT 1"
    assert translated.parameters == {"p0": "q'\""}


def test_an_answer_that_is_cut_is_not_computed_whole():
    assert translate(guard.check("MATCH (n) RETURN n"), {}, 11).statement.endswith("LIMIT 11")
    assert translate(guard.check("MATCH (n) RETURN n LIMIT 3"), {}, 11).statement.endswith("LIMIT 3")
