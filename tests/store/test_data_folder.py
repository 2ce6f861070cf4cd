"""The data folder: builds follow each other, and one process at a time makes them."""

import os
import subprocess
import sys

import pytest

from kg.errors import StoreError
from kg.store import DataFolder

UNFINISHED = (".CURRENT.1a2b3c4d.new", "CURRENT.new", "analysis.new", "written.new")
"""What a process was writing aside when it was killed; the second is 0.1.0's."""


@pytest.fixture
def data(tmp_path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def build(data: DataFolder) -> int:
    with data.writing():
        data.remove_leftovers()
        number = (data.current() or 0) + 1
        for folder in (data.graph_folder(number), data.search_folder(number)):
            folder.mkdir()
            (folder / "file").write_text(str(number))
        data.publish(number)
    return number


def folders(data: DataFolder) -> set[str]:
    return {path.name for path in data.path.iterdir() if path.is_dir()}


def test_builds_are_numbered_from_one_and_the_last_two_are_kept(data):
    assert data.current() is None
    assert [build(data), build(data), build(data)] == [1, 2, 3]
    assert data.current() == 3
    assert folders(data) == {"graph-2", "search-2", "graph-3", "search-3"}


def test_what_an_interrupted_build_left_is_removed_by_the_next(data):
    build(data)
    with data.writing():
        data.graph_folder(2).mkdir()
        for name in UNFINISHED:
            (data.path / name).write_text("2")
    assert data.current() == 1 and folders(data) == {"graph-1", "search-1", "graph-2"}
    with data.writing():
        data.remove_leftovers()
    assert folders(data) == {"graph-1", "search-1"}
    assert not any((data.path / name).exists() for name in UNFINISHED)


HOLD = """
import os, pathlib, signal, sys
from kg.store import DataFolder
DataFolder(pathlib.Path(sys.argv[1])).hold(1)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no folder that is open")
def test_a_build_that_another_process_reads_stays_until_it_is_killed(data):
    build(data)
    reader = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert reader.stdout.readline() == "held\n"
        build(data), build(data)
        assert folders(data) == {f"{kind}-{number}" for kind in ("graph", "search") for number in (1, 2, 3)}
    finally:
        reader.kill()
        reader.communicate()
    build(data)
    assert folders(data) == {f"{kind}-{number}" for kind in ("graph", "search") for number in (3, 4)}


def test_old_builds_are_removed_after_the_last_reader_has_gone(data):
    build(data)
    lock = data.hold(1)
    build(data), build(data)
    with data.writing():
        data.remove_leftovers()
    assert {"graph-1", "graph-2", "graph-3"} <= folders(data)
    os.close(lock)
    with data.writing():
        data.remove_leftovers()
    assert folders(data) == {f"{kind}-{number}" for kind in ("graph", "search") for number in (2, 3)}


def test_any_number_may_ask_whether_a_build_is_writing(data):
    assert not data.is_being_written()
    with data.writing():
        assert data.is_being_written() and data.is_being_written()
    (data.path / "LOCK").chmod(0o400)
    assert not data.is_being_written()


@pytest.mark.parametrize("content", ["", "-1", "1_0", "\xff", "one"])
def test_a_current_that_names_no_build_says_what_to_do(data, content):
    build(data)
    (data.path / "CURRENT").write_text(content, encoding="latin-1")
    with pytest.raises(StoreError, match="delete it and run `kg build`"):
        data.current()


def test_a_build_that_is_gone_cannot_be_held(data):
    build(data)
    with pytest.raises(FileNotFoundError):
        data.hold(7)


def test_files_of_the_user_in_the_data_folder_are_left_alone(data):
    data.path.mkdir()
    for name in ("graph-notes", "my-graph-1", "research-2"):
        (data.path / name).mkdir()
    build(data), build(data), build(data)
    assert {"graph-notes", "my-graph-1", "research-2"} <= folders(data)


def test_a_second_build_fails_as_another_is_writing(data):
    again = "import sys, pathlib, kg.store as s\nwith s.DataFolder(pathlib.Path(sys.argv[1])).writing(): pass"
    run = [sys.executable, "-c", again, str(data.path)]
    with data.writing():
        with pytest.raises(StoreError, match="another build is writing"), DataFolder(data.path).writing():
            pass
        done = subprocess.run(run, capture_output=True, text=True)
        assert done.returncode and "another build is writing" in done.stderr
    assert subprocess.run(run, capture_output=True).returncode == 0


def test_a_build_that_failed_lets_the_next_one_write(data):
    with pytest.raises(RuntimeError), data.writing():
        raise RuntimeError
    assert build(data) == 1


def test_a_damaged_current_says_what_to_do(data):
    build(data)
    (data.path / "CURRENT").write_text("graph")
    with pytest.raises(StoreError, match=r"CURRENT.*kg build"):
        data.current()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=str(tmp_path / "file")), DataFolder(tmp_path / "file" / "data").writing():
        pass
