"""The files of an index: those of tantivy, and a manifest that lists its nodes."""

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

import tantivy

from kg.errors import StoreError, VersionError

INDEX_VERSION = 1
"""Raised whenever files or fields of the index change: an index of another version is made again."""

_NAME = "citegraph names"
FORMAT = f"{_NAME} {INDEX_VERSION}"
"""First line of the manifest."""

MANIFEST = "nodes.txt"

_META = "meta.json"
COPIED = (_META, ".managed.json")
"""Files that tantivy replaces; it never changes the others."""
_MOST_DELETED = 0.2
"""Share of deleted documents up to which an index is continued."""


class ManifestEntry(NamedTuple):
    """A node in the index, with a hash of its row in the graph."""

    section: int
    id: str
    digest: str

    def dump(self) -> str:
        """The entry as a line of the manifest."""
        return f"{self.section} {self.digest} {json.dumps(self.id)}\n"

    @classmethod
    def load(cls, line: str) -> "ManifestEntry":
        """The entry of such a line."""
        section, digest, key = line.split(" ", 2)
        return cls(int(section), json.loads(key), digest)


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "key", "word", "label"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    # An unsigned column refuses Python's integers.
    builder.add_integer_field("papers", fast=True)
    builder.add_bytes_field("node", stored=True)
    return builder.build()


def manifest(folder: Path) -> Iterator[str]:
    """The lines of the manifest of an index, in the order of sections and ids.

    Raises:
        StoreError: there is no manifest, or it is not of this format.
    """
    with _reading(folder), (folder / MANIFEST).open(encoding="ascii") as lines:
        _check_format(lines, folder)
        yield from lines


def check_format(folder: Path) -> None:
    """Checks that a folder holds an index of this format.

    Raises:
        StoreError: it holds none, or one of another format.
    """
    with _reading(folder), (folder / MANIFEST).open(encoding="ascii") as lines:
        _check_format(lines, folder)


def check_files(folder: Path) -> None:
    """Checks that the files of an index are as they were written, by their checksums.

    Raises:
        StoreError: a file is damaged, or there is no index.
    """
    check_format(folder)
    with _reading(folder):
        for file in sorted(folder.iterdir()):
            if file.name not in (*COPIED, MANIFEST) and file.suffix != ".lock" and not _has_its_checksum(file):
                raise StoreError(f"the search index {folder} is damaged ({file.name}): build again with `kg build`")


def can_be_continued(folder: Path) -> bool:
    """Whether there is an undamaged index that does not hold too many deleted documents."""
    with suppress(StoreError, OSError, ValueError, KeyError, TypeError):
        check_files(folder)
        segments = json.loads((folder / _META).read_text(encoding="utf-8"))["segments"]
        deleted = sum((segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in segments)
        return bool(deleted <= _MOST_DELETED * sum(segment["max_doc"] for segment in segments))
    return False


def copy(before: Path, folder: Path) -> None:
    """Starts an index with links to the files of an earlier one, which works as tantivy never changes these."""
    for file in before.iterdir():
        if file.name in COPIED:
            shutil.copy2(file, folder / file.name)
        elif file.suffix != ".lock" and file.name != MANIFEST:
            try:
                os.link(file, folder / file.name)
            except OSError:
                shutil.copy2(file, folder / file.name)


@contextmanager
def links(folder: Path) -> Iterator[Path]:
    """A temporary folder with links to the files of an index: tantivy writes locks, but not into a build's folder."""
    # A thread of tantivy may still write a lock while the folder is being removed.
    with TemporaryDirectory(prefix="citegraph-", ignore_cleanup_errors=True) as name:
        try:
            for file in folder.iterdir():
                if file.suffix != ".lock":
                    Path(name, file.name).symlink_to(file.absolute())
        except OSError:
            # On Windows, not every user may make links.
            yield folder
        else:
            yield Path(name)
    shutil.rmtree(name, ignore_errors=True)


@contextmanager
def damage_as_store_error(folder: Path) -> Iterator[None]:
    """Raises a `StoreError` instead of what tantivy raises for damaged files.

    Raises:
        StoreError: tantivy could not read or write a file.
    """
    try:
        yield
    except BaseException as error:
        if not is_failure(error):
            raise
        reason = str(error).partition("\n")[0]
        raise StoreError(f"the search index {folder} is damaged ({reason}): build again with `kg build`") from error


def is_failure(error: BaseException) -> bool:
    """Whether an error comes from tantivy: its panics, on some damaged files, have no class that can be imported."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"


def _has_its_checksum(file: Path) -> bool:
    """Whether a file of tantivy has the checksum in its footer: JSON, the length of that, and a magic number."""
    data = memoryview(file.read_bytes())
    length = int.from_bytes(data[-8:-4], "little")
    end = len(data) - 8 - length
    try:
        return bool(json.loads(bytes(data[end:-8]))["crc"] == zlib.crc32(data[:end]))
    except (ValueError, KeyError, TypeError):
        return False


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"there is no search index in {folder}: build again with `kg build`") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"the search index {folder} is damaged ({error}): build again with `kg build`") from error


def _check_format(lines: IO[str], folder: Path) -> None:
    name, _, version = lines.readline().rstrip("\n").rpartition(" ")
    if name != _NAME or not version.isdecimal():
        raise StoreError(f"the search index {folder} is damaged ({MANIFEST}): build again with `kg build`")
    if int(version) > INDEX_VERSION:
        raise VersionError(f"the search index {folder} was made by a newer citegraph: upgrade citegraph", newer=True)
    if int(version) < INDEX_VERSION:
        raise VersionError(f"the search index {folder} was made by an older citegraph: build again with `kg build`")
