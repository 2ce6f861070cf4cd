"""Why forms are one node, and near ones are not."""

from linked_graph import link
from linking_records import entity, papers_with

from kg.link import Explanation, Explanations, LinkCause, explain_name

PAPERS = papers_with(
    [
        entity("ZQX", "Method", "Zonal Query Exchange"),
        entity("ZQX", "Method", "zonal query exchanges"),
        entity("ZQX", "Method", "Zero Quota Crossing"),
        entity("ZQXs"),
        entity("GPT-4o", "Model"),
        entity("gpt 4o", "Model"),
        entity("ChatGPT-4o", "Model"),
        entity("GPT-4", "Model"),
        entity("ZQX", "Benchmark"),
        entity("ZQX", "Benchmark"),
        entity("ZQY"),
    ]
)


def explained(name: str) -> Explanation:
    return explain_name(PAPERS, name).nodes[0]


def causes(explanation: Explanation, form: str) -> set[LinkCause]:
    (joined,) = (joined for joined in explanation.joined if joined.form == form)
    return {reason.cause for reason in joined.reasons}


def test_each_form_has_the_reasons_why_it_means_the_entity() -> None:
    found = explained("zqx")
    assert found.name == "ZQX"
    assert causes(found, "ZQXs") >= {LinkCause.NORMAL_FORM}
    assert LinkCause.LONG_FORM in causes(found, "Zonal Query Exchange")
    (acronym,) = (joined for joined in found.joined if joined.form == "ZQX")
    by_cause = {reason.cause: reason for reason in acronym.reasons}
    assert by_cause[LinkCause.LONG_FORM].papers == ["2401.00001"]
    assert "2 of 3" in by_cause[LinkCause.PREVAILING].detail


def test_similar_names_have_the_reason_why_they_mean_another_entity() -> None:
    found = explained("ZQX")
    apart = {other.name: other.reason.cause for other in found.apart}
    assert apart["Zero Quota Crossing"] == LinkCause.OTHER_LONG_FORM
    assert apart["ZQX"] == LinkCause.OTHER_TYPE
    assert apart.get("ZQY", LinkCause.LETTERS) == LinkCause.LETTERS


def test_the_catalogue_and_versions_are_named() -> None:
    found = explained("GPT-4o")
    assert LinkCause.CATALOGUE in causes(found, "ChatGPT-4o")
    assert LinkCause.NORMAL_FORM in causes(found, "gpt 4o")
    assert {other.name: other.reason.cause for other in found.apart}["GPT-4"] == LinkCause.VERSION


def test_a_node_is_found_by_id_and_agrees_with_the_graph() -> None:
    graph = link(PAPERS)
    for row in graph.nodes["Method"].values():
        (found,) = explain_name(PAPERS, str(row["id"])).nodes
        assert [joined.form for joined in found.joined] == [row["name"], *row["aliases"]]
        assert all(joined.reasons for joined in found.joined if joined.form != found.name)


def test_an_unknown_name_has_no_explanation() -> None:
    assert explain_name(PAPERS, "no such thing") == Explanations(nodes=[], papers=[])
