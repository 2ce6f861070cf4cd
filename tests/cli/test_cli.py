import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sample_store import kg
from typer.testing import CliRunner

from kg import sample
from kg.cli.app import app

pytestmark = pytest.mark.slow


@pytest.fixture
def records(tmp_path):
    file = tmp_path / "papers.jsonl"
    papers = [
        {"id": "a", "title": "A Study of Cats", "abstract": "We evaluate our encoder on MTEB."},
        {"id": "b", "title": "A Study of Dogs", "abstract": "We train BERT on Wikipedia."},
    ]
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return file


def test_help_names_every_command_and_each_explains_itself():
    listed = kg("--help")
    assert listed.returncode == 0
    for command in (
        "build",
        "extract",
        "ask",
        "cypher",
        "show",
        "neighbors",
        "stats",
        "render",
        "serve",
        "demo",
        "doctor",
        "backup",
        "restore",
    ):
        assert f" {command} " in listed.stdout
        explained = CliRunner().invoke(app, [command, "--help"], prog_name="kg")
        assert explained.exit_code == 0 and f"kg {command}" in explained.output


def test_explain_shows_which_records_are_one_paper_and_which_are_not(tmp_path):
    (tmp_path / "papers.jsonl").write_text(
        "".join(
            json.dumps({"id": name, "title": title, "doi": "10.5555/978-1-23", "authors": authors}) + "\n"
            for name, title, authors in (
                ("a", "Folding Cranes with Neural Nets", ["Ann Vass"]),
                ("b", "Folding Cranes with Neural Nets", ["Vass, A."]),
                ("c", "Folding Boats with Rule Systems", ["Cy Parr"]),
            )
        )
    )
    data = tmp_path / "graph"
    assert kg("build", tmp_path / "papers.jsonl", "--store", data).returncode == 0
    explained = kg("explain", "folding cranes with neural nets", "--data", data)
    assert explained.returncode == 0, explained.stderr
    assert "2 records" in explained.stdout and "same DOI: doi:10.5555/978-1-23" in explained.stdout
    assert "other authors: Ann Vass here, Cy Parr" in explained.stdout
    found = json.loads(kg("explain", "10.5555/978-1-23", "--data", data, "--json").stdout)
    assert found["nodes"] == []
    assert [[record["id"] for record in paper["records"]] for paper in found["papers"]] == [["a", "b"], ["c"]]
    (apart,) = found["papers"][1]["apart"]
    assert apart["reasons"] == [{"cause": "other authors", "detail": "Cy Parr here, Ann Vass there"}]


def test_build_then_ask_shows_the_sentence_and_the_cypher(records, tmp_path):
    built = kg("build", records, "--store", tmp_path / "graph")
    assert built.returncode == 0, built.stderr
    assert "2 papers (2 new)" in built.stdout
    assert built.stderr == f"kg: {records}: no record has a year, authors or an id\n"
    asked = kg("ask", "which papers evaluate on MTEB", "--store", tmp_path / "graph")
    assert asked.returncode == 0, asked.stderr
    assert "A Study of Cats" in asked.stdout and "We evaluate our encoder on MTEB." in asked.stdout
    assert "A Study of Dogs" not in asked.stdout
    assert "MATCH" in asked.stdout and "benchmark/mteb" in asked.stdout


def test_the_store_is_also_taken_from_the_environment_or_the_working_folder(records, tmp_path):
    assert kg("build", records, cwd=tmp_path).returncode == 0
    assert (tmp_path / "citegraph-data" / "CURRENT").exists()
    assert kg("stats", cwd=tmp_path).returncode == 0
    assert kg("stats", CITEGRAPH_STORE=str(tmp_path / "citegraph-data")).returncode == 0


