"""What people type first in a Neo4j console: EXPLAIN, PROFILE, and CALL and SHOW of the schema."""

import json

import pytest

from kg.errors import ExhaustedError, NotUnderstoodError, RefusedError
from kg.queries import cypher
from kg.schema import EDGES, NODES
from kg.syntax.functions import FUNCTIONS

ALIKE = [
    "CALL db.labels()",
    "CALL db.labels;",
    "call db.labels() yield *",
    "CALL `db`.`labels`() YIELD label AS l",
    "CALL db.labels() YIELD label RETURN label ORDER BY label DESC LIMIT 3",
    "CALL db.labels() YIELD label RETURN count(*)",
    "CALL db.labels() YIELD label WHERE label STARTS WITH 'P' RETURN label",
    "CALL db.labels() YIELD label MATCH (n) WHERE label IN labels(n) RETURN label, count(*) AS n ORDER BY label",
    "CALL db.labels() YIELD label WHERE label = 'Paper' RETURN label AS x UNION RETURN 'Paper' AS x",
    "CALL db.relationshipTypes() // all of them",
    "CALL db.propertyKeys() YIELD propertyKey RETURN count(DISTINCT propertyKey) AS n",
    "CALL db.schema.visualization()",
    "CALL db.schema.nodeTypeProperties() YIELD nodeLabels, propertyName, mandatory WHERE mandatory "
    "RETURN nodeLabels[0] AS label, propertyName ORDER BY label",
    "CALL db.schema.relTypeProperties()",
    "SHOW INDEXES YIELD name, state ORDER BY name DESC SKIP 1 LIMIT 2 // two",
    "SHOW INDEX YIELD name AS n, labelsOrTypes AS l RETURN n ORDER BY l[0]",
    "SHOW ALL CONSTRAINTS",
    "SHOW CONSTRAINTS WHERE name = 'Paper_id'",
    "SHOW FUNCTIONS YIELD *",
    "SHOW FUNCTIONS YIELD name, aggregating WHERE aggregating RETURN count(*) AS n",
    "SHOW PROCEDURES",
]


@pytest.mark.parametrize("statement", ALIKE)
def test_a_statement_about_the_schema_is_answered(ladybug, statement):
    answer = cypher(ladybug, statement)
    assert answer.cypher == statement and answer.rows and not answer.parameters
    assert all(list(row) == answer.columns for row in answer.rows)
    json.dumps(answer.model_dump())


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", ALIKE)
def test_a_statement_about_the_schema_gives_the_same_on_both_engines(ladybug, neo4j, statement):
    here, there = (cypher(store, statement) for store in (ladybug, neo4j))
    assert here.model_dump() == there.model_dump()


def test_the_lists_are_those_of_the_schema(store):
    assert [row["label"] for row in cypher(store, "CALL db.labels()").rows] == list(NODES)
    assert [row["relationshipType"] for row in cypher(store, "CALL db.relationshipTypes()").rows] == list(EDGES)
    assert {row["name"] for row in cypher(store, "SHOW FUNCTIONS").rows} == {each.name for each in FUNCTIONS.values()}
    assert {row["labelsOrTypes"][0] for row in cypher(store, "SHOW INDEXES").rows} == set(NODES)


def test_every_procedure_that_is_shown_can_be_called(store):
    for row in cypher(store, "SHOW PROCEDURES").rows:
        assert cypher(store, f"CALL {row['name']}()").rows


def test_components_say_which_engine_it_is(store):
    (row,) = cypher(store, "CALL dbms.components()").rows
    assert (row["name"], row["edition"]) == ("citegraph", store.engine)


def test_the_rows_are_cut_at_the_limit(store):
    for statement in ("CALL db.labels()", "CALL db.labels() YIELD label RETURN label"):
        answer = cypher(store, statement, limit=2)
        assert [row["label"] for row in answer.rows] == list(NODES)[:2] and answer.truncated


def test_parameters_of_the_same_name_stay_the_users(store):
    statement = "CALL db.labels() YIELD label WHERE label IN $rows RETURN label"
    answer = cypher(store, statement, {"rows": ["Paper"]})
    assert (answer.rows, answer.parameters) == ([{"label": "Paper"}], {"rows": ["Paper"]})


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("CALL db.labels() YIELD name", "no column name to YIELD: there are label"),
        ("CALL db.labels() YIELD label, label", "twice"),
        ("CALL db.labels() YIELD label AS", "a name is expected"),
        ("CALL db.labels YIELD label RETURN label", "brackets"),
        ("CALL db.labels() YIELD label WHERE true", "RETURN"),
        ("SHOW INDEXES YIELD name WHERE row.type = 'RANGE'", "row"),
        ("SHOW INDEXES YIELD name WHERE true MATCH (n) RETURN n", "after SHOW"),
        ("SHOW INDEXES YIELD name RETURN name UNION RETURN 1 AS name", "after SHOW"),
        ("EXPLAIN", "empty"),
        ("PROFILE MATCH (n", "line 1"),
    ],
)
def test_a_slip_is_told(store, statement, says):
    with pytest.raises(NotUnderstoodError) as raised:
        cypher(store, statement)
    assert says in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("CALL db.ping()", "CALL db.labels()"),
        ("CALL db.labels('x')", "arguments"),
        ("SHOW DATABASES", "SHOW INDEXES"),
        ("SHOW INDEXES RETURN name", "WHERE may follow"),
        ("CALL db.labels() YIELD label ORDER BY label", "RETURN"),
    ],
)
def test_a_refusal_says_what_is_possible(store, statement, says):
    with pytest.raises(RefusedError, match="rule 'clauses'") as raised:
        cypher(store, statement)
    assert says in str(raised.value)


def test_explain_gives_the_plan_a_row_a_line(store):
    statement = "EXPLAIN MATCH (p:Paper {id: $id}) RETURN p.title"
    answer = cypher(store, statement, {"id": "2210.07316"})
    assert (answer.cypher, answer.columns) == (statement, ["plan"])
    assert len(answer.rows) > 3
    assert answer.model_dump().keys() == {"cypher", "parameters", "columns", "rows", "truncated"}


def test_profile_runs_the_statement_and_counts_its_rows(store):
    answer = cypher(store, "PROFILE MATCH (p:Paper) RETURN p.id ORDER BY p.id LIMIT 3")
    assert answer.rows[0] == {"plan": "3 rows"} and len(answer.rows) > 3
    assert cypher(store, "PROFILE MATCH (p:Paper) RETURN p.id", limit=2).rows[0] == {"plan": "more than 2 rows"}
    assert cypher(store, "PROFILE RETURN 1 AS x").rows[0] == {"plan": "1 row"}


def test_profile_has_the_limits_of_every_statement(store):
    slow = "PROFILE UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b RETURN sum(a * b % 7) AS n"
    with pytest.raises(ExhaustedError, match=r"stopped after 0\.3 seconds"):
        cypher(store, slow, timeout=0.3)
    assert cypher(store, "RETURN 1 AS x").rows == [{"x": 1}]
