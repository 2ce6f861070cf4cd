"""The graph as it was last sent to a server, kept in a folder, so that the next build sends only what has changed."""

from pathlib import Path

from kg.cache_folder import read_about, write_cache
from kg.schema.tables import Tables
from kg.store.protocols import Version


def load(folder: Path, version: Version) -> Tables | None:
    """The graph that the server has at a version, or None where that is not the one that was kept."""
    known = version.build is not None and read_about(folder) == _about(version)
    return Tables.load(folder) if known else None


def save(folder: Path, version: Version, graph: Tables) -> None:
    """Keeps what was sent, with the version that it made; that it cannot be written costs time, nothing else."""
    write_cache(folder, _about(version), graph.save)


def _about(version: Version) -> dict[str, object]:
    return {"place": version.place, "build": version.build, "number": version.number}
