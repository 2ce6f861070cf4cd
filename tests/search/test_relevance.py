"""What people type, and what they mean: on the graph of real papers."""

from pathlib import Path

import pytest

from kg.builds import build
from kg.search import search
from kg.store import open_store

pytestmark = [pytest.mark.shared, pytest.mark.slow]
LINES = Path(__file__).with_name("relevance.tsv").read_text(encoding="utf-8").splitlines()
EXPECTED = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.fixture(scope="module")
def store(shared_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    build(sorted((shared_folder / "seeds").glob("*.txt")), str(folder), folder)
    with open_store(str(folder)) as store:
        yield store


def test_the_first_hit_is_what_was_meant(store):
    first = {
        typed: next((f"{hit.label} {hit.name}" for hit in search(store, typed, limit=1)), "") for typed, _ in EXPECTED
    }
    missed = {typed: (first[typed], meant) for typed, meant in EXPECTED if first[typed] != meant}
    assert len(EXPECTED) >= 60
    assert len(missed) <= 0.04 * len(EXPECTED), missed
