"""What finding tasks gives."""

from dataclasses import dataclass

from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A research task that a paper addresses.

    Attributes:
        name: in small letters.
        confidence: probability (0 to 1) that the paper addresses it.
        by: the rule or model that found it.
        sentence: its evidence.
    """

    name: str
    confidence: float
    by: str
    sentence: Span


MOST_TASKS = 4
"""Tasks of a paper, at most."""


def sentence_of(span: Span) -> Span:
    """The sentence in which a span begins, without white space at its end."""
    sentence = span[:1].sent
    end = sentence.end
    while end > sentence.start + 1 and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[sentence.start : end]
