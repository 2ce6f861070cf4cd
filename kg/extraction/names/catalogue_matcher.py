"""The names of the catalogue in a text."""

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import CATALOGUE_SPANS
from kg.knowledge.catalogue import Catalogue, load_catalogue
from kg.text.keys import name_key

LISTED = "catalogue"
"""Rule of a name that the catalogue has."""
CUED = "catalogue-cued"
"""Rule of one that is a name only where the words around it say its type."""


@Language.factory("citegraph_catalogue", assigns=["doc.spans"], requires=["token._.citegraph_in_link"])
def create_catalogue(nlp: Language, name: str) -> "CatalogueMatcher":
    """Finds known names; writes the span group `citegraph_catalogue`."""
    return CatalogueMatcher(load_catalogue())


class CatalogueMatcher:
    """Marks the names of a catalogue: the span's label is the type, `kb_id_` the canonical name, `id_` the rule."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __call__(self, doc: Doc) -> Doc:
        """Sets the span group `citegraph_catalogue`, no two spans of which overlap."""
        words = [token.text for token in doc]
        keys = ["" if token._.citegraph_in_link else _token_key(token.text) for token in doc]
        spans = []
        lower: set[str] | None = None
        for start, end, senses, cued in self.catalogue.find(words, keys):
            if len(senses) > 1:
                lower = lower if lower is not None else {word.lower() for word in words}
                senses = sorted(senses, key=lambda entry: -sum(word in lower for word in entry.context))
            entry = senses[0]
            spans.append(
                Span(
                    doc,
                    start,
                    end,
                    label=entry.type,
                    kb_id=entry.name,
                    span_id=CUED if cued else LISTED,
                )
            )
        doc.spans[CATALOGUE_SPANS] = spans
        return doc


@lru_cache(maxsize=100_000)
def _token_key(text: str) -> str:
    """Key of a token; "" for punctuation and for the ends of compounds, such as -based."""
    if (text.startswith("-") and len(text) > 2) or text.lower() in {"'s", "’s"}:
        return ""
    key = name_key(text)
    return key if any(ch.isalnum() or ch == "+" for ch in key) else ""
