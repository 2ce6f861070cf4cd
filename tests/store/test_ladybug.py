"""The embedded engine's own ways to fail."""

import pytest

from kg.errors import StoreError
from kg.schema import Edge, Projection
from kg.store.ladybug.store import DATABASE, LadybugStore


def test_a_build_is_one_file_that_reading_does_not_change(folder):
    before = (folder / DATABASE).read_bytes()
    readers = [LadybugStore.open(folder) for _ in range(3)]
    for reader in readers:
        reader.read("MATCH (n)-[r]->(m) RETURN n, r, m ORDER BY n.id")
        reader.close()
    assert [path.name for path in folder.iterdir()] == [DATABASE]
    assert (folder / DATABASE).read_bytes() == before


def test_a_store_opened_for_reading_does_not_write(folder):
    with pytest.raises(StoreError, match="read-only"):
        LadybugStore.open(folder).write(Projection(), 2)


def test_a_file_that_is_no_database_is_named(folder):
    (folder / DATABASE).write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match=DATABASE):
        LadybugStore.open(folder)


@pytest.mark.parametrize(
    ("value", "target"), [("2024", "2401.00001"), (2024, "missing")], ids=["a text as a year", "an edge to nowhere"]
)
def test_a_projection_that_breaks_the_schema_is_refused(tmp_path, value, target):
    graph = Projection()
    graph.nodes["Paper"]["2401.00001"] = {"id": "2401.00001", "year": value}
    graph.edges["CITES"] = [Edge("2401.00001", "Paper", target, "Paper", {})]
    with pytest.raises(StoreError, match="cannot write"):
        LadybugStore.create(tmp_path / "graph-1").write(graph, 1)


def test_a_closed_store_opens_again(folder):
    store = LadybugStore.open(folder)
    store.close()
    assert store.read("MATCH (m:Model) RETURN m.name AS name").rows == [["E5"]]
    store.close()
