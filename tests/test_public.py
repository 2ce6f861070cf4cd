"""The public face, `import kg`: what is exported, what it does, how it prints, and that its examples run."""

import doctest
import importlib
import pkgutil
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import kg

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
EXPORTED = """
    Answer Asked BuildReport CitegraphError Details Entity ExhaustedError Extraction Graph Hit InputError InputWarning Link
    Mention NamedQuery Neighbourhood NotFoundError NotUnderstoodError Paper Problem RefusedError Relation Result Statistics StoreError
    VersionError build extract open read sample_papers
""".split()
METHODS = """
    ask close cypher leaderboard neighbourhood open path queries query render search show statistics to_networkx
""".split()


@pytest.fixture
def demo(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the sample's graph in `citegraph-demo`."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(sample_store, tmp_path / "citegraph-demo"))


@pytest.fixture
def graph(sample_store: Path):
    with kg.open(sample_store) as opened:
        yield opened


def test_what_is_exported_is_kept():
    assert sorted(kg.__all__) == sorted(EXPORTED)
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))
    assert [name for name in vars(kg.Graph) if not name.startswith("_")] and sorted(
        name for name in vars(kg.Graph) if not name.startswith("_")
    ) == METHODS


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing


def test_importing_kg_imports_nothing_heavy():
    heavy = "spacy polars ladybug neo4j pydantic networkx rich tantivy numpy pandas".split()
    program = f"import sys, kg; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_public_functions_work_twice_after_every_module_was_imported(demo: Path):
    """Importing a submodule puts it in the place of a function of the same name."""

    def each() -> None:
        assert kg.build(kg.sample_papers(), demo).papers == 72
        assert len(list(kg.read(kg.sample_papers()))) == 72
        (found,) = kg.extract([{"title": "On BEIR", "abstract": "We evaluate on BEIR."}])
        assert found.title == "On BEIR"
        with kg.open(demo) as graph:
            assert graph.ask("who introduced LoRA").rows

    each()
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith(("__main__", "sandbox_process")):
            importlib.import_module(module.name)
    each()


def test_the_examples_in_the_docstrings_run(demo: Path):
    import kg.graph

    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    with kg.open(demo) as graph:
        for test in [*finder.find(kg, globs={"kg": kg}), *finder.find(kg.graph, globs={"kg": kg, "graph": graph})]:
            runner.run(test)
    result = runner.summarize()
    assert result.failed == 0 and result.attempted > 12


def test_the_examples_of_the_page_run(demo: Path):
    result = doctest.testfile(str(PAGE), module_relative=False, globs={})
    assert result.failed == 0 and result.attempted > 12


def test_one_input_may_be_given_alone(tmp_path: Path):
    one = tmp_path / "one.jsonl"
    one.write_text('{"title": "On BEIR", "abstract": "We evaluate on BEIR."}\n', encoding="utf-8")
    report = kg.build(str(one), tmp_path / "store", pipeline="rules")
    assert (report.papers, report.problems) == (1, 0)


def test_what_cannot_be_read_is_a_warning_that_names_the_line(tmp_path: Path):
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "On BEIR", "authors": ["Ann Vass"]}\nno json\n', encoding="utf-8")
    with pytest.warns(kg.InputWarning, match=r"papers\.jsonl:2: "):
        assert len(list(kg.read(file))) == 1
    problems: list[kg.Problem] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(kg.read(file, on_problem=problems.append))) == 1
    assert [problem.line for problem in problems] == [2]


def test_a_warning_names_the_line_of_the_caller(tmp_path: Path):
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "On BEIR", "authors": ["Ann Vass"]}\nno json\n', encoding="utf-8")
    with pytest.warns(kg.InputWarning) as caught:
        list(kg.read(file))
    assert [Path(warning.filename).name for warning in caught] == ["test_public.py"]


@pytest.mark.parametrize("store", [None, 5, ""])
def test_what_is_no_store_is_refused(store: object):
    for use in (lambda: kg.open(store), lambda: kg.build([], store)):
        with pytest.raises(kg.InputError, match="a store is a folder or the address"):
            use()


def test_numbers_out_of_range_are_refused(tmp_path: Path):
    for wrong in ({"processes": 0}, {"min_confidence": 7}):
        with pytest.raises(kg.InputError, match="from 1 on"):
            kg.build(kg.sample_papers(), tmp_path / "store", **wrong)
        with pytest.raises(kg.InputError, match="from 1 on"):
            kg.extract([], **wrong)


