"""Linking of records that a test holds in memory, and the graph as rows."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from projection import Projection

from kg.link import Analysis, link_analysis
from kg.link.corrections import Overrides
from kg.schema import Extraction


class Corrected(NamedTuple):
    """The graph, ids that corrections took away with those that replace them, and the warnings."""

    graph: Projection
    replaced: Mapping[str, str]
    warnings: list[str]


def link(extractions: Iterable[Extraction]) -> Projection:
    """One graph of all papers; each may come several times."""
    return link_corrected(extractions, Overrides()).graph


def link_corrected(
    extractions: Iterable[Extraction],
    overrides: Overrides,
    current_id: Callable[[str], str | None] = lambda identifier: None,
) -> Corrected:
    """One graph of all papers, as a user has corrected it; see `kg.link.link_analysis`."""
    linked = link_analysis(Analysis.of(extractions), overrides, current_id)
    return Corrected(Projection.of(linked.graph), linked.replaced, [str(warning) for warning in linked.warnings])
