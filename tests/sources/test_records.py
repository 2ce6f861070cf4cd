"""JSON Lines, JSON documents and extraction files."""

import gzip
import io
import json
import json.scanner
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from writers import PAPERS
from writers import listing as written_listing

from kg.errors import InputError
from kg.schema import Entity, Extraction, Link, Mention, Paper, Relation, Result
from kg.sources import Problem, read
from kg.sources.registry import OWN

RECORD = {"id": "a1", "title": "A Title", "abstract": "We say little."}


def read_all(*files: Path | str, format_: str | None = None) -> tuple[list[Paper], list[Problem]]:
    problems: list[Problem] = []
    return list(read(files, problems.append, format_)), problems


def one(tmp_path: Path, record: dict[str, Any]) -> Paper:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    (paper,), problems = read_all(file, format_="json")
    assert not problems
    return paper


def extraction() -> Extraction:
    title, abstract = "E5 on MTEB", "We evaluate E5 on MTEB. It gains 7.6 points."
    return Extraction(
        id="a1",
        title=title,
        abstract=abstract,
        year=2024,
        source="listing",
        entities=(
            Entity(
                name="MTEB",
                type="Benchmark",
                mentions=(Mention(text="MTEB", field="abstract", start=18, end=22),),
                relations=(
                    Relation(
                        type="EVALUATES_ON",
                        confidence=0.9,
                        by="rule",
                        evidence="We evaluate E5 on MTEB.",
                        field="abstract",
                        start=0,
                        end=23,
                    ),
                ),
            ),
        ),
        tasks=("text embedding",),
        links=(Link(url="https://github.com/a/b", kind="code", own=False),),
        results=(Result(benchmark="MTEB", value="+7.6", field="abstract", start=33, end=36),),
        pipeline="rules-1",
    )


def test_the_arxiv_dump_has_its_year_in_the_id(tmp_path: Path) -> None:
    paper = one(
        tmp_path,
        {
            "arxiv_id": "2210.07316",
            "title": "MTEB: Massive Text Embedding Benchmark",
            "authors": ["Niklas Muennighoff", "Nouamane Tazi"],
            "abstract": "A text.",
            "url": "https://arxiv.org/abs/2210.07316",
        },
    )
    assert (paper.id, paper.arxiv_id, paper.year, paper.source) == ("2210.07316", "2210.07316", 2022, "json")
    assert paper.authors == ("Niklas Muennighoff", "Nouamane Tazi")
    assert paper.url == "https://arxiv.org/abs/2210.07316"


def test_common_field_names_are_understood(tmp_path: Path) -> None:
    paper = one(
        tmp_path,
        {
            "paper_id": 17,
            "title": "A Title",
            "summary": "A text.",
            "authors": [{"name": "Ada Lovelace"}, {"name": "Alan Turing", "hidden": False}],
            "published": "2024-05-18T10:00:00.000Z",
            "doi": "https://doi.org/10.1145/3292500.3330701",
            "organization": {"name": "openai", "fullname": "OpenAI"},
            "upvotes": 12,
            "references": ["2210.07316", {"title": "Some Paper!"}, {"doi": "10.1000/xyz"}, 5, None, {}],
        },
    )
    assert paper.id == "17"
    assert paper.abstract == "A text."
    assert paper.authors == ("Ada Lovelace", "Alan Turing")
    assert (paper.published, paper.year, paper.upvotes) == ("2024-05-18", 2024, 12)
    assert paper.doi == "10.1145/3292500.3330701"
    assert paper.organizations == ("OpenAI",)
    assert paper.references == ("2210.07316", "Some Paper!", "10.1000/xyz", "5")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"arxiv_id": "arXiv:2210.07316v3"}, "2210.07316"),
        ({"url": "https://arxiv.org/pdf/2210.07316v1"}, "2210.07316"),
        ({"doi": "doi:10.1145/ABC.1"}, "10.1145/abc.1"),
        ({}, "title/a-title"),
        ({"id": "", "doi": None}, "title/a-title"),
        ({"id": "mine", "arxiv_id": "2210.07316"}, "mine"),
    ],
)
def test_the_id_is_the_records_own_or_else_its_key(tmp_path: Path, record: dict[str, Any], expected: str) -> None:
    assert one(tmp_path, {"title": "A Title", **record}).id == expected


