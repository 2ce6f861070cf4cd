"""Sentence boundaries of scientific prose: "e.g.", "et al." and "vs." end no sentence, a blank line does."""

import re

from spacy.language import Language
from spacy.tokens import Doc

_ABBREVIATIONS = frozenset(
    "e.g i.e et al al. vs cf fig figs eq eqs sec no resp approx etc. dr"
    " prof st mr ms w.r.t a.k.a viz ca incl e.g. i.e. vs.".split()
)
_ENDS = frozenset(".!?")
_CLOSERS = frozenset("\"'”’)]}*")
_STARTS = re.compile(r"[A-Z0-9\"“‘'(\[*$\\]|[a-z]+[A-Z]")


@Language.factory("citegraph_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create_sentences(nlp: Language, name: str) -> "SentenceSplitter":
    """Finds sentences; sets `token.is_sent_start` of every token."""
    return SentenceSplitter()


class SentenceSplitter:
    """Sets sentence starts from punctuation and blank lines."""

    def __call__(self, doc: Doc) -> Doc:
        """Marks every token of the doc as the start of a sentence or not."""
        starts = [False] * len(doc)
        if starts:
            starts[0] = True
        texts = [token.text for token in doc]
        position = 0
        while position < len(doc):
            text = texts[position]
            following = position + 1
            if "\n\n" in text:
                if following < len(doc):
                    starts[following] = True
            elif text in _ENDS and position:
                while following < len(doc) and texts[following] in _CLOSERS:
                    following += 1
                before = texts[position - 1].lower()
                if (
                    following < len(doc)
                    and before not in _ABBREVIATIONS
                    and not (len(before) == 1 and before.isalpha() and texts[position - 1].isupper())
                    and _STARTS.match(texts[following])
                    and (doc[following - 1].whitespace_ or text in "!?" or following == position + 1)
                ):
                    starts[following] = True
            position = max(following, position + 1) if text in _ENDS else position + 1
        for token, start in zip(doc, starts, strict=True):
            token.is_sent_start = start
        return doc


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence, from 0."""
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(max(number, 0))
    return numbers
