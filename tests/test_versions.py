"""What citegraph gives changes only with a version: else what people have would stay as it was, half old and half new."""

import re
from dataclasses import replace

import pytest
import tantivy
from versions import Watched, complaint, files, graph_schema, index_schema, kept, outputs, schemas

from kg.extraction import Extractor, pipeline_name
from kg.schema import EDGE_TYPES, NODE_TYPES, Kind, Property

OUTPUTS = ("extraction by default", "extraction by rules", "analysis", "graph")
FILES = ("patterns", "models", "catalogue", "venues")
SCHEMAS = ("graph schema", "index schema")


@pytest.fixture(scope="module")
def given() -> dict[str, Watched]:
    return outputs()


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_changes_with_its_version(given: dict[str, Watched], name: str) -> None:
    assert not (wrong := complaint(name, given[name], kept().get(name))), wrong


@pytest.mark.parametrize("name", FILES)
def test_a_file_changes_with_its_version(name: str) -> None:
    assert not (wrong := complaint(name, files()[name], kept().get(name))), wrong


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_changes_with_its_version(name: str) -> None:
    assert not (wrong := complaint(name, schemas()[name], kept().get(name))), wrong


def test_a_new_property_needs_another_number() -> None:
    venue = Property("venue", Kind.STRING, "where it was published")
    nodes = [
        replace(each, properties=(*each.properties, venue)) if each.label == "Paper" else each for each in NODE_TYPES
    ]
    edges = [
        replace(each, properties=(*each.properties, venue)) if each.label == "CITES" else each for each in EDGE_TYPES
    ]
    for changed in (graph_schema(nodes, EDGE_TYPES), graph_schema(NODE_TYPES, edges)):
        wrong = complaint("graph schema", changed, schemas()["graph schema"]._asdict())
        assert wrong and "raise GRAPH_SCHEMA_VERSION in kg/schema/graph_types.py" in wrong


def test_a_field_with_other_options_needs_another_number() -> None:
    def fields(*, stored: bool) -> Watched:
        return index_schema(tantivy.SchemaBuilder().add_text_field("id", stored=stored).build())

    wrong = complaint("index schema", fields(stored=True), fields(stored=False)._asdict())
    assert wrong and "raise INDEX_VERSION in kg/search/index_files.py" in wrong


def test_nothing_else_is_kept() -> None:
    assert set(kept()) == {*OUTPUTS, *FILES, *SCHEMAS}


def test_what_to_do_is_said() -> None:
    watched = Watched("default-p1-m1-c1 l1", "new", "LINKING_VERSION in kg/link/version.py")
    changed = complaint("graph", watched, {"version": watched.version, "digest": "old"})
    assert changed and "raise LINKING_VERSION in kg/link/version.py, then run `python tests/versions.py`" in changed
    raised = complaint("graph", watched, {"version": "default-p1-m1-c1 l0", "digest": "old"})
    assert raised and "run `python tests/versions.py`" in raised
    assert complaint("graph", watched, {"version": watched.version, "digest": "new"}) is None


def test_a_version_names_its_numbers(extractor: Extractor) -> None:
    assert re.fullmatch(r"default-p\d+-m\d+-c\d+", extractor.version)
    assert re.fullmatch(r"rules-p\d+-c\d+", Extractor.load("rules").version)
    assert pipeline_name(extractor.version) == "default"
