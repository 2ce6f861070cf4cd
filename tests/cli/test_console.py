"""The console of `kg cypher`: on a real pseudo-terminal, and from a pipe."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pexpect
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from kg import sample
from kg.builds import build
from kg.cli.console.completion import CypherCompleter
from kg.cli.console.session import COMMANDS, Session
from kg.cli.console.text import is_complete, open_quote, statements
from kg.store import open_store

pytestmark = pytest.mark.slow

PROMPT = "kg>"
SLOW = "UNWIND range(1, 30000) AS a UNWIND range(1, 20000) AS b RETURN sum(a * b % 7) AS n;"
"""Takes some ten seconds."""
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A console on a pseudo-terminal of 30 lines."""

    def __init__(self, store, state):
        environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "XDG_STATE_HOME": str(state)}
        environment.pop("LESS", None)
        command = ["-m", "kg.cli", "cypher", "--store", str(store)]
        self.process = pexpect.spawn(
            sys.executable, command, env=environment, dimensions=(30, 150), encoding="utf-8", timeout=60
        )
        self.process.expect(PROMPT)

    def type(self, text):
        self.process.send(text)

    def shows(self, text):
        self.process.expect_exact(text)

    def answer(self, text, last="row"):
        """What is shown for what is typed, up to some last words."""
        self.type(text + "\r")
        self.process.expect_exact("\x1b[?2004l")
        self.process.expect_exact(last)
        shown = _STYLE.sub("", self.process.before) + last
        self.process.expect(PROMPT)
        return shown.replace("\r", "")

    def leave(self):
        self.process.sendeof()
        self.process.expect(pexpect.EOF)
        self.process.wait()
        self.process.close()
        return self.process.exitstatus


@pytest.fixture
def terminal(sample_store, tmp_path):
    terminal = Terminal(sample_store, tmp_path)
    yield terminal
    if terminal.process.isalive():
        terminal.process.kill(signal.SIGKILL)
        terminal.process.wait()
    terminal.process.close()


def test_statements_are_answered_until_ctrl_d(terminal):
    shown = terminal.answer("MATCH (b:Benchmark {name: 'MTEB'}) RETURN b.name AS name;")
    assert "MTEB" in shown and "1 row" in shown
    assert "nothing found" in terminal.answer("MATCH (b:Benchmark {name: 'none'}) RETURN b;", "nothing found")
    assert terminal.leave() == 0


def test_enter_goes_on_until_a_semicolon_or_an_empty_line(terminal):
    terminal.type("RETURN 'a;\r")
    terminal.shows("|")
    terminal.type("b' AS text,\r")
    terminal.shows("|")
    assert "7" in terminal.answer("7 AS number;")
    terminal.type("RETURN 8 AS eight\r")
    terminal.shows("|")
    assert "8" in terminal.answer("")


def test_an_error_is_one_line_and_the_console_goes_on(terminal):
    assert "rule 'clauses'" in terminal.answer("CREATE (n);", "graph")
    shown = terminal.answer("RETURN nobody;", "nobody")
    assert "Traceback" not in shown
    assert "there is no command :nonsense" in terminal.answer(":nonsense", "lists them")
    assert "1 row" in terminal.answer("RETURN 1 AS one;")


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request, sample_store, tmp_path):
    if request.param == "ladybug":
        return sample_store
    uri = request.getfixturevalue("neo4j_uri")
    build([sample.papers()], uri, tmp_path / "archive")
    return uri


def test_ctrl_c_stops_the_statement_and_not_the_console(store, tmp_path):
    terminal = Terminal(store, tmp_path)
    terminal.type(SLOW + "\r")
    terminal.process.expect_exact("\x1b[?2004l")
    time.sleep(1.5)
    began = time.monotonic()
    terminal.process.sendintr()
    terminal.shows("stopped")
    assert time.monotonic() - began < 10, "and not when its time is up"
    terminal.process.expect(PROMPT)
    assert "MTEB" in terminal.answer("MATCH (b:Benchmark {name: 'MTEB'}) RETURN b.name AS name;")
    terminal.type("RETURN half of a statement")
    terminal.process.sendintr()
    terminal.process.expect(PROMPT)
    assert "1 row" in terminal.answer("RETURN 1 AS one;")
    assert terminal.leave() == 0


