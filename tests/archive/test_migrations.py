"""Archives of earlier versions are brought up to date, whole or not at all."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from first_release import unpacked

from kg.archive import ARCHIVE_VERSION, Archive
from kg.archive.database import statements

FIRST = """
CREATE TABLE record (hash BLOB NOT NULL UNIQUE, id TEXT NOT NULL, text BLOB NOT NULL, first_seen TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX record_order ON record (id, hash);
CREATE INDEX record_text ON record (text, hash);
CREATE TABLE extraction (text BLOB NOT NULL, pipeline TEXT NOT NULL, given INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (text, pipeline));
CREATE TABLE build (number INTEGER PRIMARY KEY AUTOINCREMENT, pipeline TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, counts TEXT);
CREATE TABLE identifier (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
PRAGMA application_id = 1667855461;
PRAGMA user_version = 1;
"""

KILLED = """
import os, signal, sqlite3, sys
from functools import partial
from pathlib import Path

class Killed(sqlite3.Connection):
    def execute(self, statement, *parameters):
        if statement.strip().startswith(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(statement, *parameters)

sqlite3.connect = partial(sqlite3.connect, factory=Killed)
from kg.archive import Archive
Archive(Path(sys.argv[1]))
"""


@pytest.fixture(params=[1, 2])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive of an earlier version."""
    if request.param == 2:
        return unpacked(tmp_path).data / "archive.sqlite"
    path = tmp_path / "archive.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(FIRST)
    connection.close()
    return path


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def tables(path: Path) -> set[tuple[object, ...]]:
    columns = 'SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master t, pragma_table_info(t.name) c'
    indexes = "SELECT t.name, c.name, c.seqno, 0, 0 FROM sqlite_master t, pragma_index_info(t.name) c"
    return {*rows(path, columns), *rows(path, indexes)}


def test_an_old_archive_gets_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    with Archive(old) as archive:
        assert archive.check() == []
    with Archive(tmp_path / "new.sqlite"):
        pass
    assert tables(old) == tables(tmp_path / "new.sqlite")
    assert rows(old, "PRAGMA user_version") == [(ARCHIVE_VERSION,)]


@pytest.mark.parametrize("statement", ["UPDATE", "PRAGMA user_version ="])
def test_a_kill_in_the_middle_leaves_the_old_archive(old: Path, statement: str) -> None:
    dumped = "SELECT type, name, sql FROM sqlite_master", "SELECT * FROM extraction", "SELECT * FROM build"
    before = [rows(old, each) for each in (*dumped, "PRAGMA user_version")]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(old), statement], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [rows(old, each) for each in (*dumped, "PRAGMA user_version")] == before
    with Archive(old) as archive:
        assert archive.check() == []
    assert rows(old, "PRAGMA user_version") == [(ARCHIVE_VERSION,)]


def test_reading_an_old_archive_changes_nothing(old: Path) -> None:
    before = old.read_bytes()
    with Archive(old, writable=False) as archive:
        assert archive.check() == []
    assert old.read_bytes() == before


def test_the_hashes_that_stood_for_a_pipeline_become_numbers(tmp_path: Path) -> None:
    path = unpacked(tmp_path).data / "archive.sqlite"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DELETE FROM extraction")
        connection.execute("INSERT INTO build (pipeline, started) VALUES ('rules-0123456789ab', '2026-01-01')")
        connection.executemany(
            "INSERT INTO extraction (text, pipeline, given, body, serial) VALUES (?, ?, ?, ?, ?)",
            [
                ("twice", "default-aaaaaaaaaaaa", 0, "first", 1),
                ("twice", "default-0123456789ab", 0, "last", 2),
                ("given", "default-aaaaaaaaaaaa", 1, "given", 3),
                ("given", "default-0123456789ab", 0, "made here", 4),
                ("both", "default-0123456789ab", 0, "default", 5),
                ("both", "rules-0123456789ab", 0, "rules", 6),
                ("other", "default-of-my-own-x", 1, "another pipeline", 7),
                ("other", "default-0123456789AB", 1, "another pipeline", 8),
                ("other", "", 1, "no pipeline", 9),
                # 0.1.0 read files that a newer `kg extract` wrote.
                ("newer", "default-0123456789ab", 0, "made here", 10),
                ("newer", "default-p1-m1-c1", 1, "given", 11),
                ("newer", "rules-0123456789ab", 0, "made here", 12),
                ("newer", "rules-p1-c1", 1, "given", 13),
                ("both given", "default-p1-m1-c1", 1, "numbered", 14),
                ("both given", "default-0123456789ab", 1, "hashed", 15),
                ("both given", "default-p2-m1-c1", 1, "of a later version", 16),
            ],
        )
    connection.close()
    with Archive(path) as archive:
        assert [build.pipeline for build in archive.builds()] == ["default-p1-m1-c1", "default-p1-m1-c1", "rules-p1-c1"]
    assert rows(path, "SELECT text, pipeline, body FROM extraction ORDER BY serial") == [
        ("twice", "default-p1-m1-c1", "last"),
        ("given", "default-p1-m1-c1", "given"),
        ("both", "default-p1-m1-c1", "default"),
        ("both", "rules-p1-c1", "rules"),
        ("other", "default-of-my-own-x", "another pipeline"),
        ("other", "default-0123456789AB", "another pipeline"),
        ("other", "", "no pipeline"),
        ("newer", "default-p1-m1-c1", "given"),
        ("newer", "rules-p1-c1", "given"),
        ("both given", "default-p1-m1-c1", "numbered"),
        ("both given", "default-p2-m1-c1", "of a later version"),
    ]


def test_only_the_end_of_a_statement_ends_it() -> None:
    script = (
        "-- A comment; with a semicolon, and 'a quote.\nCREATE TABLE t (a); /* another; */"
        "\nINSERT INTO t VALUES ('one; two');"
        "\nCREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; DELETE FROM t; END;"
        "\nUPDATE t SET a = 'no semicolon after the last'\n"
    )
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements(script):
            connection.execute(statement)
        assert connection.execute("SELECT a FROM t").fetchall() == [("no semicolon after the last",)]
    finally:
        connection.close()
    assert list(statements("SELECT 1; SELECT ';';\n")) == ["SELECT 1;", " SELECT ';';"]


def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    path = unpacked(tmp_path).data / "archive.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {ARCHIVE_VERSION + 1}")
    connection.close()
    copy = shutil.copy(path, tmp_path / "copy")
    with pytest.raises(Exception, match=r"newer citegraph.*upgrade citegraph"), Archive(path):
        pass
    assert path.read_bytes() == copy.read_bytes()