def test_text_is_kept_to_the_character(tmp_path: Path) -> None:
    record = {"title": " A \t Title ", "abstract": "\nWe  gain 7\\% \u2028with $\\alpha$ \U0001d4d0.\n"}
    paper = one(tmp_path, record)
    assert (paper.title, paper.abstract) == (record["title"], record["abstract"])


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Ada Lovelace; Turing, Alan", ("Ada Lovelace", "Alan Turing")),
        ("Ada Lovelace, Alan Turing, and Grace Hopper", ("Ada Lovelace", "Alan Turing", "Grace Hopper")),
        ("Ada Lovelace and Alan Turing", ("Ada Lovelace", "Alan Turing")),
        (["Ada Lovelace", None, 3, " ", "Ada Lovelace"], ("Ada Lovelace",)),
    ],
)
def test_authors_come_in_several_forms(tmp_path: Path, authors: object, expected: tuple[str, ...]) -> None:
    assert one(tmp_path, {**RECORD, "authors": authors}).authors == expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
optional_fields = (
    "id abstract summary arxiv_id doi url authors year published date references organization upvotes author_count"
).split()


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(optional_fields), json_values))
def test_no_value_of_an_optional_field_loses_the_paper(tmp_path_factory, fields: dict[str, Any]) -> None:
    file = tmp_path_factory.mktemp("records") / "one.jsonl"
    file.write_text(json.dumps({**fields, "title": "A Title"}), "utf-8")
    (paper,), _ = read_all(file, format_="json")
    assert paper.title == "A Title"
    assert Paper.model_validate_json(paper.model_dump_json()) == paper


def test_values_that_cannot_be_are_left_out(tmp_path: Path) -> None:
    paper = one(
        tmp_path,
        {
            **RECORD,
            "year": 20245,
            "published": "soon",
            "url": "mailto:ada@example.org",
            "upvotes": -1,
            "doi": "x",
        },
    )
    assert (paper.year, paper.published, paper.url, paper.upvotes, paper.doi) == (None,) * 5


class _InPython(json.JSONDecoder):
    """The standard library's decoder in Python, whose nesting ends at Python's own limit, whatever the version."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.scan_once = json.scanner.py_make_scanner(self)


_DEEP = sys.getrecursionlimit()


@pytest.fixture
def _shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records may be nested only as deep as the decoder in Python reads them."""
    monkeypatch.setattr("kg.sources.json_stream._DECODER", _InPython())
    monkeypatch.setattr("kg.sources.json_stream._LENIENT", _InPython(parse_int=float))


@pytest.mark.usefixtures("_shallow")
def test_bad_lines_are_problems_with_file_and_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    good = json.dumps(RECORD).encode()
    bad = [
        b"not JSON",
        b'["a list"]',
        b'{"id": "a7"}',
        b'{"title": "  "}',
        b'{"title": 5}',
        b'{"title": "a \xff b"}',
        b'{"title": "raw NUL \x00"}',
        b'{"title": "escaped NUL \\u0000"}',
        b'{"title": "half \\ud835"}',
        b'{"title": "deep", "x": ' + b"[" * _DEEP + b"]" * _DEEP + b"}",
    ]
    file.write_bytes(b"\n".join([*bad, good, b"", good]))
    papers, problems = read_all(file, format_="json")
    assert len(papers) == 2
    assert [problem.line for problem in problems] == list(range(1, len(bad) + 1))
    assert all(problem.file == str(file) and "\n" not in str(problem) for problem in problems)
    assert str(problems[2]) == f"{file}:3: no title; record a7 left out"


def test_a_line_without_end_is_left_out_and_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.streams.MAX_LINE", 1000)
    monkeypatch.setattr("kg.sources.json_stream.MAX_LINE", 1000)
    file = tmp_path / "long.jsonl"
    good = json.dumps(RECORD)
    file.write_text("\n".join([good, json.dumps({"title": "x" * 5000}), good]), "utf-8")
    papers, (problem,) = read_all(file)
    assert len(papers) == 2
    assert problem.line == 2


def test_an_abstract_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text('{"title": "A Title", "abstract": [1, 2]}', "utf-8")
    (paper,), (problem,) = read_all(file, format_="json")
    assert paper.abstract == ""
    assert "abstract is no text" in problem.message


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("compress", [False, True])
def test_an_array_is_read_like_lines(tmp_path: Path, indent: int | None, compress: bool) -> None:
    records = [{**RECORD, "id": f"a{n}", "authors": [{"name": "Ada"}]} for n in range(300)]
    raw = json.dumps(records, indent=indent).encode()
    file = tmp_path / "array.json"
    file.write_bytes(gzip.compress(raw) if compress else raw)
    papers, problems = read_all(file)
    assert not problems
    assert [paper.id for paper in papers] == [f"a{n}" for n in range(300)]
    assert papers[0].source == "json"


