"""Linking: one graph from the analysis of all records. The order of the records makes no difference."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from kg.link.analysis import Analysis
from kg.link.citations import citations_by_reference
from kg.link.corrections import Overrides
from kg.link.corrections.edges import correct_edges
from kg.link.corrections.entities import EntityCorrector
from kg.link.entity_graph import ENTITY_PART, EntityGraph
from kg.link.names.resolved import ResolvedEntities
from kg.link.papers.author_groups import add_author_groups
from kg.link.papers.nodes import PAPER_PART, add_paper_part
from kg.link.papers.paper_linker import PaperLinker
from kg.schema.tables import Tables
from kg.sources.problems import Problem


class LinkedGraph(NamedTuple):
    """A graph, and what corrections did to it.

    Attributes:
        graph: all nodes and edges.
        replaced: ids that corrections took away, each with the id that replaces it.
        hidden: ids that corrections hide.
        warnings: corrections that were not applied, or that gave two nodes the same name.
    """

    graph: Tables
    replaced: Mapping[str, str]
    hidden: Collection[str]
    warnings: tuple[Problem, ...]


def link_analysis(
    analysis: Analysis,
    overrides: Overrides = Overrides(),  # noqa: B008
    current_id: Callable[[str], str | None] = lambda identifier: None,
    on_part: Callable[[Tables, frozenset[str]], None] | None = None,
) -> LinkedGraph:
    """One graph of all papers, with the user's corrections.

    Args:
        analysis: of all records.
        overrides: the corrections.
        current_id: gives for an id of an earlier graph the id that has replaced it, or None.
        on_part: called with the unfinished graph, and the labels of nodes and edges that are complete since the last
            call: first what needs papers alone, then entities and results. Not called if there are corrections, which
            may still change all of it.
    """
    papers = PaperLinker(analysis.tables["records"])
    for one, other in overrides.same_papers():
        papers.join(one, other)
    papers.merge()
    graph = Tables()
    add_paper_part(graph, papers, analysis)
    citations, stubs = citations_by_reference(papers)
    graph.add_nodes("Paper", [stub.row() for stub in stubs])
    if on_part and not overrides:
        on_part(graph, PAPER_PART)
    entities = EntityGraph(graph, ResolvedEntities(analysis, papers))
    corrector = EntityCorrector(overrides, papers, current_id)
    entities.correct(corrector)
    entities.add_entity_part()
    if on_part and not overrides:
        on_part(graph, ENTITY_PART)
    entities.add_variants()
    entities.add_citations(citations)
    if corrector.has_second_step():
        correct_edges(graph, overrides, corrector)
        add_author_groups(graph)
    references = corrector.references
    return LinkedGraph(graph, references.replaced, references.hidden.keys(), tuple(corrector.warnings))
