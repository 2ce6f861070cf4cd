"""Venues and categories of papers in the graph."""

from linked_graph import link, link_corrected
from linking_records import extraction
from projection import Projection

from kg.link.corrections import Overrides
from kg.schema import Extraction


def records() -> list[Extraction]:
    title = "On the Folding of Records"
    return [
        extraction("2401.00001", title=title, venue="NeurIPS", categories=("cs.CL", "CS.LG")),
        extraction(
            "x", title=title, venue="Advances in Neural Information Processing Systems", year=2024, source="bibtex"
        ),
        extraction("y", title=title, venue="Journal of Folding 3 (2025)", categories=("cs.cl",)),
        extraction("2401.00002", venue="NIPS'17"),
        extraction("2401.00003", venue="Submitted to ICLR 2024"),
    ]


def published(graph: Projection) -> list[tuple[str, str, object]]:
    return sorted((edge.source, edge.target, edge.properties.get("year")) for edge in graph.edges["PUBLISHED_IN"])


def test_a_paper_has_the_venues_and_categories_of_all_its_records() -> None:
    graph = link(records())
    assert graph.problems() == []
    assert published(graph) == [
        ("2401.00001", "venue/journal-of-folding", 2025),
        ("2401.00001", "venue/neurips", 2024),
        ("2401.00002", "venue/neurips", 2017),
    ]
    assert sorted((edge.source, edge.target) for edge in graph.edges["IN_CATEGORY"]) == [
        ("2401.00001", "category/cs.cl"),
        ("2401.00001", "category/cs.lg"),
    ]
    assert graph.nodes["Category"]["category/cs.cl"]["name"] == "cs.CL"
    venue = graph.nodes["Venue"]["venue/neurips"]
    assert venue["name"] == "NeurIPS" and "NIPS" in venue["aliases"]
    assert {"neurips", "nips", "neuralinformationprocessingsystems"} <= set(venue["keys"])


def test_of_two_years_at_one_venue_the_later_counts() -> None:
    title = "On the Folding of Records"
    found = [
        extraction("2401.00001", title=title, venue="ICLR", venue_year=2023),
        extraction("x", title=title, venue="ICLR 2024"),
    ]
    assert published(link(found)) == published(link(reversed(found))) == [("2401.00001", "venue/iclr", 2024)]


def test_a_wrong_venue_is_removed_by_a_correction() -> None:
    text = """
- remove: PUBLISHED_IN
  from: "2401.00001"
  to: NIPS
  who: Ann
  why: it appeared in the journal alone
- hide: venue/journal-of-folding
  who: Ann
  why: no journal
- remove: IN_CATEGORY
  from: "2401.00001"
  to: cs.LG
  who: Ann
  why: another one
"""
    corrected = link_corrected(records(), Overrides.parse(text))
    assert corrected.warnings == []
    assert published(corrected.graph) == [("2401.00002", "venue/neurips", 2017)]
    assert set(corrected.graph.nodes["Venue"]) == {"venue/neurips"}
    assert set(corrected.graph.nodes["Category"]) == {"category/cs.cl"}
