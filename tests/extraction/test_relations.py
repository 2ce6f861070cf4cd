"""What a paper does with the things that it names: kinds of sentence that a reader tells apart."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.relations.certainty import Calibration
from kg.extraction.relations.trained import FAVOUR, most_probable
from kg.schema import RELATIONS, Extraction
from training.relations.judged import SINGLE


def relation(found: Extraction, name: str) -> str | None:
    return next((entity.relations[0].type for entity in found.entities if entity.name == name), None)


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("Small encoders", "We introduce ModernBERT, an encoder for long texts.", "ModernBERT"),
        ("Small encoders", "In this work, we present ZorpBERT, an encoder for long texts.", "ZorpBERT"),
        ("Gemma 3 Technical Report", "Open models are useful. Gemma 3 reads text and images.", "Gemma 3"),
        ("ModernBERT: A faster encoder", "Encoders are widely used. ModernBERT reads long texts fast.", "ModernBERT"),
    ],
)
def test_that_a_thing_is_known_does_not_overrule_that_the_paper_introduces_it(read, title, abstract, name) -> None:
    assert relation(read(title, abstract), name) == "INTRODUCES"


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("We propose ZorbNet, which is built from a ResNet-50 and a decoder of birds.", "ResNet-50"),
        ("We present a new way to count birds. It is trained with Adam.", "Adam"),
    ],
)
def test_a_known_part_of_something_new_is_used(read, abstract: str, name: str) -> None:
    assert relation(read("Counting birds", abstract), name) == "USES"


@pytest.mark.parametrize(
    "abstract",
    [
        "We present ZorbSet, a set of questions derived from MS MARCO and checked by hand.",
        "We release ZorbSet. It was constructed by translating MS MARCO into Frisian.",
        "ZorbNet is pre-trained on MS MARCO before it sees a single bird.",
    ],
)
def test_what_something_is_made_from_or_trained_on_is_no_evaluation(read, abstract: str) -> None:
    assert relation(read("Birds that ask", abstract), "MS MARCO") == "TRAINS_ON"


def test_that_something_else_was_trained_is_no_training_on_a_benchmark(read) -> None:
    found = read("Birds that ask", "ZorbNet gains three points over other fine-tuning methods on GSM8K.")
    assert relation(found, "GSM8K") == "EVALUATES_ON"


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("Recent models such as GPT-4 have changed how birds are counted. We propose ZorbNet to count bees.", "GPT-4"),
        ("Existing benchmarks like MMLU lack questions on birds. We present ZorbBench.", "MMLU"),
    ],
)
def test_background_is_only_mentioned(read, abstract: str, name: str) -> None:
    assert relation(read("Counting birds", abstract), name) == "MENTIONS"


@pytest.mark.parametrize(
    ("abstract", "name", "role"),
    [
        ("We propose ZorbNet. It outperforms GPT-4 and Claude on four tasks.", "GPT-4", "COMPARES_WITH"),
        ("We evaluate GPT-4 and Claude on puzzles. Both models fail on most of them.", "GPT-4", "EVALUATES"),
        ("We propose ZorbNet, which prompts GPT-4 to write captions and then ranks them.", "GPT-4", "USES"),
    ],
)
def test_the_roles_of_a_system(read, abstract: str, name: str, role: str) -> None:
    assert relation(read("Words for birds", abstract), name) == role


def test_the_most_probable_relation_fits_the_type_and_may_be_asked_for_without_one() -> None:
    chances = {"INTRODUCES": 0.5, "EVALUATES": 0.3, "USES": 0.2}
    assert most_probable("Model", chances, {}) == "INTRODUCES"
    assert most_probable("Model", chances, {}, without="INTRODUCES") == "EVALUATES"
    assert most_probable("Model", chances, {"USES": 2}, without="INTRODUCES") == "USES"
    assert most_probable("Benchmark", {"EVALUATES": 0.9, "TRAINS_ON": 0.1}, FAVOUR) == "TRAINS_ON"


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 3), st.floats(-3, 3))
def test_a_more_probable_relation_is_never_less_certain(one: float, other: float, slope: float, shift: float) -> None:
    calibration = Calibration({"USES": (slope, shift)})
    low, high = sorted((one, other))
    assert 0 <= calibration.confidence("USES", low) <= calibration.confidence("USES", high) <= 1
    assert calibration.confidence("MENTIONS", 0.25) == pytest.approx(0.25)


def test_a_calibration_is_the_same_after_saving(tmp_path: Path) -> None:
    calibration = Calibration({"USES": (0.5, 0.25), "MENTIONS": (1.5, -1.0)})
    calibration.save(tmp_path / "calibration.npz")
    assert Calibration.load(tmp_path / "calibration.npz").lines == calibration.lines


def test_judged_entities_name_relations_that_there_are() -> None:
    judged = [json.loads(line) for line in SINGLE.read_text("utf-8").splitlines()]
    assert len({(item["paper"], item["name"]) for item in judged}) == len(judged) > 2_000
    assert {role for item in judged for role in item["roles"]} == set(RELATIONS)