def test_one_record_over_several_lines(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(RECORD, indent=4), "utf-8")
    (paper,), problems = read_all(file)
    assert (paper.id, problems) == ("a1", [])


@pytest.mark.parametrize("tail", ["", ",", ', {"title": "Cut', ", nonsense]", ', {"title": 1.2.3}]'])
def test_a_broken_array_keeps_what_stands_before(tmp_path: Path, tail: str) -> None:
    file = tmp_path / "array.json"
    file.write_text(f"[\n{json.dumps(RECORD)}\n{tail}", "utf-8")
    papers, (problem,) = read_all(file)
    assert [paper.id for paper in papers] == ["a1"]
    assert problem.line in (2, 3)


@pytest.mark.parametrize(
    "bad",
    [
        '{"title": "no comma" "year": 2020}',
        '{"title": unquoted, "b": [1, {"c": 2}]}',
        '{"title": "half an escape \\u12"}',
        "nonsense",
        '{"title": "deep", "x": ' + "[" * _DEEP + "]" * _DEEP + "}",
    ],
)
@pytest.mark.parametrize("start", ["[", '{"meta": {"results": [1]}, "count": 3, "results": ['])
@pytest.mark.usefixtures("_shallow")
def test_a_bad_element_of_an_array_costs_no_other(tmp_path: Path, bad: str, start: str) -> None:
    file = tmp_path / "array.json"
    end = "]" if start == "[" else '], "next": {"a": [1, {"title": "not a record"}]}}'
    good = json.dumps(RECORD)
    file.write_text(f"{start}\n{good},\n{bad},\n{good}\n{end}\n", "utf-8")
    papers, (problem,) = read_all(file)
    assert [paper.id for paper in papers] == ["a1", "a1"]
    assert problem.line == 3


def test_what_json_has_not_but_python_writes_is_read(tmp_path: Path) -> None:
    file = tmp_path / "array.json"
    file.write_text(
        f'[{{"title": "One", "year": NaN, "upvotes": -Infinity}}, {{"title": "Two", "year": {"1" * 5000}}}]'
    )
    papers, problems = read_all(file, format_="json")
    assert not problems
    assert [(paper.title, paper.year, paper.upvotes) for paper in papers] == [("One", None, None), ("Two", None, None)]


