"""`kg search`."""

import json

import pytest
from sample_store import kg

pytestmark = pytest.mark.slow


def test_hits_as_a_table_and_as_json(sample_store):
    shown = kg("search", "masive text embeding", "--store", sample_store)
    assert shown.returncode == 0, shown.stderr
    assert "MTEB" in shown.stdout.splitlines()[1] and "benchmark/mteb" in shown.stdout
    found = json.loads(
        kg("search", "mteb", "--type", "Paper", "--limit", "2", "--json", "--store", sample_store).stdout
    )
    assert len(found) == 2 and {hit["label"] for hit in found} == {"Paper"}
    assert kg("search", "qqqqzzzz", "--store", sample_store).stdout == "nothing found\n"


@pytest.mark.parametrize("typed", ["--", "", "\x1b[31m", "[bold]", "id:*"])
def test_whatever_is_typed_is_only_a_text(sample_store, typed):
    done = kg("search", "--store", sample_store, "--", typed)
    assert done.returncode == 0 and done.stderr == ""


def test_an_unknown_type_is_one_line(sample_store):
    done = kg("search", "mteb", "--type", "banana", "--store", sample_store)
    assert done.returncode == 2 and done.stderr.startswith("kg: no type is called 'banana'")
    assert done.stderr.count("\n") == 1
