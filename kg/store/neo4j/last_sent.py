"""A graph on its way to a server: only what is new, where it is known what the server has."""

from pathlib import Path

from kg.cache_folder import about_of, replaced
from kg.schema.changes import Changes
from kg.schema.tables import Tables
from kg.store.base import Progress, Version
from kg.store.neo4j.server import connect
from kg.store.rows import silent

_AT_ONCE = 50_000
"""Nodes and edges in one transaction, which a server holds in memory until its end."""


def write_to_server(
    uri: str, kept: Path, graph: Tables, build: int, progress: Progress = silent, *, again: bool = False
) -> Version:
    """Makes a graph the whole content of a server.

    Where the server still has what was kept, a difference that is not too large is sent in one transaction, so that
    readers see the graph before or the graph after.

    Args:
        uri: the server's address.
        kept: folder with the graph that the last build wrote there; it may be deleted at any time.
        graph: what is to be there.
        build: its number.
        progress: told how much is written.
        again: send everything, whatever is kept.

    Returns:
        The version that readers see now.

    Raises:
        StoreError: the server cannot be reached or refuses.
    """
    server = connect(uri)
    try:
        since = server.version()
        before = None if again else _kept(kept, since)
        changes = Changes.between(before, graph) if before else None
        if changes and changes.size() <= _AT_ONCE:
            server.change(changes, since, build, progress)
        else:
            server.write(graph, build, progress)
        version = server.version()
    finally:
        server.close()
    with replaced(kept, _about(version)) as new:
        graph.save(new)
    return version


def _kept(folder: Path, version: Version) -> Tables | None:
    """The graph of a version, if it is the one that was kept."""
    known = version.build is not None and about_of(folder) == _about(version)
    return Tables.load(folder) if known else None


def _about(version: Version) -> dict[str, object]:
    return {"place": version.place, "build": version.build, "number": version.number}
