"""What corrections do to the graph that follows from extractions."""

import pytest
from linking_records import entity, extraction
from overrides_text import corrected, edges, entry, linked

from kg.schema import Extraction, Link, Result


def papers(introduced_with: float = 0.9) -> list[Extraction]:
    new = entity("FooFormer", "Model", relation="INTRODUCES", evidence="FooFormer is new.", confidence=introduced_with)
    return [
        extraction("2401.00001", new),
        extraction("2401.00002", entity("Foo Transformer", "Model", relation="USES", evidence="We use it.")),
        extraction("2401.00003", entity("FooFormer", "Model", relation="USES", evidence="FooFormer helps.")),
        extraction("2401.00004", entity("BarBench", "Dataset", relation="EVALUATES_ON", evidence="On BarBench.")),
    ]


def test_without_corrections_nothing_changes() -> None:
    assert linked(papers()) == linked(papers(), "# nothing\n")


def test_merged_entities_have_the_relations_of_all() -> None:
    later = extraction("2402.00005", entity("Foo Transformer", "Model"))
    merge = entry("merge: [model/foo-transformer]", "into: {type: Model, name: fooformer}")
    done = corrected([*papers(introduced_with=0.98), later], merge)
    assert done.warnings == []
    assert done.replaced == {"model/foo-transformer": "model/fooformer"}
    assert list(done.graph.nodes["Model"]) == ["model/fooformer"]
    node = done.graph.nodes["Model"]["model/fooformer"]
    assert (node["aliases"], node["papers"]) == (["Foo Transformer"], 4)
    assert "footransformer" in node["keys"]
    users = {"2401.00002", "2401.00003", "2402.00005"}
    assert edges(done.graph, "USES") == {(user, "model/fooformer") for user in users}
    # What follows from the relations follows from the corrected ones.
    assert ("2402.00005", "2401.00001") in edges(done.graph, "CITES")
    assert done.graph.problems() == []


def test_a_renamed_entity_keeps_its_old_name_as_an_alias_and_its_old_id() -> None:
    done = corrected(papers(), entry("rename: model/foo-transformer", "to: Fooformer XL"))
    node = done.graph.nodes["Model"]["model/fooformer-xl"]
    assert (node["name"], node["aliases"]) == ("Fooformer XL", ["Foo Transformer"])
    assert done.replaced == {"model/foo-transformer": "model/fooformer-xl"}
    # Variants are those of the new name.
    assert done.graph.problems() == []


def test_two_entities_with_one_name_stay_two_with_a_warning() -> None:
    done = corrected(papers(), entry("rename: model/foo-transformer", "to: FooFormer"))
    assert set(done.graph.nodes["Model"]) == {"model/fooformer", "model/fooformer-2"}
    assert done.warnings == [
        "overrides.yaml:1: model/fooformer has this name too, so this one is model/fooformer-2: "
        "if they are one, merge them"
    ]


def test_a_retyped_entity_has_the_relations_of_its_type() -> None:
    done = corrected(papers(), entry("retype: dataset/barbench", "to: Model"))
    assert edges(done.graph, "EVALUATES") == {("2401.00004", "model/barbench")}
    assert edges(done.graph, "EVALUATES_ON") == set()
    assert done.graph.nodes["Model"]["model/barbench"]["type"] == "Model"
    assert done.graph.nodes["Dataset"] == {}
    assert done.graph.problems() == []


def test_a_hidden_node_goes_with_its_edges() -> None:
    done = corrected(papers(), entry("hide: model/fooformer"), entry("hide: 2401.00004"))
    assert set(done.graph.nodes["Model"]) == {"model/foo-transformer"}
    assert set(done.graph.nodes["Paper"]) == {"2401.00001", "2401.00002", "2401.00003"}
    assert done.graph.nodes["Dataset"] == {}
    assert done.graph.problems() == []


def test_nodes_that_only_a_hidden_paper_has_go_with_it() -> None:
    one = extraction("2401.00001", authors=("Ada Lovelace", "Emmy Noether"), tasks=("weaving",))
    two = extraction("2401.00002", authors=("Emmy Noether",), references=("2401.00001",))
    done = corrected([one, two], entry("hide: https://arxiv.org/abs/2401.00001v2"))
    assert set(done.graph.nodes["Author"]) == {"author/emmy-noether"}
    assert done.graph.nodes["Task"] == {}
    assert done.graph.edges["CITES"] == []
    assert done.warnings == []


