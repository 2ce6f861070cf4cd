"""What a statement cannot do in the sandbox even if the guard lets it pass, and how the processes start and end."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from projection import Projection
from small_graph import small
from written_stores import write_graph

from kg.errors import CitegraphError, ExhaustedError, NotUnderstoodError
from kg.store import DataFolder, open_store
from kg.store.ladybug import sandbox
from kg.store.ladybug.reader import LadybugReader
from kg.store.neo4j.plan_check import READING, operators

LINUX = sys.platform == "linux"
CANARY = "citegraph-test-canary"
"""A text of the test's own, in a file or a variable, that no statement may read."""


@pytest.fixture
def graph(folder):
    with LadybugReader(folder) as store:
        yield store


def read(store, statement, timeout=20.0, **parameters):
    return store.read_sandboxed(statement, parameters, timeout=timeout, limit=10).rows


def children(folder: Path, of: int | None = None) -> set[int]:
    """Processes that run untrusted statements on a graph, started by a process; other tests have theirs."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_text()
            state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if (
            "sandbox_process.py" in command
            and str(folder) in command
            and state != "Z"
            and int(parent) == (of or os.getpid())
        ):
            found.add(int(path.name))
    return found


def gone(process: int, within: float = 10.0) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]) == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not LINUX, reason="limits on open files are tested on Linux")
@pytest.mark.parametrize(
    "statement",
    [
        "LOAD FROM '{canary}' (file_format='csv', header=false) RETURN *",
        "LOAD FROM '{canary}' (file_format='csv', delim=':') RETURN *",
        "COPY (MATCH (n) RETURN n.id) TO '{folder}/copy.csv'",
        "EXPORT DATABASE '{folder}/copy'",
        "IMPORT DATABASE '{folder}'",
        "ATTACH '{database}' AS other (dbtype lbug)",
        "INSTALL canary",
        "LOAD EXTENSION '{folder}/canary'",
        "CREATE (n:Author {{id: 'canary'}})",
        "MATCH (n) DETACH DELETE n",
        "CHECKPOINT",
        "DROP TABLE Paper",
        "CREATE MACRO canary(x) AS x",
    ],
)
def test_past_the_guard_there_is_no_file_no_connection_and_no_write(graph, folder, tmp_path, statement):
    canary = tmp_path / "canary.csv"
    canary.write_text(CANARY)
    before = (folder / "graph.lbug").read_bytes()
    names = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(CitegraphError) as raised:
        rows = read(graph, statement.format(canary=canary, folder=tmp_path, database=folder / "graph.lbug"))
        pytest.fail(f"it gave {rows}")
    assert CANARY not in str(raised.value)
    assert (folder / "graph.lbug").read_bytes() == before
    assert canary.read_text() == CANARY
    assert sorted(path.name for path in tmp_path.rglob("*")) == names
    assert read(graph, "MATCH (n) RETURN count(n) > 1") == [[True]]


@pytest.mark.skipif(not LINUX, reason="/proc")
def test_a_process_has_no_secrets_and_no_open_files_of_ours(graph, folder, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", CANARY)
    with (folder / "graph.lbug").open("rb"):
        read(graph, "RETURN 1")
    (child,) = children(folder)
    assert CANARY not in Path(f"/proc/{child}/environ").read_text()
    opened = [str(path.readlink()) for path in Path(f"/proc/{child}/fd").iterdir()]
    assert all(name == str(folder / "graph.lbug") or name.startswith(("pipe:", "/dev/null")) for name in opened)
    limits = Path(f"/proc/{child}/limits").read_text()
    assert f"Max open files            {len(opened)} " in limits
    assert "Max file size             0 " in limits


def test_the_engines_types_arrive_as_in_this_process(graph):
    for statement in (
        "MATCH (n)-[r]->(m) RETURN n, r, m ORDER BY n.id, m.id",
        "MATCH p = (a:Paper)-[*1..2]->(b) RETURN p ORDER BY length(p), a.id, b.id",
        "RETURN sum(3) AS a, avg(1) AS b, date('2024-05-06') AS c, timestamp('2024-05-06 01:02:03') AS d, 1.0 / 0 AS e",
        "RETURN {a: [1], b: {c: NULL}} AS a, [1.5] AS b, 'é😀\\n' AS c, NULL AS d",
        "MATCH (n:Benchmark) RETURN n.aliases",
    ):
        here = graph.read(statement, limit=10)
        there = graph.read_sandboxed(statement, timeout=20, limit=10)
        assert (there.columns, there.rows) == (here.columns, here.rows)


def test_parameters_are_sent_as_they_are(graph):
    for value in ("é'\"\\😀", 2**62, -1, 1.5, True, None, ["a", "b"], [1, 2]):
        assert read(graph, "RETURN $v", v=value) == [[value]]
    with pytest.raises(NotUnderstoodError, match="parameter"):
        read(graph, "RETURN $v", v=object())
    assert read(graph, "RETURN 1") == [[1]]


@pytest.mark.skipif(not LINUX, reason="limits on memory are tested on Linux")
def test_memory_is_limited_and_the_next_statement_runs(graph, monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY", 16 << 20)
    with pytest.raises(ExhaustedError, match="memory"):
        read(graph, "WITH range(1, 5000000) AS l RETURN size(l)")
    assert read(graph, "RETURN 1") == [[1]]


def test_a_statement_that_takes_too_long_is_stopped(graph):
    began = time.monotonic()
    with pytest.raises(ExhaustedError, match=r"stopped after 0\.1 seconds"):
        read(graph, "UNWIND range(1, 20000) AS a UNWIND range(1, 5000) AS b RETURN sum(a * b % 7)", 0.1)
    assert time.monotonic() - began < 10
    assert read(graph, "RETURN 1") == [[1]]


def test_a_value_that_is_nested_too_deeply_is_no_fault_and_the_next_statement_runs(graph):
    with pytest.raises(ExhaustedError, match="flatter"):
        graph.read_untrusted("RETURN reduce(a = [], x IN range(1, 3000) | [a]) AS a", timeout=20, limit=10)
    assert graph.read_untrusted("RETURN reverse([1, 2]) AS a", timeout=20, limit=10).rows == [[[2, 1]]]


@pytest.mark.skipif(not LINUX, reason="/proc")
def test_a_process_that_does_not_look_at_the_clock_is_killed(graph, folder):
    read(graph, "RETURN 1")
    (child,) = children(folder)
    os.kill(child, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(ExhaustedError, match=r"stopped after 0\.1 seconds"):
        read(graph, "RETURN 1", 0.1)
    assert time.monotonic() - began < 10
    assert gone(child)
    assert read(graph, "RETURN 1") == [[1]]


@pytest.mark.skipif(not LINUX, reason="/proc")
def test_a_killed_process_is_replaced(graph, folder):
    read(graph, "RETURN 1")
    (child,) = children(folder)
    os.kill(child, signal.SIGKILL)
    with pytest.raises(ExhaustedError):
        read(graph, "RETURN 1")
    assert read(graph, "RETURN 2") == [[2]]
    assert children(folder) and child not in children(folder)


@pytest.mark.skipif(not LINUX, reason="/proc")
def test_there_are_few_processes_and_none_after_closing(graph, folder):
    with ThreadPoolExecutor(3 * sandbox.MAX_PROCESSES) as pool:
        answers = pool.map(lambda n: read(graph, "UNWIND range(1, 30000) AS x RETURN sum(x) + $n", n=n), range(60))
        assert [rows[0][0] for rows in answers] == [450015000 + n for n in range(60)]
        started = children(folder)
    assert 1 <= len(started) <= sandbox.MAX_PROCESSES
    graph.close()
    assert all(gone(child) for child in started)
    assert read(graph, "RETURN 1") == [[1]], "a closed store opens again"


@pytest.mark.skipif(not LINUX, reason="/proc")
@pytest.mark.parametrize("busy", [False, True])
def test_processes_end_when_ours_is_killed(folder, busy):
    half_a_minute = "UNWIND range(1, 60000) AS a UNWIND range(1, 20000) AS b RETURN sum(a * b % 7)"
    script = f"""
        import sys, threading
        from pathlib import Path
        from kg.store.ladybug.reader import LadybugReader
        store = LadybugReader(Path({str(folder)!r}))
        store.read_sandboxed("RETURN 1", timeout=30, limit=1)
        if {busy}:
            slow = {half_a_minute!r}
            threading.Thread(target=store.read_sandboxed, args=(slow,), kwargs=dict(timeout=60, limit=1)).start()
        print("ready", flush=True)
        sys.stdin.read()
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as parent:
        assert parent.stdout.readline() == b"ready\n"
        time.sleep(0.5 if busy else 0)
        (child,) = children(folder, parent.pid)
        parent.kill()
    assert gone(child)


