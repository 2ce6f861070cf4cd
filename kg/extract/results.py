"""Figures on named benchmarks: value, metric, benchmark and model from one sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.entities import FoundEntity
from kg.extract.patterns import lines
from kg.schema import DATA_LABELS

_FIGURE = re.compile(r"[+−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$|[+−-]?\d+\.\d+$|[+−-]?\.\d+$")
_REACH = 14
"""Tokens between a figure and its benchmark."""


@dataclass(frozen=True, slots=True)
class FoundResult:
    """One figure; `value` is as written but for the sign of a gain or drop."""

    model: str
    benchmark: str
    metric: str
    value: str
    start: int
    end: int
    """Characters of the figure in the doc."""


@Language.factory("citegraph_results")
def create_results(nlp: Language, name: str) -> "Results":
    """Finds results; writes `doc._.results`."""
    return Results()


class Results:
    """Joins each figure of a sentence with the benchmark that it belongs to, and leaves out what is not sure."""

    def __init__(self) -> None:
        if not Doc.has_extension("results"):
            Doc.set_extension("results", default=())
        metrics = sorted(lines("metrics.txt"), key=len, reverse=True)
        self.metric = re.compile(rf"\b(?:{'|'.join(metrics)})\b", re.IGNORECASE)
        self.gain = re.compile("|".join(lines("results/gains.txt")), re.IGNORECASE)
        self.drop = re.compile("|".join(lines("results/drops.txt")), re.IGNORECASE)
        self.relative = re.compile("|".join(lines("results/relative.txt")), re.IGNORECASE)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.results` in order of position."""
        owners = {s.start: (e, s) for e in doc._.entities for s in e.spans}
        introduced = [
            entity
            for entity, relations in zip(doc._.entities, doc._.relations, strict=True)
            if relations and relations[0].type == "INTRODUCES"
        ]
        found: list[FoundResult] = []
        for sentence in doc.sents:
            inside = [owners[i] for i in range(sentence.start, sentence.end) if i in owners]
            if any(entity.type in DATA_LABELS for entity, _ in inside):
                found += self._sentence(doc, sentence, inside, introduced)
        doc._.results = tuple(found)
        return doc

    def _sentence(
        self, doc: Doc, sentence: Span, inside: list[tuple[FoundEntity, Span]], introduced: list[FoundEntity]
    ) -> Iterator[FoundResult]:
        covered = {i for _, span in inside for i in range(span.start, span.end)}
        data = [(entity, span) for entity, span in inside if entity.type in DATA_LABELS]
        systems = [(entity, span) for entity, span in inside if entity.type not in DATA_LABELS]
        own = [entity for entity in introduced if entity.type not in DATA_LABELS]
        figures = [
            token
            for token in sentence
            if token.i not in covered and _FIGURE.match(token.text) and _scored(doc, token.i)
        ]
        for token in figures:
            benchmark = _nearest(doc, token.i, data, [figure.i for figure in figures])
            if benchmark is None:
                continue
            around = doc[max(sentence.start, token.i - 6) : min(sentence.end, token.i + 6)].text
            before = doc[max(sentence.start, token.i - 7) : token.i].text
            metric = self._metric(doc, sentence, token.i)
            percent = token.i + 1 < len(doc) and doc[token.i + 1].text in {"%", "\\%"}
            if not (percent or metric or "." in token.text):
                continue
            system = _system(token.i, systems, own)
            value = token.text.replace("−", "-")
            end = token.idx + len(token.text)
            if percent:
                value += "%"
                end = doc[token.i + 1].idx + 1
            if (
                self.relative.search(before)
                or re.search(r"^\S+ (?:%|points?|percentage)", around[len(before) :].strip())
                and self.gain.search(before)
            ):
                if value[0] not in "+-":
                    value = ("-" if self.drop.search(before) else "+") + value
            yield FoundResult(system, benchmark.name, metric, value, token.idx, end)

    def _metric(self, doc: Doc, sentence: Span, position: int) -> str:
        """The metric's name as written, nearest to the figure, after it first."""
        after = doc[position + 1 : min(sentence.end, position + 6)].text
        match = self.metric.search(re.split(r"[,;]| on | and ", after)[0])
        if match:
            return match.group()
        before = list(self.metric.finditer(doc[max(sentence.start, position - 10) : position].text))
        return before[-1].group() if before else ""


def _scored(doc: Doc, position: int) -> bool:
    """Whether a number can be a score: no count of things, no year, no size."""
    text = doc[position].text.replace(",", "")
    following = doc[position + 1].lower_ if position + 1 < len(doc) else ""
    if following in {"%", "\\%", "points", "point", "percentage", "pp"}:
        return True
    if "." not in text:
        return False
    return following not in {
        "x",
        "×",
        "times",
        "million",
        "billion",
        "hours",
        "k",
        "m",
        "b",
        "seconds",
        "gb",
        "-fold",
        "trillion",
        "minutes",
    }


def _nearest(doc: Doc, position: int, data: list[tuple[FoundEntity, Span]], figures: list[int]) -> FoundEntity | None:
    """The benchmark of a figure: "57.1% on AIME" before one that stands in front; none beyond reach."""
    best: tuple[float, FoundEntity] | None = None
    for entity, span in data:
        if span.start > position:
            between = doc[position + 1 : span.start]
            distance = float(len(between))
            if not any(token.lower_ in {"on", "in", "for", "("} for token in between) and len(between) > 2:
                distance += 6
            # Another figure between them is nearer to the benchmark than this one.
            distance += 5 * sum(position < other < span.start for other in figures)
        else:
            distance = float(position - span.end) + 2 + 3 * sum(span.end <= other < position for other in figures)
        if distance <= _REACH and (best is None or distance < best[0]):
            best = (distance, entity)
    return best[1] if best else None


def _system(position: int, systems: list[tuple[FoundEntity, Span]], own: list[FoundEntity]) -> str:
    """The system that a figure belongs to: named in the sentence before it, else the paper's own."""
    earlier = [entity for entity, span in systems if span.end <= position]
    for entity in earlier:
        if entity in own:
            return entity.name
    if len(own) >= 1:
        return own[0].name
    return earlier[-1].name if earlier else (systems[0][0].name if len(systems) == 1 else "")