def test_relations_are_added_and_removed() -> None:
    done = corrected(
        papers(),
        entry("add: EVALUATES_ON", "from: 2401.00001", "to: dataset/barbench"),
        entry("add: TRAINS_ON", 'from: "Findings on matter number 2401.00002"', "to: {type: Dataset, name: BazSet}"),
        entry("remove: USES", "from: 2401.00003", "to: model/fooformer"),
    )
    assert done.warnings == []
    (added,) = [edge for edge in done.graph.edges["EVALUATES_ON"] if edge.source == "2401.00001"]
    assert added.properties["by"] == "override"
    assert added.properties["evidence"] == "It was looked up. (Ada)"
    assert added.properties["confidence"] == 1.0
    assert added.properties.get("start") is None
    assert done.graph.nodes["Dataset"]["dataset/bazset"]["origin"] == "override"
    assert edges(done.graph, "TRAINS_ON") == {("2401.00002", "dataset/bazset")}
    assert edges(done.graph, "USES") == {("2401.00002", "model/foo-transformer")}
    assert done.graph.nodes["Model"]["model/fooformer"]["papers"] == 1


def test_a_sentence_is_better_evidence_than_a_correction() -> None:
    done = corrected(papers(), entry("add: USES", "from: 2401.00003", "to: model/fooformer"))
    (edge,) = [edge for edge in done.graph.edges["USES"] if edge.source == "2401.00003"]
    assert edge.properties["evidence"] == "FooFormer helps."


def test_edges_of_other_kinds_are_added_and_removed() -> None:
    one = extraction("2401.00001", links=(Link(url="https://github.com/ada/engine", kind="code"),), tasks=("weaving",))
    two = extraction("2401.00002", references=("2401.00001",), authors=("Emmy Noether",))
    done = corrected(
        [one, two, *papers()[2:3]],
        entry("add: LINKS_TO", "from: 2401.00001", "to: https://github.com/ada/engine"),
        entry("add: HAS_CODE", "from: 2401.00002", "to: github.com/emmy/rings"),
        entry("remove: CITES", "from: 2401.00002", "to: 2401.00001"),
        entry("remove: ADDRESSES", "from: 2401.00001", "to: weaving"),
        entry("add: ADDRESSES", "from: 2401.00002", "to: Ring theory"),
        entry("add: CITES", "from: 2401.00003", "to: 2401.00002"),
        entry("remove: AUTHORED_BY", "from: 2401.00002", "to: Emmy Noether"),
    )
    assert done.warnings == []
    assert edges(done.graph, "LINKS_TO") == {("2401.00001", "repository/github.com/ada/engine")}
    assert edges(done.graph, "HAS_CODE") == {("2401.00002", "repository/github.com/emmy/rings")}
    assert edges(done.graph, "CITES") == {("2401.00003", "2401.00002")}
    assert set(done.graph.nodes["Task"]) == {"task/ring-theory"}
    assert done.graph.nodes["Author"] == {}
    assert done.graph.problems() == []


def test_variants_are_added_but_not_in_a_circle() -> None:
    done = corrected(
        papers(),
        entry("add: VARIANT_OF", "from: model/foo-transformer", "to: model/fooformer"),
        entry("add: VARIANT_OF", "from: model/fooformer", "to: model/foo-transformer"),
    )
    assert edges(done.graph, "VARIANT_OF") == {("model/foo-transformer", "model/fooformer")}
    assert len(done.warnings) == 1 and "back to it" in done.warnings[0]


def bare_and_long() -> list[Extraction]:
    return [
        extraction("2401.00001", entity("SAM", "Model", "Segment Anything Model", relation="INTRODUCES")),
        extraction("2401.00002", entity("SAM", "Model", relation="USES", evidence="SAM trains it.")),
        extraction("2401.00003", entity("SAM", "Model", relation="USES", evidence="SAM cuts it.")),
        extraction("2401.00004", entity("Sharpness-Aware Minimization", "Method", relation="USES")),
    ]


