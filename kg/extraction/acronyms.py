"""Acronyms and their long forms, in either order: "Low-Rank Adaptation (LoRA)", "LoRA (Low-Rank Adaptation)".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).
"""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

_SHORT = re.compile(r"(?=.*[A-Z])[\w][\w.+&^$-]{1,17}s?$|[a-z]{1,3}[A-Z]\w*")
_STOP = frozenset("a an the of for and to in on with by from via or we is are that this our using as".split())
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_ENDS = frozenset("()[]:;")
"""Marks that no long form goes across."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym: its short form, and the words that it stands for."""

    short: Span
    long: Span


@Language.factory("citegraph_acronyms", assigns=["doc._.citegraph_acronyms"], requires=["token.is_sent_start"])
def create_acronyms(nlp: Language, name: str) -> "AcronymFinder":
    """Finds acronyms; writes `doc._.citegraph_acronyms`."""
    return AcronymFinder()


class AcronymFinder:
    """Finds long and short forms that stand side by side, one of them in brackets."""

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_acronyms`."""
        found = []
        for token in doc:
            if token.text not in _OPEN:
                continue
            close = next((i for i in range(token.i + 1, min(token.i + 18, len(doc))) if doc[i].text in _CLOSE), None)
            if close is None or close == token.i + 1:
                continue
            inside = _bracket_words(doc, token.i + 1, close)
            pair = None
            if inside and len(inside) <= 2 and _SHORT.match(inside.text.rstrip(",;:")):
                pair = _long_form_before(doc, inside, token.i)
            if pair is None and inside and len(inside) >= 2:
                pair = _long_form_inside(doc, inside, token.i)
            if pair:
                found.append(pair)
        doc._.citegraph_acronyms = tuple(found)
        return doc


def _bracket_words(doc: Doc, start: int, end: int) -> Span | None:
    """The words in a bracket up to the first comma or semicolon, without marks at their ends; None without any."""
    while start < end and not any(ch.isalnum() for ch in doc[start].text):
        start += 1
    stop = next((i for i in range(start, end) if doc[i].text in {",", ";"}), end)
    while stop > start and not any(ch.isalnum() for ch in doc[stop - 1].text):
        stop -= 1
    return doc[start:stop] if start < stop else None


def _long_form_before(doc: Doc, short: Span, bracket: int) -> Acronym | None:
    """The acronym whose short form is in a bracket and whose long form ends right before it."""
    letters = sum(ch.isalnum() for ch in short.text)
    lowest = max(doc[bracket].sent.start, bracket - min(letters + 5, letters * 2) - 2)
    lowest = max((i + 1 for i in range(lowest, bracket) if doc[i].text in _ENDS), default=lowest)
    words = [doc[i].text for i in range(lowest, bracket)]
    offset = _start_of_initials(short.text, words)
    if offset is None:
        offset = _start_of_long_form(short.text, words)
    if offset is None:
        return None
    first = lowest + offset
    last = bracket
    while last > first and not any(ch.isalnum() for ch in doc[last - 1].text):
        last -= 1
    if (
        last - first < 1
        or doc[first:last].text.lower() == short.text.lower()
        or short.text in doc[first:last].text.split()
    ):
        return None
    return Acronym(short, doc[first:last])


def _long_form_inside(doc: Doc, long: Span, bracket: int) -> Acronym | None:
    """The acronym whose long form is in a bracket and whose short form stands right before it."""
    position = bracket - 1
    while position >= 0 and not any(ch.isalnum() for ch in doc[position].text):
        position -= 1
    if position < 0 or not _SHORT.match(doc[position].text):
        return None
    short = doc[position : position + 1]
    offset = _start_of_long_form(short.text, [token.text for token in long])
    return Acronym(short, long) if offset == 0 and short.text not in long.text else None


def _start_of_initials(short: str, words: list[str]) -> int | None:
    """Index of the word from which on the initials are the short form's letters, all of them; None where none is.

    The parts of a compound have an initial each, small words may have none: EES is Elastic-Scale Event Segmentation,
    and not "Event Segmentation", in which its letters stand too.
    """
    letters = [ch.lower() for ch in short if ch.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and short.endswith("s"):
        letters.pop()
    left = len(letters)
    for index in range(len(words) - 1, -1, -1):
        initials = [part[0].lower() for part in words[index].split("-") if part and part[0].isalnum()]
        if initials and initials == letters[max(0, left - len(initials)) : left]:
            left -= len(initials)
            if left == 0:
                return index
        elif initials and words[index].lower() not in _STOP:
            return None
    return None


def _start_of_long_form(short: str, words: list[str]) -> int | None:
    """Index of the word at which the long form starts; None where the words are none.

    The letters of the short form are looked for from the right; the first must begin a word.
    """
    letters = [ch.lower() for ch in short if ch.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and short.endswith("s"):
        letters.pop()
    text = " ".join(words).lower()
    position = len(text) - 1
    for index in range(len(letters) - 1, -1, -1):
        first = index == 0
        while position >= 0 and (
            text[position] != letters[index] or (first and position > 0 and text[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    start = text.count(" ", 0, position + 1)
    # A hyphenated first word belongs to the long form as a whole.
    if words[start].lower() in _STOP or not words[start][0].isalnum():
        return None
    return start if len(words) - start <= len(letters) * 2 + 3 else None
