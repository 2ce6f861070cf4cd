"""Corrections as a user writes them, and the graph with them."""

from collections.abc import Callable, Iterable

from linked_graph import Corrected, link_corrected
from projection import Projection

from kg.link.corrections import Overrides
from kg.schema import Extraction


def entry(*lines: str) -> str:
    """A correction of these lines, with who and why."""
    first, *others = (*lines, "who: Ada", "why: It was looked up.")
    return "".join([f"- {first}\n", *(f"  {line}\n" for line in others)])


def corrected(
    papers: Iterable[Extraction], *entries: str, current_id: Callable[[str], str | None] = lambda identifier: None
) -> Corrected:
    return link_corrected(papers, Overrides.parse("".join(entries)), current_id)


def linked(papers: Iterable[Extraction], *entries: str) -> Projection:
    return corrected(papers, *entries).graph


def edges(graph: Projection, label: str) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in graph.edges[label]}
