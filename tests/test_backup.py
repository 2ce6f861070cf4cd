"""A data folder's record in one file, and back."""

import errno
import io
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from corrected_store import make_store, write_extractions
from graph_dump import dump
from sample_store import kg

from kg.archive import Archive
from kg.backup import backup, rebuild, restore
from kg.backup.backup_file import MAX_MANIFEST
from kg.builds import build
from kg.doctor import examine
from kg.errors import CitegraphError, InputError, StoreError
from kg.schema import Paper
from kg.store import open_store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("backed-up") / "data")


@pytest.fixture(scope="module")
def saved(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "backup.tar.gz"
    manifest = backup(store, file)
    assert [member.name for member in manifest.members] == ["archive.sqlite", "overrides.yaml"]
    assert names(file.parent) == [file.name]
    return file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rewritten(saved: Path, target: Path, change) -> Path:
    """The backup with its members changed: a list of names and contents."""
    with tarfile.open(saved) as tar:
        members = [(head.name, tar.extractfile(head).read()) for head in tar]
    with tarfile.open(target, "w:gz") as tar:
        for member in change(members):
            head = tarfile.TarInfo(member[0])
            head.size = len(member[1])
            if len(member) > 2:
                head.type, head.linkname = member[2], member[3]
            tar.addfile(head, io.BytesIO(member[1]))
    return target


def test_what_is_restored_gives_the_same_graph(store: Path, saved: Path, tmp_path: Path) -> None:
    done = kg("restore", saved, "--store", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert dump(str(tmp_path / "new")) == dump(str(store))
    assert (tmp_path / "new" / "overrides.yaml").read_bytes() == (store / "overrides.yaml").read_bytes()
    assert examine(str(tmp_path / "new")).findings == []
    with Archive(store / "archive.sqlite") as one, Archive(tmp_path / "new" / "archive.sqlite") as other:
        assert other.ids_handed_out() == one.ids_handed_out()
    assert names(tmp_path) == ["new"]


def test_the_command_writes_one_file(store: Path, tmp_path: Path) -> None:
    done = kg("backup", tmp_path / "one.tar.gz", "--store", store)
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == ["one.tar.gz"]


def test_a_folder_that_holds_something_is_not_replaced_unasked(store: Path, saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match="--force"):
        restore(saved, folder)
    assert names(folder) == ["notes.txt"]


def test_a_folder_is_replaced_when_asked_while_readers_go_on(store: Path, saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    build([write_extractions(tmp_path / "more.jsonl", 10, 6)], str(folder), folder)
    with open_store(str(folder)) as reader:
        count = "MATCH (p:Paper) RETURN count(p) AS n"
        assert reader.read(count).rows == [[6]]
        done = kg("restore", saved, "--store", folder, "--force")
        assert done.returncode == 0, done.stderr
        assert reader.read(count).rows == [[4]]
    assert dump(str(folder)) == dump(str(store))
    assert examine(str(folder)).findings == []


def test_the_graph_is_made_as_the_last_build_made_it(tmp_path: Path) -> None:
    papers = write_extractions(tmp_path / "papers.jsonl")
    folder = tmp_path / "data"
    build([papers], str(folder), folder, pipeline="rules", min_confidence=0.95)
    backup(folder, tmp_path / "one.tar.gz")
    restore(tmp_path / "one.tar.gz", tmp_path / "new")
    rebuild(str(tmp_path / "new"), tmp_path / "new")
    assert dump(str(tmp_path / "new")) == dump(str(folder))
    with Archive(folder / "archive.sqlite") as one, Archive(tmp_path / "new" / "archive.sqlite") as other:
        assert other.builds()[-1].pipeline == one.builds()[-1].pipeline


def test_another_archive_as_large_gives_its_own_graph(store: Path, saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(store / "overrides.yaml", folder)
    build([write_extractions(tmp_path / "others.jsonl", 11, 4)], str(folder), folder)
    restore(saved, folder, force=True)
    rebuild(str(folder), folder)
    assert dump(str(folder)) == dump(str(store))


def test_a_damaged_archive_is_replaced(store: Path, saved: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(store, tmp_path / "data"))
    (folder / "archive.sqlite").write_bytes(b"nothing of this can be read" * 1000)
    (folder / "archive.sqlite-wal").write_bytes(b"nor of this" * 1000)
    restore(saved, folder, force=True)
    rebuild(str(folder), folder)
    assert examine(str(folder)).findings == []


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    stop = threading.Event()

    def write() -> None:
        with Archive(folder / "archive.sqlite") as archive:
            number = 0
            while not stop.is_set():
                # Two by two: a copy with one of them would be of no moment.
                archive.add(Paper(id=f"{number}-{half}", title=f"Title {number} {half}") for half in "ab")
                number += 1

    with Archive(folder / "archive.sqlite"):
        pass
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            backup(folder, tmp_path / f"{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    counts = []
    for number in range(8):
        restore(tmp_path / f"{number}.tar.gz", tmp_path / f"back-{number}")
        with sqlite3.connect(tmp_path / f"back-{number}" / "archive.sqlite") as connection:
            counts.append(connection.execute("SELECT count(*) FROM record").fetchone()[0])
        connection.close()
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts) and counts[-1] > 0


def test_without_an_archive_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no archive"):
        backup(tmp_path, tmp_path / "file.tar.gz")
    assert names(tmp_path) == []


def test_a_place_that_cannot_be_written_is_told(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match="cannot write"):
        backup(store, tmp_path / "file" / "backup.tar.gz")


def test_a_whole_file_is_kept_until_the_next_is_complete(
    store: Path, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(saved, tmp_path / "backup.tar.gz"))
    before = file.read_bytes()
    monkeypatch.setattr(tarfile.TarFile, "add", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(StoreError, match="No space left"):
        backup(store, file)
    assert file.read_bytes() == before
    assert names(tmp_path) == [file.name]


def corrupted(members):
    return [
        (name, content[:-100] + b"x" * 100) if name == "archive.sqlite" else (name, content)
        for name, content in members
    ]


def newer(members):
    manifest = json.loads(members[0][1]) | {"format": 99}
    return [(members[0][0], json.dumps(manifest).encode()), *members[1:]]


def called_otherwise(members):
    return [members[0], ("notes.txt", members[1][1]), *members[2:]]


def named_otherwise(members):
    manifest = json.loads(members[0][1])
    manifest["members"][0]["name"] = "notes.txt"
    return [(members[0][0], json.dumps(manifest).encode()), ("notes.txt", members[1][1]), *members[2:]]


def linked(members):
    return [members[0], ("archive.sqlite", b"", tarfile.SYMTYPE, "overrides.yaml"), *members[2:]]


def too_long_a_manifest(members):
    return [("manifest.json", b" " * MAX_MANIFEST + members[0][1]), *members[1:]]


@pytest.mark.parametrize(
    "change",
    [
        corrupted,
        newer,
        called_otherwise,
        named_otherwise,
        linked,
        too_long_a_manifest,
        lambda members: members[1:],
        lambda members: members[:1],
        lambda members: [],
        lambda members: [("manifest.json", b"{}"), *members[1:]],
        lambda members: [("manifest.json", b"["), *members[1:]],
        lambda members: [members[0], ("archive.sqlite", members[1][1] + b"more"), *members[2:]],
        lambda members: [members[0], members[2], members[1]],
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(saved: Path, store: Path, tmp_path: Path, change) -> None:
    file = rewritten(saved, tmp_path / "file.tar.gz", change)
    folder = Path(shutil.copytree(store, tmp_path / "data"))
    before = dump(str(folder)), (folder / "archive.sqlite").read_bytes()
    with pytest.raises(InputError) as caught:
        restore(file, folder, force=True)
    assert "\n" not in str(caught.value) and str(file) in str(caught.value)
    assert (dump(str(folder)), (folder / "archive.sqlite").read_bytes()) == before
    assert names(tmp_path) == ["data", "file.tar.gz"]


@pytest.mark.parametrize("length", [0, 1, 100, -5000])
def test_other_files_are_refused(saved: Path, tmp_path: Path, length: int) -> None:
    file = tmp_path / "file.tar.gz"
    file.write_bytes(saved.read_bytes()[:length] if length != 1 else b"These are my notes.")
    with pytest.raises(InputError):
        restore(file, tmp_path / "data")
    with pytest.raises(InputError, match="does not exist"):
        restore(tmp_path / "none.tar.gz", tmp_path / "data")
    assert names(tmp_path) == [file.name]


def test_a_damaged_file_is_refused_wherever_the_damage_is(saved: Path, tmp_path: Path) -> None:
    file = tmp_path / "file.tar.gz"
    whole = saved.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        content = bytearray(whole)
        content[place] ^= 0x55
        file.write_bytes(content)
        # Some bytes of the heads say nothing that matters.
        with suppress(InputError):
            restore(file, tmp_path / "data")
            shutil.rmtree(tmp_path / "data")
        assert names(tmp_path) == [file.name]


def test_too_little_room_is_not_said_to_be_the_file_s_fault(saved: Path, tmp_path: Path) -> None:
    def confine() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [sys.executable, "-m", "kg.cli", "restore", str(saved), "--store", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=confine)
    assert done.returncode == 1
    assert done.stderr == f"kg: cannot restore {saved} to {tmp_path / 'data'}: {os.strerror(errno.EFBIG)}\n"
    assert names(tmp_path) == []


def test_an_archive_of_a_newer_version_is_refused(saved: Path, tmp_path: Path) -> None:
    import hashlib

    def change(members):
        path = tmp_path / "archive.sqlite"
        path.write_bytes(members[1][1])
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
        content = path.read_bytes()
        path.unlink()
        manifest = json.loads(members[0][1])
        manifest["members"][0] |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        return [("manifest.json", json.dumps(manifest).encode()), ("archive.sqlite", content), *members[2:]]

    file = rewritten(saved, tmp_path / "file.tar.gz", change)
    with pytest.raises(CitegraphError, match="newer citegraph"):
        restore(file, tmp_path / "data")
    assert names(tmp_path) == [file.name]
