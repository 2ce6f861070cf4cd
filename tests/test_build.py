"""Builds as a user makes them: through `kg.builds.build`, on the embedded engine."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from linking_records import entity, extraction

from kg.archive import Archive
from kg.builds import BuildReport, build
from kg.errors import StoreError
from kg.queries.name_lookup import find
from kg.schema import Extraction
from kg.store import DataFolder, open_store

pytestmark = pytest.mark.slow

NODES = "MATCH (n) RETURN n ORDER BY n.id"
EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS type, b.id AS target, r ORDER BY source, type, target"

PAPERS = [
    extraction(
        f"2401.{number:05}",
        entity("FooFormer", "Model", relation="INTRODUCES" if number == 1 else "USES"),
        entity(f"BarBench-{number}", "Benchmark", relation="EVALUATES_ON"),
        title=f"The Paper of Number {number} on Foo",
        year=2024,
        authors=("Ada Lovelace", f"Author Number{number}"),
        references=(f"2401.{number - 1:05}", "A Paper That Nobody Has Read"),
    )
    for number in range(1, 9)
]


def written(path: Path, papers: list[Extraction]) -> Path:
    path.write_text("".join(paper.model_dump_json() + "\n" for paper in papers), encoding="utf-8")
    return path


def built(store: Path, *inputs: Path, full: bool = False) -> BuildReport:
    return build(inputs, str(store), store, full=full)


def graph(store: Path) -> tuple[object, object]:
    with open_store(str(store)) as reader:
        return reader.read(NODES).rows, reader.read(EDGES).rows


def test_papers_that_come_later_give_the_graph_of_linking_all_anew(tmp_path):
    store = tmp_path / "store"
    first = built(store, written(tmp_path / "first.jsonl", PAPERS[:5]))
    later = built(store, written(tmp_path / "later.jsonl", PAPERS[5:]))
    assert (first.build, first.new, later.build, later.new, later.papers) == (1, 5, 2, 3, 8)
    added = graph(store)
    assert built(store, full=True).build == 3
    assert graph(store) == added


def test_the_same_input_twice_changes_nothing(tmp_path):
    store, papers = tmp_path / "store", written(tmp_path / "papers.jsonl", PAPERS)
    first = built(store, papers)
    before = {path: path.stat().st_mtime_ns for path in store.rglob("graph-*/*")}
    again = built(store, papers)
    assert first.changed and not again.changed
    assert again.model_dump(include={"build", "papers", "nodes", "edges"}) == first.model_dump(
        include={"build", "papers", "nodes", "edges"}
    )
    assert {path: path.stat().st_mtime_ns for path in store.rglob("graph-*/*")} == before
    with Archive(DataFolder(store).archive) as archive:
        assert [known.number for known in archive.builds()] == [1]


def test_a_build_whose_graph_is_gone_is_made_again_without_inputs(tmp_path):
    store = tmp_path / "store"
    built(store, written(tmp_path / "papers.jsonl", PAPERS))
    expected = graph(store)
    (store / "CURRENT").unlink()
    again = built(store)
    assert (again.changed, again.build) == (True, 2)
    assert graph(store) == expected


def test_what_is_kept_between_builds_may_be_deleted_or_damaged(tmp_path):
    store = tmp_path / "store"
    built(store, written(tmp_path / "first.jsonl", PAPERS[:5]))
    (store / "analysis" / "records.arrow").write_bytes(b"damaged")
    built(store, written(tmp_path / "later.jsonl", PAPERS[5:]))
    added = graph(store)
    built(store, full=True)
    assert graph(store) == added


def test_a_cited_paper_is_a_stub_until_it_is_read_and_its_old_id_still_finds_it(tmp_path):
    store = tmp_path / "store"
    first = built(store, written(tmp_path / "first.jsonl", PAPERS))
    assert first.papers == len(PAPERS)
    stub = "title/a-paper-that-nobody-has-read"
    read = extraction("2402.00001", title="A paper that nobody has read")
    built(store, written(tmp_path / "later.jsonl", [read]))
    with open_store(str(store)) as reader:
        (paper,) = find(reader, stub)
        assert paper.id == "2402.00001"
        ((node,),) = reader.read("MATCH (p:Paper {id: '2402.00001'}) RETURN p").rows
        assert node["former"] == [stub] and "stub" not in node and node["first_seen"]


READER = """
import sys
from kg.store import open_store
store = open_store(sys.argv[1])
for line in sys.stdin:
    print(store.read("MATCH (p:Paper) WHERE p.stub IS NULL RETURN count(*) AS n").rows[0][0], flush=True)
