import pytest

from kg.cli.typed_values import json_or_text


@pytest.mark.parametrize(
    ("text", "value"),
    [("2020", 2020), ('["a", 1]', ["a", 1]), ('"2020"', "2020"), ("null", None), ("MTEB", "MTEB"), ("[a", "[a")],
)
def test_json_is_read_and_all_else_is_text(text, value):
    assert json_or_text(text) == value


@pytest.mark.parametrize("text", ["9" * 5000, "[" * 1_000], ids=["digits", "brackets"])
def test_what_json_cannot_hold_is_text(text):
    assert json_or_text(text) == text
