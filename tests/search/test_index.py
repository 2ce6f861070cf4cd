"""The index is made, updated and, if it is missing or damaged, made again."""

import json
import shutil
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from names_graph import add_entity, graph
from written_stores import in_folder, write_graph

from kg import sample
from kg.builds import build
from kg.errors import StoreError
from kg.queries import find
from kg.search import NameIndex, index_of, search, write_index
from kg.search.documents import rows, rows_of
from kg.search.index_files import damage_as_store_error
from kg.store import DataFolder, open_store


def content(folder):
    """Everything that an index knows, by id."""
    index = NameIndex(folder)
    nodes = {node.id: node for node in index.by_id([json.loads(line.split(" ", 2)[2]) for line in lines(folder)])}
    assert len(nodes) == len(index)
    return nodes


def lines(folder):
    return (folder / "nodes.txt").read_text().splitlines()[1:]


def stored(folder, made):
    return in_folder(folder, made)


def published(data, made):
    """Another build of a data folder, as `kg build` makes it."""
    before = data.current()
    number = (data.current() or 0) + 1
    write_graph(str(data.path), made, number)
    write_index(made.tables(), data.search_folder(number), before and data.search_folder(before))
    data.publish(number)


def test_every_node_with_a_name_is_in_it(ladybug, tmp_path):
    made = graph()
    assert write_index(ladybug, tmp_path / "index") == sum(map(len, made.nodes.values()))
    assert content(tmp_path / "index").keys() == {key for nodes in made.nodes.values() for key in nodes}


def test_a_graph_on_its_way_to_the_store_gives_what_the_store_gives(ladybug):
    assert list(rows_of(graph().tables())) == list(rows(ladybug))


def test_pages_give_what_one_page_gives(ladybug, tmp_path, monkeypatch):
    write_index(ladybug, tmp_path / "one")
    monkeypatch.setattr("kg.search.documents._PAGE", 2)
    write_index(ladybug, tmp_path / "many")
    assert content(tmp_path / "one") == content(tmp_path / "many")
    assert lines(tmp_path / "one") == lines(tmp_path / "many")


def test_an_index_that_goes_on_from_another_says_what_a_new_one_says(tmp_path):
    old, changed = graph(), graph()
    del changed.nodes["Method"]["method/qlora"], changed.nodes["Author"]["author/王小明"]
    changed.edges["AUTHORED_BY"] = [edge for edge in changed.edges["AUTHORED_BY"] if edge.target != "author/王小明"]
    changed.nodes["Benchmark"]["benchmark/mteb"]["papers"] = 41
    changed.nodes["Model"]["model/bert"] |= {"aliases": ["Berty"], "keys": ["bert", "berty"]}
    add_entity(changed, "Model", "Aardvark", [], 1)
    add_entity(changed, "Model", "Zebra", [], 1)
    write_index(stored(tmp_path / "old", old), tmp_path / "first")
    first = content(tmp_path / "first")
    store = stored(tmp_path / "new", changed)
    write_index(store, tmp_path / "fresh")
    write_index(store, tmp_path / "continued", tmp_path / "first")
    write_index(store, tmp_path / "again", tmp_path / "continued")
    shutil.rmtree(tmp_path / "continued")
    assert content(tmp_path / "again") == content(tmp_path / "fresh") != first
    assert content(tmp_path / "first") == first, "the index before stays as it was"
    assert lines(tmp_path / "again") == lines(tmp_path / "fresh")
    index = NameIndex(tmp_path / "again")
    assert [hit.name for hit in index.search("berty")][:1] == ["BERT"]
    assert index.search("qlora", ["Method"], 1)[0].name == "LoRA"


@pytest.mark.parametrize("name", ["nodes.txt", "meta.json"])
def test_an_index_before_that_is_broken_is_not_gone_on_from(ladybug, tmp_path, name):
    write_index(ladybug, tmp_path / "broken")
    (tmp_path / "broken" / name).write_text("{")
    write_index(ladybug, tmp_path / "made", tmp_path / "broken")
    write_index(ladybug, tmp_path / "fresh", tmp_path / "none")
    assert content(tmp_path / "made") == content(tmp_path / "fresh")


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".term", ".store", ".idx", ".fast", ".fieldnorm", ".json"])
def test_damage_is_reported_and_does_not_last(tmp_path, ending):
    changed = graph()
    add_entity(changed, "Model", "Zebra", [], 1)
    store = stored(tmp_path / "new", changed)
    write_index(stored(tmp_path / "old", graph()), tmp_path / "sound")
    for place in (0, 5, 20):
        broken = Path(shutil.copytree(tmp_path / "sound", tmp_path / f"broken{place}"))
        file = next(file for file in sorted(broken.iterdir()) if file.suffix == ending)
        content_of = bytearray(file.read_bytes())
        content_of[place % len(content_of)] ^= 0xFF
        file.write_bytes(content_of)
        with suppress(StoreError):
            index = NameIndex(broken)
            index.by_id(["model/bert"])
            index.search("brt")
        write_index(store, tmp_path / "made", broken)
        assert NameIndex(tmp_path / "made").search("zebra")[0].name == "Zebra"


