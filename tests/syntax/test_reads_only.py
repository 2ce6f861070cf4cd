"""Untrusted Cypher: what people write runs on both engines, and whatever does more than read is refused by its rule."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordinary import ORDINARY
from ordinary import PARAMETERS as VALUES
from papers_graph import small
from refused import CANARY, FAMILIES, NOT_UNDERSTOOD, ON_A_SERVER, PARAMETERS, all_refused
from written_stores import in_folder

from kg.errors import CitegraphError, ExhaustedError, NotUnderstoodError, RefusedError
from kg.queries import cypher
from kg.statements import queries
from kg.store.ladybug import sandbox
from kg.syntax import guard

GARBAGE = [
    "",
    "   ",
    ";",
    "// only a comment",
    "hello",
    "which papers evaluate on MTEB",
    "MATCH",
    "MATCH (n",
    "MATCH (n)) RETURN n",
    "MATCH (n] RETURN n",
    "MATCH (n) RETRUN n",
    "MATCH (n) RETURN n WHERE",
    "RETURN 'not closed",
    "RETURN `not closed",
    "RETURN 1 /* not closed",
    "MATCH (n) RETURN n AS",
    "MATCH (n) FOO n",
    "RETURN 1 UNION",
    "OPTIONAL",
    "MATCH (n:NoSuchThing)-[:NO]->(m RETURN 1",
    "RETURN # 1",
    "ORDER BY x",
    "WHERE true RETURN 1",
    "(n)",
    "{",
    "MATCH (n) WITH n.id RETURN n",
    "RETURN [1, 2][..]",
    "RETURN 99999999999999999999",
    "RETURN 1 AS name(2)",
]

# Each ends by itself within seconds, which is more than the limits of the tests below.
SLOW = [
    "UNWIND range(1, 2000) AS a UNWIND range(1, 2000) AS b RETURN a + b AS n ORDER BY n DESC LIMIT 1",
    "MATCH (a), (b), (c), (d) WHERE a.id + b.id = c.id + d.id RETURN count(*) AS n",
    "MATCH (a)-[*1..6]-(b) RETURN count(*) AS n",
    "UNWIND range(1, 20000) AS a UNWIND range(1, 5000) AS b RETURN sum(a * b % 7) AS n",
]
LARGE = [
    "WITH range(1, 1000000) AS l RETURN size(l) AS n",
    "UNWIND range(1, 1000000) AS x RETURN max(x) AS n",
    "WITH range(1, 200000) AS l RETURN [x IN l | toString(x) + 'a text of fifty letters, so that each is kept apart'] AS t",
    "UNWIND range(1, 300000) AS x RETURN size(collect(toString(x) + toString(x))) AS n",
]


@pytest.mark.parametrize("statement", ORDINARY)
def test_an_ordinary_statement_runs(ladybug, statement):
    answer = cypher(ladybug, statement, VALUES)
    assert answer.cypher == statement
    assert all(row.keys() == set(answer.columns) for row in answer.rows)
    json.dumps(answer.model_dump())


def test_there_are_enough_of_both():
    assert len(ORDINARY) >= 60
    assert len(FAMILIES) >= 36 and all(sum(map(len, by_rule.values())) >= 2 for by_rule in FAMILIES.values())


def test_the_page_on_security_says_how_many_are_refused(tmp_path):
    page = " ".join((Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8").split())
    number = sum(1 for _ in all_refused(tmp_path))
    assert f"{len(FAMILIES)} families of statements that must be refused, {number:,} with their spellings" in page


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", ORDINARY)
def test_an_ordinary_statement_gives_the_same_on_both_engines(ladybug, neo4j, statement):
    here, there = (cypher(store, statement, VALUES) for store in (ladybug, neo4j))
    assert here.model_dump() == there.model_dump()


@pytest.fixture
def canary(tmp_path, monkeypatch):
    """The folder of a file that no statement may read, copy or overwrite; a variable holds the same text."""
    (tmp_path / "canary.csv").write_text(CANARY)
    monkeypatch.setenv("CITEGRAPH_CANARY", CANARY)
    return tmp_path


@pytest.mark.parametrize("family", FAMILIES)
def test_every_statement_in_every_spelling_is_refused_in_one_line_that_names_its_rule(store, canary, family):
    for refused in all_refused(canary):
        if refused.family != family:
            continue
        expected = RefusedError if refused.rule else NotUnderstoodError
        with pytest.raises(expected) as raised:
            cypher(store, refused.statement, PARAMETERS, timeout=5)
            pytest.fail(f"{refused.spelling}: {refused.statement}")
        message = str(raised.value)
        assert message.startswith(f"rule '{refused.rule}': ") or not refused.rule, refused
        assert "\n" not in message and len(message) < 1000 and CANARY not in message


@pytest.mark.parametrize("statement", ON_A_SERVER)
def test_a_long_range_is_refused_where_a_server_would_make_a_list_of_it(statement):
    with pytest.raises(RefusedError, match=f"rule 'size': a range has at most {guard.MAX_RANGE:,} numbers"):
        guard.check(statement, "neo4j")


def test_nearly_every_statement_is_refused_as_such_and_not_as_a_slip(canary):
    rules = [refused.rule for refused in all_refused(canary)]
    assert sum(rule != NOT_UNDERSTOOD for rule in rules) > 0.85 * len(rules)


def test_what_is_refused_changes_nothing(store, canary):
    everything = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id AS id ORDER BY n.id, id, r.by, r.evidence"
    before = cypher(store, everything).rows
    for refused in all_refused(canary):
        with pytest.raises(CitegraphError):
            cypher(store, refused.statement, PARAMETERS, timeout=5)
    assert cypher(store, everything).rows == before
    assert [(path.name, path.read_text()) for path in canary.iterdir()] == [("canary.csv", CANARY)]


@pytest.mark.parametrize("statement", GARBAGE)
def test_garbage_is_not_understood(store, statement):
    with pytest.raises(NotUnderstoodError) as raised:
        cypher(store, statement)
    assert "\n" not in str(raised.value)


@pytest.fixture
def limited(tmp_path, monkeypatch):
    """A graph of its own, whose statements may use 16 MB beyond the engine's buffer pool of 16 MB."""
    monkeypatch.setattr(sandbox, "MEMORY", 16 << 20)
    monkeypatch.setattr(sandbox, "POOL", 16 << 20)
    with in_folder(tmp_path, small()) as store:
        yield store