def test_what_was_typed_is_there_the_next_time(sample_store, tmp_path):
    first = Terminal(sample_store, tmp_path)
    first.answer("RETURN 'remembered' AS word;")
    first.leave()
    file = tmp_path / "citegraph" / "history"
    assert "remembered" in file.read_text() and file.stat().st_mode & 0o077 == 0
    second = Terminal(sample_store, tmp_path)
    second.type("\x1b[A")
    second.shows("remembered")
    assert "remembered" in second.answer("")
    second.leave()


def test_a_name_is_completed_from_the_graph(terminal):
    terminal.type("MATCH (b:Benchmark {name: 'Massive Text Embed")
    terminal.shows("MTEB")
    terminal.type("\t")
    terminal.shows("MTEB")
    assert "papers" in terminal.answer("}) RETURN b.name AS name, b.papers AS papers;")


def test_long_answers_are_shown_page_by_page(sample_store, tmp_path, monkeypatch):
    monkeypatch.setenv("PAGER", "sh -c 'echo PAGED; head -3; cat >/dev/null'")
    terminal = Terminal(sample_store, tmp_path)
    terminal.type("MATCH (p:Paper) RETURN p.title AS title;\r")
    terminal.shows("PAGED")
    terminal.process.expect(PROMPT)
    assert "1 row" in terminal.answer("RETURN 1 AS one;")
    terminal.leave()


def piped(store, text, *options):
    command = [sys.executable, "-m", "kg.cli", "cypher", "--store", str(store), *options]
    return subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_a_pipe_s_statements_are_run(sample_store):
    done = piped(
        sample_store,
        ":output csv\n// a comment; with a semicolon\nMATCH (b:Benchmark {name: $name})\nRETURN b.name, b.aliases;\n"
        "RETURN 'a,b' AS x, true AS y, null AS z; RETURN 2 AS two",
        "--param",
        "name=MTEB",
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "b.name,b.aliases" and lines[1].startswith('MTEB,"[""')
    assert lines[2:] == ["x,y,z", '"a,b",true,', "two", "2"]


def test_a_pipe_s_answers_as_json_are_those_of_a_single_statement(sample_store):
    done = piped(sample_store, "RETURN 1 AS one;\n", "--json")
    assert json.loads(done.stdout) == {
        "cypher": "RETURN 1 AS one",
        "parameters": {},
        "columns": ["one"],
        "rows": [{"one": 1}],
        "truncated": False,
    }


def test_a_pipe_ends_at_its_first_error(sample_store):
    done = piped(sample_store, "RETURN 1 AS one;\nCREATE (n);\nRETURN 2 AS two;\n")
    assert done.returncode == 3 and done.stderr.startswith("kg: rule 'clauses'")
    assert "one" in done.stdout and "two" not in done.stdout


def test_commands(sample_store):
    done = piped(
        sample_store,
        ":help\n:queries leaderboard\n:param year 2020\n:param word it's\n:param\n:param word\n"
        ":run papers_by_relation entity=benchmark/mteb relations=EVALUATES_ON since=0 until=9999 limit=1\n"
        ":explain MATCH (p:Paper) WHERE p.year > $year RETURN p.title;\n",
    )
    assert done.returncode == 0, done.stderr
    assert all(f":{name} " in done.stdout for name in COMMANDS)
    assert "parameter benchmark (string):" in done.stdout and "column metric (string):" in done.stdout
    assert '$word = "it\'s"' in done.stdout and "$year = 2020" in done.stdout
    assert "1 row" in done.stdout
    assert "for ladybug:" in done.stdout and "its plan:" in done.stdout


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (":run nothing", "no query is called 'nothing'"),
        (":run", "no query is called ''"),
        (":run leaderboard benchmark", "write benchmark as NAME=VALUE"),
        (":run leaderboard benchmark=x limit=many", "limit of the query leaderboard is no integer: 'many'"),
        (":run leaderboard 'benchmark", "a quote is not closed"),
        (":output xml", "no output is called 'xml': there are table, json, csv"),
        (":explain CREATE (n)", "rule 'clauses'"),
        (":queries nothing", "no query is called 'nothing'"),
    ],
)
def test_a_wrong_command_is_one_line(sample_store, command, message):
    done = piped(sample_store, command + "\n")
    assert done.returncode > 0 and message in done.stderr.splitlines()[0] and "Traceback" not in done.stderr


