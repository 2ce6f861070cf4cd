"""Features of relations: an entity, what stands around it, and its part in the paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.contexts import word_features
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.rules import BELIEVED, FoundRelation, Surroundings
from kg.extraction.sentences import sentence_numbers
from kg.knowledge.patterns import lines, objects, pattern_file
from kg.schema import DATA_LABELS
from kg.text.keys import name_key

_WE = re.compile(r"\b(?:we|this (?:paper|work|study)|our)\b")
_TITLE_WORDS = frozenset(
    "evaluating benchmark survey study analysis via with for can how comparative comparison investigating understanding"
    " towards assessing review empirical dataset corpus overview challenge exploring leveraging using technical report"
    " task shared case system at based".split()
)
_AUTHORS = frozenset("we i paper study work article authors report survey thesis our".split())
_CLEAR = 0.85
"""Confidence of the rules that something was trained on a thing."""
_MOST_GROUP = 4
_REMARKS: dict[str, tuple[str, ...]] = {}
for _item in objects(pattern_file("relation_cues/remarks.jsonl")):
    for _word in _item["words"]:
        _REMARKS[_word] = (*_REMARKS.get(_word, ()), _item["remark"])
_VERBS = frozenset(lines("relation_cues/verbs.txt"))
_LONGEST_VERB = max(map(len, _VERBS))


@dataclass(frozen=True, slots=True)
class Outline:
    """What all entities of a paper have in common.

    Attributes:
        sentences: for each token the number of its sentence, from 0.
        first_we: number of the first sentence of the abstract in which the authors speak of themselves.
        title: words of the title that say what kind of paper it is.
        own: kinds (`data`, `system`) of the entities that the rules say the paper introduces.
        own_places: indices of the first tokens of these entities' mentions, in order.
    """

    sentences: list[int]
    first_we: int
    title: frozenset[str]
    own: frozenset[str]
    own_places: tuple[int, ...]


def outline(doc: Doc) -> Outline:
    """The outline of a doc whose relations the rules have decided."""
    sentences = sentence_numbers(doc)
    own = [
        entity
        for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
        if found[0].type == "INTRODUCES"
    ]
    title = frozenset(token.lower_ for token in doc[: title_end(doc)])
    return Outline(
        sentences,
        _first_we(doc, sentences),
        title & _TITLE_WORDS,
        frozenset("data" if entity.type in DATA_LABELS else "system" for entity in own),
        tuple(sorted(span.start for entity in own for span in entity.spans)),
    )


def relation_features(
    outline: Outline, entity: FoundEntity, around: Sequence[Surroundings], chosen: FoundRelation
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
        f"mentions={min(5, len(entity.spans))}": 1,
        f"rule={chosen.type}": 1,
        f"{kind}-rule={chosen.type}": 1,
        f"by={chosen.by}": 1,
    }
    # What a name is known for says nothing where the text says clearly that it is new, or what was trained on it.
    if not says_training(chosen) and all(cue.id not in BELIEVED for _, cues in around for cue in cues):
        features |= {f"found={entity.rule}": 1, f"name={name_key(entity.name)}": 1}
        if entity.known:
            features |= {"known": 1, f"known-rule={chosen.type}": 1}
    for name in outline.own or ("none",):
        features |= {f"own={name}": 1, f"{kind}-own={name}": 1}
    sentences = outline.sentences
    total = max(1, sentences[-1] + 1 if sentences else 1)
    for word in outline.title:
        features |= {f"title-word={word}": 1, f"{entity.type}-title-word={word}": 1}
    early, later = False, False
    mine = {span.start for span in entity.spans}
    for span, (context, cues) in zip(entity.spans, around, strict=True):
        features |= {f"cue={cue.id}": 1 for cue in cues}
        for cue in cues:
            features[f"strongest={cue.gives}"] = max(features.get(f"strongest={cue.gives}", 0.0), cue.confidence)
        features |= word_features(context, 5)
        before, after = context.before.split(), context.after.split()
        features |= {f"before={word}": 1 for word in before[-12:]}
        features |= {f"after={word}": 1 for word in after[:10]}
        _add_verbs(features, entity.type, before, after)
        _add_remarks(features, kind, before, after)
        _add_our_verb(features, entity.type, before)
        features[f"group={min(_MOST_GROUP, len(context.group))}"] = 1
        features[f"{kind}-group={min(_MOST_GROUP, len(context.group))}"] = 1
        for place in outline.own_places:
            if context.sentence[0] <= place < context.sentence[1] and place not in mine:
                side = "before" if place < span.start else "after"
                features |= {f"own-{side}": 1, f"{kind}-own-{side}": 1}
        number = sentences[context.sentence[0]]
        if context.in_title:
            features |= {"title": 1, f"{kind}-title": 1}
            features |= {f"{entity.type}-title-own={name}": 1 for name in outline.own or ("none",)}
            features |= {f"title-before={word}": 1 for word in before[-2:]}
            features |= {f"title-after={word}": 1 for word in after[:2]}
        else:
            features[f"position={int(4 * number / total)}"] = 1
            early |= number < outline.first_we
            later |= number >= outline.first_we
            if number == 1:
                features["first-sentence"] = 1
        features |= {f"list={label}": 1 for label in context.labels}
    if early and not later:
        features |= {"background": 1, f"{kind}-background": 1, f"background-rule={chosen.type}": 1}
    elif later and not early:
        features |= {"foreground": 1, f"{kind}-foreground": 1}
    return features


def says_training(chosen: FoundRelation) -> bool:
    """Whether the rules say clearly that something was trained on a thing, or made from it."""
    return chosen.type == "TRAINS_ON" and chosen.confidence >= _CLEAR


def _add_verbs(features: dict[str, float], type_: str, before: Sequence[str], after: Sequence[str]) -> None:
    """Adds the nearest verbs on either side of a name that say what is done with it."""
    for side, words in (("before", reversed(before)), ("after", after)):
        verb = next(filter(None, map(_verb, words)), None)
        if verb:
            features |= {f"verb-{side}={verb}": 1, f"{type_}-verb-{side}={verb}": 1}


def _add_our_verb(features: dict[str, float], type_: str, before: Sequence[str]) -> None:
    """Adds what the authors say that they do in the sentence of a name, by the verb after the last `we` before it."""
    place = next((place for place in range(len(before) - 1, -1, -1) if before[place] in _AUTHORS), None)
    if place is not None:
        verb = next(filter(None, map(_verb, before[place + 1 :])), "none")
        features |= {f"our-verb={verb}": 1, f"{type_}-our-verb={verb}": 1}


@lru_cache(100_000)
def _verb(word: str) -> str | None:
    """The longest beginning in the list of verbs that a word has, or None."""
    return next((word[:end] for end in range(min(len(word), _LONGEST_VERB), 2, -1) if word[:end] in _VERBS), None)


def _add_remarks(features: dict[str, float], kind: str, before: Sequence[str], after: Sequence[str]) -> None:
    """Adds what the sentence of a name is for, by its words."""
    for side, words in (("before", before), ("after", after)):
        for remark in {remark for word in words for remark in _REMARKS.get(word, ())}:
            features |= {f"says={remark}": 1, f"{kind}-says={remark}": 1, f"{kind}-says-{side}={remark}": 1}


def _first_we(doc: Doc, sentences: list[int]) -> int:
    """Number of the first sentence of the abstract in which the authors speak of themselves."""
    title = title_end(doc)
    for sentence in doc.sents:
        if sentence.start >= title and _WE.search(sentence.text.lower()):
            return sentences[sentence.start]
    return len(sentences)
