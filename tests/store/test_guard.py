"""What is let through to an engine, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotUnderstoodError, RefusedError
from kg.store import guard

QUOTED = st.text().map(lambda text: text.replace("\\", "\\\\").replace("'", "\\'"))


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n) RETURN n",
        "  // a comment: LOAD FROM 'x'; CREATE ()\n match (n) RETURN n ;",
        "/* CALL */ OPTIONAL MATCH (n) RETURN n // CALL",
        "RETURN 'LOAD FROM', \"CALL\", `call`, 1 / 2",
        "WITH 1 AS created UNWIND [1, 2] AS settings RETURN created, settings",
    ],
)
def test_reads_pass(statement):
    guard.check(statement, {})


@pytest.mark.parametrize(
    "statement",
    [
        "load from 'x.csv' RETURN *",
        "MATCH (n) LOAD/**/FROM 'x.csv' RETURN *",
        "RETURN 'it\\'s' AS x UNION LOAD FROM 'x.csv' RETURN *",
        "RETURN `a'b` UNION LOAD FROM 'x.csv' RETURN '*'",
        "RETURN 1 /* ' */ UNION LOAD FROM 'x.csv' RETURN *",
        "RETURN 1 // '\nUNION LOAD FROM 'x.csv' RETURN *",
        "RETURN 1;\n//\nRETURN 2",
        "RETURN 1 UNION CALL show_tables() RETURN *",
        "EXPLAIN MATCH (n) RETURN n",
    ],
)
def test_what_reaches_beyond_the_graph_is_refused(statement):
    with pytest.raises(RefusedError):
        guard.check(statement, {})


@given(QUOTED, QUOTED)
def test_what_stands_in_quotes_or_comments_is_never_read_as_cypher(first, second):
    guard.check(f"RETURN '{first}' AS a /* LOAD */, '{second}' AS b", {})
    with pytest.raises(RefusedError):
        guard.check(f"RETURN '{first}' AS a UNION LOAD FROM '{second}' RETURN *", {})


@given(st.text())
def test_any_text_is_passed_or_refused_or_not_understood(text):
    try:
        guard.check(text, {})
    except (RefusedError, NotUnderstoodError) as error:
        assert str(error)


def test_a_parameter_without_a_value_is_named():
    guard.check("MATCH (n {id: $id}) RETURN n, '$other'", {"id"})
    with pytest.raises(NotUnderstoodError, match=r"\$id"):
        guard.check("MATCH (n {id: $id}) RETURN n", {})
