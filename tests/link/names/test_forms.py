"""Normal forms and plurals of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_papers import NAMES

from kg.link.names.forms import form_key, is_plural, phrase_key
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
