"""The graph that follows from extractions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_graph import link
from linking_records import entity, extraction, papers_with
from projection import Projection
from random_papers import PAPERS

from kg.schema import Extraction, Link, Result


def rows(graph: Projection) -> tuple[object, object]:
    return graph.nodes, {label: sorted(edges, key=repr) for label, edges in graph.edges.items()}


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(PAPERS, st.randoms())
def test_any_order_gives_the_same_valid_graph(papers: list[Extraction], random: object) -> None:
    first = link(papers)
    assert first.problems() == []
    shuffled = list(papers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rows(link(shuffled)) == rows(first)
    assert rows(link([*papers, *papers])) == rows(first)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(PAPERS)
def test_every_node_is_found_by_its_name_and_no_variant_leads_back(papers: list[Extraction]) -> None:
    graph = link(papers)
    for label in ("Benchmark", "Dataset", "Model", "Method"):
        for key, row in graph.nodes[label].items():
            assert row["type"] == label and row["id"] == key and key.startswith(f"{label.lower()}/")
            assert row["name"] not in row["aliases"]
    above = {edge.source: edge.target for edge in graph.edges["VARIANT_OF"]}
    for start in above:
        seen = set()
        while start in above:
            assert start not in seen
            seen.add(start)
            start = above[start]


def test_one_paper_has_one_edge_of_a_kind_and_the_surest_evidence() -> None:
    graph = link(
        [
            extraction(
                "2401.00001",
                entity("LoRA", confidence=0.4, evidence="Perhaps."),
                entity("Low-Rank Adaptation", confidence=0.8, evidence="Surely."),
            )
        ]
    )
    (edge,) = graph.edges["USES"]
    assert (edge.properties["evidence"], edge.properties["confidence"]) == ("Surely.", 0.8)
    assert graph.nodes["Method"][edge.target]["papers"] == 1


def test_a_variant_is_one_of_the_nearest_name_in_the_graph() -> None:
    names = ["Llama", "Llama 3.1", "Llama-3.1-8B-Instruct", "Qwen2.5-VL-7B", "Qwen", "DeepSeek-R1-Distill-Qwen-7B"]
    graph = link(papers_with(entity(name, "Model") for name in names))
    above = {edge.source: edge.target for edge in graph.edges["VARIANT_OF"]}
    assert above == {
        "model/llama-3.1": "model/llama",
        "model/llama-3.1-8b-instruct": "model/llama-3.1",
        "model/qwen2.5-vl-7b": "model/qwen",
    }


def test_own_repositories_are_code_and_others_are_links() -> None:
    def url(address: str, own: bool) -> Link:
        return Link(url=address, kind="code", own=own)

    graph = link(
        [
            extraction(
                "2401.00001",
                links=(
                    url("https://github.com/Owner/Name.git", True),
                    url("https://github.com/owner/name", False),
                    url("https://github.com/other/thing", False),
                ),
            )
        ]
    )
    assert [edge.target for edge in graph.edges["LINKS_TO"]] == ["repository/github.com/other/thing"]
    assert len(graph.edges["HAS_CODE"]) == 1
    assert graph.edges["HAS_CODE"][0].target.lower() == "repository/github.com/owner/name"


def test_results_are_of_a_system_and_on_a_benchmark() -> None:
    text = "FooFormer gets 71.2% on FooBench. It gains -4.4 there."

    def result(value: str, written: str, benchmark: str = "FooBench") -> Result:
        start = text.index(written)
        return Result(
            model="FooFormer",
            benchmark=benchmark,
            metric="accuracy",
            value=value,
            field="abstract",
            start=start,
            end=start + len(written),
        )

    graph = link(
        [
            extraction(
                "2401.00001",
                entity("FooFormer", "Model", relation="INTRODUCES"),
                entity("FooBench", "Benchmark", relation="EVALUATES_ON"),
                abstract=text,
                results=(result("71.2%", "71.2%"), result("−4.4", "-4.4"), result("1", "71", benchmark="Unknown")),
            )
        ]
    )
    assert graph.problems() == []
    by_value = {row["value"]: row for row in graph.nodes["Result"].values()}
    assert set(by_value) == {"71.2%", "−4.4"}
    assert (by_value["71.2%"]["number"], by_value["71.2%"]["unit"], by_value["71.2%"]["relative"]) == (71.2, "%", False)
    assert (by_value["−4.4"]["number"], by_value["−4.4"]["relative"]) == (-4.4, True)
    assert by_value["71.2%"]["evidence"] == "FooFormer gets 71.2% on FooBench."
    assert {edge.target for edge in graph.edges["ON"]} == {"benchmark/foobench"}
    assert {edge.target for edge in graph.edges["OF"]} == {"model/fooformer"}
    assert graph.nodes["Benchmark"]["benchmark/foobench"]["papers"] == 1


def test_no_papers_give_an_empty_graph() -> None:
    assert link([]).size() == (0, 0)
