"""What citegraph 0.1.0 made goes on working."""

import json
from pathlib import Path

import pytest
from first_release import FirstRelease, unpacked
from graph_dump import difference, dump
from sample_store import kg

from kg import sample


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


def said(*arguments: str | Path, code: int = 0) -> str:
    done = kg(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_its_graph_is_read(old: FirstRelease) -> None:
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
    assert "8 records" in said("doctor", "--store", old.data)


def test_its_backup_is_restored(old: FirstRelease, tmp_path: Path) -> None:
    said("restore", old.backup, "--store", tmp_path / "restored")
    assert not difference_of(old.data, tmp_path / "restored")
    said("doctor", "--store", tmp_path / "restored")


def test_it_is_backed_up(old: FirstRelease, tmp_path: Path) -> None:
    said("backup", tmp_path / "new.tar.gz", "--store", old.data)
    said("restore", tmp_path / "new.tar.gz", "--store", tmp_path / "restored")
    assert not difference_of(old.data, tmp_path / "restored")


def difference_of(one: Path, other: Path) -> str:
    before, after = dump(str(one)), dump(str(other))
    return "" if before == after else difference(before, after)
