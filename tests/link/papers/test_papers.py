"""Which records are one paper, and what the merged record says."""

import pytest
from linked_graph import link
from linking_records import entity, extraction

from kg.schema import Extraction
from kg.text.keys import name_key


def papers(*records: Extraction) -> dict[str, dict[str, object]]:
    graph = link(records)
    assert graph.problems() == []
    return graph.nodes["Paper"]


def test_versions_and_addresses_of_one_arxiv_id_are_one_paper() -> None:
    found = papers(
        extraction("2401.00001v1", title="A First Title of This"),
        extraction("x", title="The Second Title of This", url="https://arxiv.org/abs/2401.00001v3"),
        extraction("y", title="Third Title of This Work", doi="10.48550/arXiv.2401.00001"),
    )
    assert list(found) == ["2401.00001"]


def test_a_title_joins_records_without_a_common_id() -> None:
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


def test_entities_come_from_the_fullest_record_alone() -> None:
    graph = link(
        [
            extraction("2401.00001", entity("LoRA"), title="On the Joining of Records", abstract="Short."),
            extraction("2401.00001", entity("DoRA"), title="On the Joining of Records", abstract="Long text. " * 9),
        ]
    )
    assert [edge.target for edge in graph.edges["USES"]] == ["method/dora"]


def test_authors_have_positions_and_their_best_written_name() -> None:
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


@pytest.mark.parametrize(
    "title", ["On α-Divergence for VAEs", "on $\\alpha$-divergence for {VAE}s", "ON ALPHA DIVERGENCE FOR VAES"]
)
def test_a_title_is_one_however_it_is_marked_up(title: str) -> None:
    (paper,) = papers(
        extraction("2401.00001", title="On $\\alpha$-Divergence for VAEs"), extraction("b", title=title)
    ).values()
    assert name_key(title) in paper["keys"]
