import pytest
import spacy

import kg.extraction  # noqa: F401  registers tokenizer and components


@pytest.fixture(scope="module")
def pairs():
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "citegraph.tokenizer.v1"}}})
    nlp.add_pipe("citegraph_sentences")
    nlp.add_pipe("citegraph_acronyms")
    return lambda text: [(acronym.short.text, acronym.long.text) for acronym in nlp(text)._.citegraph_acronyms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use Low-Rank Adaptation (LoRA) here.", ("LoRA", "Low-Rank Adaptation")),
        ("LoRA (Low-Rank Adaptation) is used.", ("LoRA", "Low-Rank Adaptation")),
        ("the Massive Text Embedding Benchmark (MTEB)", ("MTEB", "Massive Text Embedding Benchmark")),
        ("a long word called Plain Old Thing (POT; see below)", ("POT", "Plain Old Thing")),
        ("many vision transformers (ViTs) exist", ("ViTs", "vision transformers")),
        ("first Quick-Scale Sound Splitting (QSSS) works", ("QSSS", "Quick-Scale Sound Splitting")),
        ("by Elastic Event Segmentation (EES)", ("EES", "Elastic Event Segmentation")),
        ("with one agent: User Agent (UA) and more", ("UA", "User Agent")),
    ],
)
def test_long_and_short_forms_are_paired(pairs, text: str, expected: tuple[str, str]) -> None:
    assert pairs(text) == [expected]


@pytest.mark.parametrize(
    "text", ["Results are better (see Table 2).", "an idea (ours)", "it is large (LLM)", "on it (BERT) again"]
)
def test_other_brackets_are_none(pairs, text: str) -> None:
    assert pairs(text) == []


def test_a_long_form_does_not_reach_into_another_bracket(pairs) -> None:
    found = pairs("We test several choices (zorpMCQ), question answering (zorpQA) and more.")
    assert not [long for _, long in found if ")" in long]
