"""The component that finds the catalogue's names in text."""

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import CATALOGUE_SPANS
from kg.knowledge.catalogue import Catalogue, load_catalogue
from kg.text.keys import name_key


@Language.factory("citegraph_catalogue", assigns=["doc.spans"], requires=["token._.citegraph_in_link"])
def create_catalogue(nlp: Language, name: str) -> "CatalogueMatcher":
    """Finds known names; writes `doc.spans["citegraph_catalogue"]`."""
    return CatalogueMatcher(load_catalogue())


class CatalogueMatcher:
    """Marks every name of the catalogue; span label is the type, `kb_id_` the canonical name, `id_` the rule."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans["citegraph_catalogue"]`, no two of which overlap."""
        words = [token.text for token in doc]
        keys = ["" if token._.citegraph_in_link else _token_key(token.text) for token in doc]
        spans = []
        lower = None
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
                    span_id="catalogue-cued" if cued else "catalogue",
                )
            )
        doc.spans[CATALOGUE_SPANS] = spans
        return doc


@lru_cache(maxsize=100_000)
def _token_key(text: str) -> str:
    """Normal form of a token, '' for punctuation and compound ends such as -based."""
    if (text.startswith("-") and len(text) > 2) or text.lower() in {"'s", "’s"}:
        return ""
    key = name_key(text)
    return key if any(ch.isalnum() or ch == "+" for ch in key) else ""