def test_a_panic_of_tantivy_is_reported_as_damage(tmp_path):
    """On some damage it raises an exception of this name, which is no `Exception`."""
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(StoreError, match="is damaged"), damage_as_store_error(tmp_path):
        raise panic("index out of bounds")


def test_a_folder_without_an_index_is_reported(ladybug, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write the search index"):
        write_index(ladybug, tmp_path / "file" / "index")
    with pytest.raises(StoreError, match="there is no search index in"):
        NameIndex(tmp_path / "nowhere")


def test_reading_leaves_the_folder_as_it_is(ladybug, tmp_path):
    write_index(ladybug, tmp_path / "index")
    before = {file.name: file.read_bytes() for file in (tmp_path / "index").iterdir()}
    assert NameIndex(tmp_path / "index").search("mteb")
    assert {file.name: file.read_bytes() for file in (tmp_path / "index").iterdir()} == before
    assert not any(name.endswith(".lock") for name in before)
    assert all(file.stat().st_mode & 0o044 == 0o044 for file in (tmp_path / "index").iterdir())


def broken(folder):
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def other_version(folder):
    text = (folder / "nodes.txt").read_text()
    (folder / "nodes.txt").write_text(text.replace("citegraph names", "citegraph names 0", 1))


@pytest.mark.parametrize("spoil", [shutil.rmtree, broken, other_version])
def test_where_a_builds_index_is_of_no_use_another_is_made(tmp_path, spoil, caplog):
    data = DataFolder(tmp_path)
    published(data, graph())
    spoil(data.search_folder(1))
    with open_store(str(tmp_path)) as store:
        assert next(hit.id for hit in search(store, "mtbe")) == "benchmark/mteb"
        assert "search index" in caplog.text and "build again with `kg build`" in caplog.text
        assert [node.id for node in find(store, "lora")] == ["method/lora"]


def test_readers_see_the_names_of_a_new_build(tmp_path):
    data = DataFolder(tmp_path)
    published(data, graph())
    with open_store(str(tmp_path)) as store:
        assert find(store, "Zebra") == []
        changed = graph()
        add_entity(changed, "Model", "Zebra", [], 1)
        published(data, changed)
        assert [node.id for node in find(store, "Zebra")] == ["model/zebra"]


def test_many_threads_that_need_an_index_get_one(tmp_path):
    with stored(tmp_path / "graph", graph()) as store:
        found = []
        threads = [threading.Thread(target=lambda: found.append(len(index_of(store)))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [sum(map(len, graph().nodes.values()))] * 6


def test_a_cache_folder_that_cannot_be_written_is_reported(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with (
        stored(tmp_path / "graph", graph()) as store,
        pytest.raises(StoreError, match="cannot write a search index in"),
    ):
        search(store, "mteb")


@pytest.mark.neo4j
def test_a_server_s_index_is_made_once_a_build(neo4j_uri, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    write_graph(neo4j_uri, graph(), 5)
    with open_store(neo4j_uri) as store:
        assert [node.id for node in find(store, "mteb")] == ["benchmark/mteb"]
        (made,) = Path(tmp_path).glob("citegraph/search/*/*[0-9]")
        changed = graph()
        add_entity(changed, "Model", "Zebra", [], 1)
        write_graph(neo4j_uri, changed, 6)
        assert [node.id for node in find(store, "zebra")] == ["model/zebra"]
        (again,) = Path(tmp_path).glob("citegraph/search/*/*[0-9]")
        assert int(again.name) > int(made.name)
        with open_store(neo4j_uri) as reader:
            assert [hit.id for hit in search(reader, "zebr")] == ["model/zebra"]


@pytest.mark.neo4j
def test_a_build_brings_the_index_of_a_server_s_graph(neo4j_uri, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    build([sample.papers()], neo4j_uri, tmp_path / "data")
    (made,) = (tmp_path / "cache").glob("citegraph/search/*/*[0-9]")
    with open_store(neo4j_uri) as store:
        assert made.name == str(store.version().build)
        assert "benchmark/mteb" in [hit.id for hit in search(store, "mteb")]
        write_index(store, tmp_path / "read")
        assert lines(made) == lines(tmp_path / "read")


@pytest.mark.neo4j
def test_while_a_server_s_graph_is_written_the_build_before_answers(neo4j_uri, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    write_graph(neo4j_uri, graph(), 5)
    with open_store(neo4j_uri) as store:
        index_of(store)
        seen = []

        def look(what, done, total):
            if what == "edges" and not seen:
                seen.append((store.version().build, [node.id for node in find(store, "mteb")]))

        write_graph(neo4j_uri, graph(), 6, look)
        assert seen == [(None, ["benchmark/mteb"])]
        assert store.version().build is not None
