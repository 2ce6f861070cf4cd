"""An archive in one SQLite file in WAL mode: one process writes, any number read."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from itertools import islice
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from kg.errors import FULL_DISK, StoreError
from kg.schema import Extraction, Paper

ARCHIVE_VERSION = 3
"""Version of the archive's tables, which the file keeps as `user_version`.

`schema.sql` makes tables of this version; `migrations/` has a script for each version after the first, which brings an
archive of the version before up to it.
"""

_APPLICATION = 0x63697465
_BATCH = 500
_WAIT_SECONDS = 5.0
_RECORD_FIELDS = set(Paper.model_fields)
_FOUND_FIELDS = set(Extraction.model_fields) - _RECORD_FIELDS - {"pipeline"}

_ADVICE = {
    "SQLITE_BUSY": "another process is writing it: try again when that has ended",
    "SQLITE_LOCKED": "another process is writing it: try again when that has ended",
    "SQLITE_CORRUPT": "it is damaged: put a copy in its place, or move it away and build again",
    "SQLITE_NOTADB": "it is no citegraph archive: name another folder, or move the file away",
    "SQLITE_FULL": FULL_DISK,
    # The index of the log cannot grow.
    "SQLITE_IOERR_SHMSIZE": FULL_DISK,
    "SQLITE_READONLY": "it may not be written: check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened: check that the folder is there and may be written",
    "SQLITE_IOERR": "the disk does not read or write: check it and run the command again",
}

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

_Item = TypeVar("_Item")


class DamagedError(StoreError):
    """An archive that holds what nobody wrote, or a file that is none."""


class Mark(NamedTuple):
    """How far an archive has been read: what is added later has greater numbers."""

    records: int = 0
    serial: int = 0


_START = Mark()


class Seen(NamedTuple):
    """A record with what was found in it; its number in the archive, and when it was first read (UTC, ISO 8601)."""

    number: int
    first_seen: str | None
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Build:
    """A build of the graph.

    Attributes:
        started: UTC, ISO 8601.
        finished: None if it never ended.
        counts: what it counted.
        min_confidence: relations of less were left out.
        store: the place that it wrote.
        state: digest of all but the archive's content that decides what the graph is.
        mark: how far the archive was read.
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
    mark: Mark = _START
    overrides: str = ""
    notes: tuple[str, ...] = ()


