import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unprivileged import unprivileged

from kg.archive import Archive
from kg.errors import StoreError
from kg.schema import Entity, Extraction, Mention, Paper

ONE = Paper(id="b", title="Sparse Graphs", abstract="We study MTEB.", year=2024, source="jsonl")
TWO = Paper(id="a", title="Dense Graphs", abstract="We study nothing.", authors=("Ada Lovelace",), source="listing")
# The first paper again, as another source has it.
AGAIN = ONE.model_copy(update={"id": "c", "upvotes": 3, "source": "listing"})

# As version 1 made it, which kept less.
OLDER = """
CREATE TABLE record (hash BLOB NOT NULL UNIQUE, id TEXT NOT NULL, text BLOB NOT NULL, first_seen TEXT, body BLOB);
CREATE TABLE extraction (text BLOB, pipeline TEXT, given INTEGER, body BLOB, PRIMARY KEY (text, pipeline));
CREATE TABLE build (number INTEGER PRIMARY KEY AUTOINCREMENT, pipeline TEXT, started TEXT, finished TEXT, counts TEXT);
CREATE TABLE identifier (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO build (pipeline, started) VALUES ('rules-1', '2026-01-01');
PRAGMA application_id = 1667855461;
PRAGMA user_version = 1;
"""


def found(paper: Paper, name: str, pipeline: str | None = None) -> Extraction:
    entity = Entity(
        name=name, type="Benchmark", mentions=(Mention(text="MTEB", field="abstract", start=9, end=13),), relations=()
    )
    return Extraction(**dict(paper), entities=(entity,), tasks=("embedding",), pipeline=pipeline)


