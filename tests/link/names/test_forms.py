"""Normal forms, long forms and plurals of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_papers import NAMES

from kg.link.names.forms import expands, form_key, is_plural, phrase_key, same_words
from kg.link.names.parts import parts_of_system, tokens


@given(st.text(max_size=40))
def test_any_text_has_a_normal_form_for_both_kinds(text: str) -> None:
    for data in (True, False):
        assert isinstance(form_key(text, data=data), str)
    assert isinstance(phrase_key(text), str)


@given(NAMES, st.booleans())
def test_spaces_around_a_name_and_hyphens_for_spaces_do_not_matter(name: str, data: bool) -> None:
    assert form_key(f" {name} ", data=data) == form_key(name, data=data)
    words = " ".join(tokens(name))
    assert form_key(words.replace(" ", "-"), data=True) == form_key(words.replace(" ", "_"), data=True)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(10, 90))
def test_a_number_never_runs_into_the_next(version: int, minor: int, size: int) -> None:
    with_minor = form_key(f"Foo {version}.{minor} {size}B", data=False)
    assert with_minor != form_key(f"Foo {version} {minor}{size}B", data=False)
    assert with_minor != form_key(f"Foo {version}{minor} {size}B", data=False)


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
        ("AutoEncoders", True),
        ("Transformers", True),
        ("MATS", False),
        ("Adams", False),
        ("Atlas", False),
        ("YOLOv8s", False),
    ],
)
def test_plurals(form: str, expected: bool) -> None:
    assert is_plural(form) is expected


def test_the_maker_is_not_part_of_the_name() -> None:
    assert parts_of_system("Meta Llama 3") == parts_of_system("Llama 3")
    assert parts_of_system("MetaCLIP") != parts_of_system("CLIP")
