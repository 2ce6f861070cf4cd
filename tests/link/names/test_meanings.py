"""Two meanings of the same letters, and what a bare acronym means."""

from linked_graph import link
from linking_records import entity, extraction, papers_with
from projection import Projection

from kg.schema import Entity


def nodes(*entities: Entity) -> list[str]:
    """The node of each entity, each in a paper of its own."""
    graph = link(papers_with(entities))
    assert graph.problems() == []
    return [of_paper(graph, f"2401.{number:05}") for number in range(1, len(entities) + 1)]


def of_paper(graph: Projection, paper: str) -> str:
    (target,) = {
        edge.target
        for label, edges in graph.edges.items()
        for edge in edges
        if edge.source == paper and label not in {"CITES", "VARIANT_OF"}
    }
    return target


def test_a_bare_acronym_has_the_meaning_that_prevails() -> None:
    query, query_too, quota, bare = nodes(
        entity("ZQX", "Method", "Zonal Query Exchange"),
        entity("ZQX", "Method", "zonal query exchanges"),
        entity("ZQX", "Method", "Zero Quota Crossing"),
        entity("ZQX"),
    )
    assert query == query_too == bare != quota


def test_a_bare_acronym_is_on_its_own_where_no_meaning_prevails() -> None:
    query, quota, bare = nodes(
        entity("ZQX", "Method", "Zonal Query Exchange"),
        entity("ZQX", "Method", "Zero Quota Crossing"),
        entity("ZQX"),
    )
    assert len({query, quota, bare}) == 3
    assert bare == "method/zqx"
    assert query == "method/zqx-zonal-query-exchange"


def test_a_long_form_alone_is_its_acronym() -> None:
    both, alone = nodes(entity("ZQX", "Method", "Zonal Query Exchange"), entity("Zonal Query Exchange"))
    assert both == alone


def test_a_known_name_with_another_long_form_is_another_entity() -> None:
    known, other, bare = nodes(
        entity("RAG", "Method", "Retrieval-Augmented Generation"),
        entity("RAG", "Method", "Region Adjacency Graph"),
        entity("RAG"),
    )
    assert known == bare != other


def test_the_long_form_that_papers_use_is_learned_for_a_known_name() -> None:
    bare, long, together = nodes(
        entity("GRPO"),
        entity("Group Relative Policy Optimisation"),
        entity("GRPO", "Method", "Group-Relative Policy Optimization"),
    )
    assert bare == long == together == "method/grpo"


def test_a_name_that_several_papers_introduce_means_another_entity_in_each() -> None:
    one, two, user = nodes(
        entity("ZQXer", relation="INTRODUCES"), entity("ZQXer", relation="INTRODUCES"), entity("ZQXer")
    )
    assert len({one, two, user}) == 3
    assert one == "method/zqxer-2401.00001"


def test_a_name_that_many_papers_use_is_one_entity_though_two_introduce_it() -> None:
    claims = [entity("ZQXer", relation="INTRODUCES")] * 2
    assert len(set(nodes(*claims, *[entity("ZQXer")] * 5))) == 1


def test_one_name_called_model_and_method_is_one_node_of_the_prevailing_type() -> None:
    found = nodes(entity("FooSolver", "Model"), entity("FooSolver", "Model"), entity("FooSolver", "Method"))
    assert set(found) == {"model/foosolver"}


def test_a_name_that_nearly_all_papers_use_for_a_system_is_not_a_benchmark() -> None:
    used = [entity("FooSolver", "Model", relation="COMPARES_WITH")] * 5
    stray = entity("FooSolver", "Benchmark", relation="EVALUATES_ON")
    graph = link(papers_with([*used, stray]))
    assert graph.problems() == []
    assert [(edge.source, edge.target) for edge in graph.edges["EVALUATES"]] == [("2401.00006", "model/foosolver")]
    assert not graph.nodes["Benchmark"]


def test_one_name_of_a_benchmark_and_of_a_method_is_two_nodes() -> None:
    assert len(set(nodes(entity("ZQX", "Benchmark"), entity("ZQX", "Method")))) == 2


def test_a_dataset_that_a_paper_evaluates_on_is_a_benchmark() -> None:
    found = nodes(entity("FooCorpus", "Dataset", relation="TRAINS_ON"), entity("FooCorpus", "Benchmark"))
    assert set(found) == {"benchmark/foocorpus"}


def test_the_most_frequent_name_is_canonical_and_all_forms_are_aliases() -> None:
    graph = link(papers_with([entity("ZedQuery"), entity("Zed-Query"), entity("Zed-Query"), entity("zed query")]))
    (row,) = graph.nodes["Method"].values()
    assert row["name"] == "Zed-Query"
    assert row["aliases"] == ["zed query", "ZedQuery"]
    assert row["keys"] == ["zedquery"]
    assert (row["origin"], row["papers"]) == ("extracted", 4)


def test_a_plural_is_an_alias_and_not_the_name() -> None:
    graph = link(papers_with([entity("ZQXs"), entity("ZQXs"), entity("ZQX")]))
    (row,) = graph.nodes["Method"].values()
    assert (row["name"], row["aliases"]) == ("ZQX", ["ZQXs"])


def test_the_paper_of_a_catalogue_entry_introduces_that_entity() -> None:
    graph = link(
        [
            extraction("2106.09685", entity("LoRA", "Method", relation="INTRODUCES")),
            extraction("2501.00002", entity("LoRA", "Method", "Loose Ranking of Answers", relation="INTRODUCES")),
        ]
    )
    introduced = {edge.source: edge.target for edge in graph.edges["INTRODUCES"]}
    assert introduced["2106.09685"] == "method/lora"
    assert introduced["2501.00002"] != "method/lora"


def test_a_mistyped_long_form_means_what_the_right_one_means() -> None:
    right, right_too, mistyped, other = nodes(
        entity("ZQX", "Method", "Zonal Quantile Crossing"),
        entity("ZQX", "Method", "Zonal Quantile Crossing"),
        entity("ZQX", "Method", "Zonal Quantlie Crossing"),
        entity("ZQX", "Method", "Zonal Quantity Crossing"),
    )
    assert right == right_too == mistyped != other


def test_what_few_call_data_is_the_model_that_the_others_call_it() -> None:
    model, model_too, data = nodes(entity("Zorpix", "Model"), entity("Zorpix", "Model"), entity("Zorpix", "Dataset"))
    assert model == model_too == data


def test_a_namesake_of_another_kind_stays_on_its_own() -> None:
    model, _, data, *_ = nodes(
        entity("ZQX", "Method", "Zonal Query Exchange"), entity("ZQX", "Method"), entity("ZQX", "Dataset")
    )
    assert model != data


def test_where_a_better_known_thing_has_its_acronym_an_entity_is_shown_by_its_long_form() -> None:
    control = [entity("ZPC", "Method", "Zorbian Predictive Control") for _ in range(5)]
    computation = entity("ZPC", "Method", "Zonal Party Computation")
    graph = link(papers_with([*control, computation]))
    assert {node["name"] for node in graph.nodes["Method"].values()} == {"ZPC", "Zonal Party Computation"}
    assert graph.nodes["Method"]["method/zonal-party-computation"]["aliases"] == ["ZPC"]
