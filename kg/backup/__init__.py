"""Backups: a data folder's archive and corrections in one file, and back.

Graph and search index are not in the file: they are made from the archive again.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.archive import Archive
from kg.atomic_files import sync, write_aside
from kg.backup.backup_file import ARCHIVE, OVERRIDES, BackupManifest, BackupMember, pack, unpack
from kg.builds import BuildReport, OnProgress, build
from kg.errors import InputError, StoreError
from kg.extraction import DEFAULT, pipeline_name
from kg.sources import Problem
from kg.store import DataFolder

__all__ = ["BackupManifest", "BackupMember", "backup", "rebuild", "restore"]


def backup(data: Path, out: Path) -> BackupManifest:
    """Writes archive and corrections of a data folder to one file, as of one moment, while others read and build.

    Args:
        data: the data folder.
        out: a gzipped tar file; what is there is replaced once the backup is complete.

    Raises:
        StoreError: the folder holds no archive, the archive is damaged, or the file cannot be written.
    """
    folder = DataFolder(data)
    if not folder.archive.exists():
        raise StoreError(f"there is no archive in {data}: name a data folder that `kg build` made")
    with _os_errors(f"cannot write {out}"), _temporary_folder_beside(out) as work:
        with Archive(folder.archive, writable=False) as archive:
            current = folder.current()
            archive.copy(work / ARCHIVE)
        if folder.overrides.exists():
            shutil.copyfile(folder.overrides, work / OVERRIDES)
        with write_aside(out, durable=True) as packed:
            return pack(work, packed, current)


def restore(file: Path, data: Path, *, force: bool = False) -> BackupManifest:
    """Puts archive and corrections of a backup into a data folder; `rebuild` then makes the graph.

    Everything is unpacked and checked before anything in the folder is touched.

    Args:
        file: what `backup` wrote.
        data: a folder that is missing or empty, unless `force` is given.
        force: replace the archive and the corrections in the folder.

    Raises:
        InputError: the file is no backup, is damaged, or a newer citegraph made it.
        StoreError: the folder is not empty, is being written, or cannot be written.
    """
    folder = DataFolder(data)
    if not force and _is_in_use(data):
        raise StoreError(f"{data} is not empty: name another folder, or replace what it holds with --force")
    with _os_errors(f"cannot restore {file} to {data}"), _temporary_folder_beside(data) as work:
        manifest = unpack(file, work)
        with Archive(work / ARCHIVE) as archive:
            problems = archive.check()
            for store, pipeline in {(known.store, known.pipeline) for known in archive.builds()}:
                # The graph that is there now was not made from this archive. After a build that did not end, the next
                # one makes the graph whatever is there.
                archive.begin_build(pipeline, store=store)
        if problems:
            raise InputError(f"{file}: its archive is damaged ({problems[0]}): take another backup")
        with folder.writing():
            _replace_archive(work / ARCHIVE, folder.archive)
            if (work / OVERRIDES).exists():
                (work / OVERRIDES).replace(folder.overrides)
            else:
                folder.overrides.unlink(missing_ok=True)
            shutil.rmtree(folder.analysis, ignore_errors=True)
            sync(data)
    return manifest


def rebuild(
    store: str,
    data: Path,
    on_problem: Callable[[Problem], None] = lambda problem: None,
    on_progress: OnProgress = lambda stage, done, total: None,
) -> BuildReport:
    """Makes the graph of a restored archive, with the pipeline and the confidence of the archive's last build.

    Args:
        store: data folder or address of the server that gets the graph.
        data: folder of the archive.
        on_problem: called with each correction that cannot be applied.
        on_progress: called with how far the build is.

    Raises:
        InputError: the corrections have mistakes.
        StoreError: archive or store cannot be written, or another build is writing.
    """
    with Archive(DataFolder(data).archive, writable=False) as archive:
        last = next((known for known in reversed(archive.builds()) if known.finished), None)
    return build(
        [],
        store,
        data,
        pipeline=pipeline_name(last.pipeline) if last else DEFAULT,
        min_confidence=last.min_confidence if last else 0.0,
        on_problem=on_problem,
        on_progress=on_progress,
    )


def _replace_archive(source: Path, archive: Path) -> None:
    """Moves an archive to the place of another, whose write-ahead log must not be read into it."""
    if archive.exists():
        # The last connection that closes writes the log into the file. A damaged archive has nothing to lose.
        with suppress(StoreError):
            Archive(archive).close()
    for ending in ("-wal", "-shm"):
        archive.with_name(archive.name + ending).unlink(missing_ok=True)
    source.replace(archive)


def _is_in_use(data: Path) -> bool:
    """Whether a folder holds anything but the lock of a build."""
    try:
        return any(path.name != "LOCK" for path in data.iterdir())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"cannot read {data}: {error.strerror}") from error


@contextmanager
def _temporary_folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same file system, so that what is in it can be renamed to the path; it is removed at the end."""
    parent = path.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=parent, ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _os_errors(what: str) -> Iterator[None]:
    """Turns errors of the file system into a StoreError that begins with `what`."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {error.strerror or error}") from error