@pytest.mark.neo4j
def test_the_server_s_plan_is_shown(neo4j_uri, tmp_path):
    build([sample.papers()], neo4j_uri, tmp_path)
    done = piped(neo4j_uri, ":explain MATCH (p:Paper {id: $id}) RETURN p.title\n", "--param", "id=2210.07316")
    assert done.returncode == 0, done.stderr
    assert "for neo4j:" in done.stdout and "NodeUniqueIndexSeek" in done.stdout


@pytest.fixture(scope="module")
def completer(sample_store):
    with open_store(str(sample_store)) as store:
        yield CypherCompleter(Session(store, {"year": 1}, "table", 10, 10))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("mat", "MATCH"),
        ("MATCH (p:Pa", "Paper"),
        ("MATCH (p:Benchmark|Da", "Dataset"),
        ("MATCH (p)-[:EVAL", "EVALUATES_ON"),
        ("MATCH (p)-[r:USES|TRA", "TRAINS_ON"),
        ("MATCH (p:Paper {ti", "title"),
        ("MATCH (p:Paper) WHERE p.ye", "year"),
        ("MATCH (p:Paper) RETURN coal", "coalesce("),
        ("MATCH (p) WHERE p.year > $y", "year"),
        ("MATCH (b {name: 'mte", "MTEB'"),
        ('MATCH (b {name: "massive text emb', 'MTEB"'),
        (":qu", "queries"),
        (":output c", "csv"),
        (":run lead", "leaderboard"),
        (":run leaderboard ben", "benchmark="),
        (":run leaderboard benchmark=mte", "benchmark/mteb"),
    ],
)
def test_completions(completer, typed, offered):
    found = [each.text for each in completer.get_completions(Document(typed), CompleteEvent())]
    assert offered in found


def test_a_property_is_one_of_its_label(completer):
    found = [
        each.text for each in completer.get_completions(Document("MATCH (a:Organization) WHERE a."), CompleteEvent())
    ]
    assert found == ["id", "name"]


@settings(deadline=None)
@given(st.text("MATCH (:|[{}'\"`;/*\\$.\n=,ab", max_size=60))
def test_whatever_is_being_typed_has_completions_or_none(completer, typed):
    for each in completer.get_completions(Document(typed), CompleteEvent()):
        assert -len(typed) <= each.start_position <= 0


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("RETURN 1", False),
        ("RETURN 1;", True),
        ("RETURN 1; // done", True),
        ("RETURN 1 // not done;", False),
        ("RETURN ';", False),
        ("RETURN ';'", False),
        ("RETURN `a;", False),
        ("RETURN 1 /* ;", False),
        ("RETURN 1\n", True),
        ("RETURN 'a\n", False),
        ("RETURN 'it\\'s;", False),
        ("", True),
        (":help", True),
    ],
)
def test_what_is_complete(text, complete):
    assert is_complete(text) == complete


@settings(deadline=None)
@given(st.lists(st.sampled_from(["RETURN 1", "RETURN ';'", "/* ; */ RETURN `;`", 'RETURN "\\";" // ;\n']), max_size=5))
def test_statements_are_told_apart(parts):
    assert statements(";\n".join(parts)) == [part.strip() for part in parts]


@settings(deadline=None)
@given(st.text("ab'\"`;/*\\\n", max_size=40))
def test_any_text_has_an_end(text):
    assert all(statement.strip() for statement in statements(text))
    assert open_quote(text) is None or open_quote(text)[0] in ("'", '"', "`", "//", "/*")
