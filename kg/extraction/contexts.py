"""What stands around a name, in the form that cue patterns are written for.

A context is the sentence's tokens joined by single spaces and lower-cased, in which every name is one upper-case word:
DATA for a benchmark or dataset, SYSTEM for a model or method, NAME for what is not known yet. A coordination of names
("A, B and C") is one such word, and all its members share the context.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span

from kg.extraction.attributes import title_end
from kg.schema import DATA_LABELS, SYSTEM_LABELS

_CONNECTORS = frozenset(
    [",", "and", "or", "&", "/", ";", "+", ", and", ", or", ", the", "and the", ", and the", "as well as", "and also"]
)
_BRACKET = {"(": ")", "[": "]"}
_PLACEHOLDER = {**dict.fromkeys(DATA_LABELS, "DATA"), **dict.fromkeys(SYSTEM_LABELS, "SYSTEM")}
_MOST = 40
"""Names in one coordination: a limit on the cost of endless lists."""
REACH = 160
"""Characters of a context on either side that patterns see."""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around one name.

    Attributes:
        before: its sentence before it, at most `REACH` characters, with a blank at the end.
        after: its sentence after it, at most `REACH` characters, with a blank at the beginning.
        group: indices of the names that it is coordinated with, its own among them.
        in_title: whether its sentence is in the title.
        sentence: indices of the first token of its sentence and of the token after the last.
        labels: labels of the other names in the coordination.
    """

    before: str
    after: str
    group: tuple[int, ...]
    in_title: bool
    sentence: tuple[int, int]
    labels: frozenset[str] = frozenset()


def contexts(doc: Doc, names: Sequence[Span]) -> list[Context]:
    """The context of each name, in the order of `names`, which must be sorted and without overlaps."""
    words = [token.lower_ for token in doc]
    starts = [token.i for token in doc if token.is_sent_start]
    found: list[Context] = []
    title = title_end(doc)
    bounds = [*starts, len(doc)]
    index = 0
    for begin, end in pairwise(bounds):
        inside = []
        while index < len(names) and names[index].start < end:
            inside.append(index)
            index += 1
        if inside:
            found += _sentence_contexts(names, inside, words, begin, end, begin < title)
    return found


def word_features(context: Context, reach: int) -> dict[str, float]:
    """Features of the words next to a name: each word with its distance, and the nearest two or three together.

    Args:
        context: what stands around the name.
        reach: how many words before the name are taken; after it, four.
    """
    before, after = context.before.split(), context.after.split()
    features: dict[str, float] = {f"b{distance}={word}": 1 for distance, word in enumerate(reversed(before[-reach:]))}
    features |= {f"a{distance}={word}": 1 for distance, word in enumerate(after[:4])}
    if len(before) > 1:
        features["b01=" + " ".join(before[-2:])] = 1
    if len(before) > 2:
        features["b012=" + " ".join(before[-3:])] = 1
    if len(after) > 1:
        features["a01=" + " ".join(after[:2])] = 1
    return features


def _sentence_contexts(
    names: Sequence[Span], inside: list[int], words: list[str], begin: int, end: int, in_title: bool
) -> list[Context]:
    """The contexts of the names inside of one sentence, from its first token to the token after the last."""
    groups = _coordinations(names, inside, words)
    parts: list[str] = []
    places = []
    position = begin
    for first, last, members in groups:
        parts += words[position:first]
        places.append(len(parts))
        parts.append(_PLACEHOLDER.get(names[members[0]].label_, "NAME"))
        position = last
    parts += words[position:end]
    parts = [part for part in parts if part != "\n\n"]
    result: dict[int, Context] = {}
    for (_, _, members), place in zip(groups, places, strict=True):
        before = " ".join(parts[max(0, place - 40) : place])[-REACH:]
        after = " ".join(parts[place + 1 : place + 40])[:REACH]
        for member in members:
            result[member] = Context(
                f"{before} " if before else "",
                f" {after}" if after else "",
                tuple(members),
                in_title,
                (begin, end),
                frozenset(names[other].label_ for other in members if names[other].text != names[member].text),
            )
    return [result[i] for i in inside]


def _without_figures(between: list[str]) -> list[str]:
    """The words between two names, less a bracket that holds a figure: "A (73.8%), B (92.1%)"."""
    if between and between[0] == "(" and ")" in between[:8]:
        close = between.index(")")
        if any(word[0].isdigit() for word in between[1:close]):
            return between[close + 1 :]
    return between


def _coordinations(names: Sequence[Span], inside: list[int], words: list[str]) -> list[tuple[int, int, list[int]]]:
    """The coordinations of a sentence: the first token, the token after the last, indices of the names."""
    groups: list[tuple[int, int, list[int]]] = []
    for i in inside:
        start, end = names[i].start, names[i].end
        if groups and len(groups[-1][2]) < _MOST:
            first, last, members = groups[-1]
            between = _without_figures(words[last:start])
            joined = " ".join(between)
            if len(between) == 1 and between[0] in _BRACKET and end < len(words) and words[end] == _BRACKET[between[0]]:
                groups[-1] = (first, end + 1, [*members, i])
                continue
            if joined in _CONNECTORS or not between:
                groups[-1] = (first, end, [*members, i])
                continue
        groups.append((start, end, [i]))
    return groups
