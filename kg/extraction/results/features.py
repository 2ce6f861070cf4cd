"""Inputs of the features of results: the paper, the figure, and the words around it.

The features of each candidate are in `benchmark_features`, `system_features` and `metric_features`: every feature is a
name with a number, and the rules' own answer is among them, alone and together with what stands around it.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.rules import PaperFigures, Passage
from kg.extraction.results.word_patterns import alternatives
from kg.schema import DATA_LABELS

Features = dict[str, float]

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|[A-Za-z][\w-]*|[%,;:()\[\].=+~<>]|\d[\d.]*")
_MOST = 40
"""Benchmarks, and systems, of a paper that a figure may be of: a limit on cost."""
_BESIDE = 70
"""Characters on either side of a figure whose words are looked at."""


@dataclass(frozen=True, slots=True)
class MentionPlace:
    """Where a mention starts in the doc, in characters, and the number of its sentence."""

    start: int
    sentence: int


class PaperView:
    """What all figures of a paper have in common: its entities, their places and their relations.

    Attributes:
        text: of the doc.
        words: the word lists that features ask for.
        summary: whose figures the paper gives, and on what, by the rules.
        starts: where each sentence starts, in characters.
        after_title: number of the first sentence after the title.
        data: its benchmarks and datasets, at most `_MOST`.
        systems: its models and methods, at most `_MOST`.
        places: of each entity's mentions, by its name.
        relations: each entity's main relation and its confidence, by its name; "" and 0 for none.
        seconds: each entity's second relation, by its name; "" for none.
        introduced: the data that it introduces.
        tested: the data that it introduces or evaluates on.
        own: the systems that it introduces.
        presented: names of the systems before which words stand that present something new.
    """

    def __init__(self, doc: Doc, figures: PaperFigures, words: "ResultWords") -> None:
        """Takes a doc with entities and relations, and its figures by the rules."""
        self.text = doc.text
        self.summary = figures.summary
        self.words = words
        self.starts = figures.starts
        title = title_end(doc)
        self.after_title = bisect_left(self.starts, doc[title].idx) if title < len(doc) else len(self.starts)
        self.data: list[FoundEntity] = []
        self.systems: list[FoundEntity] = []
        self.places: dict[str, list[MentionPlace]] = {}
        self.relations: dict[str, tuple[str, float]] = {}
        self.seconds: dict[str, str] = {}
        for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True):
            (self.data if entity.type in DATA_LABELS else self.systems).append(entity)
            self.places[entity.name] = [
                MentionPlace(span.start_char, self.sentence(span.start_char)) for span in entity.spans
            ]
            self.relations[entity.name] = (found[0].type, found[0].confidence) if found else ("", 0.0)
            self.seconds[entity.name] = found[1].type if len(found) > 1 else ""
        self.data, self.systems = self.data[:_MOST], self.systems[:_MOST]
        self.introduced = [entity for entity in self.data if self.relation(entity) == "INTRODUCES"]
        self.tested = [entity for entity in self.data if self.relation(entity) in {"INTRODUCES", "EVALUATES_ON"}]
        self.own = [entity for entity in self.systems if self.relation(entity) == "INTRODUCES"]
        self.presented = {
            entity.name
            for entity in self.systems
            if any(words.presents.search(self.text, max(0, p.start - 70), p.start) for p in self.places[entity.name])
        }

    def relation(self, entity: FoundEntity) -> str:
        """The main relation between the paper and an entity."""
        return self.relations[entity.name][0]

    def sentence(self, position: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self.starts, position) - 1


class ResultWords:
    """Word lists that features ask for, as regular expressions."""

    def __init__(self) -> None:
        self.presents = re.compile(rf"\b(?:{alternatives('figure_words/presents.txt')})\b[^.;]*$", re.IGNORECASE)
        self.figure_kind = re.compile(rf"\b({alternatives('figure_words/figure_kinds.txt')})\w*", re.IGNORECASE)
        self.overall = re.compile(r"\b(?:averag\w*|mean|overall|across)\b", re.IGNORECASE)
        self.someone = re.compile(rf"\b(?:{alternatives('figure_words/someone_else.txt')})\b", re.IGNORECASE)
        self.we = re.compile(rf"\b(?:{alternatives('figure_words/we.txt')})\b", re.IGNORECASE)
        self.versus = re.compile(
            r"(?:\bvs\.?|\bversus|compared (?:to|with|against)|in comparison (?:to|with)|as opposed to|rather than"
            r"|\bfrom|\bover|\bthan|\bthe|\bagainst|\bof)\s*"
            r"(?:(?:the|an?|only|just|about|its|their|baseline|score|of|best|previous|prior)\s+){0,3}$"
        )
        self.rival = re.compile(
            rf"(?<!\w)({alternatives('figure_words/rivals.txt')}|from)\s+(?:[a-z][\w-]*\s+){{0,3}}$", re.IGNORECASE
        )
        self.object = re.compile(
            rf"(?<!\w)({alternatives('figure_words/objects.txt')}|train\w+|fine-?tun\w+|appl(?:y\w*|ied))\s+"
            r"(?:(?:an?|the|our|its|both|strong|standard)\s+)*(?:[a-z-]+\s+)?$",
            re.IGNORECASE,
        )

    def part(self, text: str) -> tuple[str, str]:
        """Part of a system named after this text, `rival`, `object` or else `subject`, and the word that decides it."""
        for part, pattern in (("rival", self.rival), ("object", self.object)):
            match = pattern.search(text)
            if match:
                return part, match[1].lower()
        return "subject", ""


class FigureView:
    """One figure, with what features of every candidate ask for.

    Attributes:
        view: the paper.
        passage: the sentence with what the rules say of it.
        index: number of the figure in the sentence.
        sentence: the sentence.
        figure: the figure.
        proposal: what the rules say of it.
        run: the coordinated figures of which it is one.
        item: number of its item in that list.
        before: words and marks before it, as `words_of` gives them.
        after: likewise after it.
        benchmarks: names of the data in the sentence, each once.
        systems: names of the systems in the sentence, each once.
        in_bracket: whether it stands in a bracket.
        overall: whether words near by say that it sums up several benchmarks.
        sign: "+", "-" or "0".
        features: of the figure itself.
    """

    def __init__(self, view: PaperView, passage: Passage, index: int) -> None:
        """Takes the paper, a sentence of it, and the number of a figure in the sentence."""
        self.view = view
        self.passage = passage
        self.index = index
        self.sentence = passage.sentence
        self.figure = passage.sentence.figures[index]
        self.proposal = passage.proposals[index]
        self.run = self.proposal.run
        self.item = self.run.items[self.run.indices.index(index)]
        text = self.sentence.text
        self.before = words_of(text[max(0, self.figure.start - _BESIDE) : self.figure.start])
        self.after = words_of(text[self.figure.after : self.figure.after + _BESIDE])
        self.benchmarks = list(dict.fromkeys(name.entity.name for name in self.sentence.data))
        self.systems = list(dict.fromkeys(name.entity.name for name in self.sentence.systems))
        self.in_bracket = text.count("(", 0, self.figure.start) > text.count(")", 0, self.figure.start)
        around = text[max(0, self.figure.start - 60) : self.figure.after + 60]
        self.overall = bool(view.words.overall.search(around))
        self.sign = self.proposal.sign or "0"
        self.features = self._features()

    def _features(self) -> Features:
        """Features of the figure and the words around it."""
        view, sentence, figure, text = self.view, self.sentence, self.figure, self.sentence.text
        names = [
            f"scored={figure.scored}",
            f"form={self._form()}",
            f"sign={self.proposal.sign}",
            f"written={figure.sign}",
            f"run={min(4, self.run.length)}",
            f"figures={min(6, len(sentence.figures))}",
            f"item={min(3, self.item)}",
            f"datas={min(4, len(self.benchmarks))}",
            f"paper-datas={min(5, len(view.data))}",
            f"paper-tested={min(4, len(view.tested))}",
            f"paper-introduced={min(2, len(view.introduced))}",
            f"metrics={min(3, len(sentence.metrics))}",
            f"position={int(4 * self.passage.number / max(1, len(view.starts)))}",
            f"title={self.passage.number < view.after_title}",
            "b01=" + " ".join(self.before[-2:]),
            "a01=" + " ".join(self.after[:2]),
        ]
        metric = self.proposal.metric
        names.append(f"metric={text[slice(*metric)].lower().split()[-1]}" if metric else "metric=")
        if metric and metric[0] >= figure.after:
            names.append(f"metric-after{magnitude(metric[0] - figure.after)}")
        elif metric:
            names.append(f"metric-before{magnitude(abs(figure.start - metric[1]))}")
        names += [f"b{distance}={word}" for distance, word in enumerate(reversed(self.before[-4:]))]
        names += [f"a{distance}={word}" for distance, word in enumerate(self.after[:4])]
        names += ["bracket"] * self.in_bracket + ["overall"] * self.overall
        kind = view.words.figure_kind
        names += [f"said={m[1].lower()}" for m in kind.finditer(text, max(0, figure.start - 60), figure.start)]
        names += [f"says={m[1].lower()}" for m in kind.finditer(text, figure.after, min(len(text), figure.after + 50))]
        return dict.fromkeys(names, 1.0)

    def _form(self) -> str:
        """Percent sign, factor, decimals, unit and the number of digits before the dot."""
        figure = self.figure
        digits = self.sentence.text[figure.start : figure.end].rstrip()
        marks = ("%" if figure.percent else "") + ("x" if digits[-1] in "x×" else "") + ("." if "." in digits else "")
        unit = "u" if figure.after > figure.end else ""
        return f"{marks}{unit}{len(digits.split('.')[0].rstrip('% '))}"


def gap_features(side: str, gap: str, words: Sequence[str], short: int) -> Iterator[str]:
    """Features of what stands between a figure and a candidate: marks, words, and all of it up to `short` words."""
    if len(words) <= short:
        yield f"{side}:gap={' '.join(words)}"
    yield from (f"{side}:mark={mark}" for mark in ",;():." if mark in gap)
    yield from (f"{side}:w={word}" for word in set(words) if word.isalpha())


def list_features(fig: FigureView, listed: Sequence[str], name: str) -> Iterator[str]:
    """Features of a figure and a name in two lists: whether they are at the same place of lists of one length."""
    place, count = listed.index(name), len(listed)
    figures = len(fig.sentence.figures)
    if count == fig.run.length > 1:
        yield f"aligned={place == fig.item}"
    if count == figures > 1:
        yield f"aligned-all={place == fig.index}"
    if figures == 2 * count > 2:
        yield f"aligned-two={place == fig.index // 2}"


def words_of(text: str) -> list[str]:
    """The words and marks of a text in lower case, every number a 0."""
    return ["0" if word[0].isdigit() else word.lower() for word in _WORD.findall(text)]


def magnitude(distance: int) -> int:
    """A distance in characters as the whole part of its binary logarithm, 1 to 8."""
    return min(8, int(math.log2(max(0, distance) + 2)))
