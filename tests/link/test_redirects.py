"""Ids that went away lead to where their meaning went."""

from linking_records import entity, extraction

from kg.link import Analysis, add_former_ids, find_redirects, keys_of_names, link_analysis
from kg.schema import Extraction
from kg.schema.tables import Tables


def graph_of(*papers: Extraction) -> Tables:
    return link_analysis(Analysis.of(papers)).graph


def led(
    before: Tables, after: Tables, moved: dict[str, str] | None = None, hidden: tuple[str, ...] = ()
) -> dict[str, str]:
    handed_out = {node: (node, name) for node, name in keys_of_names(before).items()}
    return find_redirects(handed_out, after, moved or {}, hidden)


def test_a_cited_title_becomes_the_paper_with_its_arxiv_id():
    citing = extraction("2401.00002", references=("A Paper That Is Read Later",))
    stub = graph_of(citing)
    assert dict(stub.nodes["Paper"].select("id", "stub").iter_rows())["title/a-paper-that-is-read-later"] is True
    read = graph_of(citing, extraction("2401.00001", title="A paper that is read later"))
    assert led(stub, read) == {"title/a-paper-that-is-read-later": "2401.00001"}
    (edge,) = read.edges["CITES", "Paper", "Paper"].iter_rows()
    assert edge[:2] == ("2401.00002", "2401.00001")


def test_a_cited_arxiv_id_is_filled_under_the_same_id():
    citing = extraction("2401.00002", references=("arXiv:2401.00001v3",))
    stub = graph_of(citing)
    read = graph_of(citing, extraction("2401.00001", title="A Paper That Is Read Later"))
    assert led(stub, read) == {}
    papers = dict(read.nodes["Paper"].select("id", "stub").iter_rows())
    assert papers == {"2401.00001": None, "2401.00002": None}


def test_what_is_called_otherwise_now_is_found_by_its_old_name():
    alone = graph_of(extraction("2401.00001", entity("Zonal Query Exchange", "Method")))
    papers = [extraction(f"2401.0000{n}", entity("ZQX", "Method", "Zonal Query Exchange")) for n in (2, 3)]
    joined = graph_of(extraction("2401.00001", entity("Zonal Query Exchange", "Method")), *papers)
    (now,) = joined.nodes["Method"]["id"]
    assert led(alone, joined) == ({} if now == "method/zonal-query-exchange" else {"method/zonal-query-exchange": now})


def test_another_type_is_no_other_thing():
    before = graph_of(extraction("2401.00001", entity("FooSet", "Dataset", relation="TRAINS_ON")))
    after = graph_of(extraction("2401.00001", entity("FooSet", "Benchmark", relation="EVALUATES_ON")))
    found = led(before, after)
    assert found == {"dataset/fooset": "benchmark/fooset"}
    add_former_ids(after, found)
    (row,) = after.nodes["Benchmark"].select("former", "keys").iter_rows()
    assert row == (["dataset/fooset"], ["datasetfooset", "fooset"])


def test_a_correction_says_where_an_id_leads_and_what_is_hidden_leads_nowhere():
    before = graph_of(
        extraction("2401.00001", entity("FooNet", "Model"), entity("BarNet", "Model"), entity("BazNet", "Model"))
    )
    after = graph_of(extraction("2401.00001", entity("BarNet", "Model")))
    moved = {"model/foonet": "model/quxnet", "model/quxnet": "model/barnet"}
    assert led(before, after, moved, ("model/baznet",)) == {
        "model/foonet": "model/barnet",
        "model/quxnet": "model/barnet",
    }


def test_an_id_of_something_nobody_names_any_more_leads_nowhere():
    before = graph_of(extraction("2401.00001", entity("FooNet", "Model")))
    assert led(before, graph_of(extraction("2401.00001", entity("BarNet", "Model")))) == {}