def test_ask_as_json_is_the_contract(sample_store):
    done = kg("ask", "which papers evaluate on MTEB", "--store", sample_store, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer.keys() >= {"question", "query", "cypher", "parameters", "columns", "rows", "truncated"}
    assert answer["question"] == "which papers evaluate on MTEB"
    assert answer["rows"] and all(list(row) == answer["columns"] for row in answer["rows"])
    assert all("MTEB" in row["evidence"] for row in answer["rows"])


def test_the_named_queries_are_listed_and_run(sample_store):
    assert "leaderboard" in kg("queries").stdout
    known = {query["name"]: query for query in json.loads(kg("queries", "--json").stdout)}
    assert known["leaderboard"]["parameters"][0]["name"] == "benchmark"
    given = ("--param", "relations=EVALUATES_ON,USES", "--param", "types=Benchmark", "--param", "since=0")
    ran = kg("queries", "top_entities", *given, "--param", "until=9999", "--json", "--store", sample_store)
    assert json.loads(ran.stdout)["rows"][0]["type"] == "Benchmark"
    wrong = kg("queries", "top_entities", "--param", "since=soon", "--store", sample_store)
    assert wrong.returncode == 2 and "since" in wrong.stderr


def test_a_plan_is_printed_as_it_is_drawn_and_rows_in_json(sample_store):
    statement = "EXPLAIN MATCH (p:Paper) RETURN p.id"
    printed = kg("cypher", statement, "--store", sample_store)
    rows = json.loads(kg("cypher", statement, "--store", sample_store, "--json").stdout)["rows"]
    assert printed.returncode == 0 and "for ladybug:" in printed.stdout and "its plan:" in printed.stdout
    assert all(row["plan"].strip() in printed.stdout for row in rows)


def test_cypher_as_json_is_the_contract_without_question(sample_store):
    statement = "MATCH (p:Paper) WHERE p.year > $year RETURN p.id AS id, p.year AS year ORDER BY id"
    done = kg("cypher", statement, "--param", "year=2020", "--limit", "2", "--store", sample_store, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer.keys() == {"cypher", "parameters", "columns", "rows", "truncated"}
    assert (answer["cypher"], answer["parameters"], answer["columns"]) == (statement, {"year": 2020}, ["id", "year"])
    assert len(answer["rows"]) == 2 and answer["truncated"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ask", "colourless green ideas"], 2, "kg: "),
        (["cypher", "MATCH (n RETURN n"], 2, "kg: "),
        (["cypher", "MATCH (n) DETACH DELETE n"], 3, "kg: "),
        (["cypher", "LOAD FROM 'canary.csv' RETURN *"], 3, "kg: "),
        (["show", "nothing of that name"], 1, "nothing of that name"),
        (["show", "MTEBB"], 1, "\n  MTEB"),
        (["cypher", "RETURN 1", "--param", "x"], 1, "--param x"),
        (["neighbors", "MTEB", "--depth", "9"], 2, "--depth"),
        (["render", "MTEB", "--out", "/nonexistent/x.html"], 1, "/nonexistent/x.html"),
    ],
)
def test_what_goes_wrong_is_one_clear_line_and_an_exit_code(sample_store, arguments, code, message):
    done = kg(*arguments, "--store", sample_store)
    assert done.returncode == code, done.stderr
    assert message in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_no_graph_yet_and_no_such_input(tmp_path):
    missing = kg("stats", "--store", tmp_path / "nothing")
    assert missing.returncode == 1 and "kg build" in missing.stderr
    absent = kg("build", tmp_path / "nothing.txt", "--store", tmp_path / "graph")
    assert absent.returncode == 1 and "nothing.txt" in absent.stderr
    server = kg("build", sample.papers(), "--store", "bolt://127.0.0.1:1")
    assert server.returncode == 1 and "--data" in server.stderr


def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_built(records, tmp_path):
    with records.open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    done = kg("build", records, "--store", tmp_path / "graph")
    assert done.returncode == 0
    assert f"{records}:3: " in done.stderr
    assert "2 papers" in done.stdout and "1 problem" in done.stdout


def test_extract_writes_the_contract_and_build_takes_it(records, tmp_path):
    found = tmp_path / "found.jsonl"
    assert kg("extract", records, "--out", found).returncode == 0
    papers = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert [paper["id"] for paper in papers] == ["a", "b"]
    mention = papers[0]["entities"][0]["mentions"][0]
    assert papers[0][mention["field"]][mention["start"] : mention["end"]] == mention["text"] == "MTEB"
    assert kg("extract", records, "--out", "-").stdout == found.read_text(encoding="utf-8")
    assert "2 papers" in kg("build", found, "--store", tmp_path / "graph").stdout


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    out = tmp_path / "found.jsonl"
    out.write_text("as before", encoding="utf-8")
    bad = tmp_path / "bad.bin"
    bad.write_bytes(b"\x00\x01 of no known format")
    assert kg("extract", bad, "--out", out).returncode == 1
    assert out.read_text(encoding="utf-8") == "as before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.bin", "found.jsonl"]


