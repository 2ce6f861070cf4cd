"""What stands around a name, in the plain form that cue patterns are written for.

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
"""Names in one coordination; more are no sentence but a list."""
REACH = 160
"""Characters of a context on either side that patterns see."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one name."""

    before: str
    after: str
    group: tuple[int, ...]
    """Indices of the coordinated names, this one among them."""
    in_title: bool
    sentence: tuple[int, int]
    """Token indices of the sentence."""
    labels: frozenset[str] = frozenset()
    """Labels of the other names in the coordination."""


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
            found += _sentence(names, inside, words, begin, end, begin < title)
    return found


def _sentence(
    names: Sequence[Span], inside: list[int], words: list[str], begin: int, end: int, in_title: bool
) -> list[Context]:
    groups = _groups(names, inside, words)
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
    """The words between two names without a bracket that holds a figure: "A (73.8%), B (92.1%)"."""
    if between and between[0] == "(" and ")" in between[:8]:
        close = between.index(")")
        if any(word[0].isdigit() for word in between[1:close]):
            return between[close + 1 :]
    return between


def _groups(names: Sequence[Span], inside: list[int], words: list[str]) -> list[tuple[int, int, list[int]]]:
    """Coordinations in a sentence: first token, token after the last, indices of the members."""
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
