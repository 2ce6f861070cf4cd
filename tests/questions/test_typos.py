"""Typing errors in the words of questions."""

import pytest

from kg.questions.typos import correct_typos

WORDS = {"papers", "evaluate", "trained", "trains", "which", "on"}


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("pappers", "papers"),  # a letter too many
        ("evalate on MTEB", "evaluate on MTEB"),  # a letter missing
        ("whihc", "which"),  # neighbours swapped
        ("papwrs", "papers"),  # a letter wrong
        ("Pappers", "papers"),
        ("WIHCH PAPERS", "which PAPERS"),
        ("trainsd", "trains"),  # a letter too many is likelier than a wrong one
    ],
)
def test_one_wrong_letter_is_corrected(text, corrected):
    assert correct_typos(text, WORDS)[0] == corrected


@pytest.mark.parametrize("text", ["PApers X", "paprs2x", "of", "MTBE", "evluat", "", "на"])
def test_anything_else_is_left_alone(text):
    assert correct_typos(text, WORDS) == (text, {})


def test_a_word_that_may_have_been_meant_for_two_others_is_left_alone():
    assert correct_typos("trein", {"train", "treis"}) == ("trein", {})
