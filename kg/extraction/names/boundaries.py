"""Alternative boundaries of a candidate's name: "Spider" or "Spider 1.0-Dev", "ETH" or "ETH/UCY".

Only the trained component looks at these: shape and position alone do not say which is right.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.contexts import Context
from kg.extraction.cues import load_cues
from kg.extraction.names.candidate_finder import Candidate, CluedCandidate, Clues
from kg.knowledge.patterns import lines

_FURTHER = 4
"""Words before and after a candidate that may belong to its name."""
_CAPITALISED = re.compile(r"[A-Z][\w'.+-]*$")
_NUMBER = re.compile(r"v?\d+(?:\.\d+)*[A-Za-z+-]{0,4}$")
_COMPOUND = re.compile(r"[A-Za-z]\w*(?:-\w+)+$")
_CLOSING = frozenset(".,;:!?)]}\"'”’»*_")
_POSSESSIVE = frozenset({"'s", "’s"})
_OPENING = frozenset("([{\"'“‘«*_")


class BoundaryFinder:
    """Finds other boundaries for the candidates of a doc."""

    def __init__(self) -> None:
        self.cues = load_cues("names.jsonl")
        self.nouns = frozenset(lines("method_nouns.txt"))

    def alternatives(self, doc: Doc) -> list[CluedCandidate]:
        """Candidates that begin or end elsewhere than one of `doc._.citegraph_candidates`, each with its clues."""
        found: tuple[CluedCandidate, ...] = doc._.citegraph_candidates
        covered = {i for candidate, _ in found for i in range(candidate.span.start, candidate.span.end)}
        known = {(candidate.span.start, candidate.span.end) for candidate, _ in found}
        title = title_end(doc)
        result: list[CluedCandidate] = []
        for candidate, clues in found:
            for start, end, rule in self._spans(doc, candidate, title):
                if (start, end) in known or start >= end:
                    continue
                known.add((start, end))
                other = replace(candidate, span=doc[start:end], prior=0.0, rule=rule)
                context = _moved_context(doc, clues.context, candidate, start, end, covered)
                result.append((other, Clues(context, tuple(self.cues.matching(context, candidate.type)), clues.shapes)))
        return result

    def _spans(self, doc: Doc, candidate: Candidate, title: int) -> Iterator[tuple[int, int, str]]:
        """Other boundaries of a candidate: its first token, the token after its last, and the rule."""
        span = candidate.span
        start, end = span.start, span.end
        low, high = (0, title) if start < title else (title, len(doc))
        chunk = _without_spaces(doc, start, end, low, high)
        if chunk != (start, end):
            yield *chunk, "whole-word"
        ends = []
        for position in range(end, min(end + _FURTHER, high)):
            text = doc[position].text
            if not _continues(text) and text not in {"(", ")", "/"}:
                break
            if (text == ")" or _continues(text)) and doc[end : position + 1].text.count("(") == (text == ")"):
                ends.append(position + 1)
        # In a title every word may be capitalised.
        for last in ends[-1:] if start < title else ends:
            yield start, last, "longer"
        for reach in (1, 2):
            position = end + reach - 1
            if position >= high or not doc[position].text.isalpha():
                break
            if doc[position].lower_ in self.nouns:
                yield start, position + 1, "with-noun"
        starts = []
        for position in range(start - 1, max(start - 1 - _FURTHER, low - 1), -1):
            text = doc[position].text
            if not (_continues(text) or _COMPOUND.match(text)) or doc[position]._.citegraph_in_link:
                break
            starts.append(position)
        for first in starts[-1:] if start < title else starts:
            yield first, end, "from-before"
        for position in range(start + 1, end):
            if _CAPITALISED.match(doc[position].text) and not _CAPITALISED.match(doc[position - 1].text):
                yield position, end, "without-first"
                break
        else:
            if end - start > 2:
                yield start + 1, end, "without-first"


def _continues(text: str) -> bool:
    """Whether a word may be a further part of a name: it is capitalised, a number or a version."""
    return bool(_CAPITALISED.match(text) or _NUMBER.match(text))


def _without_spaces(doc: Doc, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The whole stretch of text without white space that a span is in, less the marks at its ends."""
    first, last = start, end
    while first > low and not doc[first - 1].whitespace_:
        first -= 1
    while last < high and not doc[last - 1].whitespace_ and not doc[last].is_space:
        last += 1
    while first < start and (doc[first].text in _OPENING or doc[first].text[0] in "\\$"):
        first += 1
    while last > end and (
        doc[last - 1].text in _CLOSING
        or doc[last - 1].lower_ in _POSSESSIVE
        or not doc[last - 1].text[-1].isalnum()
        or (last - 1 > end and doc[last - 2].text == "/" and doc[last - 1].text[0].isdigit())
    ):
        last -= 1
    # R$^2$: what opens within the name closes within it.
    if doc[first:last].text.count("$") % 2:
        if last < high and doc[last].text == "$":
            last += 1
        elif first > low and doc[first - 1].text == "$":
            first -= 1
    return first, last


def _moved_context(
    doc: Doc, context: Context, candidate: Candidate, start: int, end: int, covered: set[int]
) -> Context:
    """The context of a candidate, as it is for a span with other ends.

    Words of the candidate that are not in the span are added; words of the span that are not in the candidate are
    removed, but for those of other candidates (`covered`), for which the context has a placeholder.
    """
    span = candidate.span
    fewer_before = sum(i not in covered for i in range(start, span.start))
    fewer_after = sum(i not in covered for i in range(span.end, end))
    before, after = context.before.split(), context.after.split()
    if fewer_before:
        before = before[:-fewer_before]
    before += [token.lower_ for token in doc[span.start : start]]
    after = after[fewer_after:]
    return replace(
        context,
        before=" ".join(before) + " " if before else "",
        after=" " + " ".join(after) if after else "",
    )
