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
from types import TracebackType
from typing import Any, Self, TypeVar

from kg.errors import StoreError
from kg.schema import Extraction, Paper

_VERSION = 1
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
    "SQLITE_FULL": "the disk is full: make room and run the command again",
    "SQLITE_READONLY": "it may not be written: check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened: check that the folder is there and may be written",
    "SQLITE_IOERR": "the disk does not read or write: check it and run the command again",
}

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Build:
    """A build: when it began and ended (UTC, ISO 8601; None if it never did), and what it counted."""

    number: int
    pipeline: str
    started: str
    finished: str | None
    counts: dict[str, int]


class Archive:
    """The system of record of one data folder.

    What was added stays for good: every distinct record, and the extraction of every text by every pipeline version.
    Writes are transactions, in batches for long inputs: after a crash, what was committed is there. Every method
    raises StoreError where the file is locked, damaged, of a newer version, on a full disk or may not be written.
    """

    def __init__(self, path: Path) -> None:
        """Opens an archive, and makes it and its folder if missing."""
        self._path = path
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                self._prepare()
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

    def unextracted(self, pipeline: str) -> Iterator[Paper]:
        """A record of each text for which there is neither an extraction of this pipeline version nor a given one.

        Extractions may be saved while this goes on.
        """
        return self._records(
            "NOT EXISTS (SELECT 1 FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline))"
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
        return _Again(lambda: self._extractions(pipeline))

    def _extractions(self, pipeline: str) -> Iterator[Extraction]:
        # Of several given ones the last name wins, whatever came first.
        best = (
            "(SELECT e.{column} FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline)"
            " ORDER BY e.given DESC, e.pipeline DESC LIMIT 1) AS {name}"
        )
        return self._records(
            "EXISTS (SELECT 1 FROM extraction e WHERE e.text = r.text AND (e.given OR e.pipeline = :pipeline))",
            pipeline,
            lambda row: _unpacked(Extraction, row["body"], row["found"], pipeline=row["found_by"] or None),
            columns=", ".join(
                best.format(column=column, name=name) for column, name in (("body", "found"), ("pipeline", "found_by"))
            ),
        )

    def begin_build(self, pipeline: str) -> int:
        """Notes that a build begins; its number is greater than any before."""
        with self._transaction() as connection:
            cursor = connection.execute("INSERT INTO build (pipeline, started) VALUES (?, ?)", (pipeline, _now()))
            return int(cursor.lastrowid or 0)

    def finish_build(self, number: int, counts: Mapping[str, int]) -> None:
        """Notes that a build has ended, and what it counted."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE build SET finished = ?, counts = ? WHERE number = ?",
                (_now(), json.dumps(dict(counts), sort_keys=True), number),
            )

    def builds(self) -> list[Build]:
        """All builds, the oldest first."""
        rows = self._rows("SELECT number, pipeline, started, finished, counts FROM build ORDER BY number")
        return [Build(**{**row, "counts": json.loads(row["counts"] or "{}")}) for row in rows]

    def hand_out(self, targets: Mapping[str, str]) -> None:
        """Keeps ids that were handed out, each with the id of the node that it means now: itself, for a node."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO identifier (id, target) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET target = excluded.target WHERE target <> excluded.target",
                targets.items(),
            )

    def handed_out(self) -> dict[str, str]:
        """Every id that was ever handed out, and the id of the node that it meant when it was last kept."""
        return {row["id"]: row["target"] for row in self._rows("SELECT id, target FROM identifier ORDER BY id")}

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

    def _prepare(self) -> None:
        connection = self._connection
        connection.row_factory = sqlite3.Row
        application, version = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        if version > _VERSION and application == _APPLICATION:
            raise StoreError(
                f"{self._path} was written by a newer citegraph (version {version} of the archive, "
                f"this one knows {_VERSION}): upgrade citegraph"
            )
        if application != _APPLICATION and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreError(f"{self._path}: {_ADVICE['SQLITE_NOTADB']}")
        connection.execute("PRAGMA journal_mode = WAL")
        if version < _VERSION:
            with self._transaction():
                # Another process may have made it while this one waited.
                if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in files("kg.archive").joinpath("schema.sql").read_text("utf-8").split(";"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                    connection.execute(f"PRAGMA user_version = {_VERSION}")

    def _write_extractions(self, rows: Iterable[tuple[bytes, str, bytes]], *, given: bool) -> None:
        self._connection.executemany(
            "INSERT INTO extraction (text, pipeline, body, given) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (text, pipeline) DO UPDATE SET body = excluded.body, given = max(given, excluded.given)",
            [(*row, given) for row in rows],
        )

    def _records(
        self, condition: str, pipeline: str, unpack: Callable[[sqlite3.Row], _Item], columns: str = "NULL"
    ) -> Iterator[_Item]:
        """Records in the order of their ids, in batches, so that no read transaction stays open between them."""
        statement = (
            f"SELECT r.id, r.hash, r.body, {columns} FROM record r"  # noqa: S608
            f" WHERE (r.id, r.hash) > (:id, :hash) AND {condition} ORDER BY r.id, r.hash LIMIT :batch"
        )
        identifier, key = "", b""
        while rows := self._rows(statement, id=identifier, hash=key, pipeline=pipeline, batch=_BATCH):
            try:
                items = [unpack(row) for row in rows]
            except (zlib.error, ValueError) as error:
                raise StoreError(f"{self._path}: {_ADVICE['SQLITE_CORRUPT']}") from error
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
            name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
            raise StoreError(f"{self._path}: {_ADVICE.get(name, error)}") from error
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror}") from error


class _Again(Iterable[_Item]):
    def __init__(self, start: Callable[[], Iterator[_Item]]) -> None:
        self._start = start

    def __iter__(self) -> Iterator[_Item]:
        return self._start()


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
