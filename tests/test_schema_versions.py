"""A graph or an index that another version of citegraph wrote is refused in one line, and made again by a build."""

import json
import os
import shutil
from pathlib import Path

import neo4j
import pytest
from corrected_store import make_store, write_extractions
from first_release import unpacked
from graph_dump import dump
from sample_store import kg

from kg.archive import ARCHIVE_VERSION, Archive
from kg.archive.archive import FIELDS_SINCE
from kg.builds import build
from kg.doctor import examine
from kg.errors import VersionError
from kg.extraction import pipeline
from kg.schema import GRAPH_SCHEMA_VERSION
from kg.search import search
from kg.store import open_store

pytestmark = pytest.mark.slow

OLDER, NEWER = GRAPH_SCHEMA_VERSION - 1, GRAPH_SCHEMA_VERSION + 1
ADVICE = {OLDER: "`kg build`", NEWER: "upgrade citegraph"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("made") / "data")


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def of_version(store: Path, version: int) -> None:
    (store / "graph-1" / "schema.json").write_text(json.dumps({"version": version}), "utf-8")


@pytest.mark.parametrize("version", [OLDER, NEWER])
def test_a_graph_of_another_version_is_refused_in_one_line(store: Path, version: int) -> None:
    of_version(store, version)
    for arguments in (
        ["ask", "which papers evaluate on FooBench"],
        ["cypher", "MATCH (n) RETURN n"],
        ["search", "foo"],
    ):
        done = kg(*arguments, "--store", store)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert ADVICE[version] in done.stderr and str(store) in done.stderr


@pytest.mark.parametrize("version", [OLDER, NEWER])
def test_a_check_up_says_what_to_do_about_another_version(store: Path, version: int) -> None:
    of_version(store, version)
    (finding,) = examine(str(store)).findings
    assert finding.about == "graph" and ADVICE[version] in finding.advice


@pytest.mark.parametrize("version", [OLDER, NEWER])
def test_a_build_makes_the_graph_again_although_nothing_is_new(store: Path, version: int) -> None:
    before = dump(str(store))
    of_version(store, version)
    report = build([], str(store), store)
    assert (report.changed, report.extracted) == (True, 0)
    assert dump(str(store)) == before
    assert examine(str(store)).findings == []
    assert not build([], str(store), store).changed


def test_a_graph_without_a_version_is_of_the_first(store: Path) -> None:
    (store / "graph-1" / "schema.json").unlink()
    if GRAPH_SCHEMA_VERSION == 1:
        assert examine(str(store)).findings == []
    else:
        with pytest.raises(VersionError, match="older"):
            open_store(str(store))


def test_a_damaged_version_is_told(store: Path) -> None:
    (store / "graph-1" / "schema.json").write_text("damaged", "utf-8")
    done = kg("stats", "--store", store)
    assert done.returncode == 1 and "schema.json is damaged" in done.stderr
    assert build([], str(store), store).changed


def test_who_reads_meets_a_newer_graph_when_it_becomes_current(store: Path) -> None:
    with open_store(str(store)) as reader:
        shutil.copytree(store / "graph-1", store / "graph-2")
        (store / "graph-2" / "schema.json").write_text(json.dumps({"version": NEWER}), "utf-8")
        (store / "CURRENT").write_text("2\n", "ascii")
        with pytest.raises(VersionError, match="upgrade citegraph"):
            reader.read("MATCH (n) RETURN count(n) AS nodes")


@pytest.mark.parametrize(("version", "advice"), [(0, "`kg build`"), (99, "upgrade citegraph")])
def test_an_index_of_another_version_is_told_and_made_again(store: Path, version: int, advice: str) -> None:
    manifest = store / "search-1" / "nodes.txt"
    _, _, rest = manifest.read_text("ascii").partition("\n")
    manifest.write_text(f"citegraph names {version}\n{rest}", "ascii")
    (finding,) = examine(str(store)).findings
    assert finding.about == "index" and advice in finding.advice
    with open_store(str(store)) as graph:
        assert search(graph, "foobench")[0].name == "FooBench", "another index is made for the time being"
    assert build([], str(store), store).changed
    assert examine(str(store)).findings == []


def server_of_version(uri: str, version: int | None) -> None:
    """Makes a server's graph say that it is of another version, or none."""
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(uri, auth=auth) as driver:
        driver.execute_query("MATCH (n:Paper) WHERE n._finished IS NOT NULL SET n._schema = $version", version=version)


