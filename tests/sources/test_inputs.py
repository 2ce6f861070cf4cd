"""What can be named as an input, how little of it is held, and how the commands end."""

import errno
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import pytest
from writers import BERT, GLUE, MTEB, PAPERS, arxiv_atom, bibtex, comma_separated, json_array, json_lines, listing

from kg.errors import InputError
from kg.schema import Paper
from kg.sources import FileReport, Fit, Head, Problem, Source, folder_lines, read, registry

ROOT = Path(__file__).parents[2]


def titles(*inputs: Path | str) -> list[str]:
    return [paper.title for paper in read(inputs, lambda problem: pytest.fail(str(problem)))]


def titles_of(name: Path, problems: list[Problem]) -> list[str]:
    return [paper.title for paper in read([name], problems.append)]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A folder with two papers in it, one deeper, and what is no paper."""
    folder = tmp_path / "collection"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "bert.jsonl").write_bytes(json_lines([BERT]))
    (folder / "mteb.bib").write_bytes(bibtex([MTEB]))
    (folder / ".hidden").write_text("nothing to see")
    (folder / "citegraph-data").mkdir()
    (folder / "citegraph-data" / "archive.sqlite").write_text("")
    return folder


def test_a_folder_means_the_files_in_it(collection: Path) -> None:
    assert titles(collection) == [MTEB.title, BERT.title]


def test_what_cannot_be_opened_in_a_folder_costs_no_other_file(collection: Path) -> None:
    (collection / "gone.jsonl").symlink_to("nowhere")
    (collection / "round").symlink_to("../collection")
    os.mkfifo(collection / "pipe")
    problems: list[Problem] = []
    assert [paper.title for paper in read([collection], problems.append)] == [MTEB.title, BERT.title]
    assert all(problem.whole for problem in problems)
    assert {Path(problem.file).name: problem.message for problem in problems} == {
        "gone.jsonl": f"cannot be opened: {os.strerror(errno.ENOENT)}; left out",
        "pipe": "no file but a pipe, socket or device; left out",
        "round": "a link to a folder is not followed; left out",
    }
    with pytest.raises(InputError, match="no file is called so"):
        read([f"{collection}/gone*"], problems.append)
    with pytest.raises(InputError, match=os.strerror(errno.ENOENT)):
        read([collection / "gone.jsonl"], problems.append)


def test_what_may_not_be_read_in_a_folder_costs_no_other_file() -> None:
    folder, user = Path(tempfile.mkdtemp()), os.geteuid()
    try:
        (folder / "closed").mkdir()
        (folder / "closed" / "bert.jsonl").write_bytes(json_lines([BERT]))
        (folder / "mine.jsonl").write_bytes(json_lines([BERT]))
        (folder / "closed").chmod(0)
        (folder / "mine.jsonl").chmod(0)
        (folder / "mteb.jsonl").write_bytes(json_lines([MTEB]))
        folder.chmod(0o755)
        if user == 0:
            os.seteuid(65534)
        problems: list[Problem] = []
        assert titles_of(folder, problems) == [MTEB.title]
        assert sorted(Path(problem.file).name for problem in problems) == ["closed", "mine.jsonl"]
        assert {problem.message for problem in problems} == {f"cannot be opened: {os.strerror(errno.EACCES)}; left out"}
        with pytest.raises(InputError, match=os.strerror(errno.EACCES)):
            titles_of(folder / "mine.jsonl", problems)
        with pytest.raises(InputError, match=os.strerror(errno.EACCES)):
            titles_of(folder / "closed", problems)
    finally:
        os.seteuid(user)
        (folder / "closed").chmod(0o700)
        shutil.rmtree(folder)


def test_an_archive_that_breaks_off_at_once_is_not_called_empty(tmp_path: Path) -> None:
    file = tmp_path / "cut.gz"
    file.write_bytes(gzip.compress(json_lines(PAPERS))[:20])
    problems: list[Problem] = []
    assert not list(read([file], problems.append))
    (problem,) = problems
    assert problem.whole and "cannot be read from here on" in problem.message


def test_a_pattern_means_the_files_that_match(collection: Path) -> None:
    assert titles(f"{collection}/*.bib") == [MTEB.title]
    assert titles(f"{collection}/**/*.jsonl") == [BERT.title]
    assert titles(f"{collection}/sub*", f"{collection}/*.bib") == [BERT.title, MTEB.title]


def test_a_file_may_be_called_as_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "[1].jsonl").write_bytes(json_lines([BERT]))
    assert titles(tmp_path / "[1].jsonl") == [BERT.title]


def test_a_file_named_twice_is_read_once(collection: Path) -> None:
    assert titles(collection / "mteb.bib", collection, collection / "mteb.bib") == [MTEB.title, BERT.title]


def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    source = tmp_path / "source"
    source.write_bytes(gzip.compress(json_lines(PAPERS)))
    with subprocess.Popen(["sh", "-c", 'cat "$0" > "$1"', str(source), str(pipe)]):
        assert len(titles(pipe)) == 3


def test_one_file_of_no_known_format_does_not_stop_the_others(collection: Path) -> None:
    (collection / "notes.txt").write_text("nothing")
    problems: list[Problem] = []
    assert len(list(read([collection / "notes.txt", collection / "mteb.bib"], problems.append))) == 1
    (problem,) = problems
    assert problem.whole and problem.file.endswith("notes.txt")
    assert all(each.NAME in problem.message for each in registry.OWN)


def test_what_holds_no_papers_in_a_folder_is_no_fault(collection: Path) -> None:
    for name in ("picture.png", "notes.txt", "empty.json", "run.py"):
        (collection / name).write_bytes(b"" if name == "empty.json" else b"\x89PNG\r\n\x1a\n\0\0")
    reports: list[FileReport] = []
    assert len(list(read([collection], pytest.fail, on_file=reports.append))) == 2
    none = [report for report in reports if report.format is None]
    assert sorted(Path(report.file).name for report in none) == ["empty.json", "notes.txt", "picture.png", "run.py"]
    assert folder_lines(reports) == [f"{collection}: 4 files are no papers"]


@pytest.mark.parametrize("marker", ["node_modules", "lib/site-packages", "env/pyvenv.cfg"])
def test_installed_packages_in_a_folder_are_passed_over(collection: Path, marker: str) -> None:
    packages = collection / marker
    if marker.endswith(".cfg"):
        packages = packages.parent / "share"
    packages.mkdir(parents=True)
    if marker.endswith(".cfg"):
        (collection / marker).write_text("home = /usr")
    (packages / "other.jsonl").write_bytes(json_lines([GLUE]))
    assert titles(collection) == [MTEB.title, BERT.title]
    assert titles(packages / "other.jsonl") == [GLUE.title]


def test_what_no_record_has_and_what_was_not_used_is_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("title,abstract,Shelf,Room\nFolding Cranes,Paper cranes are folded by a rule.,3,\n" * 1)
    reports: list[FileReport] = []
    assert len(list(read([file], pytest.fail, on_file=reports.append))) == 1
    (report,) = reports
    assert (report.papers, report.lacking, report.unused) == (
        1,
        ("a year", "authors", "an id"),
        {"Shelf": 1, "Room": 1},
    )
    assert report.line() == f"{file}: no record has a year, authors or an id; fields not used: Shelf, Room"
    whole = "1 paper (csv); no record has a year, authors or an id; fields not used: Shelf (1), Room (1)"
    assert report.line(whole=True) == f"{file}: {whole}"


def test_a_file_that_lacks_nothing_needs_no_line(tmp_path: Path) -> None:
    file = tmp_path / "papers.bib"
    file.write_bytes(bibtex(PAPERS))
    reports: list[FileReport] = []
    assert len(list(read([file], pytest.fail, on_file=reports.append))) == 3
    assert reports[0].line() is None
    assert reports[0].line(whole=True) == f"{file}: 3 papers (bibtex)"


def test_where_no_file_is_of_a_known_format_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"name": "no paper", "size": 5}')
    (tmp_path / "two.txt").write_text("nothing")
    with pytest.raises(InputError, match=r"none of its 2 files holds papers.*--verbose"):
        list(read([tmp_path], pytest.fail))
    with pytest.raises(InputError, match=r"with the fields name, size; no field is a title"):
        list(read([tmp_path / "one.json"], pytest.fail))


def test_an_unknown_format_is_told_of_with_those_that_are_known(collection: Path) -> None:
    with pytest.raises(InputError, match=r"no format 'marc': there are .*arxiv, .*bibtex"):
        read([collection], pytest.fail, "marc")


class Marc:
    NAME = "marc"
    DESCRIPTION = "a format of others"

    @staticmethod
    def recognises(head: Head) -> Fit:
        return Fit.CERTAIN if head.raw.startswith(b"MARC") else Fit.NONE

    @staticmethod
    def read(source: Source) -> Iterator[Problem]:
        yield Problem(source.file, 1, "seen")


def test_other_distributions_add_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints(
        [
            EntryPoint("marc", "test_inputs:Marc", registry.GROUP),
            EntryPoint("broken", "no_such_module", registry.GROUP),
            EntryPoint("json", "no_such_module", registry.GROUP),
        ]
    )
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    (tmp_path / "file").write_bytes(b"MARC")
    problems: list[Problem] = []
    assert not list(read([tmp_path / "file"], problems.append))
    assert [problem.message for problem in problems] == [
        "the format broken cannot be loaded: No module named 'no_such_module'",
        "seen",
    ]


class Faulty(Marc):
    @staticmethod
    def recognises(head: Head) -> Fit:
        if head.raw.startswith(b"LOOK"):
            raise ValueError("cannot look")
        return Marc.recognises(head)

    @staticmethod
    def read(source: Source) -> Iterator[Any]:
        yield Paper(id="1", title="One")
        yield Paper(id="2", title="T\0wo")
        if source.head.raw.startswith(b"MARC1"):
            yield "three"
        raise KeyError("four")


def test_faults_of_others_formats_cost_the_file_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints(
        [
            EntryPoint("faulty", "test_inputs:Faulty", registry.GROUP),
            EntryPoint("lacking", "test_inputs:ROOT", registry.GROUP),
        ]
    )
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    for number, start in enumerate((b"LOOK", b"MARC1", b"MARC2", json_lines([BERT]))):
        (tmp_path / str(number)).write_bytes(start)
    problems: list[Problem] = []
    assert titles_of(tmp_path, problems) == ["One", "One", BERT.title]
    told = [problem.message for problem in problems]
    assert "the format lacking cannot be loaded" in told[0]
    assert told[1] == "the format cannot look at files: ValueError: cannot look"
    no_text = "the format faulty gave a title or abstract that is no text; record left out"
    rest = "; the rest of the file is left out"
    assert told[2:] == [
        no_text,
        f"the format faulty failed: TypeError: str is neither a paper nor a problem{rest}",
        no_text,
        f"the format faulty failed: KeyError: 'four'{rest}",
    ]


def test_our_formats_are_entry_points() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = project["entry-points"][registry.GROUP]
    assert {name: EntryPoint(name, value, "").load() for name, value in named.items()} == {
        each.NAME: each for each in registry.OWN
    }


def peak(file: Path, count: int) -> int:
    """Bytes of Python's memory at most, while a file is read."""
    tracemalloc.start()
    try:
        assert sum(1 for _ in read([file], lambda problem: pytest.fail(str(problem)))) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("writer", [json_lines, json_array, comma_separated, arxiv_atom, bibtex, listing])
