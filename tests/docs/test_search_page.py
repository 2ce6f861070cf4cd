"""What the pages on search and on the console say."""

import re
from pathlib import Path

import pytest
from sample_store import kg

from kg.cli.console.session import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_search_commands_find_what_they_are_for(sample_store):
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    texts = re.findall(r"^kg search (?:\"([^\"]+)\"|(\w+))", page, re.MULTILINE)
    assert len(texts) == 2
    found = [kg("search", quoted or word, "--store", sample_store).stdout for quoted, word in texts]
    assert "benchmark/mteb" in found[0]


def test_the_relevance_set_has_the_size_on_the_page():
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    lines = (ROOT / "tests" / "search" / "relevance.tsv").read_text(encoding="utf-8").splitlines()
    assert f"A test of {sum(not line.startswith('#') for line in lines)} inputs" in page


def test_every_command_of_the_console_is_explained():
    page = (ROOT / "docs" / "console.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `:(\w+)", page, re.MULTILINE)) == COMMANDS.keys()
