"""Which paper introduced an entity, decided from what all papers say."""

import pytest
from linked_graph import link
from linking_records import entity, extraction
from projection import Projection

from kg.link.names.titles_of_names import announced_name
from kg.schema import Entity, Extraction


def introducing(graph: Projection) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in graph.edges["INTRODUCES"]}


def relations_of(graph: Projection, paper: str) -> dict[str, str]:
    """Its relations by the entity's id."""
    return {
        edge.target: label
        for label in ("INTRODUCES", "USES", "EVALUATES_ON", "EVALUATES")
        for edge in graph.edges[label]
        if edge.source == paper
    }


def new(name: str, type_: str = "Method", confidence: float = 0.7) -> Entity:
    return entity(name, type_, relation="INTRODUCES", confidence=confidence)


def used(name: str, *papers: str, type_: str = "Method") -> list[Extraction]:
    return [extraction(paper, entity(name, type_)) for paper in papers]


def test_what_others_used_in_an_earlier_month_is_not_introduced() -> None:
    graph = link(
        [
            *used("FooTuning", "2401.00001", "2401.00002", "2402.00003"),
            extraction("2405.00004", new("FooTuning")),
        ]
    )
    assert introducing(graph) == set()
    assert relations_of(graph, "2405.00004") == {"method/footuning": "USES"}


def test_what_extraction_thinks_likeliest_takes_the_place_of_an_introduction() -> None:
    known = new("FooTuning").relations[0].model_copy(update={"instead": "EVALUATES"})
    graph = link(
        [
            *used("FooTuning", "2401.00001", "2401.00002"),
            extraction("2405.00004", new("FooTuning").model_copy(update={"relations": (known,)})),
        ]
    )
    assert relations_of(graph, "2405.00004") == {"method/footuning": "EVALUATES"}
    (edge,) = (edge for edge in graph.edges["EVALUATES"])
    assert edge.properties["by"] == "known-before"


def test_the_first_paper_that_coins_a_name_keeps_it_though_others_use_it_later() -> None:
    graph = link([extraction("2401.00001", new("FooTuning")), *used("FooTuning", "2402.00002", "2403.00003")])
    assert introducing(graph) == {("2401.00001", "method/footuning")}


def test_a_title_that_announces_a_name_used_before_is_a_namesake() -> None:
    graph = link(
        [
            *used("FOO", "2401.00001", "2401.00002", "2402.00003"),
            extraction("2405.00004", new("FOO"), title="FOO: Folding Ordinary Objects with Two Arms"),
        ]
    )
    assert introducing(graph) == {("2405.00004", "method/foo-2405.00004")}
    assert graph.nodes["Method"]["method/foo"]["papers"] == 3


def test_a_title_announces_what_the_abstract_only_evaluates() -> None:
    graph = link(
        [extraction("2401.00001", entity("FooLM 2", "Model", relation="EVALUATES"), title="FooLM 2 Technical Report")]
    )
    assert relations_of(graph, "2401.00001") == {"model/foolm-2": "INTRODUCES"}
    (edge,) = graph.edges["INTRODUCES"]
    assert (edge.properties["by"], edge.properties["evidence"]) == ("title", "FooLM 2 Technical Report")


def test_the_catalogue_knows_the_paper_whatever_its_text_says() -> None:
    graph = link(
        [
            extraction("2210.07316", entity("MTEB", "Benchmark", relation="USES")),
            extraction("2401.00002", new("MTEB", "Benchmark", 0.9)),
        ]
    )
    assert introducing(graph) == {("2210.07316", "benchmark/mteb")}


def test_a_known_thing_is_not_introduced_where_its_own_paper_is_missing() -> None:
    graph = link([extraction("2401.00002", new("MTEB", "Benchmark", 0.9))])
    assert introducing(graph) == set()


def test_two_papers_of_one_author_may_introduce_the_same() -> None:
    graph = link(
        [
            extraction("2401.00001", new("FooNet", confidence=0.99), authors=("A. Foo", "B. Bar")),
            extraction("2403.00002", new("FooNet", confidence=0.99), authors=("B. Bar",)),
            *used("FooNet", "2404.00003", "2404.00004", "2404.00005"),
        ]
    )
    assert introducing(graph) == {("2401.00001", "method/foonet"), ("2403.00002", "method/foonet")}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("FooBench: Measuring How Foo Is", "foobench"),
        ("FooBench:Measuring How Foo Is", "foobench"),
        ("Introducing FooBench: Foo for All", "foobench"),
        ("Foo 3.5 Technical Report", "foo3.5"),
        ("The Foo System Card", "foo"),
        ("FooBench: A Critical Survey", None),
        ("FooLM: Performance or Illusion?", None),
        ("At 12:30 All Is Well", None),
        ("No Name at All", None),
    ],
)
def test_titles_that_announce_a_name(title: str, name: str | None) -> None:
    assert announced_name(title) == name