def test_the_next_build_is_read_as_soon_as_it_is_current(tmp_path):
    def count(reader):
        return reader.read_untrusted("MATCH (n) RETURN count(n)", timeout=20, limit=1).rows

    data = DataFolder(tmp_path / "data")
    data.path.mkdir()

    def build(number: int, graph: Projection) -> None:
        write_graph(str(data.path), graph, number)
        data.publish(number)

    build(1, small())
    one = Projection()
    one.nodes["Author"]["author/one"] = {"id": "author/one", "name": "One"}
    with open_store(str(data.path)) as reader:
        before = count(reader)
        build(2, one)
        assert count(reader) == [[1]] != before


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "statement",
    [
        "LOAD CSV FROM 'file:///canary.csv' AS line RETURN line",
        "MATCH (n) WHERE EXISTS { CALL db.labels() YIELD label RETURN label } RETURN n",
        "CALL dbms.components() YIELD name RETURN name",
        "SHOW INDEXES",
        "TERMINATE TRANSACTIONS 'canary-1'",
        "MATCH (n) FOREACH (x IN [1] | SET n.x = 1)",
        "CREATE (n)",
        "MATCH (n) RETURN 1 UNION LOAD CSV FROM 'file:///canary.csv' AS line RETURN 1",
        "CREATE USER canary SET PASSWORD 'canary-password'",
    ],
)
def test_a_servers_plan_is_judged_by_its_operators(neo4j_uri, statement):
    with open_store(neo4j_uri) as store, pytest.raises(CitegraphError):
        store.read_plan_checked(statement, timeout=10, limit=10)


def test_operators_are_found_in_all_of_a_plan():
    plan = {
        "operatorType": "ProduceResults@neo4j",
        "children": [{"operatorType": "Expand(All)@neo4j", "children": [{"operatorType": "LoadCSV@neo4j"}]}],
    }
    assert set(operators(plan)) - READING == {"LoadCSV"}
    assert not READING & {
        "Create",
        "Delete",
        "DetachDelete",
        "SetProperty",
        "Merge",
        "ProcedureCall",
        "LoadCSV",
        "Foreach",
    }
