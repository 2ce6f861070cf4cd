"""What is kept of records from one build to the next gives the same graph as reading them all again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_records import entity, extraction
from polars.testing import assert_frame_equal
from projection import Projection
from random_papers import PAPERS

from kg.link import Analysis, link_analysis
from kg.schema import Extraction, Link, Result
from kg.schema.tables import Tables

FULL = extraction(
    "2401.00009",
    entity("FooFormer", "Model", relation="INTRODUCES"),
    entity("FooBench", "Benchmark", relation="EVALUATES_ON"),
    title="FooFormer: A Former of Foo",
    abstract="FooFormer gets 71.2% on FooBench.",
    year=2024,
    authors=("Ada Lovelace", "Émilie du Châtelet"),
    organizations=("Foo Institute",),
    references=("10.1000/xyz", "A Paper Nobody Has Read"),
    tasks=("foo forming",),
    links=(Link(url="https://github.com/foo/former", kind="code"),),
    results=(
        Result(
            model="FooFormer",
            benchmark="FooBench",
            metric="accuracy",
            value="71.2%",
            field="abstract",
            start=15,
            end=20,
        ),
    ),
)


def assert_same(one: Tables, other: Tables) -> None:
    assert Projection.of(one).problems() == []
    for label, table in one.nodes.items():
        assert_frame_equal(table, other.nodes[label])
    for ends, table in one.edges.items():
        assert_frame_equal(table, other.edges[ends])


def numbered(papers: list[Extraction], first: int = 0) -> list[tuple[int, str, Extraction]]:
    return [(number, f"2026-01-{number + 1:02}T00:00:00+00:00", paper) for number, paper in enumerate(papers, first)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(PAPERS, st.integers(0, 7), st.randoms())
def test_records_added_later_give_the_same_graph_as_all_at_once(tmp_path_factory, papers, cut, random):
    seen = numbered([*papers, FULL])
    known = Analysis()
    known.extend(seen[:cut])
    folder = tmp_path_factory.mktemp("kept")
    known.save(folder)
    later = Analysis.load(folder)
    assert later is not None
    later.extend(seen[cut:])
    shuffled = list(seen)
    random.shuffle(shuffled)
    at_once = Analysis()
    at_once.extend(shuffled)
    assert_same(link_analysis(later).graph, link_analysis(at_once).graph)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(PAPERS)
def test_a_record_with_a_known_number_replaces_the_old_one(papers):
    seen = numbered(papers)
    analysis = Analysis()
    analysis.extend([(number, when, FULL) for number, when, _ in seen])
    assert analysis.extend(seen) == len(seen)
    at_once = Analysis()
    at_once.extend(seen)
    assert_same(link_analysis(analysis).graph, link_analysis(at_once).graph)


def test_an_unreadable_analysis_is_not_used(tmp_path):
    assert Analysis.load(tmp_path / "missing") is None
    Analysis.of([FULL]).save(tmp_path)
    (tmp_path / "records.arrow").write_bytes(b"no table")
    assert Analysis.load(tmp_path) is None


def test_a_paper_was_first_seen_with_its_first_record():
    analysis = Analysis()
    analysis.extend(
        [
            (1, "2026-03-01T00:00:00+00:00", FULL),
            (2, "2026-02-01T00:00:00+00:00", FULL.model_copy(update={"abstract": ""})),
        ]
    )
    papers = link_analysis(analysis).graph.nodes["Paper"]
    seen = dict(papers.select("id", "first_seen").iter_rows())
    assert seen["2401.00009"] == "2026-02-01T00:00:00+00:00"
    assert seen["10.1000/xyz"] is None


def test_a_table_and_its_rows_say_the_same():
    graph = link_analysis(Analysis.of([FULL])).graph
    assert graph.size()[0] == Projection.of(graph).size()[0]
    assert_same(Projection.of(graph).tables(), graph)
