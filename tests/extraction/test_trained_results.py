import re

import pytest
from figure_texts import NAMES, TEXTS, Row, blank, named
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import Extractor
from kg.schema import Paper


def pipeline(**config: float) -> Language:
    return blank("citegraph_trained_results", config)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


def rows(nlp: Language, text: str) -> list[Row]:
    doc = named(nlp, text, 0.95, "citegraph_trained_results")
    return [(r.model, r.benchmark, r.metric, r.value) for r in doc._.citegraph_results]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We propose ZorbNet. On BirdQA, ZorbNet reaches an accuracy of 57.1%.",
            [("ZorbNet", "BirdQA", "accuracy", "57.1%")],
        ),
        (
            "We propose ZorbNet. ZorbNet achieves 71.6% accuracy on BirdQA and 63.2% accuracy on FishQA.",
            [("ZorbNet", "BirdQA", "accuracy", "71.6%"), ("ZorbNet", "FishQA", "accuracy", "63.2%")],
        ),
        (
            "We propose ZorbNet. ZorbNet outperforms Quill by 4.2% in F1 on BirdQA.",
            [("ZorbNet", "BirdQA", "F1", "+4.2%")],
        ),
        ("We train ZorbNet on PondSet with 12 GPUs in 2019.", []),
        ("We use BirdQA, FishQA and TreeBench. ZorbNet needs 93% less memory.", []),
        ("ZorbNet reaches 57.1% accuracy.", []),
    ],
)
def test_clear_sentences(nlp: Language, text: str, expected: list[Row]) -> None:
    assert rows(nlp, text) == expected


def test_what_is_not_sure_enough_is_left_out(nlp: Language) -> None:
    text = "We propose ZorbNet. On BirdQA, ZorbNet reaches an accuracy of 57.1%."
    assert rows(nlp, text)
    assert rows(pipeline(least=1.0), text) == []


def test_a_figure_said_twice_is_one_result(nlp: Language) -> None:
    sentence = "On BirdQA, ZorbNet reaches an accuracy of 57.1%."
    found = rows(nlp, f"We propose ZorbNet. {sentence} {sentence}")
    assert len(found) == len(set(found)) == 1


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", " ", "  "])), max_size=40))
def test_every_value_is_the_text_at_its_offsets(nlp: Language, pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    doc = named(nlp, text, 0.95, "citegraph_trained_results")
    for result in doc._.citegraph_results:
        assert result.value.lstrip("+-") == text[result.start : result.end]
        assert re.search(r"\d", result.value)
        assert result.benchmark in NAMES
        assert not result.metric or result.metric in text
        assert not result.model or result.model in NAMES


@pytest.mark.slow
def test_results_do_not_depend_on_what_was_read_before(extractor: Extractor, sample: list[Paper]) -> None:
    first = [extractor.one(paper).results for paper in sample]
    assert [extractor.one(paper).results for paper in reversed(sample)] == first[::-1]
