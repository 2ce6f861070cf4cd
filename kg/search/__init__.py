"""Search by name: mistyped, unfinished, in any order. The same on every engine, as the index is made from the graph."""

from collections.abc import Collection

from kg.defaults import HITS
from kg.errors import NotUnderstoodError
from kg.schema import NODES
from kg.search.index_cache import index_of, make_index
from kg.search.index_files import check_files
from kg.search.name_index import Hit, NameIndex
from kg.search.writer import write_index
from kg.store import GraphReader

__all__ = ["Hit", "NameIndex", "check_files", "index_of", "make_index", "search", "write_index"]

_LABELS = {label.lower(): label for label in NODES if label != "Result"}


def search(store: GraphReader, text: str, types: Collection[str] | None = None, limit: int = HITS) -> list[Hit]:
    """The nodes of a graph with names like a text: mistyped, unfinished, its words in any order.

    Args:
        store: the graph.
        text: what was typed.
        types: labels of the nodes to look for, in any case; None for all.
        limit: hits at most.

    Returns:
        The best first: by how well a name fits, then by papers.

    Raises:
        NotUnderstoodError: there is no such type, or its nodes have no names.
        StoreError: the graph cannot be read, or its index cannot be made.
    """
    if unknown := {kind.lower() for kind in types or ()} - _LABELS.keys():
        raise NotUnderstoodError(f"no type is called {min(unknown)!r}: there are {', '.join(_LABELS)}")
    labels = None if types is None else [_LABELS[kind.lower()] for kind in types]
    return index_of(store).search(text, labels, limit)