def test_of_two_fields_of_one_name_the_last_is_read(tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text('{"title": "One", "title": "Two"}')
    (paper,), _ = read_all(file, format_="json")
    assert paper.title == "Two"


@pytest.mark.parametrize("end", ["\n", " ", ""])
def test_pages_may_follow_each_other(tmp_path: Path, end: str) -> None:
    pages = [{"meta": {"page": n}, "results": [{**RECORD, "id": f"{n}{m}"} for m in "ab"]} for n in range(3)]
    file = tmp_path / "pages.json"
    file.write_text("".join(json.dumps(page) + end for page in pages))
    papers, problems = read_all(file)
    assert not problems
    assert [paper.id for paper in papers] == ["0a", "0b", "1a", "1b", "2a", "2b"]


def test_an_array_is_read_over_the_edges_of_what_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [{**RECORD, "id": n, "abstract": 'A "quoted\\" [text], ' * (n % 5), "year": 2000 + n} for n in range(99)]
    file = tmp_path / "array.json"
    file.write_text(json.dumps(records, ensure_ascii=False))
    whole, _ = read_all(file)
    for size in (1, 2, 3, 7, 100, 1001):
        monkeypatch.setattr("kg.sources.streams._CHUNK", size)
        assert read_all(file) == (whole, [])
    assert [paper.year for paper in whole] == [2000 + n for n in range(99)]


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.data(), st.integers(1, 40))
def test_any_json_is_read_alike_by_line_and_by_document(tmp_path_factory, data: st.DataObject, size: int) -> None:
    given_ = data.draw(st.lists(st.dictionaries(st.sampled_from(optional_fields), json_values), min_size=1, max_size=4))
    records = [{**fields, "title": f"Title {number}"} for number, fields in enumerate(given_)]
    folder = tmp_path_factory.mktemp("json")
    (folder / "lines").write_text("\n".join(map(json.dumps, records)))
    (folder / "array").write_text(json.dumps(records, indent=data.draw(st.sampled_from([None, 1]))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.sources.streams._CHUNK", size)
        assert read_all(folder / "array", format_="json")[0] == read_all(folder / "lines", format_="json")[0]


def test_a_record_without_end_is_left_out_and_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.json_stream.MAX_LINE", 1000)
    monkeypatch.setattr("kg.sources.streams._CHUNK", 100)
    file = tmp_path / "array.json"
    file.write_text(json.dumps([RECORD, {"title": 'x"[' * 500, "a": [["x"] * 500]}, RECORD]))
    papers, (problem,) = read_all(file)
    assert len(papers) == 2
    assert "record of more than" in problem.message


def test_a_record_that_is_not_utf8_is_told_of_in_an_array_too(tmp_path: Path) -> None:
    file = tmp_path / "array.json"
    file.write_bytes(b'[{"title": "caf\xe9"},\n{"title": "One", "abstract": "caf\xe9"},\n{"title": "Two"}]')
    papers, problems = read_all(file, format_="json")
    assert [(paper.title, paper.abstract) for paper in papers] == [("One", ""), ("Two", "")]
    assert sorted({problem.line for problem in problems}) == [1, 2]
    assert any("not UTF-8" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "content",
    [
        b'[\n{"title": "One", "authors": ["Bo Shaw"]},\n{"title": "Two", "authors": ["Jos\xe9 A", "Ana Beck"]}]',
        b"title,authors\nOne,Ana Beck\nTwo,Jos\xe9 A; Ana Beck\n",
    ],
)
def test_a_name_that_is_not_utf8_is_told_of_and_left_out(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "names"
    file.write_bytes(content)
    papers, (problem,) = read_all(file)
    assert (papers[1].title, papers[1].authors) == ("Two", ("Ana Beck",))
    assert str(problem) == f"{file}:3: not UTF-8; the values that it is in are left out"


def test_a_reference_keeps_its_title_behind_its_id(tmp_path: Path) -> None:
    references = [
        {"paperId": "a" * 40, "title": "One\tof Them", "externalIds": {"ArXiv": "1810.04805"}},
        {"citedPaper": {"paperId": "b" * 40, "title": "Two"}},
        {"paperId": None, "title": "Three of Them"},
    ]
    assert one(tmp_path, {**RECORD, "references": references}).references == (
        "1810.04805\tOne of Them",
        f"s2:{'b' * 40}\tTwo",
        "Three of Them",
    )


def test_a_list_of_citations_is_one_of_references_and_their_number_is_not(tmp_path: Path) -> None:
    assert one(tmp_path, {**RECORD, "citations": ["1810.04805"]}).references == ("1810.04805",)
    assert one(tmp_path, {**RECORD, "citations": 12}).references == ()
    record = {**RECORD, "citations": 12, "cites": [{"paperId": "a" * 40}]}
    assert one(tmp_path, record).references == ("s2:" + "a" * 40,)


@pytest.mark.parametrize(
    "text", ['{\n"title": "One",\n"abstract": "Tw', '{\n"title": "One", "abstract": "A text."\n}\n{\n"title":']
)
def test_a_cut_object_is_told_of_with_the_line_on_which_it_begins(tmp_path: Path, text: str) -> None:
    file = tmp_path / "one.json"
    file.write_text(text)
    papers, (problem,) = read_all(file, format_="json")
    assert len(papers) == text.count("}")
    assert problem.line == (4 if papers else 1)
    assert problem.whole


def test_bad_elements_of_an_array_are_problems(tmp_path: Path) -> None:
    file = tmp_path / "array.json"
    file.write_text(json.dumps([RECORD, 1, {"title": ""}, RECORD], indent=1), "utf-8")
    papers, problems = read_all(file)
    assert (len(papers), len(problems)) == (2, 2)


def test_an_extraction_comes_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    file.write_text(extraction().model_dump_json(exclude_none=True) + "\n" + json.dumps(RECORD), "utf-8")
    (found, plain), problems = read_all(file)
    assert not problems
    assert found == extraction()
    assert type(plain) is Paper


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("entities", 0, "mentions", 0, "start"), 17),
        (("entities", 0, "mentions", 0, "start"), -27),
        (("entities", 0, "relations", 0, "evidence"), "We never said so."),
        (("entities", 0, "relations", 0, "type"), "LOVES"),
        (("entities", 0, "mentions"), ["MTEB"]),
        (("results", 0, "value"), "7.7"),
        (("entities",), "none"),
    ],
)
def test_an_extraction_that_does_not_fit_its_text_is_read_as_a_plain_record(
    tmp_path: Path, path: tuple[str | int, ...], value: object
) -> None:
    record: Any = extraction().model_dump(mode="json")
    at = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    file = tmp_path / "found.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    (paper,), (problem,) = read_all(file)
    assert type(paper) is Paper
    assert "not a valid extraction" in problem.message
    assert "\n" not in str(problem)


