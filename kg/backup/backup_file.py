"""The file of a backup: a gzipped tar with a manifest, then the archive and the corrections."""

import errno
import hashlib
import os
import tarfile
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, Field, ValidationError

from kg import __version__
from kg.errors import InputError

ARCHIVE = "archive.sqlite"
OVERRIDES = "overrides.yaml"

MAX_MANIFEST = 1 << 16
"""Bytes of a manifest that are read."""

_FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BackupMember(BaseModel):
    """A file in a backup."""

    name: Literal["archive.sqlite", "overrides.yaml"]
    bytes: int = Field(ge=0)
    sha256: str


class BackupManifest(BaseModel):
    """What a backup holds, and where it is from."""

    format: int = Field(description="version of the backup's own format")
    citegraph: str = Field(description="version of citegraph that made it")
    made: str = Field(description="when, UTC, ISO 8601")
    build: int | None = Field(description="number of the folder's current build; None where it had none")
    members: list[BackupMember]


def pack(folder: Path, file: Path, build: int | None) -> BackupManifest:
    """Packs the archive and, where there are some, the corrections of a folder into one file.

    Args:
        folder: has the archive, which nobody writes meanwhile.
        file: to write.
        build: number to name in the manifest.

    Raises:
        OSError: the file cannot be written.
    """
    members = [
        BackupMember(name=name, bytes=(folder / name).stat().st_size, sha256=_digest(folder / name))
        for name in (ARCHIVE, OVERRIDES)
        if (folder / name).exists()
    ]
    made = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = BackupManifest(format=_FORMAT, citegraph=__version__, made=made, build=build, members=members)
    with tarfile.open(file, "w:gz", compresslevel=1) as tar:
        header = tarfile.TarInfo(_MANIFEST)
        text = manifest.model_dump_json(indent=2).encode()
        header.size = len(text)
        tar.addfile(header, BytesIO(text))
        for member in members:
            tar.add(folder / member.name, member.name, filter=_without_owner)
    return manifest


def unpack(file: Path, folder: Path) -> BackupManifest:
    """Unpacks the files that the manifest names, and nothing else, each checked by its size and digest.

    Raises:
        InputError: the file is missing, damaged or no backup, or a newer citegraph made it.
        OSError: there is no room.
    """
    try:
        with tarfile.open(file, "r:gz") as tar:
            manifest = _read_manifest(file, tar)
            for member in manifest.members:
                header = tar.next()
                content = tar.extractfile(header) if header and header.isreg() and header.name == member.name else None
                if content is None or _copy(content, folder / member.name, member.bytes) != member.sha256:
                    raise InputError(f"{file}: {member.name} in it is damaged: take another backup")
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValidationError) as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise
        if isinstance(error, FileNotFoundError):
            raise InputError(f"{file} does not exist: name a file that `kg backup` wrote") from error
        reason = str(error).partition("\n")[0]
        raise InputError(f"{file} is no whole backup: name a file that `kg backup` wrote ({reason})") from error
    if ARCHIVE not in {member.name for member in manifest.members}:
        raise InputError(f"{file} holds no archive: take another backup")
    return manifest


def _read_manifest(file: Path, tar: tarfile.TarFile) -> BackupManifest:
    header = tar.next()
    content = tar.extractfile(header) if header and header.isreg() and header.name == _MANIFEST else None
    if content is None:
        raise InputError(f"{file} is no backup: name a file that `kg backup` wrote")
    manifest = BackupManifest.model_validate_json(content.read(MAX_MANIFEST))
    if manifest.format > _FORMAT:
        raise InputError(f"{file} was written by citegraph {manifest.citegraph}, a newer one: upgrade citegraph")
    return manifest


def _copy(source: IO[bytes], target: Path, size: int) -> str:
    """Copies a file of exactly `size` bytes and returns its SHA-256; '' if it has more or fewer."""
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


def _without_owner(header: tarfile.TarInfo) -> tarfile.TarInfo:
    header.uid = header.gid = 0
    header.uname = header.gname = ""
    header.mode = 0o644
    return header