class Archive:
    """The system of record of one data folder.

    What was added stays for good: every distinct record, and the extraction of every text by every pipeline version.
    Writes are transactions, in batches for long inputs: after a crash, what was committed is there. Every method
    raises StoreError where the file is locked, damaged, of a newer version, on a full disk or may not be written.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        """Opens an archive.

        Args:
            path: of the file; it and its folder are made if missing, unless it is only to be read.
            writable: False changes nothing, and needs no right to write the folder. An archive of an older version is
                then brought up to date in memory.
        """
        self._path = path
        with self._errors():
            if writable:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connection(path) if writable else _reading(path)
            try:
                self._prepare(writable)
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        """The archive itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Releases the file."""
        with self._errors():
            self._connection.close()

    def add(self, papers: Iterable[Paper]) -> int:
        """Keeps records; of those that are extractions also what was found, under the pipeline that they name.

        Returns:
            How many records were not known before.
        """
        new = 0
        for batch in _batches(papers, _BATCH):
            now = _now()
            rows = [(*_packed_record(paper), now) for paper in batch]
            given = [
                _packed_extraction(paper, paper.pipeline or "") for paper in batch if isinstance(paper, Extraction)
            ]
            with self._transaction() as connection:
                before = connection.total_changes
                connection.executemany(
                    "INSERT INTO record (hash, id, text, body, first_seen) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (hash) DO NOTHING",
                    rows,
                )
                new += connection.total_changes - before
                self._write_extractions(given, given=True)
        return new

    def unextracted(self, pipeline: str, *, again: bool = False) -> Iterator[Paper]:
        """A record of each text for which there is neither an extraction of this pipeline version nor a given one.

        Extractions may be saved while this goes on. With `again`, also of texts with an extraction of this version.
        """
        made = "e.given" if again else "(e.given OR e.pipeline = :pipeline)"
        return self._records(
            f"NOT EXISTS (SELECT 1 FROM extraction e WHERE e.text = r.text AND {made})"  # noqa: S608
            " AND r.hash = (SELECT min(o.hash) FROM record o WHERE o.text = r.text)",
            pipeline,
            lambda row: _unpacked(Paper, row["body"]),
        )

    def save(self, extractions: Iterable[Extraction], pipeline: str) -> int:
        """Keeps what a pipeline version found, for each text; what it had found there before is replaced.

        Returns:
            How many were saved.
        """
        saved = 0
        for batch in _batches(extractions, _BATCH):
            rows = [_packed_extraction(extraction, pipeline) for extraction in batch]
            with self._transaction():
                self._write_extractions(rows, given=False)
            saved += len(rows)
        return saved

    def extractions(self, pipeline: str) -> Iterable[Extraction]:
        """What was found, for every record that has an extraction: a given one, else that of this pipeline version.

        The order depends on the records alone, not on when they were added. Several records of one paper come one
        after another or apart; linking makes them one. The result can be iterated more than once.
        """
        return _Again(lambda: (seen.extraction for seen in self.seen(pipeline)))

    def mark(self) -> Mark:
        """How far the archive goes."""
        (row,) = self._rows(
            "SELECT (SELECT coalesce(max(rowid), 0) FROM record) AS records,"
            " (SELECT coalesce(max(serial), 0) FROM extraction) AS serial"
        )
        return Mark(row["records"], row["serial"])

    def fingerprint(self, mark: Mark) -> str | None:
        """Digest of the records up to a mark; None where the archive does not reach it, being another or restored."""
        reached = self.mark()
        if reached.records < mark.records or reached.serial < mark.serial:
            return None
        digest = hashlib.sha256()
        for row in self._rows("SELECT hash, rowid FROM record WHERE rowid <= :last ORDER BY hash", last=mark.records):
            digest.update(row["hash"] + row["rowid"].to_bytes(8))
        return digest.hexdigest()

    def seen(self, pipeline: str, since: Mark = _START) -> Iterator[Seen]:
        """The extractions of `extractions`, of records that were added or got another one after a mark."""
        # Of several given ones the last name wins, whatever came first.
        best = (
            "(SELECT e.{column} FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline)"
            " ORDER BY e.given DESC, e.pipeline DESC LIMIT 1) AS {name}"
        )
        return self._records(
            "EXISTS (SELECT 1 FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline))"
            " AND (r.rowid > :records OR r.text IN (SELECT e.text FROM extraction e WHERE e.serial > :serial))",
            pipeline,
            lambda row: Seen(
                row["number"],
                row["first_seen"],
                _unpacked(Extraction, row["body"], row["found"], pipeline=row["found_by"] or None),
            ),
            columns="r.rowid AS number, r.first_seen, "
            + ", ".join(
                best.format(column=column, name=name) for column, name in (("body", "found"), ("pipeline", "found_by"))
            ),
            **since._asdict(),
        )

    def begin_build(
        self, pipeline: str, *, min_confidence: float = 0.0, store: str = "", state: str = "", after: int = 0
    ) -> int:
        """Notes that a build begins; its number is greater than any before, and than `after`."""
        with self._transaction() as connection:
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
        mark: Mark = _START,
        overrides: str = "",
        notes: Iterable[str] = (),
    ) -> None:
        """Notes that a build has ended, what it counted, how far it read, and which corrections it knew."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE build SET finished = ?, counts = ?, records = ?, serial = ?, overrides = ?, notes = ?"
                " WHERE number = ?",
                (
                    _now(),
                    json.dumps(dict(counts), sort_keys=True),
                    *mark,
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
                mark=Mark(row["records"], row["serial"]),
                overrides=row["overrides"],
                notes=tuple(json.loads(row["notes"])),
            )
            for row in self._rows("SELECT * FROM build ORDER BY number")
        ]

    def hand_out(self, targets: Mapping[str, str], names: Mapping[str, str] = MappingProxyType({})) -> None:
        """Keeps ids that were handed out, each with the id of the node that it means now: itself, for a node.

        Args:
            targets: by id.
            names: keys of the names of nodes, by id; what was known of others stays.
        """
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO identifier (id, target, name) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET target = excluded.target,"
                " name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END",
                [(identifier, target, names.get(identifier, "")) for identifier, target in targets.items()],
            )

    def names_handed_out(self) -> dict[str, tuple[str, str]]:
        """Of every id that was ever handed out: what it means now, and the key of the name that its node had."""
        rows = self._rows("SELECT id, target, name FROM identifier")
        return {row["id"]: (row["target"], row["name"]) for row in rows}

    def resolve(self, identifier: str) -> str | None:
        """The id of the node that a handed-out id means now, over any number of redirects, or None."""
        seen: set[str] = set()
        while identifier not in seen:
            seen.add(identifier)
            rows = self._rows("SELECT target FROM identifier WHERE id = :id", id=identifier)
            if not rows:
                return identifier if len(seen) > 1 else None
            identifier = rows[0]["target"]
        return identifier

    def copy(self, target: Path) -> None:
        """Writes the archive as of this moment to a file, while others go on reading and writing it."""
        with self._errors():
            other = sqlite3.connect(target, isolation_level=None)
            try:
                self._connection.backup(other)
                # A copy that is one file, without a log beside it.
                other.execute("PRAGMA journal_mode = DELETE")
            finally:
                other.close()

    def check(self) -> list[str]:
        """What is wrong with the file: SQLite's own check, then every record and extraction unpacked."""
        found = [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        if found:
            return found
        for table, wrong in (("record", _wrong_record), ("extraction", _wrong_extraction)):
            last = 0
            while rows := self._rows(
                f"SELECT rowid AS number, * FROM {table} WHERE rowid > :last ORDER BY rowid LIMIT :batch",  # noqa: S608
                last=last,
                batch=_BATCH,
            ):
                found += [f"{table} {row['number']}: {reason}" for row in rows if (reason := wrong(row))]
                last = rows[-1]["number"]
        return found

    def _prepare(self, writable: bool) -> None:
        connection = self._connection
        application, version = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        if version > ARCHIVE_VERSION and application == _APPLICATION:
            raise StoreError(
                f"{self._path} was written by a newer citegraph (version {version} of the archive, "
                f"this one knows {ARCHIVE_VERSION}): upgrade citegraph"
            )
        if application != _APPLICATION and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise DamagedError(f"{self._path}: {_ADVICE['SQLITE_NOTADB']}")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
        elif version < ARCHIVE_VERSION:
            self._connection = _connection(":memory:")
            connection.backup(self._connection)
            connection.close()
            connection = self._connection
        if version < ARCHIVE_VERSION:
            with self._transaction():
                # Another process may have made it while this one waited.
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                for statement in _statements(version):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {ARCHIVE_VERSION}")

    def _write_extractions(self, rows: Iterable[tuple[bytes, str, bytes]], *, given: bool) -> None:
        self._connection.executemany(
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
        unpack: Callable[[sqlite3.Row], _Item],
        columns: str = "NULL",
        **parameters: int,
    ) -> Iterator[_Item]:
        """Records in the order of their ids, in batches, so that no read transaction stays open between them."""
        statement = (
            f"SELECT r.id, r.hash, r.body, {columns} FROM record r"  # noqa: S608
            f" WHERE (r.id, r.hash) > (:id, :hash) AND {condition} ORDER BY r.id, r.hash LIMIT :batch"
        )
        identifier, key = "", b""
        while rows := self._rows(statement, id=identifier, hash=key, pipeline=pipeline, batch=_BATCH, **parameters):
            try:
                items = [unpack(row) for row in rows]
            except (zlib.error, ValueError) as error:
                raise DamagedError(f"{self._path}: {_ADVICE['SQLITE_CORRUPT']}") from error
            yield from items
            identifier, key = rows[-1]["id"], rows[-1]["hash"]

    def _rows(self, statement: str, **parameters: Any) -> list[sqlite3.Row]:
        with self._errors():
            return self._connection.execute(statement, parameters).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            exact = getattr(error, "sqlite_errorname", "")
            name = "_".join(exact.split("_")[:2])
            kind = DamagedError if name in _DAMAGE else StoreError
            raise kind(f"{self._path}: {_ADVICE.get(exact) or _ADVICE.get(name, error)}") from error
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror}") from error


