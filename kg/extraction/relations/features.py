"""Features of relations: an entity, what stands around it, and its part in the paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.contexts import word_features
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.rules import FoundRelation, Surroundings
from kg.extraction.sentences import sentence_numbers
from kg.schema import DATA_LABELS
from kg.text.keys import name_key

_WE = re.compile(r"\b(?:we|this (?:paper|work|study)|our)\b")
_TITLE_WORDS = frozenset(
    "evaluating benchmark survey study analysis via with for can how comparative comparison investigating understanding"
    " towards assessing".split()
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What all entities of a paper have in common.

    Attributes:
        sentences: for each token the number of its sentence, from 0.
        first_we: number of the first sentence of the abstract in which the authors speak of themselves.
        title: words of the title that say what kind of paper it is.
        own: kinds (`data`, `system`) of the entities that the rules say the paper introduces.
    """

    sentences: list[int]
    first_we: int
    title: frozenset[str]
    own: frozenset[str]


def outline(doc: Doc) -> Outline:
    """The outline of a doc whose relations the rules have decided."""
    sentences = sentence_numbers(doc)
    own = frozenset(
        "data" if entity.type in DATA_LABELS else "system"
        for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
        if found[0].type == "INTRODUCES"
    )
    title = frozenset(token.lower_ for token in doc[: title_end(doc)])
    return Outline(sentences, _first_we(doc, sentences), title & _TITLE_WORDS, own)


def relation_features(
    outline: Outline, entity: FoundEntity, around: Iterable[Surroundings], chosen: FoundRelation
) -> dict[str, float]:
    """Features from which a model decides the relation between the paper and an entity.

    Args:
        outline: of the paper.
        entity: one of its entities.
        around: what stands around each mention.
        chosen: the main relation by the rules.
    """
    kind = "data" if entity.type in DATA_LABELS else "system"
    features: dict[str, float] = {
        f"type={entity.type}": 1,
        f"found={entity.rule}": 1,
        f"mentions={min(5, len(entity.spans))}": 1,
        f"rule={chosen.type}": 1,
        f"{kind}-rule={chosen.type}": 1,
        f"by={chosen.by}": 1,
        f"name={name_key(entity.name)}": 1,
    }
    if entity.known:
        features["known"] = 1
    for name in outline.own:
        features |= {f"own={name}": 1, f"{kind}-own={name}": 1}
    sentences = outline.sentences
    total = max(1, sentences[-1] + 1 if sentences else 1)
    features |= {f"title-word={word}": 1 for word in outline.title}
    early, later = False, False
    for context, cues in around:
        features |= {f"cue={cue.id}": 1 for cue in cues}
        for cue in cues:
            features[f"strongest={cue.gives}"] = max(features.get(f"strongest={cue.gives}", 0.0), cue.confidence)
        features |= word_features(context, 5)
        features |= {f"before={word}": 1 for word in context.before.split()[-12:]}
        features |= {f"after={word}": 1 for word in context.after.split()[:10]}
        number = sentences[context.sentence[0]]
        if context.in_title:
            features |= {"title": 1, f"{kind}-title": 1}
        else:
            features[f"position={int(4 * number / total)}"] = 1
            early |= number < outline.first_we
            later |= number >= outline.first_we
            if number == 1:
                features["first-sentence"] = 1
        features |= {f"list={label}": 1 for label in context.labels}
    if early and not later:
        features["background"] = 1
    return features


def _first_we(doc: Doc, sentences: list[int]) -> int:
    """Number of the first sentence of the abstract in which the authors speak of themselves."""
    title = title_end(doc)
    for sentence in doc.sents:
        if sentence.start >= title and _WE.search(sentence.text.lower()):
            return sentences[sentence.start]
    return len(sentences)
