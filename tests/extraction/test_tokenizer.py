import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import kg.extraction  # noqa: F401  registers the tokenizer

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "citegraph.tokenizer.v1"}}})


@pytest.mark.parametrize(
    "name",
    [
        "GPT-4o", "CIFAR-10", "Llama-3.1-8B", "MATH-500", "k-NN", "wav2vec2", "GPT-3.5-turbo", "Qwen2.5-7B-Instruct", "C4", "DALL-E",
        "SWE-bench", "AI2-THOR", "RoPE+ALiBi", "BERT-base", "T5-small", "iTransformer",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "frame", ["We use {}.", "({})", "“{}”,", "**{}**", "{}'s", "see {}; and", "{}/BLOOM", r"\textbf{{{}}}"]
)
def test_names_stay_whole(name: str, frame: str) -> None:
    assert name in [token.text for token in NLP(frame.format(name))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GPT-4-based", "GPT-4"),
        ("LoRA-tuned", "LoRA"),
        ("CLIP-guided", "CLIP"),
        ("ImageNet-pretrained", "ImageNet"),
        ("BERT-style", "BERT"),
    ],
)
def test_ends_of_compounds_are_no_part_of_a_name(text: str, name: str) -> None:
    assert NLP(f"a {text} system")[1].text == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a near-ZORP4 accuracy", "ZORP4"),
        ("the post-RoPE keys", "RoPE"),
        ("than non-ZorpNet runs", "ZorpNet"),
        ("on four benchmarks-MATH-500 and others", "MATH-500"),
        ("two models-ZorpNet and another", "ZorpNet"),
        ("with ZorpNet-and others", "ZorpNet"),
        ("the ZorpNet-7B/13B models", "ZorpNet-7B"),
        ("on ZorpSet-10/100 images", "ZorpSet-10"),
        ("by Zorp-3.1/3.2 alone", "Zorp-3.1"),
    ],
)
def test_a_name_is_told_from_what_is_joined_to_it(text: str, name: str) -> None:
    assert name in [token.text for token in NLP(text)]


@pytest.mark.parametrize("name", ["ViT-L/14", "DiT-XL/2", "pre-LN", "1/3", "24/7"])
def test_a_slash_or_hyphen_within_a_name_stays(name: str) -> None:
    assert name in [token.text for token in NLP(f"We use {name} here.")]


@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    assert NLP(text).text == text
