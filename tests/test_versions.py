"""What citegraph gives changes only with a version: else what people have would stay as it was, half old and half new."""

import re

import pytest
from versions import Watched, complaint, files, kept, outputs

from kg.extraction import Extractor, pipeline_name

OUTPUTS = ("extraction by default", "extraction by rules", "analysis", "graph")
FILES = ("patterns", "models", "catalogue")


@pytest.fixture(scope="module")
def given() -> dict[str, Watched]:
    return outputs()


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_changes_with_its_version(given: dict[str, Watched], name: str) -> None:
    assert not (wrong := complaint(name, given[name], kept().get(name))), wrong


@pytest.mark.parametrize("name", FILES)
def test_a_file_changes_with_its_version(name: str) -> None:
    assert not (wrong := complaint(name, files()[name], kept().get(name))), wrong


def test_nothing_else_is_kept() -> None:
    assert set(kept()) == {*OUTPUTS, *FILES}


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
