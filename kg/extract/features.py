"""What the trained components look at: a name's form, its surroundings, and its part in the paper."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.extract.boundaries import Boundaries, Found
from kg.extract.candidates import Candidate
from kg.extract.contexts import Context, title_end
from kg.extract.entities import FoundEntity
from kg.extract.names import evidence
from kg.extract.patterns import objects, pattern_file
from kg.extract.relations import FoundRelation, Surroundings
from kg.extract.vectors import load_vectors
from kg.names import name_key
from kg.schema import DATA_LABELS

_WE = re.compile(r"\b(?:we|this (?:paper|work|study)|our)\b")
_SEEN = 8
"""Words on either side of a name in which nouns are looked for."""
_NEAR = 5
"""Words on either side whose vectors are taken."""
_VECTOR_SCALE = 3
"""Against the features of 0 and 1, so that one strength of regularisation suits both."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?$")
_APPOSES = frozenset("a an the our which and".split())
_KINDS = {noun: item["kind"] for item in objects(pattern_file("kind_nouns.jsonl")) for noun in item["nouns"]}
_TITLE_WORDS = frozenset(
    "evaluating benchmark survey study analysis via with for can how comparative comparison investigating understanding"
    " towards assessing".split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """All candidates of one normal form in a paper."""

    key: str
    candidates: tuple[Candidate, ...]
    features: dict[str, float]
    vector: NDArray[np.float32]
    """Mean word vectors of the name, of what stands before and of what stands after it, end to end."""


def forms(doc: Doc, boundaries: Boundaries) -> list[Form]:
    """The candidates of a doc by normal form, with what speaks for and against each form being a name.

    Candidates may overlap: every way to set the ends of a name is a form of its own.
    """
    base: tuple[Found, ...] = doc._.candidates
    found = [*base, *boundaries.alternatives(doc)]
    places: dict[str, list[int]] = defaultdict(list)
    for index, (candidate, _) in enumerate(found):
        places[candidate.key].append(index)
    sentences = _sentence_numbers(doc)
    last = sentences[-1] if sentences else 0
    shorts = {name_key(acronym.short.text): acronym.long for acronym in doc._.acronyms}
    longs = {name_key(acronym.long.text): acronym.long for acronym in doc._.acronyms}
    others = _Others(found)
    text = doc.text
    result = []
    for key, indices in places.items():
        features: dict[str, float] = {}
        for index in indices:
            _add_place(features, found, index, key)
            _add_nouns(features, found[index][1].context)
        scores = [evidence(*found[index]) for index in indices]
        features[f"evidence={int(max(score for score, _, _ in scores) * 8)}"] = 1
        weights = Counter[str]()
        for _, _, types in scores:
            weights.update({type_: int(weight * 100) for type_, weight in types.items()})
        features |= {f"weight:{type_}": min(weight / 100, 4) for type_, weight in weights.items()}
        _add_form(features, found[indices[0]][0].span)
        features[f"places={min(4, len(indices))}"] = 1
        features[f"forms={min(6, len(base) // 4)}"] = 1
        first = min(sentences[found[index][0].span.start] for index in indices)
        features[f"first={min(first, 5)}"] = 1
        if first > 0.7 * last:
            features["late"] = 1
        features[f"written={min(5, text.count(found[indices[0]][0].span.text))}"] = 1
        for name, long in (("short", shorts.get(key)), ("long", longs.get(key))):
            if long is not None:
                capitals = sum(token.text[0].isupper() for token in long) / len(long)
                features |= {name: 1, f"{name}-capitals={int(capitals * 3)}": 1, f"{name}-last={long[-1].lower_}": 1}
        others.add(features, key, found[indices[0]][0].span.text)
        candidates = tuple(found[index][0] for index in indices)
        result.append(Form(key, candidates, features, vector(doc, [candidate.span for candidate in candidates])))
    return result


def vector(doc: Doc, spans: Sequence[Span]) -> NDArray[np.float32]:
    """Mean word vectors of a name, of the words before it and of those after it, and whether the name has one.

    Args:
        doc: the paper.
        spans: all its mentions, of which the first gives the name's own words.

    Returns:
        Shape (3 * width + 1,).
    """
    vectors = load_vectors()
    name = vectors.mean(token.lower_ for token in spans[0])
    before = vectors.mean(t.lower_ for span in spans for t in doc[max(0, span.start - _NEAR) : span.start])
    after = vectors.mean(t.lower_ for span in spans for t in doc[span.end : span.end + _NEAR])
    known = np.full(1, name.any() / _VECTOR_SCALE, np.float32)
    return _VECTOR_SCALE * np.concatenate([name, before, after, known])


class _Others:
    """How the forms of a paper resemble each other: MultiScript30k-Ar tells of MultiScript30k."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._forms = {candidate.key: (candidate.span.text, candidate.rule, candidate.type) for candidate, _ in found}
        self._stems: dict[str, list[str]] = defaultdict(list)
        for key, (text, _, _) in self._forms.items():
            self._stems[_stem(text)].append(key)

    def add(self, features: dict[str, float], key: str, text: str) -> None:
        """Adds the features of a form."""
        stem = _stem(text)
        if len(stem) > 2:
            for other in self._stems[stem]:
                if other != key:
                    features |= {"stem": 1, f"stem-type={self._forms[other][2]}": 1}
        for other, (written, rule, type_) in self._forms.items():
            if other == key or written == text:
                continue
            if len(written) > 2 and written in text:
                features |= {f"has={rule}": 1, f"has-type={type_}": 1}
            elif len(text) > 2 and text in written:
                features |= {"within": 1, f"within={rule}": 1}


def _stem(text: str) -> str:
    return re.split(r"[-_ \d]", text, maxsplit=1)[0].lower()


def _add_nouns(features: dict[str, float], context: Context) -> None:
    """The nearest nouns that say what kind of thing is meant, the word of an apposition, figures close by."""
    before, after = context.before.split()[-_SEEN:], context.after.split()[:_SEEN]
    features |= {f"near-before={word}": 1 for word in before}
    features |= {f"near-after={word}": 1 for word in after}
    for side, words in (("before", before[::-1]), ("after", after)):
        distance = next((i for i, word in enumerate(words) if word in _KINDS), None)
        if distance is not None:
            kind = _KINDS[words[distance]]
            features |= {f"{side}-kind={kind}": 1, f"{side}-kind={kind}:{min(distance, 4)}": 1}
            features[f"{side}-noun={words[distance]}"] = 1
        figure = next((i for i, word in enumerate(words[:5]) if _FIGURE.match(word)), None)
        if figure is not None:
            features |= {f"{side}-figure": 1, f"{side}-figure={figure}": 1}
    if len(after) > 1 and after[0] == "," and after[1] in _APPOSES:
        features[f"apposes={after[1]}"] = 1
        head = next((word for word in after[2:] if word in _KINDS), None)
        if head:
            features |= {f"apposed={head}": 1, f"apposed-kind={_KINDS[head]}": 1}


def _add_place(features: dict[str, float], found: Sequence[Found], index: int, key: str) -> None:
    candidate, clues = found[index]
    context = clues.context
    features[f"rule={candidate.rule}"] = 1
    if candidate.type:
        features |= {f"listed={candidate.type}": 1, f"rule={candidate.rule}:{candidate.type}": 1}
    features |= {f"cue={cue.id}": 1 for cue in clues.cues}
    _add_words(features, context, 4)
    features["title" if context.in_title else "abstract"] = 1
    others = [found[i][0] for i in context.group if found[i][0].key != key]
    if others:
        features["list"] = 1
    for other in others:
        features[f"list-rule={other.rule}"] = 1
        if other.type:
            features[f"list-type={other.type}"] = 1


def _add_words(features: dict[str, float], context: Context, reach: int) -> tuple[list[str], list[str]]:
    before, after = context.before.split(), context.after.split()
    for distance, word in enumerate(reversed(before[-reach:])):
        features[f"b{distance}={word}"] = 1
    for distance, word in enumerate(after[:4]):
        features[f"a{distance}={word}"] = 1
    if len(before) > 1:
        features["b01=" + " ".join(before[-2:])] = 1
    if len(before) > 2:
        features["b012=" + " ".join(before[-3:])] = 1
    if len(after) > 1:
        features["a01=" + " ".join(after[:2])] = 1
    return before, after


def _add_form(features: dict[str, float], span: Span) -> None:
    text = span.text
    shape = re.sub(r"\d", "0", re.sub(r"[a-z]", "x", re.sub(r"[A-Z]", "X", text)))
    features["shape=" + re.sub(r"(.)\1+", r"\1\1", shape)[:12]] = 1
    features[f"length={min(12, len(text) // 2)}"] = 1
    features[f"tokens={min(5, len(span))}"] = 1
    for size in (2, 3, 4):
        features[f"ends={text[-size:].lower()}"] = 1
    features[f"begins={text[:3].lower()}"] = 1
    if len(span) > 1:
        features |= {f"last={span[-1].lower_}": 1, f"head={span[0].lower_}": 1}
    features |= {f"part={part.lower()}": 1 for part in re.split(r"[-\s]", text)}


def _sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence, from 0."""
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(max(number, 0))
    return numbers


@dataclass(frozen=True, slots=True)
class Outline:
    """What all entities of a paper have in common.

    Attributes:
        sentences: for each token the number of its sentence, from 0.
        first_we: number of the first sentence of the abstract in which the authors speak.
        title: telling words of the title.
        own: kinds (`data`, `system`) of the entities that the paper introduces, by the rules.
    """

    sentences: list[int]
    first_we: int
    title: frozenset[str]
    own: frozenset[str]


def outline(doc: Doc) -> Outline:
    """The outline of a doc whose relations the rules have decided."""
    sentences = _sentence_numbers(doc)
    own = frozenset(
        "data" if entity.type in DATA_LABELS else "system"
        for entity, found in zip(doc._.entities, doc._.relations, strict=True)
        if found[0].type == "INTRODUCES"
    )
    title = frozenset(token.lower_ for token in doc[: title_end(doc)])
    return Outline(sentences, _first_we(doc, sentences), title & _TITLE_WORDS, own)


def relation_features(
    outline: Outline, entity: FoundEntity, around: Iterable[Surroundings], chosen: FoundRelation
) -> dict[str, float]:
    """What speaks for each relation between the paper and an entity.

    Args:
        outline: of the paper.
        entity: one of its entities.
        around: the context of each mention, with the cue patterns that hold there.
        chosen: the relation that the rules have chosen.
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
        before, after = _add_words(features, context, 5)
        features |= {f"before={word}": 1 for word in before[-12:]}
        features |= {f"after={word}": 1 for word in after[:10]}
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
    """Number of the first sentence of the abstract in which the authors speak."""
    title = title_end(doc)
    for sentence in doc.sents:
        if sentence.start >= title and _WE.search(sentence.text.lower()):
            return sentences[sentence.start]
    return len(sentences)
