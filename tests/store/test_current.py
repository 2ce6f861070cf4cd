"""Readers of a data folder while builds are made and removed."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from projection import Projection
from small_graph import small
from written_stores import in_place, write_graph

from kg.errors import StoreError
from kg.store import DataFolder, open_store

COUNT = "MATCH (p:Paper) RETURN count(*) AS n"


@pytest.fixture
def data(tmp_path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def build(data: DataFolder, papers: int) -> None:
    graph = Projection()
    graph.nodes["Paper"] = {str(n): {"id": str(n)} for n in range(papers)}
    with data.writing():
        number = (data.current() or 0) + 1
        write_graph(str(data.path), graph, number)
        data.publish(number)


def test_an_open_reader_sees_the_next_build(data):
    build(data, 1)
    with open_store(str(data.path)) as reader:
        assert reader.read(COUNT).rows == [[1]]
        build(data, 2)
        assert reader.read(COUNT).rows == [[2]]


def test_a_build_is_not_seen_before_it_is_published(data):
    build(data, 1)
    write_graph(str(data.path), small(), 2)
    with open_store(str(data.path)) as reader, in_place(str(data.path), 2) as written:
        assert reader.read(COUNT).rows == [[1]]
        assert written.read(COUNT).rows == [[2]], "who wrote it can read it back"


@pytest.mark.slow
def test_readers_in_threads_go_on_while_builds_are_published_and_old_ones_removed(data):
    build(data, 1)
    reader = open_store(str(data.path))
    done = threading.Event()

    def watch() -> list[int]:
        seen = [0]
        while not done.is_set() or seen[-1] < 6:
            ((count,),) = reader.read(COUNT).rows
            seen.append(count)
        return seen

    with ThreadPoolExecutor(4) as pool:
        watchers = [pool.submit(watch) for _ in range(4)]
        try:
            for papers in range(2, 7):
                build(data, papers)
        finally:
            done.set()
    for watcher in watchers:
        assert watcher.result() == sorted(watcher.result())


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted in /proc")
def test_builds_no_longer_read_are_closed(data):
    build(data, 1)
    with open_store(str(data.path)) as reader:
        for papers in range(2, 5):
            build(data, papers)
            reader.read(COUNT)
        gc.collect()
        opened = [path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
        builds = {path.relative_to(data.path).parts[0] for path in opened if path.is_relative_to(data.path)}
        assert builds == {"graph-4"}


def test_where_there_is_no_graph_the_user_is_told_what_makes_one(data, tmp_path):
    with pytest.raises(StoreError, match=r"there is no graph in .*missing.*kg build"):
        open_store(str(tmp_path / "missing"))
    build(data, 1)
    data.graph_folder(1).joinpath("graph.lbug").unlink()
    with pytest.raises(StoreError, match="there is no graph in"):
        open_store(str(data.path))