def _connection(database: Path | str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(database, timeout=_WAIT_SECONDS, isolation_level=None, uri=uri)
    connection.row_factory = sqlite3.Row
    return connection


def _reading(path: Path) -> sqlite3.Connection:
    """Of a file that is there. Where its folder may not be written, and no writer's log is in it, it goes unlocked."""
    address = path.absolute().as_uri()
    connection = _connection(f"{address}?mode=rw", uri=True)
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if not error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) or log.exists():
            raise
        connection = _connection(f"{address}?mode=ro&immutable=1", uri=True)
    return connection


class _Again(Iterable[_Item]):
    def __init__(self, start: Callable[[], Iterator[_Item]]) -> None:
        self._start = start

    def __iter__(self) -> Iterator[_Item]:
        return self._start()


def _statements(version: int) -> Iterator[str]:
    """What makes an archive of a version, 0 for an empty file, one of this version."""
    steps = range(version + 1, ARCHIVE_VERSION + 1)
    for script in [f"migrations/{step:04}.sql" for step in steps] if version else ["schema.sql"]:
        yield from files("kg.archive").joinpath(script).read_text("utf-8").split(";")


def _batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _packed_record(paper: Paper) -> tuple[bytes, str, bytes, bytes]:
    """Hash, id, hash of the text, and body of a record; fields that say nothing are left out of hash and body."""
    known = paper.model_dump(mode="json", include=_RECORD_FIELDS)
    body = _json({name: value for name, value in known.items() if value not in (None, "", [])})
    return hashlib.sha256(body).digest(), paper.id, _text_hash(paper), zlib.compress(body)


