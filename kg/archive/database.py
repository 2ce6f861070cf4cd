"""The SQLite file of an archive: opening it, bringing it up to date, transactions, errors in our words."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import FULL_DISK, StoreError

ARCHIVE_VERSION = 4
"""Version of the archive's tables, which the file keeps as `user_version`.

`schema.sql` makes tables of this version; `migrations/` has a script for each version after the first, which brings an
archive of the version before up to it.
"""

_APPLICATION = 0x63697465
"""`application_id` by which SQLite and `file` know an archive: "cite"."""

_WAIT_SECONDS = 5.0
"""How long to wait for another process that is writing."""

_ADVICE = {
    "SQLITE_BUSY": "another process is writing it: try again when that has ended",
    "SQLITE_LOCKED": "another process is writing it: try again when that has ended",
    "SQLITE_CORRUPT": "it is damaged: put a copy in its place, or move it away and build again",
    "SQLITE_NOTADB": "it is no citegraph archive: name another folder, or move the file away",
    "SQLITE_FULL": FULL_DISK,
    # SQLite's shared-memory file cannot grow.
    "SQLITE_IOERR_SHMSIZE": FULL_DISK,
    "SQLITE_READONLY": "it may not be written: check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened: check that the folder is there and may be written",
    "SQLITE_IOERR": "the disk does not read or write: check it and run the command again",
}

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class DamagedError(StoreError):
    """An archive whose contents are damaged, or a file that is no archive."""


class ArchiveDatabase:
    """An archive's SQLite file, in WAL mode: one process writes, any number read.

    Every method raises StoreError if the file is locked, on a full disk or may not be written, and DamagedError if it
    is damaged.
    """

    def __init__(self, path: Path, *, writable: bool) -> None:
        """Opens the file; a writable one is made if missing, and brought up to date if it is of an older version.

        Raises:
            StoreError: it cannot be opened, or is of a newer version.
            DamagedError: it is no archive.
        """
        self._path = path
        with self.errors():
            if writable:
                path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = _connect(path) if writable else _connect_to_read(path)
            try:
                self._prepare(writable)
            except BaseException:
                self.connection.close()
                raise

    def rows(self, statement: str, **parameters: Any) -> list[sqlite3.Row]:
        """Runs a statement and returns all its rows."""
        with self.errors():
            return self.connection.execute(statement, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed at the end of the block, or rolled back if the block raises."""
        with self.errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def copy(self, target: Path) -> None:
        """Writes the contents as of this moment to a file, while others go on reading and writing the archive."""
        with self.errors():
            other = sqlite3.connect(target, isolation_level=None)
            try:
                self.connection.backup(other)
                # The copy is then one file, without a log beside it.
                other.execute("PRAGMA journal_mode = DELETE")
            finally:
                other.close()

    def close(self) -> None:
        """Closes the file."""
        with self.errors():
            self.connection.close()

    def damaged(self) -> DamagedError:
        """The error to raise for contents that cannot be what was written."""
        return DamagedError(f"{self._path}: {_ADVICE['SQLITE_CORRUPT']}")

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns errors of SQLite and of the file system into StoreError and DamagedError, with what to do."""
        try:
            yield
        except sqlite3.Error as error:
            exact = getattr(error, "sqlite_errorname", "")
            name = "_".join(exact.split("_")[:2])
            kind = DamagedError if name in _DAMAGE else StoreError
            raise kind(f"{self._path}: {_ADVICE.get(exact) or _ADVICE.get(name, error)}") from error
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror}") from error

    def _prepare(self, writable: bool) -> None:
        """Makes or updates the tables; what is open for reading alone is updated in a copy in memory."""
        application, version = (self._pragma(name) for name in ("application_id", "user_version"))
        if version > ARCHIVE_VERSION and application == _APPLICATION:
            raise StoreError(
                f"{self._path} was written by a newer citegraph (version {version} of the archive, "
                f"this one knows {ARCHIVE_VERSION}): upgrade citegraph"
            )
        if application != _APPLICATION and self.connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise DamagedError(f"{self._path}: {_ADVICE['SQLITE_NOTADB']}")
        if writable:
            self.connection.execute("PRAGMA journal_mode = WAL")
        elif version < ARCHIVE_VERSION:
            original, self.connection = self.connection, _connect(":memory:")
            original.backup(self.connection)
            original.close()
        if version < ARCHIVE_VERSION:
            with self.transaction() as connection:
                # Another process may have done it while this one waited.
                for script in _scripts(self._pragma("user_version")):
                    for statement in statements(script):
                        connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {ARCHIVE_VERSION}")

    def _pragma(self, name: str) -> int:
        value: int = self.connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value


def statements(script: str) -> Iterator[str]:
    """Statements of a script, to be run one by one: `executescript` would commit the transaction first.

    A semicolon in a comment, a text or the body of a trigger ends no statement.
    """
    statement = ""
    for part in re.split("(?<=;)", script):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _scripts(version: int) -> Iterator[str]:
    """Scripts that bring an archive of a version (0 for an empty file) up to date."""
    steps = range(version + 1, ARCHIVE_VERSION + 1)
    for script in [f"migrations/{step:04}.sql" for step in steps] if version else ["schema.sql"]:
        yield files("kg.archive").joinpath(script).read_text("utf-8")


def _connect(database: Path | str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(database, timeout=_WAIT_SECONDS, isolation_level=None, uri=uri)
    connection.row_factory = sqlite3.Row
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Opens a file that exists, without locks if its folder may not be written and no writer's log is in it."""
    address = path.absolute().as_uri()
    connection = _connect(f"{address}?mode=rw", uri=True)
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if not error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) or log.exists():
            raise
        connection = _connect(f"{address}?mode=ro&immutable=1", uri=True)
    return connection
