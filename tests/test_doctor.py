"""What `kg doctor` finds in a data folder that something has happened to."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import ladybug
import pytest
from corrected_store import CORRECTIONS, make_store
from sample_store import kg
from unprivileged import unprivileged

from kg.builds import build
from kg.doctor import examine
from kg.errors import InputError, StoreError
from kg.store import DataFolder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sound") / "data")


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


def findings(store: Path) -> list[tuple[str, str]]:
    found = examine(str(store)).findings
    assert all(each.advice for each in found)
    return [(each.about, each.found) for each in found]


def archive(store: Path, statement: str) -> None:
    with sqlite3.connect(store / "archive.sqlite") as connection:
        connection.execute(statement)
    connection.close()


def graph(store: Path, statement: str) -> None:
    (file,) = (store / f"graph-{DataFolder(store).current()}").glob("*.lbug")
    database = ladybug.Database(file, max_db_size=1 << 30)
    with ladybug.Connection(database) as connection:
        connection.execute(statement)
    database.close()


def test_a_sound_folder_has_no_findings(store: Path) -> None:
    checkup = examine(str(store))
    assert checkup.findings == []
    assert checkup.checked["records"] == 4
    assert checkup.checked["relations"] == 8
    assert checkup.checked["results"] == 4
    assert checkup.checked["corrections"] == 1
    assert checkup.checked["names in the index"] > 8
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*")}
    examine(str(store))
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*")} == before


def test_the_command_says_so_and_ends_with_its_code(store: Path) -> None:
    done = kg("doctor", "--store", store)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all is well" in done.stdout
    (store / "overrides.yaml").write_text(CORRECTIONS + "- hide: model/nobody\n  who: a\n  why: b\n", "utf-8")
    done = kg("doctor", "--store", store)
    assert done.returncode == 1
    assert "corrections: overrides.yaml has changed since build 1" in done.stdout
    assert "run `kg build`" in done.stdout
    done = kg("doctor", "--store", store, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["about"] == "corrections"


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        examine(str(tmp_path / "nowhere"))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert {about for about, _ in findings(tmp_path)} == {"archive", "folder"}


def test_a_damaged_archive_is_told(store: Path) -> None:
    file = store / "archive.sqlite"
    raw = file.read_bytes()
    file.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))
    assert findings(store)[0][0] == "archive"


def test_a_damaged_record_is_told(store: Path) -> None:
    archive(store, "UPDATE record SET body = x'00' WHERE rowid = 2")
    assert ("archive", "record 2: it cannot be read") in [(a, f.partition(" (")[0]) for a, f in findings(store)]


def test_a_record_that_was_changed_is_told(store: Path) -> None:
    archive(store, "UPDATE record SET body = (SELECT body FROM record WHERE rowid = 1) WHERE rowid = 2")
    assert ("archive", "record 2: it is not what was read") in findings(store)


def test_an_interrupted_build_is_told(store: Path) -> None:
    archive(store, "INSERT INTO build (pipeline, started) VALUES ('x', '2026-01-01')")
    (store / "graph-7").mkdir()
    (store / "search-7").mkdir()
    assert ("archive", "build 2 began and never ended") in findings(store)
    assert ("folder", "an interrupted build left graph-7, search-7") in findings(store)


def test_what_a_running_build_has_not_finished_is_no_finding(store: Path) -> None:
    with DataFolder(store).writing():
        archive(store, "INSERT INTO build (pipeline, started) VALUES ('x', '2026-01-01')")
        (store / "graph-7").mkdir()
        checkup = examine(str(store))
    assert checkup.building
    assert checkup.findings == []


def test_a_graph_that_is_missing_or_damaged_is_told(store: Path) -> None:
    (file,) = (store / "graph-1").glob("*.lbug")
    file.write_bytes(b"\xff" * 8192)
    assert "graph" in {about for about, _ in findings(store)}
    shutil.rmtree(store / "graph-1")
    assert "graph" in {about for about, _ in findings(store)}


def test_a_graph_with_other_content_is_told(store: Path) -> None:
    graph(store, "MATCH (p:Paper {id: '2401.00001'})-[r:EVALUATES_ON]->() SET r.evidence = 'Nobody wrote this.'")
    assert findings(store) == [
        ("graph", "the evidence of EVALUATES_ON from 2401.00001 to benchmark/foobench is not in its text")
    ]
    graph(store, "MATCH (p:Paper {id: '2401.00001'})-[r:EVALUATES_ON]->() DELETE r")
    assert any("edges, and build 1 wrote" in found for _, found in findings(store))


def test_an_entity_that_is_not_found_by_a_name_is_told(store: Path) -> None:
    graph(store, "MATCH (b:Benchmark) SET b.keys = ['other']")
    assert ("graph", "benchmark/foobench is not found as foobench") in findings(store)


def test_an_index_that_lacks_a_node_is_told(store: Path) -> None:
    graph(store, "MATCH (t:Task) SET t.name = 'Lace making'")
    assert findings(store) == [("index", "task/weaving is not in the search index as 'Lace making'")]
    shutil.rmtree(store / "search-1")
    assert {about for about, _ in findings(store)} == {"index"}


def test_a_paper_of_which_only_the_id_is_known_is_no_finding(tmp_path: Path) -> None:
    papers = tmp_path / "papers.jsonl"
    paper = {"id": "2401.00001", "title": "On Weaving With Looms", "references": ["arXiv:2401.00002"], "entities": []}
    papers.write_text(json.dumps(paper), "utf-8")
    report = build([papers], str(tmp_path / "data"), tmp_path / "data")
    assert (report.papers, report.nodes) == (1, 2)
    assert findings(tmp_path / "data") == []


def said(store: Path) -> list[str]:
    return [each.advice for each in examine(str(store)).findings]


@pytest.mark.parametrize(
    "damage",
    [
        lambda store: shutil.rmtree(store / "graph-1"),
        lambda store: shutil.rmtree(store / "search-1"),
        lambda store: (store / "graph-1" / "graph.lbug").write_bytes(b""),
        lambda store: (store / "search-1" / "meta.json").write_text("{"),
        lambda store: (store / "CURRENT").unlink(),
        lambda store: graph(store, "MATCH (t:Task) DETACH DELETE t"),
    ],
    ids=["no graph", "no index", "empty graph", "damaged index", "none current", "fewer nodes"],
)
def test_the_next_build_makes_what_is_gone_although_nothing_is_new(store: Path, damage) -> None:
    damage(store)
    assert said(store)
    report = build([], str(store), store)
    assert report.changed
    assert said(store) == []
    assert not build([], str(store), store).changed


def test_what_a_build_cannot_see_is_mended_by_doing_what_is_said(store: Path) -> None:
    graph(store, "MATCH (p:Paper {id: '2401.00001'})-[r:EVALUATES_ON]->() SET r.evidence = 'Nobody wrote this.'")
    graph(store, "MATCH (t:Task) SET t.name = 'Lace making'")
    advice = {
        "delete graph-1, search-1 and analysis in "
        + f"{store} and run `kg build`: it makes them again from the archive"
    }
    assert set(said(store)) == advice
    for name in ("graph-1", "search-1", "analysis"):
        shutil.rmtree(store / name)
    build([], str(store), store)
    assert said(store) == []


def test_a_graph_of_which_anything_may_be_read_is_told(store: Path) -> None:
    graph(store, "MATCH (p:Paper)-[r:EVALUATES_ON]->() SET r.start = NULL")
    assert any(about == "graph" for about, _ in findings(store))


def test_a_folder_that_may_only_be_read_is_checked_and_left_alone(store: Path) -> None:
    before = sorted(path.name for path in store.iterdir())
    for path in (*store.rglob("*"), store):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        command = [*unprivileged(), sys.executable, "-m", "kg.cli"]
        for arguments, shown in (
            (["doctor"], "all is well"),
            (["ask", "which papers evaluate on FooBench"], "2401.00001"),
            (["search", "foobnch"], "FooBench"),
            (["backup", str(store.parent / "kept.tar.gz")], "archive.sqlite, overrides.yaml"),
        ):
            done = subprocess.run([*command, *arguments, "--store", str(store)], capture_output=True, text=True)
            assert (done.returncode, done.stderr) == (0, "")
            assert shown in done.stdout
        done = subprocess.run([*command, "build", "--store", str(store)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (
            1,
            f"kg: cannot write the folder {store}: {os.strerror(errno.EACCES)}\n",
        )
    finally:
        for path in (store, *store.rglob("*")):
            path.chmod(0o700)
    assert sorted(path.name for path in store.iterdir()) == before


def test_an_archive_that_was_emptied_is_told_and_does_not_empty_the_graph(store: Path) -> None:
    (store / "archive.sqlite").write_bytes(b"")
    assert any(about == "archive" and "knows nothing of the graph" in found for about, found in findings(store))
    with pytest.raises(InputError, match="nothing was read"):
        build([], str(store), store)
    assert DataFolder(store).current() == 1


def test_what_keeps_an_archive_from_being_read_is_no_damage(store: Path) -> None:
    archive(store, "PRAGMA user_version = 99")
    (finding,) = examine(str(store)).findings[:1]
    assert "newer citegraph" in finding.found
    assert "restore" not in finding.advice


def test_a_wrong_line_of_the_corrections_is_told(store: Path) -> None:
    (store / "overrides.yaml").write_text("- hide: model/fooformer\n  who: Ada\n", "utf-8")
    assert ("corrections", "overrides.yaml:1: `why` is missing") in findings(store)


def test_corrections_that_contradict_each_other_or_have_no_target_are_told(tmp_path: Path) -> None:
    said = "  who: Ada\n  why: So it is.\n"
    store = make_store(
        tmp_path / "data",
        corrections=f"- rename: model/fooformer\n  to: Foo\n{said}- rename: model/fooformer\n  to: Bar\n{said}"
        f"- hide: model/gone\n{said}",
    )
    found = findings(store)
    assert ("corrections", "overrides.yaml:5: contradicts overrides.yaml:1 about model/fooformer") in found
    assert any("overrides.yaml:9" in text and "model/gone" in text for _, text in found)


@pytest.mark.neo4j
def test_a_server_is_checked_against_its_archive(neo4j_uri: str, tmp_path: Path) -> None:
    from corrected_store import write_extractions

    from kg.builds import build

    build([write_extractions(tmp_path / "papers.jsonl")], neo4j_uri, tmp_path / "data")
    checkup = examine(neo4j_uri, tmp_path / "data")
    assert checkup.findings == []
    assert checkup.checked["nodes"] > 10
    assert examine(neo4j_uri).findings == []
