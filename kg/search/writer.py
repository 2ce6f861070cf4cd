"""Writes the index of a graph's names, starting from an earlier index if there is one."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from kg.errors import StoreError
from kg.search.documents import Row, document, rows, rows_of
from kg.search.index_files import (
    COPIED,
    FORMAT,
    MANIFEST,
    ManifestEntry,
    can_be_continued,
    copy,
    is_failure,
    manifest,
    schema,
)
from kg.store import GraphReader

if TYPE_CHECKING:
    from kg.schema.tables import Tables

_HEAP = 192 << 20
"""Bytes of memory for tantivy's writer."""
_THREADS = 2


def write_index(graph: "GraphReader | Tables", folder: Path, before: Path | None = None) -> int:
    """Makes the index of a graph's names.

    Nodes are read page by page, so that memory does not grow with the graph.

    Args:
        graph: in a store, or as tables.
        folder: folder of the index; what is in it is replaced.
        before: folder of an earlier index of the graph, if any; then only what has changed since is indexed.

    Returns:
        Number of nodes that have a name.

    Raises:
        StoreError: the folder cannot be written, or the graph cannot be read.
    """
    if before is not None and can_be_continued(before):
        # An earlier index that is damaged is no reason to have none.
        with suppress(StoreError):
            return _write(graph, folder, before)
    return _write(graph, folder, None)


def _write(graph: "GraphReader | Tables", folder: Path, before: Path | None) -> int:
    # Imported here, as readers do without polars.
    from kg.schema.tables import Tables

    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        known: Iterator[str] = iter(())
        if before is not None:
            copy(before, folder)
            known = manifest(before)
        index = tantivy.Index(schema(), path=str(folder))
        writer = index.writer(_HEAP, _THREADS)
        with (folder / MANIFEST).open("w", encoding="ascii") as file:
            file.write(f"{FORMAT}\n")
            changes = _Changes(writer, known)
            for section, row in rows_of(graph) if isinstance(graph, Tables) else rows(graph):
                file.write(changes.add(section, row))
        changes.end()
        writer.commit()
        writer.wait_merging_threads()
        for lock in folder.glob("*.lock"):
            lock.unlink()
        # tantivy makes these readable by their owner alone, unlike the other files.
        for name in COPIED:
            (folder / name).chmod(0o644)
    except BaseException as error:
        if not is_failure(error):
            raise
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"cannot write the search index {folder}: {reason}") from error
    return changes.count


class _Changes:
    """Indexes what differs between an earlier index and the graph, both in the order of sections and ids."""

    def __init__(self, writer: tantivy.IndexWriter, known: Iterator[str]) -> None:
        self._writer = writer
        self._known = known
        self._line = next(known, "")
        self._continued = bool(self._line)
        self._gone: set[str] = set()
        self._added: set[str] = set()
        self.count = 0

    def add(self, section: int, row: Row) -> str:
        """Indexes a node if it is new or has changed, and returns its line of the manifest."""
        self.count += 1
        entry = ManifestEntry(section, row["id"], _digest(row))
        line = entry.dump()
        if line != self._line:
            self._skip_to(entry)
            self._index(row)
        else:
            self._line = next(self._known, "")
        return line

    def end(self) -> None:
        """Removes the nodes that are no longer in the graph."""
        self._gone.update(ManifestEntry.load(line).id for line in (self._line, *self._known) if line)
        for key in self._gone - self._added:
            self._writer.delete_documents_by_term("id", key)

    def _skip_to(self, entry: ManifestEntry) -> None:
        """Skips the entries of the earlier index up to this one; they are gone or have changed."""
        while self._line:
            before = ManifestEntry.load(self._line)
            if before[:2] > entry[:2]:
                break
            self._gone.add(before.id)
            self._line = next(self._known, "")

    def _index(self, row: Row) -> None:
        node, words = document(row)
        if self._continued:
            self._writer.delete_documents_by_term("id", node.id)
            self._added.add(node.id)
        self._writer.add_document(
            tantivy.Document(
                id=node.id,
                key=list(node.keys),
                word=list(words),
                label=node.label,
                papers=node.papers,
                node=node.dump(),
            )
        )


def _digest(row: Row) -> str:
    return blake2b(repr(row).encode("utf-8", "replace"), digest_size=8).hexdigest()