def test_memory_does_not_grow_with_the_input(
    tmp_path: Path, writer: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("streams._HEAD", "streams._CHUNK", "formats.listing._BLOCK"):
        monkeypatch.setattr(f"kg.sources.{name}", 1 << 13)
    sizes = []
    for count in (3, 45, 300):
        file = tmp_path / f"{count}.gz"
        file.write_bytes(gzip.compress(writer(list(PAPERS) * (count // 3))))
        sizes.append(peak(file, count))
    # The first has made what is made once; some is left to the collector of garbage.
    assert sizes[2] < 1.5 * sizes[1] + 50_000


def test_a_line_of_50_megabytes_is_told_of_and_left_out(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    good = json_lines([BERT])
    file.write_bytes(good + b'{"title": "' + b"x" * 50_000_000 + b'"}\n' + good)
    problems: list[Problem] = []
    tracemalloc.start()
    try:
        assert len(list(read([file], problems.append))) == 2
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (problem,) = problems
    assert str(problem) == f"{file}:2: line of more than 16 MiB, left out"
    assert most < 60_000_000


@pytest.mark.parametrize("first", [b'{"authors": ["Ann Vass"], "title": "', b'[{"authors": ["Ann Vass"], "title": "'])
def test_50_megabytes_in_the_first_record_are_told_of(tmp_path: Path, first: bytes) -> None:
    file = tmp_path / "long.json"
    file.write_bytes(first + b"x" * 50_000_000 + b'"}\n' + json_lines([BERT]))
    problems: list[Problem] = []
    assert [paper.title for paper in read([file], problems.append)] == [BERT.title]
    assert "of more than 16 MiB" in problems[0].message


def kg(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)


def extract(tmp_path: Path, *arguments: object) -> tuple[int, str, int]:
    out = tmp_path / "found.jsonl"
    done = kg("extract", *arguments, "--out", out, "--pipeline", "rules")
    return done.returncode, done.stderr.decode(), len(out.read_bytes().splitlines()) if out.exists() else 0


@pytest.mark.slow
def test_exit_codes_of_extract(collection: Path, tmp_path: Path) -> None:
    bad = collection / "bad.jsonl"
    bad.write_bytes(b'{"id": 1}\n' + json_lines([BERT]))
    code, told, count = extract(tmp_path, collection)
    assert (code, told, count) == (0, f"kg: {bad}:1: no title; record 1 left out\n", 3)
    (tmp_path / "found.jsonl").unlink()
    code, told, count = extract(tmp_path, collection, "--strict")
    assert (code, told, count) == (5, f"kg: {bad}:1: no title; record 1 left out; --strict stops here\n", 0)
    (collection / "notes.txt").write_text("nothing")
    code, told, count = extract(tmp_path, collection)
    assert (code, count) == (0, 3)
    assert f"kg: {collection}: one file is no paper; --verbose names them\n" in told
    code, told, count = extract(tmp_path, collection, "--verbose")
    assert f"kg: {collection / 'notes.txt'}: no papers\n" in told
    code, told, count = extract(tmp_path, collection, collection / "notes.txt")
    assert (code, count) == (0, 3)
    code, told, count = extract(tmp_path, collection / "notes.txt", collection)
    assert (code, count) == (6, 3)
    assert extract(tmp_path, collection / "notes.txt")[0] == 1
    assert extract(tmp_path, collection / "mteb.bib", "--format", "csv")[2] == 0
    code, told, _ = extract(tmp_path, collection, "--format", "marc")
    assert code == 1 and "there are acl-anthology, arxiv, " in told


@pytest.mark.slow
def test_many_problems_of_a_file_are_counted(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(json_lines([BERT] * 20) + b'{"id": 1}\n' * 30)
    code, told, count = extract(tmp_path, bad)
    assert (code, count, len(told.splitlines())) == (0, 20, 21)
    assert told.endswith(f"kg: {bad}: 10 more problems; --verbose names each\n")
    (tmp_path / "found.jsonl").unlink()
    assert len(extract(tmp_path, bad, "--verbose")[1].splitlines()) == 31


@pytest.mark.slow
def test_a_build_tells_programs_what_it_read(collection: Path, tmp_path: Path) -> None:
    done = kg("build", collection, "--store", tmp_path / "store", "--pipeline", "rules", "--json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert [(Path(file["file"]).name, file["format"], file["papers"]) for file in report["files"]] == [
        ("mteb.bib", "bibtex", 1),
        ("bert.jsonl", "json", 1),
    ]


@pytest.mark.slow
def test_a_strict_build_leaves_the_graph_as_it_was(collection: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert kg("build", collection, "--store", store, "--pipeline", "rules").returncode == 0
    current = (store / "CURRENT").read_text()
    (collection / "worse.jsonl").write_bytes(json_lines(PAPERS) + b"{}\n")
    strict = kg("build", collection, "--store", store, "--pipeline", "rules", "--strict")
    assert strict.returncode == 5, strict.stderr
    assert (store / "CURRENT").read_text() == current
    lenient = kg("build", collection, "--store", store, "--pipeline", "rules")
    assert lenient.returncode == 0, lenient.stderr
    assert b"1 problem" in lenient.stdout
