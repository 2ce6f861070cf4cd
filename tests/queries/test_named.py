"""Every named query does on both engines what its header says."""

import pytest
from papers_graph import small

from kg.errors import NotFoundError, NotUnderstoodError
from kg.queries import run
from kg.schema import EDGES, NODES
from kg.statements import queries

NAMES = sorted(queries())


def example(store, name, limit=1000):
    parameters = {key: value for key, value in queries()[name].example.items() if key != "limit"}
    return run(store, name, limit=limit, **parameters)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_gives_the_declared_columns(ladybug, name):
    answer = example(ladybug, name)
    assert answer.columns == [column.name for column in queries()[name].columns]
    assert answer.rows, "an example shows something"


@pytest.mark.parametrize("name", NAMES)
def test_the_values_are_of_the_declared_kinds(ladybug, name):
    kinds = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": bool,
        "strings": list,
        "node": dict,
        "edge": dict,
    }
    for row in example(ladybug, name).rows:
        for column in queries()[name].columns:
            assert row[column.name] is None or isinstance(row[column.name], kinds[column.kind])


@pytest.mark.neo4j
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_give_the_same_rows_in_the_same_order(ladybug, neo4j, name):
    here, there = example(ladybug, name), example(neo4j, name)
    assert here.model_dump(exclude={"cypher"}) == there.model_dump(exclude={"cypher"})


@pytest.mark.neo4j
@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_cut_at_the_same_row(ladybug, neo4j, name, limit):
    here, there = example(ladybug, name, limit), example(neo4j, name, limit)
    assert here.model_dump(exclude={"cypher"}) == there.model_dump(exclude={"cypher"})
    assert here.rows == example(ladybug, name).rows[:limit]
    assert here.truncated == (len(example(ladybug, name).rows) > limit)


def test_the_counts_cover_the_schema(ladybug):
    graph = small()
    nodes = {row["label"]: row["nodes"] for row in run(ladybug, "count_nodes").rows}
    edges = {row["relation"]: row["edges"] for row in run(ladybug, "count_edges").rows}
    assert nodes == {label: len(graph.nodes[label]) for label in NODES}
    assert edges == {relation: len(graph.edges[relation]) for relation in EDGES}


@pytest.mark.parametrize("name", NAMES)
def test_no_query_leaves_the_order_of_its_rows_to_chance(name):
    for engine in ("ladybug", "neo4j"):
        text = queries()[name].text(engine)
        assert "ORDER BY" in text.rpartition("RETURN")[2]
        assert "UNION" not in text


def test_papers_by_relation_has_only_that_relation(store):
    rows = run(
        store, "papers_by_relation", entity="benchmark/mteb", relations=["EVALUATES_ON"], since=0, until=9999
    ).rows
    assert [row["id"] for row in rows] == ["2402.09906", "title/notes-on-embeddings"]
    assert all(row["evidence"] for row in rows)


def test_a_period_leaves_out_papers_of_other_and_of_unknown_years(store):
    query = {"entity": "benchmark/mteb", "relations": ["EVALUATES_ON", "INTRODUCES"]}
    assert [r["id"] for r in run(store, "papers_by_relation", **query, since=2023, until=9999).rows] == ["2402.09906"]
    assert [r["id"] for r in run(store, "papers_by_relation", **query, since=1, until=2023).rows] == ["2210.07316"]


def test_the_authors_of_an_introduction_stand_in_the_papers_order(store):
    (row,) = run(store, "introduced_by", entity="benchmark/mteb").rows
    assert row["authors"] == ["Niklas Muennighoff", "Nouamane Tazi", "Loïc Magne", "Nils Reimers"]


def test_a_leaderboard_has_absolute_figures_first(store):
    rows = run(store, "leaderboard", benchmark="benchmark/mteb").rows
    assert [(row["metric"], row["value"], row["model"]) for row in rows] == [
        (None, "+2.1", None),
        ("average score", "66.8", "GritLM"),
        ("average score", "58.9", "SGPT"),
    ]


@pytest.mark.parametrize(
    ("name", "parameters", "kind"),
    [
        ("papers_by_relatoin", {}, NotFoundError),
        ("citing", {}, NotUnderstoodError),
        ("citing", {"paper": 1}, NotUnderstoodError),
        ("citing", {"paper": "2210.07316", "since": 1}, NotUnderstoodError),
        ("citing", {"paper": "2210.07316", "limit": 0}, NotUnderstoodError),
        ("citing", {"paper": "\ud835"}, NotUnderstoodError),
        ("published_since", {"since": "2024", "limit": 2**63}, NotUnderstoodError),
    ],
    ids=ascii,
)
def test_a_wrong_call_is_an_error_in_our_words(ladybug, name, parameters, kind):
    with pytest.raises(kind) as error:
        run(ladybug, name, **parameters)
    assert "C++" not in str(error.value)


def test_a_wrong_name_gets_near_ones(ladybug):
    with pytest.raises(NotFoundError) as error:
        run(ladybug, "papers_by_relatoin")
    assert "papers_by_relation" in error.value.suggestions
