"""Suggestions: what is spelled most like what was written."""

from hypothesis import given
from hypothesis import strategies as st

from kg.text.similarity import closest

NAMES = ["leaderboard", "neighbourhood", "variants", "path", "coauthors"]


def test_a_mistyped_name_finds_the_right_one():
    assert closest("leaderbord", NAMES, 3, 0.6) == ["leaderboard"]
    assert closest("neighborhood", NAMES, 1, 0.6) == ["neighbourhood"]
    assert closest("zzz", NAMES, 3, 0.6) == []


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=8), st.integers(1, 5))
def test_the_order_of_the_choices_makes_no_difference(text: str, choices: list[str], limit: int):
    found = closest(text, choices, limit, 0.5)
    assert found == closest(text, reversed(choices), limit, 0.5)
    assert len(found) <= limit and set(found) <= set(choices)
    if text in choices and text:
        assert found[0] == text