def _packed_extraction(extraction: Extraction, pipeline: str) -> tuple[bytes, str, bytes]:
    body = _json(extraction.model_dump(mode="json", include=_FOUND_FIELDS))
    return _text_hash(extraction), pipeline, zlib.compress(body)


def _wrong_record(row: sqlite3.Row) -> str | None:
    try:
        body = zlib.decompress(row["body"])
        paper = Paper(**json.loads(body))
    except (zlib.error, ValueError) as error:
        return f"it cannot be read ({str(error).partition(chr(10))[0]})"
    same = hashlib.sha256(body).digest() == row["hash"] and _text_hash(paper) == row["text"] and paper.id == row["id"]
    return None if same else "it is not what was read"


def _wrong_extraction(row: sqlite3.Row) -> str | None:
    try:
        _unpacked(Extraction, row["body"], id="-", title="-")
    except (zlib.error, ValueError) as error:
        return f"it cannot be read ({str(error).partition(chr(10))[0]})"
    return None


def _unpacked(kind: type[_Item], *bodies: bytes, **more: Any) -> _Item:
    fields: dict[str, Any] = {}
    for body in bodies:
        fields |= json.loads(zlib.decompress(body))
    return kind(**fields, **more)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text_hash(paper: Paper) -> bytes:
    return hashlib.sha256(f"{paper.title}\0{paper.abstract}".encode()).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