@pytest.mark.parametrize("statement", SLOW)
def test_what_takes_longer_than_its_time_is_stopped_and_the_service_goes_on(ladybug, statement):
    assert cypher(ladybug, "RETURN 1 AS x").rows == [{"x": 1}]
    began = time.monotonic()
    with pytest.raises(ExhaustedError, match=r"stopped after 0\.1 seconds") as raised:
        cypher(ladybug, statement, timeout=0.1, limit=10)
    assert "\n" not in str(raised.value)
    assert time.monotonic() - began < 20, "with time for starting a process on a busy machine"
    assert cypher(ladybug, "RETURN 1 AS x").rows == [{"x": 1}]


@pytest.mark.parametrize("statement", LARGE)
def test_what_needs_more_memory_than_it_may_have_ends_and_the_service_goes_on(limited, statement):
    with pytest.raises(ExhaustedError, match="memory") as raised:
        cypher(limited, statement, limit=10)
    assert "\n" not in str(raised.value)
    assert cypher(limited, "RETURN 1 AS x").rows == [{"x": 1}]


@pytest.mark.neo4j
def test_a_server_stops_what_takes_too_long(neo4j):
    several_seconds = "UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b RETURN sum(a * b % 7) AS n"
    with pytest.raises(ExhaustedError, match=r"stopped after 0\.5 seconds"):
        cypher(neo4j, several_seconds, timeout=0.5)
    assert cypher(neo4j, "RETURN 1 AS x").rows == [{"x": 1}]


def test_statements_at_the_same_time_each_get_their_own_answer(ladybug):
    def ask(n):
        return cypher(ladybug, "MATCH (p:Paper {id: $id}) RETURN p.year + $n AS y", {"id": "2210.07316", "n": n}).rows

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(ask, range(120))) == [[{"y": 2022 + n}] for n in range(120)]


def test_a_slow_statement_does_not_hold_up_another(ladybug):
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(cypher, ladybug, SLOW[0], timeout=0.5)
        assert cypher(ladybug, "RETURN 1 AS x").rows == [{"x": 1}]
        with pytest.raises(ExhaustedError):
            slow.result()


@pytest.mark.parametrize("name", sorted(queries()))
def test_our_own_queries_would_pass(name):
    query = guard.check(queries()[name].text("neo4j"))
    assert guard.parameters_of(query) == {parameter.name for parameter in queries()[name].parameters}


def test_a_parameter_without_a_value_is_named(store):
    with pytest.raises(NotUnderstoodError, match=r"\$name has no value"):
        cypher(store, "MATCH (n {name: $name}) RETURN n")


@pytest.mark.parametrize(
    "value",
    [
        "'; RETURN 2 //",
        "' OR true //",
        "}) RETURN n //",
        "\\",
        "'",
        '"',
        "`",
        "$name",
        "é😀\n\t",
    ],
)
def test_a_parameter_is_a_value_and_nothing_else(store, value):
    answer = cypher(store, "RETURN $v AS v, $m.k AS k, $l[0] AS l", {"v": value, "m": {"k": value}, "l": [value]})
    assert answer.rows == [{"v": value, "k": value, "l": value}]
    assert cypher(store, "MATCH (n:Paper {id: $v}) RETURN n", {"v": value}).rows == []
    assert cypher(store, "RETURN $m AS m", {"m": {"a": [value], "b": [{"c": value}]}}).rows[0]["m"]["a"] == [value]


