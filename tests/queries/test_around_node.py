"""The part of the graph around a node."""

import pytest

from kg.errors import NotFoundError, NotUnderstoodError
from kg.queries import neighbourhood


def triples(found):
    return {(edge["source"], edge["type"], edge["target"]) for edge in found.edges}


def test_the_edges_of_a_node_in_both_directions(store):
    found = neighbourhood(store, "mteb")
    assert found.nodes[0]["id"] == "benchmark/mteb"
    assert {
        ("2402.09906", "EVALUATES_ON", "benchmark/mteb"),
        ("2210.07316", "INTRODUCES", "benchmark/mteb"),
        ("benchmark/finmteb", "VARIANT_OF", "benchmark/mteb"),
        ("result/2402.09906/abstract/120", "ON", "benchmark/mteb"),
    } <= triples(found)
    assert not found.truncated


def test_every_edge_joins_nodes_that_are_there(store):
    for depth in (1, 2, 3):
        found = neighbourhood(store, "MTEB", depth)
        ids = {node["id"] for node in found.nodes}
        assert {end for edge in found.edges for end in (edge["source"], edge["target"])} <= ids
        assert len(ids) == len(found.nodes)
        assert len(triples(found)) == len(found.edges)


def test_a_node_has_its_label_and_properties_and_an_edge_its_evidence(store):
    found = neighbourhood(store, "2402.09906")
    nodes = {node["id"]: node for node in found.nodes}
    assert nodes["2402.09906"]["label"] == "Paper"
    assert nodes["2402.09906"]["title"] == "Generative Representational Instruction Tuning"
    assert nodes["benchmark/mteb"]["aliases"] == ["Massive Text Embedding Benchmark"]
    (edge,) = [edge for edge in found.edges if edge["target"] == "benchmark/mteb"]
    assert (edge["confidence"], edge["by"]) == (0.9, "test")
    assert edge["evidence"].startswith("In this work, MTEB")
    assert not any("abstract" in node or "keys" in node for node in found.nodes)


def test_a_further_step_reaches_further(store):
    near = {node["id"] for node in neighbourhood(store, "QLoRA").nodes}
    far = {node["id"] for node in neighbourhood(store, "QLoRA", depth=2).nodes}
    assert near == {"method/qlora", "2305.14314"}
    assert {"method/lora", "benchmark/mmlu", "2106.09685"} <= far


def test_what_says_most_comes_first_and_the_rest_is_cut(store):
    found = neighbourhood(store, "MTEB", limit=2)
    assert found.truncated
    assert [edge["type"] for edge in found.edges] == ["INTRODUCES", "VARIANT_OF"]
    assert len(neighbourhood(store, "MTEB", depth=3, limit=7).edges) == 7


@pytest.mark.neo4j
@pytest.mark.parametrize("depth", [1, 2, 4])
@pytest.mark.parametrize("limit", [3, 10, 100])
def test_both_engines_give_the_same(ladybug, neo4j, depth, limit):
    here, there = (neighbourhood(each, "GritLM", depth, limit) for each in (ladybug, neo4j))
    assert here == there


def test_a_wrong_call_is_an_error(ladybug):
    with pytest.raises(NotFoundError):
        neighbourhood(ladybug, "no such thing")
    for depth, limit in ((0, 10), (5, 10), (1, 0)):
        with pytest.raises(NotUnderstoodError):
            neighbourhood(ladybug, "MTEB", depth, limit)
