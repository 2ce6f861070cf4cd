"""What both engines promise, through the same statements."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from any_graph import content, expected, graphs
from hypothesis import HealthCheck, given, settings
from projection import Projection
from small_graph import EVIDENCE, small
from written_stores import in_place, read_past_guard, write_graph

from kg.errors import ExhaustedError, NotUnderstoodError, RefusedError, StoreError
from kg.schema import Edge
from kg.store import open_store

SEVERAL_SECONDS = "UNWIND range(1, 20000) AS a UNWIND range(1, 10000) AS b RETURN sum(a * b % 7) AS n"


def test_a_graph_is_read_back_as_it_was_written(store):
    graph = small()
    nodes, edges = content(store)
    graph.edges["EVALUATES_ON"][1].properties["confidence"] = 1.0
    assert (nodes, edges) == expected(graph)
    assert repr(edges) == repr(expected(graph)[1]), "a whole number stays a number with a decimal point"


def test_the_engine_is_named(store, engine):
    assert store.engine == engine


def test_a_sum_of_whole_numbers_is_one(store):
    assert store.read("UNWIND [1, 2] AS number RETURN sum(number) AS total").rows == [[3]]


def test_an_edge_knows_its_type(store):
    table = store.read("MATCH (:Paper {id: $id})-[r]->() RETURN type(r) AS type ORDER BY type", {"id": "2401.00001"})
    assert table.columns == ["type"]
    assert table.rows == [["EVALUATES_ON"], ["HAS_CODE"], ["INTRODUCES"]]


def test_paths_alternate_nodes_and_edges(store):
    start = "MATCH path = (:Paper {id: '2401.00002'})-[:CITES]->(:Paper)-[:INTRODUCES]->(:Model) RETURN path"
    ((path,),) = store.read(start).rows
    assert [item.get("id") or item["type"] for item in path] == [
        "2401.00002",
        "CITES",
        "2401.00001",
        "INTRODUCES",
        "model/e5",
    ]
    hops = "MATCH (:Paper {id: '2401.00002'})-[hops:CITES|INTRODUCES*2..2]->(:Model) RETURN hops"
    ((edges,),) = store.read(hops).rows
    assert edges == [{"type": "CITES", "inferred": False}, {"type": "INTRODUCES", **EVIDENCE}]


@pytest.mark.parametrize(
    "value",
    [None, True, 0, -(2**63), 2**63 - 1, 0.5, "", 'it\'s "so" \\ \n $x // ü 😀', ["a", "b'"], [1, 300, 70000]],
    ids=repr,
)
def test_parameters_arrive_as_they_are(store, value):
    assert store.read("RETURN $value AS value", {"value": value}).rows == [[value]]


def test_a_list_parameter_selects(store):
    query = "MATCH (p:Paper)-[r]->() WHERE type(r) IN $types RETURN count(*) AS n"
    assert store.read(query, {"types": ["CITES", "HAS_CODE"]}).rows == [[2]]
    assert store.read(query, {"types": []}).rows == [[0]]


def test_an_answer_is_cut_at_the_limit_and_says_so(store):
    query = "UNWIND range(1, 5) AS n RETURN n ORDER BY n"
    cut = store.read(query, limit=3)
    assert (cut.rows, cut.truncated) == ([[1], [2], [3]], True)
    assert store.read(query, limit=0).rows == []
    whole = store.read(query, limit=5)
    assert (len(whole.rows), whole.truncated) == (5, False)
    assert whole.records()[0] == {"n": 1}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Author {id: 'x'})",
        "MATCH (n:Paper) SET n.title = 'x'",
        "MATCH (n:Paper) DETACH DELETE n",
        "MATCH (n:Paper) MERGE (m:Author {id: n.id})",
        "MATCH (n:Paper)-[r]->() DELETE r",
        "DROP TABLE Paper",
        "LOAD CSV FROM 'file://{folder}/canary.csv' AS line RETURN line",
        "MATCH (n) LOAD FROM '{folder}/canary.csv' (file_format='csv') RETURN *",
        "COPY (MATCH (n) RETURN n.id) TO '{folder}/copy.csv'",
        "EXPORT DATABASE '{folder}/copy'",
        "CHECKPOINT",
        "CALL dbms.components() YIELD name RETURN name",
        "SHOW INDEXES",
        "RETURN 1; MATCH (n) DETACH DELETE n",
        "/* RETURN 1 */ profile MATCH (n) DETACH DELETE n",
    ],
)
def test_an_untrusted_statement_that_is_no_read_fails_even_past_the_guard(store, home, statement, tmp_path):
    (tmp_path / "canary.csv").write_text("canary")
    names = sorted(path.name for path in tmp_path.iterdir())
    before = content(store)
    with in_place(home, 1) as reader:
        with pytest.raises((RefusedError, NotUnderstoodError, ExhaustedError, StoreError)):
            read_past_guard(reader, statement.replace("{folder}", str(tmp_path)))
        assert read_past_guard(reader, "RETURN 1 AS x").rows == [[1]]
    assert content(store) == before
    assert (tmp_path / "canary.csv").read_text() == "canary"
    assert sorted(path.name for path in tmp_path.iterdir()) == names


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "// nothing",
        "papers on MTEB",
        "MATCH (n:Paper RETURN n",
        "MATCH (n:Paper) RETURN m",
        "RETURN no_such_function(1)",
        "RETURN 1 / 0 AS x",
    ],
)
def test_what_has_no_meaning_is_reported_in_one_line(store, statement):
    with pytest.raises(NotUnderstoodError) as raised:
        store.read(statement)
    assert str(raised.value) and "\n" not in str(raised.value)


def test_a_statement_out_of_time_is_stopped_and_the_store_goes_on(store):
    with pytest.raises(ExhaustedError, match=r"stopped after 0\.5 seconds"):
        store.read(SEVERAL_SECONDS, timeout=0.5)
    assert store.read("RETURN 1 AS x", timeout=60).rows == [[1]]


def test_threads_read_at_the_same_time(store):
    query = "MATCH (p:Paper)-[r:EVALUATES_ON]->(b {id: $id}) RETURN p.id AS id, $n AS n ORDER BY id"

    def ask(n):
        return store.read(query, {"id": "benchmark/mteb", "n": n}).rows

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(200)))
    assert answers == [[["2401.00001", n], ["2401.00002", n]] for n in range(200)]


@pytest.mark.parametrize("second", [2, 1], ids=["the next build", "the same number again"])
def test_a_later_write_replaces_all_of_an_earlier_one(put, location, second):
    put(small(), 1)
    later = Projection()
    later.nodes["Paper"]["2401.00001"] = {"id": "2401.00001", "year": 2025}
    later.nodes["Dataset"]["benchmark/mteb"] = {"id": "benchmark/mteb", "name": "MTEB", "type": "Dataset"}
    later.edges["TRAINS_ON"] = [Edge("2401.00001", "Paper", "benchmark/mteb", "Dataset", {})]
    put(later, second)
    with open_store(location) as reader:
        assert content(reader) == expected(later)


def test_many_rows_with_and_without_values_all_arrive(location, tmp_path):
    graph = Projection()
    for n in range(6001):
        graph.nodes["Paper"][str(n)] = {"id": str(n), "title": None, "abstract": "x" * n if n % 100 == 0 else None}
    graph.edges["CITES"] = [Edge(str(n), "Paper", str(n + 1), "Paper", {}) for n in range(6000)]
    seen = []
    write_graph(location, graph, 1, lambda *report: seen.append(report))
    query = "MATCH (p:Paper) RETURN count(*) AS papers, count(p.abstract) AS abstracts, count(p.title) AS titles"
    with in_place(location, 1) as store:
        assert store.read(query).rows == [[6001, 61, 0]]
        assert store.read("MATCH (a)-[:CITES]->(b) RETURN count(*) AS n").rows == [[6000]]
    assert seen == sorted(seen, key=lambda report: (report[0] != "nodes", report[1]))
    assert ("nodes", 6001, 6001) in seen and seen[-1] == ("edges", 6000, 6000)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs())
def test_any_text_number_and_list_survives(location, graph):
    write_graph(location, graph, 1)
    with in_place(location, 1) as store:
        assert content(store) == expected(graph)
