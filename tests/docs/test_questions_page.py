"""docs/questions.md: what it says one can ask is understood, and its named queries are all there are."""

import re
from pathlib import Path

import pytest
from sample_store import kg

from kg.errors import NotUnderstoodError
from kg.questions import ask
from kg.statements import queries
from kg.store import open_store

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")


def test_every_question_of_the_table_is_understood(sample_store):
    table = PAGE.split("## What one can ask")[1].split("\n\n")[1]
    questions = re.findall(r'"([^"]+)"', table)
    assert len(questions) >= 30
    with open_store(str(sample_store)) as store:
        for question in [*questions, "wich papers evalute on MTEB"]:
            assert ask(store, question).understood, question


def test_what_it_says_is_not_understood_is_not(sample_store):
    with open_store(str(sample_store)) as store:
        assert ask(store, "papers that use LoRA or QLoRA and evaluate on MMLU").rows is not None
        try:
            ask(store, "papers that use LoRA and evaluate on MMLU or have code")
        except NotUnderstoodError as error:
            assert "two ways" in str(error)
        else:
            raise AssertionError("a question that can be read in two ways was answered")


@pytest.mark.slow
def test_its_commands_run(sample_store):
    for command in re.findall(r"^kg (queries.*)$", PAGE, re.MULTILINE):
        ran = kg(*command.split(), "--store", sample_store)
        assert ran.returncode == 0, ran.stderr


def test_the_table_of_figures_has_every_query():
    assert set(re.findall(r"^\| (\w+) \| (?:median|top 20|) ?\|", PAGE, re.MULTILINE)) == set(queries())
