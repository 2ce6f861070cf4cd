"""The type that a text itself states of a name: "ZorpSet, a large corpus of poems", "ZorpNet is a network that …"."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from kg.knowledge.patterns import objects, pattern_file
from kg.schema import DATA_LABELS

_REACH = 10
"""Words of an apposition in which its noun is looked for."""
_BRACKET = 14
"""Longest bracket behind a name, in tokens."""
_MARKS = frozenset("} \" ' ” ’ * $ )".split())
_LINKS = frozenset(", : - -- — – is".split())
_DETERMINERS = frozenset("a an the our".split())
_ENDS = frozenset(
    "of for that which to with on in from and where by as at under whose capable able via based built , . ; : ("
    " annotated collected combining composed comprising consisting containing covering created curated derived"
    " designed developed enabling featuring integrating obtained offering pairing providing sourced spanning tailored"
    " trained".split()
)


class StatedTypes:
    """Finds the types that texts state, by the nouns of `stated_types.jsonl`."""

    def __init__(self) -> None:
        self._types: dict[str, str] = {
            noun: item["type"] for item in objects(pattern_file("stated_types.jsonl")) for noun in item["nouns"]
        }
        shapes = objects(pattern_file("shapes.jsonl"))
        self._model_shape = re.compile("|".join(shape["pattern"] for shape in shapes if shape["type"] == "Model"))

    def corrected(self, doc: Doc, mentions: Sequence[Span], type_: str) -> str:
        """The type of an entity: what the text states of it where `type_` is another.

        A model by its letters (ZorpNet, ZorpLLM) stays one that a text calls a framework or an approach.

        Args:
            doc: the text.
            mentions: the places where the entity is named.
            type_: the type by all other evidence.
        """
        stated = {self._stated(doc, mention) for mention in mentions} - {""}
        if stated.intersection(DATA_LABELS):
            return type_ if type_ in DATA_LABELS else "Benchmark"
        if stated == {"Model"} and type_ == "Method":
            return "Model"
        named = any(self._model_shape.search(mention.text) for mention in mentions)
        return "Method" if stated == {"Method"} and type_ == "Model" and not named else type_

    def _stated(self, doc: Doc, mention: Span) -> str:
        """The type that the words right after one mention state; "" where they state none."""
        place = self._behind(doc, mention.end)
        if place + 1 >= len(doc) or doc[place].text not in _LINKS:
            return ""
        place += 1
        if doc[place].lower_ == "which" and place + 2 < len(doc) and doc[place + 1].lower_ == "is":
            place += 2
        if doc[place].lower_ not in _DETERMINERS:
            return ""
        for position in range(place + 1, min(place + 1 + _REACH, len(doc))):
            type_ = self._types.get(doc[position].lower_, "")
            if type_ and self._ends(doc, position + 1):
                return type_
            if doc[position].lower_ in _ENDS - {",", "and"} or doc[position].is_sent_start:
                return ""
        return ""

    def _behind(self, doc: Doc, place: int) -> int:
        """The place behind the bracket and the marks that follow a name."""
        while place < len(doc) and doc[place].text in _MARKS:
            place += 1
        if place < len(doc) and doc[place].text == "(":
            close = next((i for i in range(place, min(place + _BRACKET, len(doc))) if doc[i].text == ")"), None)
            if close is not None:
                place = close + 1
        while place < len(doc) and doc[place].text in _MARKS:
            place += 1
        return place

    def _ends(self, doc: Doc, place: int) -> bool:
        """Whether the words before a place are the end of a phrase, so that its last noun says what is meant."""
        if place >= len(doc):
            return True
        return doc[place].lower_ in _ENDS
