"""Features of names: the letters of a name, the words around it, and the rules' verdict."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.extraction.contexts import Context, word_features
from kg.extraction.names.boundaries import BoundaryFinder
from kg.extraction.names.candidate_finder import Candidate, CluedCandidate
from kg.extraction.names.rules import evidence
from kg.extraction.sentences import sentence_numbers
from kg.extraction.vectors import load_vectors, name_vector
from kg.knowledge.patterns import objects, pattern_file
from kg.text.keys import name_key

_SCALE = 2
"""Factor on the vectors of long forms and nouns."""
_REACH = 8
"""Words on either side of a name in which nouns are looked for."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?$")
_APPOSITION = frozenset("a an the our which and".split())
_KIND_OF_NOUN = {noun: item["kind"] for item in objects(pattern_file("kind_nouns.jsonl")) for noun in item["nouns"]}


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """All candidates of one key in a paper: together they are names or not.

    Attributes:
        key: key of their text.
        candidates: in order of position.
        features: of all of them together.
        vector: word vectors of the name and of what stands around it, as `name_vector` gives them; then those of what
            an acronym stands for, and of the noun that the name or its long form ends with.
    """

    key: str
    candidates: tuple[Candidate, ...]
    features: dict[str, float]
    vector: NDArray[np.float32]


def candidate_groups(doc: Doc, boundaries: BoundaryFinder) -> list[CandidateGroup]:
    """The candidates of a doc by their key, with the features of each group.

    Candidates of different groups may overlap, since a name may have several boundaries.
    """
    base: tuple[CluedCandidate, ...] = doc._.citegraph_candidates
    found = [*base, *boundaries.alternatives(doc)]
    places: dict[str, list[int]] = defaultdict(list)
    for index, (candidate, _) in enumerate(found):
        places[candidate.key].append(index)
    sentences = sentence_numbers(doc)
    last = sentences[-1] if sentences else 0
    shorts = {name_key(acronym.short.text): acronym.long for acronym in doc._.citegraph_acronyms}
    longs = {name_key(acronym.long.text): acronym.long for acronym in doc._.citegraph_acronyms}
    resemblances = _Resemblances(found)
    text = doc.text
    groups = []
    for key, indices in places.items():
        features: dict[str, float] = {}
        for index in indices:
            _add_surroundings(features, found, index, key)
            _add_nouns(features, found[index][1].context)
        candidates = tuple(found[index][0] for index in indices)
        written = candidates[0].span.text
        _add_evidence(features, [found[index] for index in indices])
        _add_spelling(features, candidates[0].span)
        features[f"places={min(4, len(indices))}"] = 1
        features[f"forms={min(6, len(base) // 4)}"] = 1
        first = min(sentences[candidate.span.start] for candidate in candidates)
        features[f"first={min(first, 5)}"] = 1
        if first > 0.7 * last:
            features["late"] = 1
        features[f"written={min(5, text.count(written))}"] = 1
        _add_long_form(features, "short", shorts.get(key))
        _add_long_form(features, "long", longs.get(key))
        resemblances.add(features, key, written)
        long = shorts.get(key)
        _add_head(features, long if long is not None else candidates[0].span)
        vector = np.concatenate(
            [name_vector(doc, [candidate.span for candidate in candidates]), _long_vector(candidates[0].span, long)]
        )
        groups.append(CandidateGroup(key, candidates, features, vector))
    return groups


def _add_evidence(features: dict[str, float], found: Sequence[CluedCandidate]) -> None:
    """Adds the rules' strongest evidence for a name, and what they say together for each type."""
    judged = [evidence(*each) for each in found]
    features[f"evidence={int(max(score for score, _, _ in judged) * 8)}"] = 1
    weights = Counter[str]()
    for _, _, types in judged:
        weights.update({type_: int(weight * 100) for type_, weight in types.items()})
    features |= {f"weight:{type_}": min(weight / 100, 4) for type_, weight in weights.items()}


def _long_vector(span: Span, long: Span | None) -> NDArray[np.float32]:
    """Word vectors of an acronym's long form and of the noun that it, or a name of several words, ends with."""
    vectors = load_vectors()
    whole = long if long is not None else span
    meant = vectors.mean(token.lower_ for token in long) if long is not None else vectors.mean(())
    head = vectors.mean([_singular(whole[-1].lower_)]) if len(whole) > 1 else vectors.mean(())
    return _SCALE * np.concatenate([meant, head])


