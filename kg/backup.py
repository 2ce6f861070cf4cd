"""A data folder's record in one file, and back.

The archive and the corrections are the record; graph and search index are made from them, and are not in the file.
"""

import errno
import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, Field, ValidationError

from kg import __version__
from kg.archive import Archive
from kg.atomic_files import sync, write_aside
from kg.builds import BuildReport, OnProgress, build
from kg.errors import InputError, StoreError
from kg.extraction import DEFAULT, pipeline_name
from kg.sources import Problem
from kg.store import DataFolder

_FORMAT = 1
_MANIFEST = "manifest.json"
_ARCHIVE = "archive.sqlite"
_OVERRIDES = "overrides.yaml"
_LONGEST_MANIFEST = 1 << 16
_CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Member(BaseModel):
    """A file of the backup."""

    name: Literal["archive.sqlite", "overrides.yaml"]
    bytes: int = Field(ge=0)
    sha256: str


class Manifest(BaseModel):
    """What a backup holds."""

    format: int
    citegraph: str
    made: str
    build: int | None
    members: list[Member]


def backup(data: Path, out: Path) -> Manifest:
    """Writes the record of a data folder to one file, as of one moment, while others read and write the folder.

    Args:
        data: the data folder.
        out: a gzipped tar file; it takes its place when it is complete.

    Raises:
        StoreError: the folder holds no archive, the archive is damaged, or the file cannot be written.
    """
    folder = DataFolder(data)
    if not folder.archive.exists():
        raise StoreError(f"there is no archive in {data}: name a data folder that `kg build` made")
    with _failing_as(f"cannot write {out}"), _beside(out) as work:
        with Archive(folder.archive, writable=False) as archive:
            current = folder.current()
            archive.copy(work / _ARCHIVE)
        if folder.overrides.exists():
            shutil.copyfile(folder.overrides, work / _OVERRIDES)
        members = [
            Member(name=name, bytes=(work / name).stat().st_size, sha256=_digest(work / name))
            for name in (_ARCHIVE, _OVERRIDES)
            if (work / name).exists()
        ]
        manifest = Manifest(
            format=_FORMAT,
            citegraph=__version__,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            build=current,
            members=members,
        )
        with write_aside(out, durable=True) as packed, tarfile.open(packed, "w:gz", compresslevel=1) as tar:
            head = tarfile.TarInfo(_MANIFEST)
            text = manifest.model_dump_json(indent=2).encode()
            head.size = len(text)
            tar.addfile(head, BytesIO(text))
            for member in members:
                tar.add(work / member.name, member.name, filter=_anonymous)
    return manifest


def restore(file: Path, data: Path, *, force: bool = False) -> Manifest:
    """Puts the record of a backup into a data folder; `kg.builds` then makes the graph of it.

    Everything is unpacked and checked before anything of the folder is touched.

    Args:
        file: what `backup` wrote.
        data: a folder that is missing or empty, unless `force` is given.
        force: replace the archive and the corrections that the folder holds.

    Raises:
        InputError: the file is no backup, is damaged, or is of a newer citegraph.
        StoreError: the folder holds something, is being written, or cannot be written.
    """
    folder = DataFolder(data)
    if not force and _holds_something(data):
        raise StoreError(f"{data} is not empty: name another folder, or replace what it holds with --force")
    with _failing_as(f"cannot restore {file} to {data}"), _beside(data) as work:
        manifest = _unpack(file, work)
        with Archive(work / _ARCHIVE) as archive:
            problems = archive.check()
            for store, pipeline in {(known.store, known.pipeline) for known in archive.builds()}:
                # Whatever graph is there, it is not this archive's: a build that never ended makes the next one begin.
                archive.begin_build(pipeline, store=store)
        if problems:
            raise InputError(f"{file}: its archive is damaged ({problems[0]}): take another backup")
        with folder.writing():
            _replace(work / _ARCHIVE, folder.archive)
            if (work / _OVERRIDES).exists():
                (work / _OVERRIDES).replace(folder.overrides)
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
    """Makes the graph of an archive that was put back, as the archive's last build made it.

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


def _unpack(file: Path, work: Path) -> Manifest:
    """Only the files that the manifest names, each with the size and digest that it says."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            manifest = _manifest(file, tar)
            for member in manifest.members:
                head = tar.next()
                source = tar.extractfile(head) if head and head.isreg() and head.name == member.name else None
                if source is None or _copied(source, work / member.name, member.bytes) != member.sha256:
                    raise InputError(f"{file}: {member.name} in it is damaged: take another backup")
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValidationError) as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise
        if isinstance(error, FileNotFoundError):
            raise InputError(f"{file} does not exist: name a file that `kg backup` wrote") from error
        raise InputError(f"{file} is no whole backup: name a file that `kg backup` wrote ({_line(error)})") from error
    if _ARCHIVE not in {member.name for member in manifest.members}:
        raise InputError(f"{file} holds no archive: take another backup")
    return manifest


def _replace(source: Path, archive: Path) -> None:
    """Puts an archive in the place of another, whose log must not be read into it."""
    if archive.exists():
        # Whoever closes an archive last writes its log into it; one that is damaged has nothing to lose.
        with suppress(StoreError):
            Archive(archive).close()
    for ending in ("-wal", "-shm"):
        archive.with_name(archive.name + ending).unlink(missing_ok=True)
    source.replace(archive)


def _manifest(file: Path, tar: tarfile.TarFile) -> Manifest:
    head = tar.next()
    source = tar.extractfile(head) if head and head.isreg() and head.name == _MANIFEST else None
    if source is None:
        raise InputError(f"{file} is no backup: name a file that `kg backup` wrote")
    manifest = Manifest.model_validate_json(source.read(_LONGEST_MANIFEST))
    if manifest.format > _FORMAT:
        raise InputError(f"{file} was written by citegraph {manifest.citegraph}, a newer one: upgrade citegraph")
    return manifest


def _copied(source: IO[bytes], target: Path, size: int) -> str:
    """The digest of at most `size` bytes, which are written on the way."""
    digest = hashlib.sha256()
    with target.open("wb") as file:
        while chunk := source.read(min(_CHUNK, size + 1)):
            size -= len(chunk)
            if size < 0:
                return ""
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest() if size == 0 else ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _anonymous(head: tarfile.TarInfo) -> tarfile.TarInfo:
    head.uid = head.gid = 0
    head.uname = head.gname = ""
    head.mode = 0o644
    return head


def _holds_something(data: Path) -> bool:
    try:
        return any(path.name != "LOCK" for path in data.iterdir())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"cannot read {data}: {error.strerror}") from error


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder on the same file system, which goes when its work is done."""
    parent = path.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=parent, ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _failing_as(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {error.strerror or error}") from error


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0]
