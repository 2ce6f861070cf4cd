"""Retired ids lead to the node that means the same now."""

from linking_records import entity, extraction

from kg.link import Analysis, add_former_ids, find_redirects, keys_of_names, link_analysis
from kg.schema import Extraction
from kg.schema.tables import Tables


def graph_of(*papers: Extraction) -> Tables:
    return link_analysis(Analysis.of(papers)).graph


def redirects(
    before: Tables, after: Tables, replaced: dict[str, str] | None = None, hidden: tuple[str, ...] = ()
) -> dict[str, str]:
    handed_out = {node: (node, name) for node, name in keys_of_names(before).items()}
    return find_redirects(handed_out, after, replaced or {}, hidden)


def test_a_cited_title_becomes_the_paper_with_its_arxiv_id():
    citing = extraction("2401.00002", references=("A Paper That Is Read Later",))
    stub = graph_of(citing)
    assert dict(stub.nodes["Paper"].select("id", "stub").iter_rows())["title/a-paper-that-is-read-later"] is True
    read = graph_of(citing, extraction("2401.00001", title="A paper that is read later"))
    assert redirects(stub, read) == {"title/a-paper-that-is-read-later": "2401.00001"}
    (edge,) = read.edges["CITES", "Paper", "Paper"].iter_rows()
    assert edge[:2] == ("2401.00002", "2401.00001")


def test_a_cited_arxiv_id_is_filled_under_the_same_id():
    citing = extraction("2401.00002", references=("arXiv:2401.00001v3",))
    stub = graph_of(citing)
    read = graph_of(citing, extraction("2401.00001", title="A Paper That Is Read Later"))
    assert redirects(stub, read) == {}
    papers = dict(read.nodes["Paper"].select("id", "stub").iter_rows())
    assert papers == {"2401.00001": None, "2401.00002": None}


def test_an_entity_with_a_new_id_is_found_by_its_old_name():
    alone = graph_of(extraction("2401.00001", entity("Zonal Query Exchange", "Method")))
    papers = [extraction(f"2401.0000{n}", entity("ZQX", "Method", "Zonal Query Exchange")) for n in (2, 3)]
    joined = graph_of(extraction("2401.00001", entity("Zonal Query Exchange", "Method")), *papers)
    (now,) = joined.nodes["Method"]["id"]
    assert redirects(alone, joined) == (
        {} if now == "method/zonal-query-exchange" else {"method/zonal-query-exchange": now}
    )


def test_an_entity_with_a_new_type_is_the_same_entity():
    before = graph_of(extraction("2401.00001", entity("FooSet", "Dataset", relation="TRAINS_ON")))
    after = graph_of(extraction("2401.00001", entity("FooSet", "Benchmark", relation="EVALUATES_ON")))
    found = redirects(before, after)
    assert found == {"dataset/fooset": "benchmark/fooset"}
    add_former_ids(after, found)
    (row,) = after.nodes["Benchmark"].select("former", "keys").iter_rows()
    assert row == (["dataset/fooset"], ["datasetfooset", "fooset"])


def test_ids_lead_where_corrections_say_and_hidden_ones_nowhere():
    before = graph_of(
        extraction("2401.00001", entity("FooNet", "Model"), entity("BarNet", "Model"), entity("BazNet", "Model"))
    )
    after = graph_of(extraction("2401.00001", entity("BarNet", "Model")))
    replaced = {"model/foonet": "model/quxnet", "model/quxnet": "model/barnet"}
    assert redirects(before, after, replaced, ("model/baznet",)) == {
        "model/foonet": "model/barnet",
        "model/quxnet": "model/barnet",
    }


def test_the_id_of_an_entity_that_no_paper_names_leads_nowhere():
    before = graph_of(extraction("2401.00001", entity("FooNet", "Model")))
    assert redirects(before, graph_of(extraction("2401.00001", entity("BarNet", "Model")))) == {}