def names(archive: Archive, pipeline: str) -> list[tuple[str, str | None, str | None]]:
    return [(e.id, e.entities[0].name if e.entities else None, e.pipeline) for e in archive.extractions(pipeline)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as opened:
        yield opened


def test_records_are_kept_once_and_come_back_whole(archive: Archive, path: Path) -> None:
    assert archive.add([ONE, TWO, ONE]) == 2
    assert archive.add([TWO, AGAIN]) == 1
    archive.close()
    with Archive(path) as reopened:
        reopened.save([Extraction(**dict(paper)) for paper in (ONE, TWO)], "rules-1")
        assert [Paper(**dict(e)) for e in reopened.extractions("rules-1")] == [TWO, ONE, AGAIN]


def test_only_new_texts_are_to_be_extracted(archive: Archive) -> None:
    archive.add([ONE, TWO, AGAIN])
    assert {paper.title for paper in archive.unextracted("rules-1")} == {ONE.title, TWO.title}
    assert len(list(archive.unextracted("rules-1"))) == 2

    archive.save([found(ONE, "MTEB")], "rules-1")
    assert list(archive.unextracted("rules-1")) == [TWO]
    assert len(list(archive.unextracted("rules-2"))) == 2

    archive.add([ONE.model_copy(update={"abstract": "We study MTEB more."})])
    assert {paper.abstract for paper in archive.unextracted("rules-1")} == {TWO.abstract, "We study MTEB more."}


def test_extractions_may_be_saved_while_what_is_new_is_read(archive: Archive) -> None:
    papers = [Paper(id=f"p{n:05}", title=f"Title {n}") for n in range(1700)]
    archive.add(papers)
    assert archive.save((Extraction(**dict(paper)) for paper in archive.unextracted("rules-1")), "rules-1") == 1700
    assert [e.id for e in archive.extractions("rules-1")] == [paper.id for paper in papers]
    assert not list(archive.unextracted("rules-1"))


def test_extractions_are_those_of_the_pipeline_for_every_record_of_the_text(archive: Archive) -> None:
    archive.add([ONE, TWO, AGAIN])
    archive.save([found(ONE, "MTEB"), found(TWO, "none")], "rules-1")
    archive.save([found(ONE, "MTEB v2")], "rules-2")
    assert names(archive, "rules-1") == [("a", "none", "rules-1"), ("b", "MTEB", "rules-1"), ("c", "MTEB", "rules-1")]
    assert names(archive, "rules-2") == [("b", "MTEB v2", "rules-2"), ("c", "MTEB v2", "rules-2")]

    archive.save([found(ONE, "MTEB corrected")], "rules-2")
    assert names(archive, "rules-2")[0] == ("b", "MTEB corrected", "rules-2")


def test_extractions_can_be_read_again_and_again(archive: Archive) -> None:
    archive.add([ONE, TWO])
    archive.save([found(ONE, "MTEB"), found(TWO, "none")], "rules-1")
    extractions = archive.extractions("rules-1")
    assert list(extractions) == list(extractions)
    assert len(list(extractions)) == 2


@pytest.mark.parametrize("pipeline", ["elsewhere-3", None])
def test_a_given_extraction_wins_over_extracting_again(archive: Archive, pipeline: str | None) -> None:
    archive.add([TWO, AGAIN, found(ONE, "given", pipeline)])
    assert list(archive.unextracted("rules-1")) == [TWO]
    archive.save([found(ONE, "made here"), found(TWO, "none")], "rules-1")
    assert names(archive, "rules-1") == [("a", "none", "rules-1"), ("b", "given", pipeline), ("c", "given", pipeline)]


def test_the_order_of_adding_makes_no_difference(tmp_path: Path) -> None:
    records = [ONE, TWO, AGAIN, found(TWO, "x", "p1"), found(TWO, "y", "p2")]
    seen = set()
    for number, order in enumerate(permutations(records)):
        with Archive(tmp_path / str(number)) as archive:
            for record in order:
                archive.add([record])
            archive.save([found(ONE, "MTEB")], "rules-1")
            seen.add(tuple(e.model_dump_json() for e in archive.extractions("rules-1")))
    assert len(seen) == 1


records = st.builds(
    Extraction,
    id=st.text(min_size=1),
    title=st.text(min_size=1),
    abstract=st.text(),
    year=st.none() | st.integers(1900, 2100),
    authors=st.lists(st.text(), max_size=3).map(tuple),
    url=st.none() | st.text(),
    upvotes=st.none() | st.integers(0, 9),
    tasks=st.lists(st.text(), max_size=2).map(tuple),
    pipeline=st.none() | st.just("p"),
    **{name: st.none() for name in ("published", "author_count", "arxiv_id", "doi", "source")},
)


@settings(deadline=None, max_examples=50)
@given(st.lists(records, unique_by=lambda e: (e.title, e.abstract)))
def test_what_was_added_comes_back(tmp_path_factory, extractions: list[Extraction]) -> None:
    with Archive(tmp_path_factory.mktemp("archive") / "archive.sqlite") as archive:
        archive.add(extractions)
        back = {e.model_dump_json() for e in archive.extractions("other")}
        # A url of no characters says nothing, like none.
        assert back == {e.model_copy(update={"url": e.url or None}).model_dump_json() for e in extractions}


def test_a_failing_input_keeps_the_batches_before(archive: Archive) -> None:
    def papers() -> Iterator[Paper]:
        yield from (Paper(id=f"p{n}", title=f"Title {n}") for n in range(1200))
        raise RuntimeError("the disk caught fire")

    with pytest.raises(RuntimeError, match="fire"):
        archive.add(papers())
    assert len(list(archive.unextracted("rules-1"))) == 1000
    assert archive.add([ONE]) == 1


def test_builds_are_numbered_and_say_what_they_counted(archive: Archive) -> None:
    first, second = archive.begin_build("rules-1"), archive.begin_build("rules-2")
    archive.finish_build(second, {"papers": 3})
    assert second > first
    one, two = archive.builds()
    assert (one.number, one.pipeline, one.finished, one.counts) == (first, "rules-1", None, {})
    assert (two.number, two.counts) == (second, {"papers": 3})
    assert two.finished
    assert two.started <= two.finished


def test_an_id_goes_on_resolving(archive: Archive) -> None:
    archive.hand_out({"benchmark/a": "benchmark/a", "benchmark/b": "benchmark/b"})
    assert archive.resolve("benchmark/a") == "benchmark/a"
    assert archive.resolve("benchmark/z") is None

    archive.hand_out({"benchmark/a": "benchmark/b", "benchmark/b": "benchmark/b"})
    archive.hand_out({"benchmark/b": "model/c", "model/c": "model/c"})
    assert {archive.resolve(i) for i in ("benchmark/a", "benchmark/b", "model/c")} == {"model/c"}

    archive.hand_out({"benchmark/a": "benchmark/a"})
    assert archive.resolve("benchmark/a") == "benchmark/a"
    meant = {identifier: target for identifier, (target, _) in archive.ids_handed_out().items()}
    assert meant == {"benchmark/a": "benchmark/a", "benchmark/b": "model/c", "model/c": "model/c"}


def test_redirects_in_a_circle_end(archive: Archive) -> None:
    archive.hand_out({"a": "b", "b": "a"})
    assert archive.resolve("a") in ("a", "b")


def test_a_reader_in_another_process_sees_what_is_committed_while_a_writer_writes(archive: Archive, path: Path) -> None:
    archive.add([ONE])
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM record")
    code = "import sys; from pathlib import Path; from kg.archive import Archive\n"
    code += "print([p.id for p in Archive(Path(sys.argv[1])).unextracted('x')])"
    seen = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "['b']"
    writer.execute("ROLLBACK")
    writer.close()


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    code = """
import os, signal, sys
from pathlib import Path
from kg.archive import Archive
from kg.schema import Paper
def papers():
    for n in range(100_000):
        if n == 1200:
            os.kill(os.getpid(), signal.SIGKILL)
        yield Paper(id=f"p{n}", title=f"Title {n}")
Archive(Path(sys.argv[1])).add(papers())
"""
    killed = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert killed.returncode != 0
    with Archive(path) as archive:
        assert len(list(archive.unextracted("x"))) == 1000


def test_reading_alone_changes_nothing_and_needs_no_right_to_write(tmp_path: Path) -> None:
    path = tmp_path / "a folder?" / "archive.sqlite"
    with Archive(path) as archive:
        archive.add([found(ONE, "MTEB"), TWO])
    before = path.read_bytes()
    with Archive(path, writable=False) as archive:
        assert names(archive, "") == [("b", "MTEB", None)]
        with pytest.raises(StoreError):
            Archive(tmp_path / "nowhere", writable=False)
    assert [each.name for each in path.parent.iterdir()] == ["archive.sqlite"]
    assert [each.name for each in tmp_path.iterdir()] == ["a folder?"]

    path.chmod(0o400)
    path.parent.chmod(0o500)
    code = """
import sys
from pathlib import Path
from kg.archive import Archive
with Archive(Path(sys.argv[1]), writable=False) as archive:
    print([paper.id for paper in archive.unextracted("x")])
"""
    done = subprocess.run([*unprivileged(), sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    path.parent.chmod(0o700)
    assert done.stdout == "['a']\n", done.stderr
    assert path.read_bytes() == before


def test_an_older_archive_is_read_without_changing_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    other = sqlite3.connect(path)
    other.executescript(OLDER)
    other.close()
    before = path.read_bytes()
    with Archive(path, writable=False) as archive:
        assert [build.pipeline for build in archive.builds()] == ["rules-1"]
        assert archive.check() == []
    assert path.read_bytes() == before


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as caught, Archive(path) as archive:
        archive.add([ONE])
        list(archive.unextracted("x"))
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_a_locked_archive_is_said(archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.archive.database._WAIT_SECONDS", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "another process is writing" in refusal(path)
    other.close()


def test_a_newer_archive_is_said(archive: Archive, path: Path) -> None:
    archive.close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()
    assert "newer citegraph" in refusal(path)


def test_another_file_is_left_alone(tmp_path: Path) -> None:
    text, database = tmp_path / "text", tmp_path / "other.sqlite"
    text.write_text("These are my notes. " * 100, "utf-8")
    other = sqlite3.connect(database)
    other.execute("CREATE TABLE notes (note)")
    other.commit()
    other.close()
    before = database.read_bytes()
    assert "no citegraph archive" in refusal(text)
    assert "no citegraph archive" in refusal(database)
    assert database.read_bytes() == before


def test_a_damaged_archive_is_said(archive: Archive, path: Path) -> None:
    archive.add(Paper(id=f"p{n}", title=f"Title {n}") for n in range(1000))
    archive.close()
    raw = path.read_bytes()
    path.write_bytes(raw[:8192] + b"\xff" * (len(raw) - 8192))
    assert "damaged" in refusal(path)


def test_a_damaged_record_is_said(archive: Archive, path: Path) -> None:
    archive.add([ONE])
    other = sqlite3.connect(path)
    other.execute("UPDATE record SET body = x'00ff'")
    other.commit()
    other.close()
    assert "damaged" in refusal(path)


def test_a_full_disk_is_said(archive: Archive) -> None:
    archive._database.connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(StoreError, match="disk is full"):
        archive.add(Paper(id=f"p{n}", title=os.urandom(500).hex()) for n in range(1000))
    archive._database.connection.execute("PRAGMA max_page_count = 100000")
    assert archive.add([ONE]) == 1


def test_a_log_that_cannot_grow_is_a_full_disk(archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = sqlite3.OperationalError("disk I/O error")
    full.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    with pytest.raises(StoreError, match="disk is full"), archive._database.errors():
        raise full


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    code = "import sys, pathlib, kg.archive; kg.archive.Archive(pathlib.Path(sys.argv[1]))"
    command = [*unprivileged(), sys.executable, "-c", code, str(tmp_path / "archive.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True)
    last = done.stderr.splitlines()[-1]
    assert "StoreError" in last and str(tmp_path) in last and "may be written" in last


def test_a_path_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert "file" in refusal(tmp_path / "file" / "archive.sqlite")
    assert refusal(tmp_path)