def test_show_neighbors_stats_and_render(sample_store, tmp_path):
    shown = kg("show", "mteb", "--store", sample_store)
    assert "Benchmark" in shown.stdout and "2210.07316" in shown.stdout
    assert json.loads(kg("show", "2210.07316", "--store", sample_store, "--json").stdout)["label"] == "Paper"
    assert "introduces" in kg("neighbors", "MTEB", "--store", sample_store).stdout
    around = json.loads(kg("neighbors", "MTEB", "--limit", "5", "--store", sample_store, "--json").stdout)
    assert len(around["edges"]) == 5 and around["nodes"][0]["id"] == "benchmark/mteb"
    counted = json.loads(kg("stats", "--store", sample_store, "--json").stdout)
    assert counted["nodes_by_label"]["Paper"] >= 60
    page = tmp_path / "graph.html"
    assert kg("render", "MTEB", "--out", page, "--store", sample_store).returncode == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_text_of_a_record_is_shown_and_never_obeyed(tmp_path):
    record = {
        "id": "a",
        "title": "[red]Cats[/red] \x1b[31m\x1b]0;canary\x07 [/nothing]",
        "abstract": "We evaluate on MTEB.",
    }
    file = tmp_path / "marked-up.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8")
    assert kg("build", file, "--store", tmp_path / "graph").returncode == 0
    for command in (["ask", "which papers evaluate on MTEB"], ["show", "a"], ["neighbors", "MTEB"]):
        done = kg(*command, "--store", tmp_path / "graph", FORCE_COLOR="1")
        assert done.returncode == 0, done.stderr
        assert "\x1b]" not in done.stdout and "\x07" not in done.stdout and "\x1b[31m" not in done.stdout
        assert "[red]Cats[/red]" in done.stdout


def test_a_closed_pipe_is_quiet(sample_store):
    statement = "MATCH (a:Paper), (b:Paper) RETURN a.title, b.title"
    command = f"{sys.executable} -m kg.cli cypher '{statement}' --limit 4000 --store {sample_store} --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line(sample_store):
    command = f"{sys.executable} -m kg.cli stats --store {sample_store} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "the disk is full" in done.stderr


def test_progress_is_shown_on_a_terminal_and_ctrl_c_ends_with_130(tmp_path):
    line = json.dumps({"id": "a", "title": "A Study of Cats", "abstract": "We evaluate on MTEB."}) + "\n"
    out = tmp_path / "out.jsonl"
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "extract", "-", "--out", str(out)],
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        # A shell that runs the tests in the background has them ignore the signal, and processes inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(theirs)
    seen, stopped = b"", False
    try:
        # The input does not end, so that the signal comes in the middle of the work.
        threading.Thread(target=feed, args=(process.stdin, line.encode() * 20_000), daemon=True).start()
        while chunk := read(terminal):
            if b"papers/s" in seen and not stopped:
                process.send_signal(signal.SIGINT)
                stopped = True
            seen += chunk
        assert process.wait(60) == 130
    finally:
        process.kill()
        os.close(terminal)
    assert b"papers/s" in seen and b"Traceback" not in seen
    assert not out.exists()


def feed(stream, text):
    with contextlib.suppress(BrokenPipeError):
        stream.write(text)


def read(terminal):
    """What comes from a terminal next; nothing when the process has left it."""
    with contextlib.suppress(OSError):
        return os.read(terminal, 4096)
    return b""


def test_start_up_loads_nothing_heavy():
    heavy = (
        "import sys, kg.cli.app; print({'spacy', 'fastapi', 'pyvis', 'ladybug', 'neo4j', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_demo_answers_with_evidence_and_names_its_picture(tmp_path):
    done = kg("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2212.03533" in done.stdout and "MATCH" in done.stdout
    page = tmp_path / "citegraph-demo" / "mteb.html"
    assert page.as_uri() in done.stdout and page.exists()
    assert "serve --store citegraph-demo" in done.stdout
