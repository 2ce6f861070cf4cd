"""Which paper cites which: by references, and inferred."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_graph import link
from linking_records import entity, extraction
from projection import Projection

from kg.text.keys import name_key


def cited(graph: Projection) -> dict[tuple[str, str], object]:
    return {(edge.source, edge.target): edge.properties["inferred"] for edge in graph.edges["CITES"]}


def test_citations_follow_references_in_any_notation() -> None:
    graph = link(
        [
            extraction("2401.00001", title="The Paper That Is Cited"),
            extraction("2401.00002", references=("https://arxiv.org/pdf/2401.00001v2.pdf", "2399.99999")),
            extraction("2401.00003", references=("The paper that is cited",)),
            extraction("2401.00004", references=("2401.00004",)),
        ]
    )
    assert cited(graph) == {("2401.00002", "2401.00001"): False, ("2401.00003", "2401.00001"): False}


def test_a_paper_that_uses_an_entity_cites_the_earlier_paper_that_introduced_it() -> None:
    graph = link(
        [
            extraction("2401.00001", entity("FooFormer", "Model", relation="INTRODUCES"), title="FooFormer: Foo Anew"),
            extraction("2402.00002", entity("FooFormer", "Model", relation="COMPARES_WITH")),
            extraction("2402.00003", entity("FooFormer", "Model"), references=("2401.00001",)),
            extraction("2402.00004", entity("FooFormer", "Model", relation="MENTIONS")),
            extraction("2401.00005", entity("FooFormer", "Model")),
        ]
    )
    assert cited(graph) == {("2402.00002", "2401.00001"): True, ("2402.00003", "2401.00001"): False}
    assert {edge.properties.get("confidence") for edge in graph.edges["CITES"]} == {None, 0.95}


@pytest.mark.parametrize("name", ["FooFormer", "Compass"])
def test_without_its_title_only_a_telling_name_makes_a_paper_the_one_to_cite(name: str) -> None:
    graph = link(
        [
            extraction("2401.00001", entity(name, "Model", relation="INTRODUCES", confidence=0.98)),
            extraction("2402.00002", entity(name, "Model")),
        ]
    )
    assert set(cited(graph)) == ({("2402.00002", "2401.00001")} if name == "FooFormer" else set())


def test_no_citation_is_inferred_where_two_papers_may_be_meant_or_one_used_it_before() -> None:
    first = extraction("2402.00001", entity("FooFormer", "Model", relation="INTRODUCES", confidence=0.98))
    user = extraction("2404.00002", entity("FooFormer", "Model"))
    earlier = extraction("2401.00003", entity("FooFormer", "Model"))
    many = [extraction(f"2404.{number:05}", entity("FooFormer", "Model")) for number in range(4, 12)]
    assert cited(link([first, user]))
    assert not cited(link([first, user, earlier, *many]))


def test_a_paper_cites_what_any_of_its_records_cites() -> None:
    long = extraction("2401.00001", abstract="Long text. " * 9, references=("2301.00001", "2301.00002", "2301.00003"))
    short = extraction("2401.00001v2", references=("A Work That Has No Id", "arXiv:2301.00001v1"))
    for records in ([long, short], [short, long]):
        graph = link(records)
        assert set(cited(graph)) == {
            ("2401.00001", "2301.00001"),
            ("2401.00001", "2301.00002"),
            ("2401.00001", "2301.00003"),
            ("2401.00001", "title/a-work-that-has-no-id"),
        }


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("Short.", "A longer one.", "")), st.sets(st.integers(1, 9))), min_size=2, max_size=4
    ),
    st.randoms(use_true_random=False),
)
def test_one_more_record_never_removes_a_citation(parts: list[tuple[str, set[int]]], random: Random) -> None:
    records = [
        extraction("2401.00001", abstract=abstract, references=tuple(f"2301.0000{number}" for number in numbers))
        for abstract, numbers in parts
    ]
    whole = link(records)
    assert {target for _, target in cited(whole)} == {
        f"2301.0000{number}" for _, numbers in parts for number in numbers
    }
    random.shuffle(records)
    assert link(records) == whole


def test_a_reference_by_id_and_title_leads_to_the_paper_of_either() -> None:
    title = "Quite a Telling Title of Work"
    citing = extraction("2401.00002", references=(f"2301.00001\t{title}", "2301.00002\tEditorial"))
    by_title = extraction("2401.00003", references=(title.lower(),))
    stubs = link([citing, by_title])
    assert set(cited(stubs)) == {
        ("2401.00002", "2301.00001"),
        ("2401.00002", "2301.00002"),
        ("2401.00003", "2301.00001"),
    }
    assert stubs.nodes["Paper"]["2301.00001"]["title"] == title
    assert stubs.nodes["Paper"]["2301.00002"]["title"] == "Editorial"
    assert name_key("Editorial") in stubs.nodes["Paper"]["2301.00002"]["keys"]
    # A listing gives titles alone; one that several papers may have is no sign of the paper with that id.
    listed = [extraction("row", title=title), extraction("other", title="Editorial")]
    read = link([citing, by_title, *listed])
    assert set(cited(read)) == {
        ("2401.00002", "title/quite-a-telling-title-of-work"),
        ("2401.00002", "2301.00002"),
        ("2401.00003", "title/quite-a-telling-title-of-work"),
    }
