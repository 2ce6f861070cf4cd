"""Whatever corrections say, in whatever order: a graph that keeps to the schema, the same for any order of papers."""

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from linking_records import entity, extraction
from overrides_text import corrected, linked

from kg.schema import RELATIONS, Extraction, Link, Result

TEXT = "ZQX gets 71.2% on FooBench. It is new."


@cache
def papers() -> list[Extraction]:
    result = Result(model="ZQX", benchmark="FooBench", value="71.2%", field="abstract", start=9, end=14)
    return [
        extraction(
            "2401.00001", entity("ZQX", "Method", "Zonal Query Exchange", relation="INTRODUCES"), tasks=("sewing",)
        ),
        extraction(
            "2401.00002", entity("ZQX", "Model", "Zero Quota Crossing"), references=("2401.00001", "10.1000/xyz")
        ),
        extraction(
            "2401.00003",
            entity("ZQX", "Method", relation="COMPARES_WITH"),
            entity("FooBench", "Benchmark", "Foo-Bench", relation="EVALUATES_ON"),
            abstract=TEXT,
            results=(result,),
            links=(Link(url="https://github.com/ada/zqx", kind="code"),),
            authors=("Ada Lovelace",),
        ),
        extraction("2401.00004", entity("ZQX-7B", "Model"), entity("FooBench v2", "Dataset", relation="TRAINS_ON")),
        extraction("10.1000/xyz", entity("FooBench", "Dataset", relation="TRAINS_ON"), authors=("Ada Lovelace",)),
    ]


@cache
def entities() -> list[str]:
    graph = linked(papers())
    ids = sorted(id_ for label in ("Benchmark", "Dataset", "Model", "Method") for id_ in graph.nodes[label])
    return [
        *ids,
        "model/nobody",
        "{type: Model, name: ZQX}",
        "{type: Method, name: Zonal Query Exchange}",
        "{type: Benchmark, name: FooBench}",
        "{type: Dataset, name: Quux}",
    ]


ENTITY = st.deferred(lambda: st.sampled_from(entities()))
PAPER = st.sampled_from(["2401.00001", "arXiv:2401.00002v3", "2401.00003", "2401.00004", "10.1000/XYZ", "1999.00001"])
OTHER = st.sampled_from(
    [
        "author/ada-lovelace",
        "Ada Lovelace",
        "task/sewing",
        "knitting",
        "repository/github.com/ada/zqx",
        "github.com/emmy/rings",
        "result/2401.00003/abstract/9-foobench",
    ]
)
ANY = ENTITY | PAPER | OTHER
TYPE = st.sampled_from(["Benchmark", "Dataset", "Model", "Method"])
NAME = st.sampled_from(["ZQX", "FooBench", "Quux", "zonal query exchange"])
OTHERS = ["ADDRESSES", "HAS_CODE", "LINKS_TO", "CITES", "VARIANT_OF"]
FORMS = st.sampled_from(["ZQX", "Foo-Bench", "FooBench", "Zero Quota Crossing", "never written"])


def text(*lines: str) -> str:
    return f"- {lines[0]}\n" + "".join(f"  {line}\n" for line in (*lines[1:], "who: a", "why: b"))


ENTRY = st.one_of(
    st.builds(lambda a, b, into: text(f"merge: [{a}, {b}]", f"into: {into}"), ENTITY, ENTITY, ENTITY),
    st.builds(lambda a, into: text(f"merge: [{a}]", f"into: {into}"), PAPER, PAPER),
    st.builds(lambda a, p, off: text(f"split: {a}", f"papers: [{p}]", f"off: {off}"), ENTITY, PAPER, ENTITY),
    st.builds(lambda a, f, off: text(f"split: {a}", f"forms: [{f}]", f"off: {off}"), ENTITY, FORMS, ENTITY),
    st.builds(lambda a, to: text(f"rename: {a}", f"to: {to}"), ENTITY, NAME),
    st.builds(lambda a, to: text(f"retype: {a}", f"to: {to}"), ENTITY, TYPE),
    st.builds(lambda a: text(f"hide: {a}"), ANY),
    st.builds(lambda r, p, a: text(f"add: {r}", f"from: {p}", f"to: {a}"), st.sampled_from(RELATIONS), PAPER, ENTITY),
    st.builds(
        lambda r, p, a: text(f"remove: {r}", f"from: {p}", f"to: {a}"), st.sampled_from(RELATIONS), PAPER, ENTITY
    ),
    st.builds(lambda r, a, b: text(f"add: {r}", f"from: {a}", f"to: {b}"), st.sampled_from(OTHERS), ANY, ANY),
    st.builds(
        lambda r, a, b: text(f"remove: {r}", f"from: {a}", f"to: {b}"),
        st.sampled_from([*OTHERS, "AUTHORED_BY", "REPORTS", "ON", "OF"]),
        ANY,
        ANY,
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=8), st.integers(0, 99))
def test_any_corrections_give_a_sound_graph_whatever_the_order_of_papers(entries: list[str], seed: int) -> None:
    done = corrected(papers(), *entries)
    assert done.graph.problems() == []
    results = {edge.source for edge in done.graph.edges["ON"]}
    assert set(done.graph.nodes["Result"]) == results == {edge.target for edge in done.graph.edges["REPORTS"]}
    for label in ("Benchmark", "Dataset", "Model", "Method"):
        for id_, node in done.graph.nodes[label].items():
            assert (node["id"], node["type"]) == (id_, label)
            assert id_.startswith(f"{label.lower()}/")
            assert node["name"] not in node["aliases"]
    shuffled = list(papers())
    random.Random(seed).shuffle(shuffled)
    again = corrected(shuffled, *entries)
    assert again.graph == done.graph
    assert sorted(again.warnings) == sorted(done.warnings)
    assert again.replaced == done.replaced
