"""The system of record of a data folder: records, extractions, builds, and ids handed out."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import NamedTuple, Self, TypeVar

from kg.archive.database import ARCHIVE_VERSION, ArchiveDatabase
from kg.archive.packing import (
    PackedExtraction,
    extraction_problem,
    pack_extraction,
    pack_record,
    record_problem,
    unpack,
)
from kg.schema import Extraction, Paper

_BATCH = 500
"""Rows of a transaction, and of a read."""

FIELDS_SINCE: dict[str, int] = dict.fromkeys(("venue", "venue_year", "kind", "categories", "repositories"), 4)
"""Fields of a record that the archive keeps only since a version, with that version."""

_Item = TypeVar("_Item")


class ArchivePosition(NamedTuple):
    """How far an archive has been read: what is added later has greater numbers.

    Attributes:
        records: number of the last record.
        serial: serial number of the last extraction that was added or changed.
    """

    records: int = 0
    serial: int = 0


_START = ArchivePosition()


class ArchivedExtraction(NamedTuple):
    """A record with what was found in it.

    Attributes:
        number: of the record in the archive.
        first_seen: when the record was first read, UTC, ISO 8601.
        extraction: the record's fields, and what was found.
    """

    number: int
    first_seen: str | None
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Build:
    """A build of the graph.

    Attributes:
        number: greater for each later build.
        pipeline: version of the pipeline whose extractions it took.
        started: UTC, ISO 8601.
        finished: likewise; None if it did not end.
        counts: numbers of papers, nodes and edges; empty if it did not end.
        min_confidence: relations with less were left out.
        store: address of the server that it was sent to; empty for the data folder itself.
        state: digest of everything but the archive's content that decides what the graph is.
        read_until: how far the archive was read.
        overrides: digest of the corrections; empty for none.
        notes: corrections that could not be applied.
    """

    number: int
    pipeline: str
    started: str
    finished: str | None
    counts: dict[str, int]
    min_confidence: float = 0.0
    store: str = ""
    state: str = ""
    read_until: ArchivePosition = _START
    overrides: str = ""
    notes: tuple[str, ...] = ()


class Archive:
    """The system of record of one data folder; a context manager, which closes it.

    Nothing is ever removed: it keeps every distinct record, and the extraction of every text by every pipeline version.
    Writes are transactions, in batches where the input is long: what was committed survives a crash. Every method
    raises StoreError if the file is locked, damaged, on a full disk or may not be written.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        """Opens an archive.

        Args:
            path: of the file; file and folder are made if missing, unless it is opened to be read only.
            writable: False changes nothing, and needs no right to write the folder. An archive of an older version is
                then brought up to date in memory.

        Raises:
            StoreError: it cannot be opened, or was written by a newer citegraph.
            DamagedError: the file is no archive.
        """
        self._database = ArchiveDatabase(path, writable=writable)

    def __enter__(self) -> Self:
        """The archive itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def add(self, papers: Iterable[Paper]) -> int:
        """Adds records; of those that are extractions also what was found, under the pipeline that they name.

        Returns:
            How many records the archive did not have before.
        """
        new = 0
        for batch in _batches(papers, _BATCH):
            now = _now()
            records = [(*pack_record(paper), now, ARCHIVE_VERSION) for paper in batch]
            given = [pack_extraction(paper, paper.pipeline or "") for paper in batch if isinstance(paper, Extraction)]
            with self._database.transaction() as connection:
                before = connection.total_changes
                connection.executemany(
                    "INSERT INTO record (hash, id, text, body, first_seen, read_by) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (hash) DO NOTHING",
                    records,
                )
                new += connection.total_changes - before
                connection.executemany(
                    "UPDATE record SET read_by = ? WHERE hash = ? AND read_by < ?",
                    [(ARCHIVE_VERSION, record[0], ARCHIVE_VERSION) for record in records],
                )
                self._write_extractions(given, given=True)
        return new

    def unknown_fields(self) -> dict[str, int]:
        """Fields that the archive did not keep yet when some records were read, with the number of these records.

        A record does not count if the same source, by the record's id, has been read again since.
        """
        counts = {}
        for name, version in FIELDS_SINCE.items():
            (row,) = self._database.rows(
                "SELECT count(*) AS records FROM record r WHERE r.read_by < :version"
                " AND NOT EXISTS (SELECT 1 FROM record o WHERE o.id = r.id AND o.read_by >= :version)",
                version=version,
            )
            counts[name] = row["records"]
        return {name: records for name, records in counts.items() if records}

    def unextracted(self, pipeline: str, *, again: bool = False) -> Iterator[Paper]:
        """Yields one record for each text that has neither an extraction by this pipeline version nor a given one.

        Extractions may be saved meanwhile. With `again`, also texts that have an extraction by this version.
        """
        done = "e.given" if again else "(e.given OR e.pipeline = :pipeline)"
        return self._records(
            f"NOT EXISTS (SELECT 1 FROM extraction e WHERE e.text = r.text AND {done})"  # noqa: S608
            " AND r.hash = (SELECT min(o.hash) FROM record o WHERE o.text = r.text)",
            pipeline,
            lambda row: unpack(Paper, row["body"]),
        )

    def save(self, extractions: Iterable[Extraction], pipeline: str) -> int:
        """Saves what a pipeline version found in each text, in place of what it found there before.

        Returns:
            How many extractions were saved.
        """
        saved = 0
        for batch in _batches(extractions, _BATCH):
            rows = [pack_extraction(extraction, pipeline) for extraction in batch]
            with self._database.transaction():
                self._write_extractions(rows, given=False)
            saved += len(rows)
        return saved

    def extractions(self, pipeline: str) -> Iterable[Extraction]:
        """The extraction of every record that has one: one that came with an input, else that of this pipeline version.

        Records of one paper are not joined here. The order depends on the records alone, not on when they were added.

        Returns:
            An iterable that may be iterated more than once.
        """
        return _Repeatable(lambda: (archived.extraction for archived in self.extractions_since(pipeline)))

    def extractions_since(self, pipeline: str, since: ArchivePosition = _START) -> Iterator[ArchivedExtraction]:
        """Those of `extractions` whose record was added, or whose extraction was added or changed, after a position."""
        # Of several that came with inputs, the last by the pipeline's name is taken, whichever came first.
        best = (
            "(SELECT e.{column} FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline)"
            " ORDER BY e.given DESC, e.pipeline DESC LIMIT 1) AS {name}"
        )
        return self._records(
            "EXISTS (SELECT 1 FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline))"
            " AND (r.rowid > :records OR r.text IN (SELECT e.text FROM extraction e WHERE e.serial > :serial))",
            pipeline,
            lambda row: ArchivedExtraction(
                row["number"],
                row["first_seen"],
                unpack(Extraction, row["body"], row["found"], pipeline=row["found_by"] or None),
            ),
            columns="r.rowid AS number, r.first_seen, "
            + ", ".join(
                best.format(column=column, name=name) for column, name in (("body", "found"), ("pipeline", "found_by"))
            ),
            **since._asdict(),
        )

    def end(self) -> ArchivePosition:
        """The position after everything that is in the archive now."""
        (row,) = self._database.rows(
            "SELECT (SELECT coalesce(max(rowid), 0) FROM record) AS records,"
            " (SELECT coalesce(max(serial), 0) FROM extraction) AS serial"
        )
        return ArchivePosition(row["records"], row["serial"])

    def digest_until(self, position: ArchivePosition) -> str | None:
        """Digest of the records before a position; None if the archive ends before it (a different archive)."""
        end = self.end()
        if end.records < position.records or end.serial < position.serial:
            return None
        digest = hashlib.sha256()
        statement = "SELECT hash, rowid FROM record WHERE rowid <= :last ORDER BY hash"
        for row in self._database.rows(statement, last=position.records):
            digest.update(row["hash"] + row["rowid"].to_bytes(8))
        return digest.hexdigest()

    def begin_build(
        self, pipeline: str, *, min_confidence: float = 0.0, store: str = "", state: str = "", after: int = 0
    ) -> int:
        """Records that a build begins.

        Args:
            pipeline: version whose extractions it takes.
            min_confidence: see `Build`, likewise the others.
            store: where its graph goes.
            state: what decides its graph.
            after: a number that the build's is to be greater than.

        Returns:
            The number of the build, greater than that of any before.
        """
        with self._database.transaction() as connection:
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'build'").fetchone()
            number = max(row["seq"] if row else 0, after) + 1
            connection.execute(
                "INSERT INTO build (number, pipeline, started, min_confidence, store, state) VALUES (?, ?, ?, ?, ?, ?)",
                (number, pipeline, _now(), min_confidence, store, state),
            )
        return number

    def finish_build(
        self,
        number: int,
        counts: Mapping[str, int],
        *,
        read_until: ArchivePosition = _START,
        overrides: str = "",
        notes: Iterable[str] = (),
    ) -> None:
        """Marks a build as finished; see `Build` for the arguments."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE build SET finished = ?, counts = ?, records = ?, serial = ?, overrides = ?, notes = ?"
                " WHERE number = ?",
                (
                    _now(),
                    json.dumps(dict(counts), sort_keys=True),
                    *read_until,
                    overrides,
                    json.dumps(list(notes), ensure_ascii=False),
                    number,
                ),
            )

    def builds(self) -> list[Build]:
        """All builds, the oldest first."""
        return [
            Build(
                number=row["number"],
                pipeline=row["pipeline"],
                started=row["started"],
                finished=row["finished"],
                counts=json.loads(row["counts"] or "{}"),
                min_confidence=row["min_confidence"],
                store=row["store"],
                state=row["state"],
                read_until=ArchivePosition(row["records"], row["serial"]),
                overrides=row["overrides"],
                notes=tuple(json.loads(row["notes"])),
            )
            for row in self._database.rows("SELECT * FROM build ORDER BY number")
        ]

    def hand_out(self, targets: Mapping[str, str], names: Mapping[str, str] = MappingProxyType({})) -> None:
        """Keeps node ids that users may have seen, each with the id of the node that it leads to now.

        Args:
            targets: by id; a node's own id leads to itself.
            names: key of the node's name, by id; ids that are not in it keep the one that they have.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO identifier (id, target, name) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET target = excluded.target,"
                " name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END",
                [(identifier, target, names.get(identifier, "")) for identifier, target in targets.items()],
            )

    def ids_handed_out(self) -> dict[str, tuple[str, str]]:
        """Every id ever handed out, with the id that it leads to now and the key of the name that its node had."""
        rows = self._database.rows("SELECT id, target, name FROM identifier")
        return {row["id"]: (row["target"], row["name"]) for row in rows}

    def resolve(self, identifier: str) -> str | None:
        """The id of the node that a handed-out id leads to now, over any number of redirects; None for other ids."""
        visited: set[str] = set()
        while identifier not in visited:
            visited.add(identifier)
            rows = self._database.rows("SELECT target FROM identifier WHERE id = :id", id=identifier)
            if not rows:
                return identifier if len(visited) > 1 else None
            identifier = rows[0]["target"]
        return identifier

    def copy(self, target: Path) -> None:
        """Writes the archive as of this moment to a file, while others go on reading and writing it."""
        self._database.copy(target)

    def check(self) -> list[str]:
        """What is wrong: what SQLite's own check finds, else every record and extraction that is damaged."""
        found = [row[0] for row in self._database.rows("PRAGMA integrity_check") if row[0] != "ok"]
        if found:
            return found
        for table, problem in (("record", record_problem), ("extraction", extraction_problem)):
            last = 0
            while rows := self._database.rows(
                f"SELECT rowid AS number, * FROM {table} WHERE rowid > :last ORDER BY rowid LIMIT :batch",  # noqa: S608
                last=last,
                batch=_BATCH,
            ):
                found += [f"{table} {row['number']}: {wrong}" for row in rows if (wrong := problem(row))]
                last = rows[-1]["number"]
        return found

    def _write_extractions(self, rows: Iterable[PackedExtraction], *, given: bool) -> None:
        self._database.connection.executemany(
            "INSERT INTO extraction (text, pipeline, body, given, serial)"
            " VALUES (?, ?, ?, ?, (SELECT coalesce(max(serial), 0) + 1 FROM extraction))"
            " ON CONFLICT (text, pipeline) DO UPDATE"
            " SET body = excluded.body, given = max(given, excluded.given), serial = excluded.serial"
            " WHERE body <> excluded.body OR given < excluded.given",
            [(*row, given) for row in rows],
        )

    def _records(
        self,
        condition: str,
        pipeline: str,
        make: Callable[[sqlite3.Row], _Item],
        columns: str = "NULL",
        **parameters: int,
    ) -> Iterator[_Item]:
        """Yields what `make` makes of each row, by id, in batches: no read transaction stays open between them."""
        statement = (
            f"SELECT r.id, r.hash, r.body, {columns} FROM record r"  # noqa: S608
            f" WHERE (r.id, r.hash) > (:id, :hash) AND {condition} ORDER BY r.id, r.hash LIMIT :batch"
        )
        last_id, last_hash = "", b""
        while rows := self._database.rows(
            statement, id=last_id, hash=last_hash, pipeline=pipeline, batch=_BATCH, **parameters
        ):
            try:
                items = [make(row) for row in rows]
            except (zlib.error, ValueError) as error:
                raise self._database.damaged() from error
            yield from items
            last_id, last_hash = rows[-1]["id"], rows[-1]["hash"]


class _Repeatable(Iterable[_Item]):
    """An iterable that can be iterated repeatedly."""

    def __init__(self, start: Callable[[], Iterator[_Item]]) -> None:
        self._start = start

    def __iter__(self) -> Iterator[_Item]:
        return self._start()


def _batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
