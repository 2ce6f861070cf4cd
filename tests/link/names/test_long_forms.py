"""What an acronym may stand for, and which long forms are the same."""

import pytest

from kg.link.names.expansions import expands, is_typo, same_words, says_little


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("LoRA", "Low-Rank Adaptation", True),
        ("SHAP", "SHapley Additive exPlanations", True),
        ("GANs", "generative adversarial networks", True),
        ("SAM2", "Segment Anything Model 2", True),
        ("FedAvg", "Federated Averaging", True),
        ("GPT-4", "GPT-4 Turbo", False),
        ("ViT", "ViT Adapter for Dense Tasks", False),
        ("AIME", "at varying widths with many tests across mathematical tasks", False),
        ("BERT", "Transformer", False),
        ("LLM", "Gemini Flash", False),
    ],
)
def test_long_forms(short: str, long: str, expected: bool) -> None:
    assert expands(short, long) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Group Relative Policy Optimization", "group-relative policy optimisation", True),
        ("Low-Rank Adaptation", "low rank adapters", True),
        ("Segment Anything", "Segment Anything Model", True),
        ("generative AI", "Generative Artificial Intelligence", True),
        ("Multimodal Benchmark", "Multilingual Benchmark", False),
        ("Vision Transformer", "Vision Translator", False),
        ("Mixture of Experts", "Mixture of Agents", False),
    ],
)
def test_long_forms_that_say_the_same(one: str, other: str, expected: bool) -> None:
    assert same_words(one, other) is expected
    assert same_words(other, one) is expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("LLMs", True),
        ("the proposed models", True),
        ("large language models", True),
        ("Llama 3", False),
        ("diffusion", False),
    ],
)
def test_words_for_kinds_of_things_say_little(form: str, expected: bool) -> None:
    assert says_little(form) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Low-Rank Adaptation", "Low-Rank Adapation", True),
        ("Interleaved Token Mixing", "Interleaved Tokan Mixing", False),
        ("Layered Interaction Graph", "Layered Intraaction Graph", False),
        ("Local Search", "Focal Search", False),
    ],
)
def test_a_typo_is_one_letter_of_a_long_word(one: str, other: str, expected: bool) -> None:
    assert is_typo(one, other) is expected