def _add_head(features: dict[str, float], whole: Span) -> None:
    """Adds the noun that a name of several words or a long form ends with, and the kind of thing that it is."""
    if len(whole) > 1:
        noun = _singular(whole[-1].lower_)
        features[f"noun={noun}"] = 1
        if noun in _KIND_OF_NOUN:
            features[f"noun-kind={_KIND_OF_NOUN[noun]}"] = 1


def _singular(noun: str) -> str:
    """A noun without the s of a plural."""
    return noun[:-1] if len(noun) > 4 and noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def _add_long_form(features: dict[str, float], role: str, long: Span | None) -> None:
    """Adds the long form of an acronym, where the name is its short or long form (`role`)."""
    if long is not None:
        capitals = sum(token.text[0].isupper() for token in long) / len(long)
        features |= {role: 1, f"{role}-capitals={int(capitals * 3)}": 1, f"{role}-last={long[-1].lower_}": 1}


class _Resemblances:
    """Similarity features among a paper's candidates: MultiScript30k-Ar makes MultiScript30k more probable."""

    def __init__(self, found: Sequence[CluedCandidate]) -> None:
        self._groups = {candidate.key: (candidate.span.text, candidate.rule, candidate.type) for candidate, _ in found}
        self._stems: dict[str, list[str]] = defaultdict(list)
        for key, (text, _, _) in self._groups.items():
            self._stems[_stem(text)].append(key)

    def add(self, features: dict[str, float], key: str, text: str) -> None:
        """Adds the features of a group with this key and text to `features`, in place."""
        stem = _stem(text)
        if len(stem) > 2:
            for other in self._stems[stem]:
                if other != key:
                    features |= {"stem": 1, f"stem-type={self._groups[other][2]}": 1}
        for other, (written, rule, type_) in self._groups.items():
            if other == key or written == text:
                continue
            if len(written) > 2 and written in text:
                features |= {f"has={rule}": 1, f"has-type={type_}": 1}
            elif len(text) > 2 and text in written:
                features |= {"within": 1, f"within={rule}": 1}


def _stem(text: str) -> str:
    """Lower-case prefix before the first hyphen, blank or digit."""
    return re.split(r"[-_ \d]", text, maxsplit=1)[0].lower()


def _add_nouns(features: dict[str, float], context: Context) -> None:
    """Adds the nearest nouns that say what kind of thing is meant, the noun of an apposition, and figures close by."""
    before, after = context.before.split()[-_REACH:], context.after.split()[:_REACH]
    features |= {f"near-before={word}": 1 for word in before}
    features |= {f"near-after={word}": 1 for word in after}
    for side, words in (("before", before[::-1]), ("after", after)):
        distance = next((i for i, word in enumerate(words) if word in _KIND_OF_NOUN), None)
        if distance is not None:
            kind = _KIND_OF_NOUN[words[distance]]
            features |= {f"{side}-kind={kind}": 1, f"{side}-kind={kind}:{min(distance, 4)}": 1}
            features[f"{side}-noun={words[distance]}"] = 1
        figure = next((i for i, word in enumerate(words[:5]) if _FIGURE.match(word)), None)
        if figure is not None:
            features |= {f"{side}-figure": 1, f"{side}-figure={figure}": 1}
    if len(after) > 1 and after[0] == "," and after[1] in _APPOSITION:
        features[f"apposes={after[1]}"] = 1
        head = next((word for word in after[2:] if word in _KIND_OF_NOUN), None)
        if head:
            features |= {f"apposed={head}": 1, f"apposed-kind={_KIND_OF_NOUN[head]}": 1}


def _add_surroundings(features: dict[str, float], found: Sequence[CluedCandidate], index: int, key: str) -> None:
    """Adds what stands around one candidate: its rule, cues, words near by and the names it is coordinated with."""
    candidate, clues = found[index]
    context = clues.context
    features[f"rule={candidate.rule}"] = 1
    if candidate.type:
        features |= {f"listed={candidate.type}": 1, f"rule={candidate.rule}:{candidate.type}": 1}
    features |= {f"cue={cue.id}": 1 for cue in clues.cues}
    features |= word_features(context, 4)
    features["title" if context.in_title else "abstract"] = 1
    others = [found[i][0] for i in context.group if found[i][0].key != key]
    if others:
        features["list"] = 1
    for other in others:
        features[f"list-rule={other.rule}"] = 1
        if other.type:
            features[f"list-type={other.type}"] = 1


def _add_spelling(features: dict[str, float], span: Span) -> None:
    """Adds the letters of a name: its shape, length, beginning, end and parts."""
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
