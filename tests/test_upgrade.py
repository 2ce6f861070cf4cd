"""What citegraph 0.1.0 made goes on working."""

import json
from pathlib import Path

import ladybug
import pytest
from first_release import FirstRelease, unpacked
from graph_dump import difference, dump
from sample_store import kg

from kg import sample
from kg.archive import Archive
from kg.builds import build
from kg.extraction import pipeline
from kg.schema import GRAPH_SCHEMA_VERSION, RELATIONS

pytestmark = pytest.mark.slow


@pytest.fixture
def old(tmp_path: Path) -> FirstRelease:
    return unpacked(tmp_path)


@pytest.fixture
def new_paper(tmp_path: Path) -> Path:
    """A paper of the sample that is not in the data folder."""
    lines = sample.papers().read_text("utf-8").splitlines()
    (line,) = (line for line in lines if json.loads(line)["id"] == "2402.01613")
    file = tmp_path / "new.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    return file


@pytest.fixture
def first_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline has the numbers that it had then, as if it found the same still."""
    for number in ("PIPELINE_VERSION", "MODELS_VERSION", "CATALOGUE_VERSION"):
        monkeypatch.setattr(pipeline, number, 1)


def said(*arguments: str | Path, code: int = 0) -> str:
    done = kg(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def difference_of(one: Path, other: Path) -> str:
    before, after = dump(str(one)), dump(str(other))
    return "" if before == after else difference(before, after)


def made_again(data: Path) -> Path:
    """A data folder whose graph has today's schema."""
    build([], str(data), data)
    return data


def by_engine(data: Path) -> list[str]:
    """The nodes and edges of the graph in a data folder, as the engine alone gives them, of whatever schema it is."""
    folder = data / f"graph-{(data / 'CURRENT').read_text('ascii').strip()}"
    (file,) = folder.glob("*.lbug")
    lines = []
    with ladybug.Database(str(file), read_only=True) as database, ladybug.Connection(database) as connection:
        for statement in ("MATCH (n) RETURN n", "MATCH (s)-[r]->(t) RETURN s.id, t.id, r"):
            answer = connection.execute(statement)
            while answer.has_next():
                lines.append(json.dumps(_known(answer.get_next()), sort_keys=True, default=str))
    return sorted(lines)


def ends(lines: list[str]) -> set[tuple[str, str, str]]:
    """Label, source and target of the edges among the lines that `by_engine` gives."""
    rows = (json.loads(line) for line in lines)
    return {(row[2]["_LABEL"], row[0], row[1]) for row in rows if len(row) == 3}


def _known(content: object) -> object:
    """A value without nulls, the engine's own numbers and the time of the build."""
    if isinstance(content, dict):
        without = {"_ID", "_SRC", "_DST", "_id", "_src", "_dst", "first_seen"}
        return {name: _known(value) for name, value in content.items() if value is not None and name not in without}
    return [_known(value) for value in content] if isinstance(content, list) else content


def test_its_graph_is_read(old: FirstRelease) -> None:
    if GRAPH_SCHEMA_VERSION > 1:
        assert "`kg build`" in kg("stats", "--store", old.data).stderr
        said("build", "--store", old.data)
    before = {path: path.read_bytes() for path in old.data.rglob("*") if path.is_file()}
    answer = json.loads(said("ask", "which papers evaluate on MTEB", "--store", old.data, "--json"))
    assert {row["id"] for row in answer["rows"]} >= {"2405.17428", "2401.00368"}
    # By an id that it had in an earlier build.
    assert json.loads(said("show", "benchmark/sts-b", "--store", old.data, "--json"))["id"] == "benchmark/sts-benchmark"
    assert (
        json.loads(said("search", "masive text embeding", "--store", old.data, "--json"))[0]["id"] == "benchmark/mteb"
    )
    statement = "MATCH (p:Paper) WHERE p.stub IS NULL RETURN count(p) AS papers"
    assert json.loads(said("cypher", statement, "--store", old.data, "--json"))["rows"] == [{"papers": 8}]
    assert {path: path.read_bytes() for path in old.data.rglob("*") if path.is_file()} == before


def test_it_is_well(old: FirstRelease) -> None:
    (finding,) = json.loads(said("doctor", "--store", old.data, "--json", code=1))["findings"]
    assert "`kg build`" in finding["advice"]
    made_again(old.data)
    assert "8 records" in said("doctor", "--store", old.data)


def test_its_backup_is_restored(old: FirstRelease, tmp_path: Path) -> None:
    said("restore", old.backup, "--store", tmp_path / "restored")
    assert not difference_of(made_again(old.data), tmp_path / "restored")
    said("doctor", "--store", tmp_path / "restored")


def test_it_is_backed_up(old: FirstRelease, tmp_path: Path) -> None:
    said("backup", tmp_path / "new.tar.gz", "--store", old.data)
    said("restore", tmp_path / "new.tar.gz", "--store", tmp_path / "restored")
    assert not difference_of(made_again(old.data), tmp_path / "restored")


@pytest.mark.usefixtures("first_pipeline")
def test_only_what_is_new_is_extracted(old: FirstRelease, new_paper: Path) -> None:
    report = build([new_paper], str(old.data), old.data)
    assert (report.new, report.extracted, report.papers) == (1, 1, 9)
    with Archive(old.data / "archive.sqlite") as archive:
        assert not list(archive.unextracted(archive.builds()[-1].pipeline))
    # An id of 0.1.0 still leads to its node.
    assert json.loads(said("show", "benchmark/sts-b", "--store", old.data, "--json"))["id"] == "benchmark/sts-benchmark"
    said("doctor", "--store", old.data)


@pytest.mark.usefixtures("first_pipeline")
def test_its_graph_is_made_anew_without_extracting(old: FirstRelease) -> None:
    before = ends(by_engine(old.data))
    report = build([], str(old.data), old.data)
    assert (report.extracted, report.papers) == (0, 8)
    after = ends(by_engine(old.data))
    # Linking now knows that a paper introduces what its text only uses: nothing else is another.
    introduced = {(paper, entity) for label, paper, entity in after - before if label == "INTRODUCES"}
    assert {(paper, entity) for _, paper, entity in before - after} <= introduced
    assert {label for label, _, _ in after - before} <= {"INTRODUCES"}
    assert not build([], str(old.data), old.data).changed


def test_another_pipeline_reads_again_all_that_was_not_given(old: FirstRelease) -> None:
    before = ends(by_engine(old.data))
    report = build([], str(old.data), old.data)
    assert (report.extracted, report.papers) == (7, 8)
    after = ends(by_engine(old.data))
    # What sources say stays as it was; what extraction finds is mostly the same.
    found = {*RELATIONS, "ADDRESSES", "VARIANT_OF", "REPORTS", "OF", "ON", "CITES"}
    assert {end for end in before if end[0] not in found} <= after
    assert len(before & after) > 0.85 * len(before)


@pytest.mark.usefixtures("first_pipeline")
def test_what_it_extracted_is_taken_as_it_is(old: FirstRelease) -> None:
    report = build([old.extracted], str(old.data), old.data)
    assert (report.new, report.extracted, report.papers) == (1, 0, 9)
    with Archive(old.data / "archive.sqlite") as archive:
        (version,) = {extraction.pipeline for extraction in archive.extractions("none")}
    assert version == "default-p1-m1-c1"