def test_papers_are_split_off_to_an_entity_that_exists() -> None:
    whole = linked(bare_and_long())
    (sam,) = whole.nodes["Model"]
    done = corrected(
        bare_and_long(),
        entry(f"split: {sam}", "papers: [2401.00002]", "off: {type: Method, name: Sharpness-Aware Minimization}"),
    )
    assert done.warnings == []
    assert edges(done.graph, "USES") == {
        # The catalogue knows that another paper introduced it.
        ("2401.00001", sam),
        ("2401.00002", "method/sharpness-aware-minimization"),
        ("2401.00003", sam),
        ("2401.00004", "method/sharpness-aware-minimization"),
    }
    assert done.graph.nodes["Method"]["method/sharpness-aware-minimization"]["aliases"][-1] == "SAM"
    assert done.graph.nodes["Model"][sam]["papers"] == 2
    assert ("2401.00002", "2401.00001") not in edges(done.graph, "CITES")


def test_written_forms_are_split_off_to_a_new_entity() -> None:
    texts = [
        extraction("2401.00001", entity("Foo-Bench", "Benchmark", evidence="Foo-Bench is hard.")),
        extraction("2401.00002", entity("FooBench", "Benchmark", evidence="FooBench is old.")),
    ]
    (only,) = linked(texts).nodes["Benchmark"]
    done = corrected(
        texts, entry(f"split: {only}", "forms: [Foo-Bench]", "off: {type: Benchmark, name: The hard FooBench}")
    )
    assert done.warnings == []
    assert set(done.graph.nodes["Benchmark"]) == {only, "benchmark/the-hard-foobench"}
    left = done.graph.nodes["Benchmark"][only]
    assert (left["name"], left["aliases"]) == ("FooBench", [])
    new = done.graph.nodes["Benchmark"]["benchmark/the-hard-foobench"]
    assert (new["aliases"], new["papers"], new["origin"]) == (["Foo-Bench"], 1, "override")
    assert edges(done.graph, "USES") == {("2401.00001", "benchmark/the-hard-foobench"), ("2401.00002", only)}


def test_results_go_with_their_benchmark() -> None:
    text = "FooFormer gets 71.2% on FooBench."
    result = Result(model="FooFormer", benchmark="FooBench", value="71.2%", field="abstract", start=15, end=20)
    paper = extraction(
        "2401.00001",
        entity("FooFormer", "Model", relation="INTRODUCES"),
        entity("FooBench", "Benchmark", relation="EVALUATES_ON"),
        abstract=text,
        results=(result,),
    )
    other = extraction("2401.00002", entity("FooBench", "Benchmark", relation="EVALUATES_ON"))
    split = entry("split: benchmark/foobench", "papers: [2401.00001]", "off: {type: Benchmark, name: FooBench 2}")
    done = corrected([paper, other], split)
    assert {edge.target for edge in done.graph.edges["ON"]} == {"benchmark/foobench-2"}
    for gone in ("hide: benchmark/foobench", "hide: 2401.00001"):
        done = corrected([paper, other], entry(gone))
        assert [done.graph.nodes["Result"], done.graph.edges["REPORTS"], done.graph.edges["OF"]] == [{}, [], []]
    done = corrected([paper, other], entry("hide: model/fooformer"))
    assert len(done.graph.nodes["Result"]) == 1 and done.graph.edges["OF"] == []
    done = corrected([paper, other], entry("retype: model/fooformer", "to: Dataset"))
    assert done.graph.problems() == [] and done.graph.edges["OF"] == []


def test_later_corrections_see_the_effect_of_earlier_ones() -> None:
    done = corrected(
        papers(),
        entry("rename: model/foo-transformer", "to: Quux"),
        entry("retype: model/quux", "to: Method"),
        entry("merge: [method/quux]", "into: model/fooformer"),
        entry("rename: model/foo-transformer", "to: FooFormer One"),
        entry("remove: USES", "from: 2401.00002", "to: method/quux"),
    )
    assert done.warnings == []
    assert list(done.graph.nodes["Model"]) == ["model/fooformer-one"]
    assert edges(done.graph, "USES") == {("2401.00003", "model/fooformer-one")}
    assert {"Quux", "Foo Transformer", "FooFormer"} <= set(done.graph.nodes["Model"]["model/fooformer-one"]["aliases"])


def test_a_removed_relation_does_not_come_back_by_a_split() -> None:
    done = corrected(
        bare_and_long(),
        entry("remove: USES", "from: 2401.00002", "to: {type: Model, name: SAM}"),
        entry("split: {type: Model, name: SAM}", "papers: [2401.00002]", "off: {type: Method, name: SAM}"),
    )
    assert "2401.00002" not in {source for source, _ in edges(done.graph, "USES")}


