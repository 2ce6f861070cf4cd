"""Hard line ends are white space, and every place leads back to the stored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.line_ends import unwrapped

WORDS = st.lists(st.sampled_from(["crane", "GPT-4", "fold.", "x", "2,000", "“é”", "a-", "(b)"]), min_size=1)
GAPS = st.sampled_from([" ", "  ", "\n", "\r\n", "\r", " \n\t", "\n\n", "\n \r\n", "\u2028", "-\n", "\u00ad\n"])


def compound(before: str, after: str) -> bool:
    return (before, after) == ("cra", "nes")


@pytest.mark.parametrize("text", ["", "Ann folds cranes.", "two  blanks,\ta tab", "no-break\u00a0space"])
def test_a_text_without_line_ends_stays_as_it_is(text: str) -> None:
    assert unwrapped(text).text == text
    assert unwrapped(text).place(0, len(text)) == (0, len(text))


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("Ann folds\ncranes", "Ann folds cranes"),
        ("Ann folds \r\n   cranes", "Ann folds cranes"),
        ("Ann folds\rcranes", "Ann folds cranes"),
        ("Ann folds.\n\nBo does not.", "Ann folds.\n\nBo does not."),
        ("Ann folds.\r\n \r\n\r\nBo does not.", "Ann folds.\n\nBo does not."),
        ("\n Ann folds\ncranes\n", "Ann folds cranes"),
        ("we use GPT-\n4 here", "we use GPT-4 here"),
        ("small cra-\nnes here", "small cranes here"),
        ("small cra\u00ad\nnes here", "small cranes here"),
        ("pre-\nand post-\ntraining", "pre- and post-training"),
        ("text-\nto-text", "text-to-text"),
        ("it folds -\nslowly", "it folds - slowly"),
        ("it folds--\nslowly", "it folds--slowly"),
        ("https://example.org/cra-\nnes", "https://example.org/cra-nes"),
        ("first - \nsecond", "first - second"),
    ],
)
def test_a_line_end_is_a_blank(stored: str, read: str) -> None:
    assert unwrapped(stored, compound).text == read


@given(WORDS, st.lists(GAPS, min_size=1))
def test_every_word_is_found_again_in_the_stored_text(words: list[str], gaps: list[str]) -> None:
    stored = "".join(word + gaps[number % len(gaps)] for number, word in enumerate(words))
    read = unwrapped(stored)
    assert read.text == unwrapped(read.text).text
    for start, letter in enumerate(read.text):
        first, last = read.place(start, start + 1)
        assert letter.isspace() or stored[first:last] == letter
    for start in range(len(read.text)):
        first, last = read.place(start, len(read.text))
        assert marks(read.text[start:]) == marks(stored[first:last])


def marks(text: str) -> str:
    """All but blanks and soft hyphens."""
    return "".join(text.replace("\u00ad", "").split())


def test_endless_blanks_and_hyphens_are_read_once() -> None:
    for text in (" " * 200_000 + "x\n", "a-\n" * 50_000, "\n" * 200_000, "-" * 200_000 + "\nx", "/" * 100_000 + "-\nx"):
        assert len(unwrapped(text).text) <= len(text)
