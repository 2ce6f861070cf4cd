"""A graph on its way into an engine."""

from typing import TYPE_CHECKING

from kg.schema import Projection
from kg.store.base import Graph

if TYPE_CHECKING:
    from kg.schema.tables import Tables


def tables(graph: Graph) -> "Tables":
    """A graph as columns, whichever way it is given."""
    # Who only reads does without the library that columns need.
    from kg.schema.tables import Tables

    return Tables.of(graph) if isinstance(graph, Projection) else graph


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