ALL = [
    entry("merge: [model/foo-transformer]", "into: model/fooformer"),
    entry("split: model/fooformer", "papers: [2401.00003]", "off: {type: Method, name: FooForming}"),
    entry("rename: model/fooformer", "to: Foo Former"),
    entry("retype: dataset/barbench", "to: Benchmark"),
    entry("add: EVALUATES_ON", "from: 2401.00001", "to: {type: Dataset, name: BazSet}"),
    entry("remove: USES", "from: 2401.00002", "to: model/fooformer"),
    entry("add: HAS_CODE", "from: 2401.00002", "to: github.com/emmy/rings"),
    entry("hide: 2401.00004"),
]


def test_every_correction_twice_is_the_same_as_once() -> None:
    once = corrected(papers(), *ALL)
    twice = corrected(papers(), *(each for each in ALL for _ in range(2)))
    assert once.warnings == twice.warnings == []
    assert twice.graph == once.graph
    assert corrected(papers(), *ALL, *ALL).graph == once.graph


@pytest.mark.parametrize(
    "lines",
    [
        ["hide: model/fooformer"],
        ["hide: {type: Model, name: FooFormer}"],
        ["retype: {type: Model, name: FooFormer}", "to: Method"],
        ["rename: {type: Model, name: FooFormer}", "to: Quux"],
        ["merge: [{type: Model, name: Foo Transformer}]", "into: {type: Dataset, name: BarBench}"],
        ["hide: author/ada-lovelace"],
    ],
)
def test_a_repeated_correction_gives_no_warning(lines: list[str]) -> None:
    written = [*papers(), extraction("2401.00009", authors=("Ada Lovelace",))]
    once, twice = corrected(written, entry(*lines)), corrected(written, entry(*lines), entry(*lines))
    assert once.warnings == twice.warnings == []
    assert twice.graph == once.graph != linked(written)


def test_the_order_of_papers_makes_no_difference() -> None:
    assert linked(papers()[::-1], *ALL) == linked(papers(), *ALL)


def test_a_correction_of_a_missing_node_is_a_warning_and_the_rest_is_applied() -> None:
    done = corrected(
        papers(),
        entry("hide: model/nothing"),
        entry("merge: [model/none, model/foo-transformer]", "into: model/fooformer"),
        entry("add: USES", "from: 1999.99999", "to: model/fooformer"),
        entry("add: EVALUATES_ON", "from: 2401.00001", "to: model/fooformer"),
        entry("hide: task/none"),
        entry("split: model/fooformer", "forms: [FooFourmer]", "off: {type: Model, name: Other}"),
        entry("rename: {type: Benchmark, name: FooFormer}", "to: x"),
        entry("add: HAS_CODE", "from: 2401.00001", "to: nowhere"),
    )
    assert len(done.warnings) == 8
    assert all("\n" not in warning for warning in done.warnings)
    assert list(done.graph.nodes["Model"]) == ["model/fooformer"]
    assert done.graph.problems() == []


def test_an_id_of_an_earlier_graph_still_names_its_node() -> None:
    done = corrected(
        papers(),
        entry("rename: model/foo-before", "to: Quux"),
        current_id={"model/foo-before": "model/foo-transformer"}.get,
    )
    assert done.warnings == []
    assert "model/quux" in done.graph.nodes["Model"]


def test_an_ambiguous_name_is_a_warning_with_the_ids() -> None:
    two = [
        extraction("2401.00001", entity("ZQX", "Method", "Zonal Query Exchange", relation="INTRODUCES")),
        extraction("2401.00002", entity("ZQX", "Method", "Zero Quota Crossing", relation="INTRODUCES")),
    ]
    done = corrected(two, entry("hide: {type: Method, name: ZQX}"))
    assert len(done.graph.nodes["Method"]) == 2
    assert all(known in done.warnings[0] for known in done.graph.nodes["Method"])


def test_papers_can_be_merged() -> None:
    pair = [
        extraction("2401.00001", entity("FooFormer", "Model"), title="A Preprint on Looms and Weaving"),
        extraction("10.1000/xyz", title="Weaving, as Published", doi="10.1000/XYZ", year=2025),
    ]
    done = corrected(pair, entry("merge: [https://doi.org/10.1000/xyz]", "into: 2401.00001"))
    assert list(done.graph.nodes["Paper"]) == ["2401.00001"]
    assert done.warnings == []
    missing = corrected(pair, entry("merge: [10.1000/none]", "into: 2401.00001"))
    assert len(missing.warnings) == 1
