"""The index of a graph: the one that its build wrote, else one that is made in the user's cache folder."""

import logging
import shutil
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock

from kg.atomic_files import replace_folder
from kg.errors import StoreError
from kg.search.index_files import MANIFEST
from kg.search.name_index import NameIndex
from kg.search.writer import write_index
from kg.store import GraphReader, Version

if TYPE_CHECKING:
    from kg.schema.tables import Tables

_log = logging.getLogger(__name__)


def index_of(store: GraphReader) -> NameIndex:
    """The index of a graph's names.

    A build in a data folder writes one. For a server's graph, or if that index is missing or damaged, one is made in
    the user's cache folder, and again after the next build.

    Raises:
        StoreError: the graph cannot be read, or the cache folder cannot be written.
    """
    version = store.version()
    if version.index:
        try:
            return _open(version.index)
        except StoreError as error:
            _log.warning("%s; until then one is made in %s", error, _cache_folder(version))
    cached = _cached(version)
    if cached:
        try:
            return _open(cached)
        except StoreError as error:
            _log.warning("%s", error)
    return _open(_make(store, version))


def make_index(graph: "Tables", version: Version, before: Path | None) -> None:
    """Makes the index of what a build writes, where `index_of` will look for it.

    Args:
        graph: the graph that the build writes.
        version: the version that readers will see. If it has a folder for the index, the index belongs to the build; a
            server's graph has it in the user's cache folder, and if that cannot be written, the first search makes it.
        before: folder of the index of the build before, if any.

    Raises:
        StoreError: the version's folder cannot be written.
    """
    if version.index:
        write_index(graph, version.index, before)
        return
    try:
        _make(graph, version)
    except StoreError as error:
        _log.warning("%s", error)


def _open(folder: Path) -> NameIndex:
    try:
        written = (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        written = 0
    return _opened(folder, written)


@lru_cache(maxsize=8)
def _opened(folder: Path, written: int) -> NameIndex:
    return NameIndex(folder)


def _cache_folder(version: Version) -> Path:
    """The folder with the indexes of a graph's builds."""
    name = blake2b(version.place.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return platformdirs.user_cache_path("citegraph", appauthor=False) / "search" / name


def _cached(version: Version) -> Path | None:
    """The folder of an index that was made before; while a build is being written, that of the build before."""
    folder = _cache_folder(version)
    if version.build is not None:
        of_build = folder / str(version.build)
        return of_build if of_build.exists() else None
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdecimal()]
    return folder / str(max(numbers)) if numbers else None


def _make(graph: "GraphReader | Tables", version: Version) -> Path:
    """Makes the index in the cache folder, unless it is there, and removes those of other builds."""
    folder = _cache_folder(version)
    target = folder / str(version.build or 0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock"):
            if not _can_be_opened(target):
                others = [path for path in folder.iterdir() if path.name.isdecimal() and path != target]
                with replace_folder(target) as new:
                    write_index(graph, new, max(others, key=lambda path: int(path.name), default=None))
                for old in (*others, *folder.glob("*new")):
                    shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"cannot write a search index in {folder}: {error.strerror}") from error
    return target


def _can_be_opened(folder: Path) -> bool:
    try:
        NameIndex(folder)
    except StoreError:
        return False
    return True
