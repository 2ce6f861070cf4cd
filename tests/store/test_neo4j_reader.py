"""A server's graph: what is reported when it cannot be read or written, and what others keep on the server."""

import os

import neo4j
import pytest
from projection import Projection
from small_graph import small
from written_stores import write_graph

from kg.errors import NotUnderstoodError, RefusedError, StoreError
from kg.schema import NODE_TYPES, Edge
from kg.store import open_store

pytestmark = pytest.mark.neo4j


@pytest.fixture
def store(neo4j_uri):
    write_graph(neo4j_uri, small(), 1)
    with open_store(neo4j_uri) as store:
        yield store


@pytest.fixture
def session(neo4j_uri, store):
    login = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(neo4j_uri, auth=login) as driver, driver.session() as session:
        yield session


def test_everything_is_marked_with_its_build_and_ids_are_unique(neo4j_uri, session):
    write_graph(neo4j_uri, small(), 7)
    marks = session.run("MATCH (n) RETURN n._build AS m UNION ALL MATCH ()-[r]->() RETURN r._build AS m").value()
    assert set(marks) == {7} and len(marks) == 10
    constrained = session.run(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes[0], properties"
    ).values()
    assert ["Paper", ["id"]] in constrained and len(constrained) == len(NODE_TYPES)


def test_what_other_programs_keep_in_the_database_stays(neo4j_uri, store, session):
    session.run("CREATE (:Guest {name: 'other'})-[:KNOWS]->(:Guest)").consume()
    try:
        write_graph(neo4j_uri, small(), 2)
        assert session.run("MATCH (:Guest)-[r:KNOWS]->(:Guest) RETURN count(r) AS n").single()["n"] == 1
        assert store.read("MATCH (n:Guest {name: 'other'}) RETURN n").rows == [[{"label": "Guest", "name": "other"}]]
    finally:
        session.run("MATCH (n:Guest) DETACH DELETE n").consume()


def test_an_edge_to_nowhere_is_refused(neo4j_uri):
    graph = Projection()
    graph.nodes["Paper"]["a"] = {"id": "a"}
    graph.edges["CITES"] = [Edge("a", "Paper", "missing", "Paper", {})]
    with pytest.raises(StoreError, match="CITES"):
        write_graph(neo4j_uri, graph, 2)


def test_a_writing_statement_is_refused_by_the_server(store):
    with pytest.raises(RefusedError):
        store.read("MATCH (n:Paper) FOREACH (x IN [1] | SET n.title = 'x')")
    assert store.read("MATCH (n:Paper) WHERE n.title = 'x' RETURN n").rows == []


def test_an_error_is_where_the_user_wrote_it(store):
    with pytest.raises(NotUnderstoodError, match=r"line 1, column 15\)"):
        store.read("RETURN 1 AS a,")
    with pytest.raises(NotUnderstoodError, match=r"line 2, column 8\)"):
        store.read("UNWIND [1] AS a\nRETURN b")


@pytest.mark.parametrize("value", [object(), 2**70, "\ud800"], ids=["an object", "too large", "half a character"])
def test_a_parameter_that_cannot_be_sent_is_reported(store, value):
    with pytest.raises(NotUnderstoodError, match="parameter"):
        store.read("RETURN $value AS value", {"value": value})


def test_values_without_a_json_form_become_text(store):
    table = store.read("RETURN date('2024-05-06') AS day, duration('P1D') AS span, 0.0 / 0.0 AS undefined")
    assert table.rows == [["2024-05-06", "P1D", None]]


def test_a_wrong_password_a_wrong_database_and_a_server_that_is_not_there(neo4j_uri, monkeypatch):
    with pytest.raises(StoreError, match="check that Neo4j runs there"):
        open_store("bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    with pytest.raises(StoreError, match="NEO4J_DATABASE"):
        open_store(neo4j_uri).read("RETURN 1 AS x")
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong-password")
    with pytest.raises(StoreError, match="check NEO4J_USERNAME and NEO4J_PASSWORD"):
        open_store(neo4j_uri)