def test_a_field_that_is_none_is_missing():
    (found,) = kg.extract([{"title": "On BEIR", "abstract": None, "year": None}], pipeline="rules")
    assert found.abstract == "" and found.year is None


def test_what_has_no_leaderboard_is_said_to_be_what_it_is(graph: kg.Graph):
    with pytest.raises(kg.NotFoundError, match="LoRA is a method"):
        graph.leaderboard("LoRA")
    assert [hit.id for hit in graph.search("MTEB", types="benchmark", limit=1)] == ["benchmark/mteb"]


@pytest.mark.parametrize(
    ("papers", "message"),
    [
        ("papers.jsonl", "kg.read"),
        ([{"abstract": "without a title"}], "needs a title"),
        ([{"title": "A", "year": "soon"}], "wrong kind: year"),
        ([42], "not int"),
    ],
)
def test_what_is_no_paper_is_named(papers: object, message: str):
    with pytest.raises(kg.InputError, match=message):
        list(kg.extract(papers))


def test_an_answer_as_a_data_frame(graph: kg.Graph):
    answer = graph.ask("which papers evaluate on MTEB")
    for frame in (answer.to_polars(), answer.to_pandas()):
        assert list(frame.columns) == answer.columns
        assert list(frame["id"]) == [row["id"] for row in answer.rows]
    mixed = graph.cypher("UNWIND [{a: 1}, null] AS x RETURN x.a AS a, [1, 2] AS b")
    assert mixed.to_polars()["a"].to_list() == [1, None]
    empty = graph.cypher("MATCH (p:Paper {id: 'nobody'}) RETURN p.id AS id")
    assert empty.to_polars().columns == ["id"] and list(empty.to_pandas().columns) == ["id"]


def test_things_print_usefully(graph: kg.Graph):
    assert "72 papers" in repr(graph)
    answer = graph.ask("which papers evaluate on MTEB")
    assert repr(answer).startswith("<Asked: 11 rows of id, ")
    printed = str(answer)
    assert "Improving Text Embeddings" in printed and printed.endswith("11 rows")
    assert max(map(len, printed.splitlines())) <= 160
    paper = kg.Paper(id="2210.07316", title="A title", year=2022)
    assert repr(paper) == str(paper) == "<Paper 2210.07316: A title (2022)>"
    (found,) = kg.extract([paper])
    assert repr(found) == "<Extraction 2210.07316: A title (2022), 0 entities, 0 results>"


def test_a_notebook_shows_what_rows_hold_as_text(graph: kg.Graph):
    html = graph.cypher("RETURN '<b>bold</b>' AS `<i>`")._repr_html_()
    assert "&lt;b&gt;bold&lt;/b&gt;" in html and "&lt;i&gt;" in html and "<b>" not in html


def test_a_closed_graph_says_so(sample_store: Path):
    graph = kg.open(sample_store)
    graph.close()
    assert repr(graph).endswith("closed>")
    with pytest.raises(kg.StoreError, match="closed"):
        graph.ask("who introduced LoRA")


def test_the_whole_graph_for_networkx(graph: kg.Graph):
    network = graph.to_networkx()
    count = graph.statistics()
    assert (network.number_of_nodes(), network.number_of_edges()) == (count.nodes, count.edges)
    assert network.nodes["method/lora"]["name"] == "LoRA"
    assert all(data["relation"] == key for _, _, key, data in network.edges(keys=True, data=True))
    assert not any(value is None for _, data in network.nodes(data=True) for value in data.values())


def test_names_are_found_by_alias_and_near_ones_are_suggested(graph: kg.Graph):
    assert graph.leaderboard("massive text embedding benchmark").rows
    assert graph.path("LoRA", "MTEB").rows
    with pytest.raises(kg.NotFoundError) as error:
        graph.leaderboard("MTBE")
    assert "MTEB" in error.value.suggestions


def test_what_the_readme_of_0_1_0_showed_goes_on_working_with_a_warning(sample_store: Path):
    from kg import queries
    from kg.store import open_store

    with open_store(str(sample_store)) as store, pytest.warns(DeprecationWarning, match="kg.questions.ask"):
        assert queries.ask(store, "which papers evaluate on MTEB").rows
    with pytest.raises(AttributeError):
        _ = queries.nothing
