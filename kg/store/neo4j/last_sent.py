"""Cache of the graph that was last sent to a server, so that the next build sends only what has changed."""

from pathlib import Path

from kg.cache_folder import read_about, write_cache
from kg.schema.tables import Tables
from kg.store.protocols import Version


def load(folder: Path, version: Version) -> Tables | None:
    """The graph of a server's version; None if the cache has no graph, or that of another version."""
    known = version.build is not None and read_about(folder) == _about(version)
    return Tables.load(folder) if known else None


def save(folder: Path, version: Version, graph: Tables) -> None:
    """Saves what was sent, with the version that it made; if it cannot be written, the next build takes longer."""
    write_cache(folder, _about(version), graph.save)


def _about(version: Version) -> dict[str, object]:
    return {"place": version.place, "build": version.build, "number": version.number}