"""


def test_a_reader_in_another_process_goes_on_and_sees_the_next_build(tmp_path):
    store = tmp_path / "store"
    built(store, written(tmp_path / "first.jsonl", PAPERS[:5]))
    command = [sys.executable, "-c", READER, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as reader:

        def ask() -> int:
            reader.stdin.write("count\n")
            return int(reader.stdout.readline())

        assert ask() == 5
        built(store, written(tmp_path / "later.jsonl", PAPERS[5:]))
        built(store, full=True)
        built(store, full=True)
        assert (store / "graph-1").is_dir(), "it is being read"
        assert ask() == 8
        built(store, full=True)
        assert not (store / "graph-1").exists()
        reader.stdin.close()


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", "build", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **more)


def test_a_second_build_says_that_another_one_is_writing(tmp_path):
    store, papers = tmp_path / "store", written(tmp_path / "papers.jsonl", PAPERS)
    built(store, papers)
    before = graph(store)
    with DataFolder(store).writing():
        done = run(str(papers), "--store", str(store))
    assert done.returncode == 1
    assert "another build is writing" in done.stderr and done.stderr.count("\n") == 1
    assert graph(store) == before


@pytest.mark.parametrize("kibibytes", [64, 400, 1500])
def test_no_room_is_one_line_and_the_store_is_as_it_was(tmp_path, kibibytes):
    store = tmp_path / "store"
    built(store, written(tmp_path / "first.jsonl", PAPERS[:5]))
    before = graph(store)
    many = [
        extraction(
            f"2402.{number:05}",
            entity(f"Thing{number}", evidence=f"Thing{number}"),
            abstract=f"Thing{number} {os.urandom(400).hex()}",
        )
        for number in range(900)
    ]
    limit = kibibytes * 1024

    def confine() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = run(str(written(tmp_path / "many.jsonl", many)), "--store", str(store), preexec_fn=confine)
    assert done.returncode == 1, done.stderr
    told = [line for line in done.stderr.splitlines() if "no record has" not in line]
    assert len(told) == 1 and told[0].startswith("kg: ")
    assert "citegraph itself" not in done.stderr
    assert graph(store) == before
    assert {path.name for path in store.glob("graph-*")} == {"graph-1"}
    assert run("--store", str(store)).returncode == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)])
def test_a_build_that_is_interrupted_ends_in_one_line(tmp_path, number, code):
    lines = (
        json.dumps({"id": f"p{n}", "title": f"A Study of Thing {n}", "abstract": "Cats. " * 200}) for n in range(4000)
    )
    papers = tmp_path / "papers.jsonl"
    papers.write_text("\n".join(lines), encoding="utf-8")
    store = tmp_path / "store"
    command = [sys.executable, "-m", "kg.cli", "build", str(papers), "--store", str(store)]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not (store / "archive.sqlite").exists() and process.poll() is None:
        pass
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert told == "kg: interrupted: the graph is as it was\n"
    with pytest.raises(StoreError):
        open_store(str(store))


@pytest.mark.neo4j
def test_the_same_input_twice_leaves_a_server_alone(tmp_path, neo4j_uri):
    papers = written(tmp_path / "papers.jsonl", PAPERS)
    first = build([papers], neo4j_uri, tmp_path / "data")
    again = build([papers], neo4j_uri, tmp_path / "data")
    other = build([papers], neo4j_uri, tmp_path / "other")
    assert (first.changed, again.changed, other.changed) == (True, False, True)
    assert again.build == first.build