def test_inputs_of_all_formats_are_read_in_their_order(tmp_path: Path) -> None:
    listing = tmp_path / "page.txt"
    listing.write_bytes(written_listing(PAPERS))
    lines = tmp_path / "lines.jsonl.gz"
    lines.write_bytes(gzip.compress(json.dumps(RECORD).encode()))
    papers, problems = read_all(listing, lines, str(listing))
    assert not problems
    assert [paper.source for paper in papers] == [*["listing"] * len(PAPERS), "json"]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = gzip.compress(json.dumps(RECORD).encode() + b"\noops")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(raw))))
    (paper,), (problem,) = read_all("-")
    assert paper.id == "a1"
    assert str(problem).startswith("standard input:2: ")


def test_damaged_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    raw = gzip.compress("\n".join(json.dumps({**RECORD, "id": f"a{n * 7919}"}) for n in range(2000)).encode())
    cut, good = tmp_path / "cut.jsonl.gz", tmp_path / "good.jsonl"
    cut.write_bytes(raw[: len(raw) // 2])
    good.write_text(json.dumps({**RECORD, "id": "good"}), "utf-8")
    papers, problems = read_all(cut, good)
    assert 1 < len(papers) < 2001
    assert papers[-1].id == "good"
    assert any("cannot be read from here on" in problem.message for problem in problems)


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("\n", "utf-8")
    papers, (problem,) = read_all(file)
    assert not papers
    assert str(problem) == f"{file}: is empty"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0", b"a,b\n1,2\n", b"<html></html>", b"%PDF-1.7 \xff", b"true"]
)
def test_a_file_of_no_known_format_is_refused_with_what_was_looked_for(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "thing"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"no known format.*json.*listing"):
        read_all(file)


def test_a_missing_input_is_told_of_before_anything_is_read(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps(RECORD), "utf-8")
    with pytest.raises(InputError, match="nowhere"):
        read([good, tmp_path / "nowhere"], pytest.fail)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="folder without files"):
        read([tmp_path / "empty"], pytest.fail)
    with pytest.raises(InputError, match="no file is called so"):
        read([tmp_path / "*.bib"], pytest.fail)
    with pytest.raises(InputError):
        read(["a\0b"], pytest.fail)


@settings(deadline=None)
@given(st.binary(), st.sampled_from(sorted(each.NAME for each in OWN)))
def test_no_bytes_are_a_crash_in_any_format(tmp_path_factory, content: bytes, format_: str) -> None:
    file = tmp_path_factory.mktemp("bytes") / "thing"
    file.write_bytes(content)
    list(read([file], lambda problem: None, format_))


@pytest.mark.slow
@settings(deadline=None)
@given(st.binary())
def test_no_bytes_end_in_anything_but_papers_problems_or_an_input_error(tmp_path_factory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("bytes") / "thing"
    for start in (b"", b'{"title": "x"}\n', b'{"results": [{"title": "x"}', b"[{}", b"\x1f\x8b\x08", b"{\n", b"PAR1"):
        file.write_bytes(start + content)
        try:
            read_all(file)
        except InputError as error:
            assert "\n" not in str(error)


@pytest.mark.shared
def test_the_corpus_begins_with_its_records(shared_folder: Path) -> None:
    (file,) = shared_folder.glob("corpus/*.jsonl.gz")
    papers = read([file], lambda problem: pytest.fail(str(problem)))
    for _, paper in zip(range(2000), papers, strict=False):
        assert paper.arxiv_id == paper.id
        assert paper.year == 2000 + int(paper.id[:2])
        assert paper.authors
        assert paper.abstract
