"""What the trained names look at: a name's form and its surroundings."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.extraction.context_features import add_words, sentence_numbers
from kg.extraction.contexts import Context
from kg.extraction.names.boundaries import Boundaries, Found
from kg.extraction.names.candidates import Candidate
from kg.extraction.names.rules import evidence
from kg.extraction.vectors import vector
from kg.knowledge.patterns import objects, pattern_file
from kg.text.keys import name_key

_SEEN = 8
"""Words on either side of a name in which nouns are looked for."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?$")
_APPOSES = frozenset("a an the our which and".split())
_KINDS = {noun: item["kind"] for item in objects(pattern_file("kind_nouns.jsonl")) for noun in item["nouns"]}


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
    base: tuple[Found, ...] = doc._.citegraph_candidates
    found = [*base, *boundaries.alternatives(doc)]
    places: dict[str, list[int]] = defaultdict(list)
    for index, (candidate, _) in enumerate(found):
        places[candidate.key].append(index)
    sentences = sentence_numbers(doc)
    last = sentences[-1] if sentences else 0
    shorts = {name_key(acronym.short.text): acronym.long for acronym in doc._.citegraph_acronyms}
    longs = {name_key(acronym.long.text): acronym.long for acronym in doc._.citegraph_acronyms}
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
    add_words(features, context, 4)
    features["title" if context.in_title else "abstract"] = 1
    others = [found[i][0] for i in context.group if found[i][0].key != key]
    if others:
        features["list"] = 1
    for other in others:
        features[f"list-rule={other.rule}"] = 1
        if other.type:
            features[f"list-type={other.type}"] = 1


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
