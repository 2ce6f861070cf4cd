"""The test set of phrasings: what people ask, and what must be made of it."""

from collections.abc import Iterator

import pytest
from phrasings import Phrasing, opened, read, understood

from kg.store import GraphReader

# Measured on the half that the patterns were not written from; see docs/questions.md.
ASIDE_AS_MEANT = 0.95
ASIDE_GUESSED = 0.01


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphReader]:
    with opened(tmp_path_factory.mktemp("phrasings")) as store:
        yield store


def test_there_are_many_and_none_twice():
    questions = [phrasing.question for phrasing in read()]
    assert len(questions) >= 300
    assert len(questions) == len(set(questions))


@pytest.mark.parametrize("phrasing", [each for each in read() if not each.aside], ids=lambda each: each.question)
def test_a_phrasing_is_understood_as_it_is_meant(graph: GraphReader, phrasing: Phrasing):
    assert understood(graph, phrasing) == ""


@pytest.mark.slow
def test_phrasings_set_aside_are_understood_too(graph: GraphReader):
    aside = [each for each in read() if each.aside]
    wrong = [taken for each in aside if (taken := understood(graph, each))]
    guessed = [taken for taken in wrong if not taken.startswith("not understood")]
    assert len(aside) - len(wrong) >= ASIDE_AS_MEANT * len(aside)
    assert len(guessed) <= ASIDE_GUESSED * len(aside)
