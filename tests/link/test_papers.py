"""Which records are one paper, and what the merged record says."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_graph import link
from linking_records import entity, extraction

from kg.schema import Extraction, Projection
from kg.text.keys import name_key


def papers(*records: Extraction) -> dict[str, dict[str, object]]:
    graph = link(records)
    assert graph.problems() == []
    return graph.nodes["Paper"]


def cited(graph: Projection) -> dict[tuple[str, str], object]:
    return {(edge.source, edge.target): edge.properties["inferred"] for edge in graph.edges["CITES"]}


def test_versions_and_addresses_of_one_arxiv_id_are_one_paper() -> None:
    found = papers(
        extraction("2401.00001v1", title="A First Title of This"),
        extraction("x", title="The Second Title of This", url="https://arxiv.org/abs/2401.00001v3"),
        extraction("y", title="Third Title of This Work", doi="10.48550/arXiv.2401.00001"),
    )
    assert list(found) == ["2401.00001"]


def test_title_joins_what_has_no_id_in_common() -> None:
    found = papers(
        extraction("2401.00001", title="On the Joining of Records"),
        extraction("row-7", title="On the joining of  records.", doi="10.1000/xyz"),
        extraction("row-9", title="Another Title Altogether, Though", doi="https://doi.org/10.1000/XYZ"),
    )
    assert list(found) == ["2401.00001"]
    known = ("2401.00001", "10.1000/xyz", "row-7", "row-9", "Another Title Altogether, Though")
    assert {name_key(text) for text in known} <= set(found["2401.00001"]["keys"])


def test_a_short_title_does_not_join_two_arxiv_ids() -> None:
    assert len(papers(extraction("2401.00001", title="Editorial"), extraction("2402.00001", title="Editorial"))) == 2
    assert len(papers(extraction("2401.00001", title="Editorial"), extraction("row", title="Editorial"))) == 1


def test_the_fuller_record_wins_field_by_field() -> None:
    (paper,) = papers(
        extraction(
            "2401.00001",
            title="On the Joining of Records",
            abstract="Long text. " * 9,
            year=2024,
            published="2024",
            source="full",
        ),
        extraction(
            "2401.00001",
            title="On the Joining of Records",
            abstract="Short.",
            year=2023,
            published="2023-12-30",
            upvotes=7,
            source="poor",
            authors=("Ada Lovelace", "José Núñez"),
        ),
    ).values()
    assert paper["abstract"] == "Long text. " * 9
    assert (paper["source"], paper["upvotes"]) == ("full", 7)
    assert (paper["year"], paper["published"]) == (2023, "2023-12-30")


def test_what_is_found_comes_from_the_fullest_record_alone() -> None:
    graph = link(
        [
            extraction("2401.00001", entity("LoRA"), title="On the Joining of Records", abstract="Short."),
            extraction("2401.00001", entity("DoRA"), title="On the Joining of Records", abstract="Long text. " * 9),
        ]
    )
    assert [edge.target for edge in graph.edges["USES"]] == ["method/dora"]


def test_authors_have_places_and_the_most_telling_spelling() -> None:
    graph = link(
        [
            extraction("2401.00001", authors=("ADA LOVELACE", "Jose Nunez")),
            extraction("2401.00002", authors=("José Núñez", "Ada Lovelace")),
        ]
    )
    assert {row["name"] for row in graph.nodes["Author"].values()} == {"Ada Lovelace", "José Núñez"}
    places = {(edge.source, edge.target): edge.properties["position"] for edge in graph.edges["AUTHORED_BY"]}
    assert places["2401.00001", "author/ada-lovelace"] == 1
    assert places["2401.00002", "author/ada-lovelace"] == 2


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


def test_use_of_what_one_paper_introduces_is_an_inferred_citation() -> None:
    graph = link(
        [
            extraction("2401.00001", entity("FooFormer", "Model", relation="INTRODUCES"), year=2024),
            extraction("2402.00002", entity("FooFormer", "Model", relation="COMPARES_WITH"), year=2024),
            extraction("2402.00003", entity("FooFormer", "Model"), year=2024, references=("2401.00001",)),
            extraction("2402.00004", entity("FooFormer", "Model", relation="MENTIONS"), year=2024),
            extraction("2301.00005", entity("FooFormer", "Model"), year=2023),
        ]
    )
    assert cited(graph) == {("2402.00002", "2401.00001"): True, ("2402.00003", "2401.00001"): False}


def test_what_any_record_of_a_paper_cites_is_cited() -> None:
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


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("Short.", "A longer one.", "")), st.sets(st.integers(1, 9))), min_size=2, max_size=4
    ),
    st.randoms(use_true_random=False),
)
def test_a_record_more_never_takes_a_citation_away(parts: list[tuple[str, set[int]]], random: Random) -> None:
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


@pytest.mark.parametrize(
    "title", ["On α-Divergence for VAEs", "on $\\alpha$-divergence for {VAE}s", "ON ALPHA DIVERGENCE FOR VAES"]
)
def test_a_title_is_one_however_it_is_marked_up(title: str) -> None:
    (paper,) = papers(
        extraction("2401.00001", title="On $\\alpha$-Divergence for VAEs"), extraction("b", title=title)
    ).values()
    assert name_key(title) in paper["keys"]