@pytest.mark.neo4j
@pytest.mark.parametrize("version", [OLDER, NEWER])
def test_a_server_s_graph_of_another_version_is_refused_and_made_again(
    neo4j_uri: str, tmp_path: Path, version: int
) -> None:
    papers = write_extractions(tmp_path / "papers.jsonl")
    build([papers], neo4j_uri, tmp_path / "data")
    before = dump(neo4j_uri)
    with open_store(neo4j_uri) as reader:
        server_of_version(neo4j_uri, version)
        with pytest.raises(VersionError, match=ADVICE[version]):
            open_store(neo4j_uri)
        with pytest.raises(VersionError, match=ADVICE[version]):
            reader.version()
        (finding,) = examine(neo4j_uri, tmp_path / "data").findings
        assert finding.about == "graph" and ADVICE[version] in finding.advice
        assert build([], neo4j_uri, tmp_path / "data").changed
        assert reader.version().schema == GRAPH_SCHEMA_VERSION
    assert dump(neo4j_uri) == before
    assert examine(neo4j_uri, tmp_path / "data").findings == []


@pytest.mark.neo4j
def test_a_server_s_graph_without_a_version_is_of_the_first(neo4j_uri: str, tmp_path: Path) -> None:
    build([write_extractions(tmp_path / "papers.jsonl")], neo4j_uri, tmp_path / "data")
    server_of_version(neo4j_uri, None)
    if GRAPH_SCHEMA_VERSION == 1:
        assert examine(neo4j_uri, tmp_path / "data").findings == []
    else:
        with pytest.raises(VersionError, match="older"):
            open_store(neo4j_uri)


@pytest.mark.neo4j
def test_a_server_s_graph_says_its_version_on_one_node_alone_and_to_nobody(neo4j_uri: str, tmp_path: Path) -> None:
    build([write_extractions(tmp_path / "papers.jsonl")], neo4j_uri, tmp_path / "data")
    # A paper that comes first takes the mark.
    build([write_extractions(tmp_path / "more.jsonl", 0, 1)], neo4j_uri, tmp_path / "data")
    with open_store(neo4j_uri) as graph:
        marked = graph.read("MATCH (n) WHERE n._schema IS NOT NULL RETURN count(n) AS n, min(n.id) AS id").rows
        assert marked == [[1, "2401.00001"]]
        ((node,),) = graph.read("MATCH (n {id: '2401.00001'}) RETURN n").rows
        assert not [name for name in node if name.startswith("_")]


def test_what_an_older_citegraph_did_not_keep_is_said_until_its_source_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = unpacked(tmp_path).data
    (note,) = examine(str(data)).notes
    assert note.startswith("8 records were read by an older citegraph, which did not keep `venue`, ")
    # As if `upvotes` alone were new in this version, and the pipeline the same.
    for name in list(FIELDS_SINCE):
        monkeypatch.delitem(FIELDS_SINCE, name)
    assert examine(str(data)).notes == []
    for number in ("PIPELINE_VERSION", "MODELS_VERSION", "CATALOGUE_VERSION"):
        monkeypatch.setattr(pipeline, number, 1)
    monkeypatch.setitem(FIELDS_SINCE, "upvotes", ARCHIVE_VERSION)
    (note,) = examine(str(data)).notes
    assert note.startswith("8 records were read by an older citegraph, which did not keep `upvotes`: it is unknown")
    papers = [json.loads(line) for line in _lines_of_sample({"2210.07316", "2104.08663", "1706.03762"})]
    papers[0]["upvotes"] = 3
    (tmp_path / "again.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    report = build([tmp_path / "again.jsonl"], str(data), data)
    assert report.extracted == 1
    (note,) = examine(str(data)).notes
    assert note.startswith("6 records")


def test_a_record_that_is_read_again_as_it_was_is_known_to_lack_what_is_new(tmp_path: Path) -> None:
    data = unpacked(tmp_path).data
    with Archive(data / "archive.sqlite") as archive:
        assert archive.unknown_fields() == dict.fromkeys(FIELDS_SINCE, 8)
        known = list(archive.extractions("default-p1-m1-c1"))
        assert archive.add(known[:3]) == 0
        assert archive.unknown_fields() == dict.fromkeys(FIELDS_SINCE, 5)


def _lines_of_sample(ids: set[str]) -> list[str]:
    from kg import sample

    lines = sample.papers().read_text("utf-8").splitlines()
    return [line for line in lines if json.loads(line)["id"] in ids]