def nested(depth):
    return [nested(depth - 1)] if depth else 1


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (2**63, "more than 64 bits"),
        ([1, -(2**63) - 1], "more than 64 bits"),
        (10**5000, "more than 64 bits"),
        ("\ud835", "half a surrogate"),
        ({"\ud835": 1}, "half a surrogate"),
        ([{"a": "\ud835"}], "half a surrogate"),
        (nested(guard.MAX_NESTING + 1), "within each other"),
    ],
    ids=["number", "number in a list", "thousands of digits", "text", "key", "text in a map", "lists"],
)
def test_a_value_that_no_engine_can_hold_is_told_with_its_parameter(store, value, says):
    with pytest.raises((RefusedError, NotUnderstoodError), match=rf"\$v has .*{says}"):
        cypher(store, "RETURN $v AS v", {"v": value})


@pytest.mark.parametrize("value", [2**63 - 1, -(2**63), nested(30)], ids=["greatest", "least", "lists"])
def test_the_greatest_values_that_an_engine_can_hold_come_back(store, value):
    assert cypher(store, "RETURN $v AS v", {"v": value}).rows == [{"v": value}]


@pytest.mark.parametrize(
    "value", [[1, "2"], [True, "a"], [1, 2.5], [True, 1], {"l": [1, "2"]}, [], {}, [None]], ids=str
)
def test_a_value_of_several_types_comes_back_as_it_is(store, value):
    (row,) = cypher(store, "RETURN $v AS v", {"v": value}).rows
    assert repr(row["v"]) == repr(value)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_written_as_a_literal_is_that_text(ladybug, value):
    written = value.replace("\\", "\\\\").replace("'", "\\'")
    try:
        answer = cypher(ladybug, f"RETURN '{written}' AS v, \"{written.replace(chr(34), chr(92) + chr(34))}\" AS w")
    except RefusedError as raised:
        assert "rule 'characters'" in str(raised)
    else:
        assert answer.rows == [{"v": value, "w": value}]


def test_the_answer_is_cut_at_the_limit(store):
    answer = cypher(store, "MATCH (p:Paper) RETURN p.id AS id ORDER BY id", limit=3)
    assert [row["id"] for row in answer.rows] == ["2010.01412", "2106.09685", "2110.14168"]
    assert answer.truncated
    assert not cypher(store, "MATCH (p:Paper) RETURN p.id AS id ORDER BY id LIMIT 3", limit=3).truncated
    assert cypher(store, "RETURN 1 AS x UNION ALL RETURN 2 AS x", limit=1).truncated


def test_the_answer_is_cut_at_a_size(store):
    text = "x" * 9_000
    answer = cypher(store, "UNWIND range(1, 5000) AS n RETURN n, $t AS t", {"t": text}, limit=5000)
    assert answer.truncated and 100 < len(answer.rows) < 5000


WORDS = st.sampled_from(
    [
        *"MATCH RETURN WITH UNWIND AS WHERE CREATE SET DELETE MERGE CALL LOAD CSV FROM REMOVE DETACH n x".split(),
        *"CASE WHEN THEN END EXISTS COUNT ORDER BY LIMIT UNION IN IS NOT NULL AND".split(),
        *"( ) [ ] { } - -> * . , : ; | = ' \" ` // /* */ $p 1 'a' `b` (n) (n:Paper) .. + {a:1} [1] <- -[ ]-".split(),
        "\n",
    ]
)
WRITES = frozenset("CREATE SET DELETE MERGE CALL LOAD REMOVE DETACH".split())


@given(st.lists(WORDS, max_size=30), st.sampled_from([" ", "", "\n"]))
def test_random_statements_pass_or_are_refused_and_never_crash(words, between):
    statement = between.join(words)
    try:
        guard.check(statement)
    except (RefusedError, NotUnderstoodError) as raised:
        assert "\n" not in str(raised)


@given(st.sampled_from(sorted(WRITES)), st.sampled_from(ORDINARY), st.integers(0, 200))
def test_a_writing_clause_between_the_words_of_a_read_is_refused(clause, statement, place):
    """Wherever a clause may begin: after a closing bracket, a name or a value, at white space."""
    spaces = [index for index in range(len(statement)) if statement[index] in " \n" and statement[index - 1] in ")]"]
    if not spaces or any(quote in statement for quote in "'\"`/"):
        return
    index = spaces[place % len(spaces)]
    with pytest.raises((RefusedError, NotUnderstoodError)):
        guard.check(f"{statement[:index]} {clause} n {statement[index:]}")


@pytest.mark.slow
@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    try:
        guard.check(text)
    except (RefusedError, NotUnderstoodError) as raised:
        assert "\n" not in str(raised)
