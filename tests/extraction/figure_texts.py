"""Texts with figures, in which the names are put by hand."""

import re

import spacy
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.rules import FoundRelation

# Every name of these tests: its type, and what the paper does with it.
NAMES = {
    "ZorbNet": ("Model", "INTRODUCES"),
    "ZorbNet-7B": ("Model", "USES"),
    "Quill": ("Model", "COMPARES_WITH"),
    "Marn": ("Model", "COMPARES_WITH"),
    "BirdQA": ("Benchmark", "EVALUATES_ON"),
    "FishQA": ("Benchmark", "EVALUATES_ON"),
    "TreeBench": ("Benchmark", "EVALUATES_ON"),
    "SoupBench": ("Benchmark", "INTRODUCES"),
    "PondSet": ("Dataset", "TRAINS_ON"),
}
Row = tuple[str, str, str, str]


def blank(component: str, config: dict[str, float]) -> Language:
    """Tokens, sentences, links and the component; the names are put in between by hand."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "citegraph.tokenizer.v1"}}})
    # Entities and relations write the attributes that results are found from.
    for name in ("citegraph_sentences", "citegraph_links", "citegraph_entities", "citegraph_relations"):
        nlp.add_pipe(name)
    nlp.add_pipe(component, config=config)
    return nlp


def named(nlp: Language, text: str, confidence: float, component: str = "citegraph_results") -> Doc:
    doc = nlp.make_doc(text)
    for before in ("citegraph_sentences", "citegraph_links"):
        doc = nlp.get_pipe(before)(doc)
    entities, relations = [], []
    for name, (type_, relation) in NAMES.items():
        places = re.finditer(rf"(?<!\w){re.escape(name)}(?![\w-]*\w)|(?<!\w){re.escape(name)}(?=-trained)", text)
        spans = tuple(span for place in places if (span := doc.char_span(*place.span())) is not None)
        if spans:
            entities.append(FoundEntity(name, type_, spans, "test", known=False, confidence=1.0))
            relations.append((FoundRelation(relation, confidence, "test", spans[0].sent),))
    doc._.citegraph_entities, doc._.citegraph_relations = tuple(entities), tuple(relations)
    return nlp.get_pipe(component)(doc)


_WORDS = """
on by and from to of , . ; : ( ) $ \\% % + - − ± ~ { } \\textbf{ \\times x points percent accuracy F1 mAP@50 improves
drops reaches respectively vs. 12 3.4 56.7% .5 1,234.5 0 -2.1 +3 é https://a.org/9.1
"""
TEXTS = st.sampled_from([*NAMES, *_WORDS.split(), "compared to", "\n"])
