"""The embedded graph: what its files are, and what is reported when it cannot be read or written."""

import pytest
from projection import Projection
from written_stores import write_graph

from kg.errors import RefusedError, StoreError
from kg.schema import Edge
from kg.store.ladybug.reader import DATABASE, LadybugReader


def test_reading_does_not_change_a_build(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for _ in range(3):
        with LadybugReader(folder) as reader:
            reader.read("MATCH (n)-[r]->(m) RETURN n, r, m ORDER BY n.id")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert before.keys() == {DATABASE, "schema.json"}


def test_a_graph_opened_for_reading_is_not_written(folder):
    with LadybugReader(folder) as reader, pytest.raises(RefusedError, match="only read"):
        reader.read("CREATE (:Task {id: 'task/x'})")


def test_a_file_that_is_no_database_is_named(folder):
    (folder / DATABASE).write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match=DATABASE):
        LadybugReader(folder)


@pytest.mark.parametrize(
    ("value", "target"), [("2024", "2401.00001"), (2024, "missing")], ids=["a text as a year", "an edge to nowhere"]
)
def test_a_graph_that_breaks_the_schema_is_refused(tmp_path, value, target):
    graph = Projection()
    graph.nodes["Paper"]["2401.00001"] = {"id": "2401.00001", "year": value}
    graph.edges["CITES"] = [Edge("2401.00001", "Paper", target, "Paper", {})]
    with pytest.raises(StoreError, match="cannot write"):
        write_graph(str(tmp_path), graph, 1)


def test_a_closed_store_opens_again(folder):
    with LadybugReader(folder) as store:
        store.close()
        assert store.read("MATCH (m:Model) RETURN m.name AS name").rows == [["E5"]]
