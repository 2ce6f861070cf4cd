"""The figures of a sentence, with the entities and metrics that it names.

A number is a figure where it can be a score: no count of things, no year, no size, no version.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.word_patterns import at_end, at_start, cased
from kg.knowledge.patterns import lines
from kg.schema import DATA_LABELS

# TeX among words and figures; what replaces it is padded with blanks to the same length.
_TEX = (
    (re.compile(r"\{\\?%\}|\\%"), "%"),
    (re.compile(r"\\(?:text(?:bf|it|sc|tt|rm)?|emph|mathrm|mathbf|underline|bf)\s*\{"), ""),
    (re.compile(r"\\times(?![a-z])"), "x"),
    (re.compile(r"\\(?:sim|approx)(?![a-z])"), "~"),
    (re.compile(r"\\pm(?![a-z])"), "±"),
    (re.compile(r"\\(?:rightarrow|to)(?![a-z])"), "→"),
    (re.compile(r"\\[,;! ]|[${}]"), ""),
)
_FIGURE = re.compile(
    r"(?<![\w.^@/])(?<![A-Za-z]-)(?<!\d,)(?<!_ )"
    r"(?P<sign>(?:\+|−|(?<![\d%\s-])[-–]|(?<![\d%-])(?<=\s)[-–](?!\s))\s?(?=[\d.]))?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<percent>\s{0,4}%)?"
    r"(?:\s*(?:±|\+/?-)\s*\d*\.?\d+(?:\s*%)?)?"
    r"(?P<unit>[\s-]*(?:percent(?:age)?(?:[\s-]+points?)?|(?:(?!data\b)[A-Za-z]\S{0,20}\s+)?points?|pp|pts|p\.p\.)(?![\w-]))?"
    r"(?P<fold>\s{0,6}(?:x|×)(?!\w))?"
    r"(?![\w^/]|[.,]\d|-[A-Za-z]|\s*(?:times|-?fold)\b)"
)
_UPPER = re.compile(
    r"\s*(?:-+|–|to|~|and|,)\s*\d+(?:\.\d+)?(?:(?P<unit>\s*(?:%|percent|pp\b|(?:\w+\s+)?points?))|(?<!and )(?=\W))"
)
"""The upper end of a range, or the next of a list whose last has the unit."""
_NUMBERED = re.compile(r"(?:\(|\s)\d\)$")
_DIGIT = re.compile(r"\d")
_RANGE = re.compile(r"\s*(?:-+|–|—|to|~)\s*")
_CHANGE = re.compile(
    r"\s*(?:[\w\s%-]{1,30}|\([^()]*\))?\s*(?:→|->|\bto)\s+(?:(?:about|around|approximately|nearly|almost|over|only|just)\s+|~\s*)?",
    re.IGNORECASE,
)
_RANGING = re.compile(r"\b(?:rang\w+|between|var(?:y|ies|ying)|spann?\w*)\b[^.;]{0,20}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[\w~]+\s+){0,2}$", re.IGNORECASE)
LIST = re.compile(r"\s*(?:,\s*and|,|/|&|and|or)\s*[+~]?\s*")
"""Between two items of a list."""
REACH = 90
"""Characters before a figure in which words about it are looked for."""
_COORDINATION = re.compile(
    r"(?:[\s,/&]|\b(?:and|or|as well as|the|our|new|both|datasets?|benchmarks?)\b|\([^()\d]*\)|\(\d[^().%]*\))+"
)
_MOST = 40
"""Most figures in a sentence; one with more is a table."""
GAP = 160
"""Characters between a figure and a name that may still belong together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence.

    Attributes:
        start: where its value begins, without sign, in characters from the start of the sentence.
        end: where its value ends.
        after: where its unit ends.
        sign: "+", "-" or "", as written.
        percent: whether it is written with a percent sign.
        scored: whether it looks like a score.
    """

    start: int
    end: int
    after: int
    sign: str
    percent: bool
    scored: bool


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention of an entity in a sentence, in characters from its start."""

    start: int
    end: int
    entity: FoundEntity


@dataclass(frozen=True, slots=True)
class FigureSentence:
    """A sentence with figures, and what else it names, all in order.

    Attributes:
        text: the sentence without TeX, every character in its place.
        figures: its figures.
        joins: how each figure is joined to the next: "range", "change", "and" or "".
        data: mentions of benchmarks and datasets.
        systems: mentions of models and methods.
        metrics: start and end of each metric.
        mentions: data, systems, and mentions that are part of a compound: "GSM8K-trained".
    """

    text: str
    figures: tuple[Figure, ...]
    joins: tuple[str, ...]
    data: tuple[EntityMention, ...]
    systems: tuple[EntityMention, ...]
    metrics: tuple[tuple[int, int], ...]
    mentions: tuple[EntityMention, ...]

    def runs(self) -> Iterator["Run"]:
        """The figures in runs of coordinated ones: "92%, 85% and 61%"."""
        indices: list[int] = []
        items: list[int] = []
        for index, join in enumerate(self.joins):
            items.append(items[-1] + (self.joins[index - 1] == "and") if items else 0)
            indices.append(index)
            if not join:
                yield Run(tuple(indices), tuple(items), self.figures[indices[0]].start, self.figures[index].after)
                indices, items = [], []

    def until_next(self, index: int) -> int:
        """Where the figure after this one starts; where there is none, the end of the sentence."""
        return self.figures[index + 1].start if index + 1 < len(self.figures) else len(self.text)


@dataclass(frozen=True, slots=True)
class Run:
    """Coordinated figures.

    Attributes:
        indices: of the figures in their sentence.
        items: for each the number of the list item that it is in, from 0; a range is one item.
        start: where the first begins.
        after: where the unit of the last ends.
    """

    indices: tuple[int, ...]
    items: tuple[int, ...]
    start: int
    after: int

    @property
    def length(self) -> int:
        """Number of items."""
        return self.items[-1] + 1


class FigureFinder:
    """Finds the figures of a sentence, and the metrics that it names."""

    def __init__(self, lenient: bool) -> None:
        """Takes whether numbers that do not look like scores are figures too."""
        self.lenient = lenient
        metrics = "|".join(map(cased, sorted(lines("metrics.txt"), key=len, reverse=True)))
        self.metric = re.compile(rf"(?<![\w-])(?:{metrics})(?:\s*\([A-Z][\w@ -]*\))?(?!\w)")
        self.qualifier = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)\s+$")
        self.no_qualifiers = frozenset(lines("figure_words/not_metric_words.txt"))
        self.not_before = at_end("figure_words/not_before.txt")
        self.not_after = at_start("figure_words/not_after.txt")
        self.unit = at_start("figure_words/units.txt")

    def read(self, span: Span, mentions: Sequence[EntityMention]) -> FigureSentence | None:
        """A sentence with its figures; None where it has none or is no prose.

        Args:
            span: the sentence.
            mentions: of entities in it, in order.
        """
        raw = span.text
        if not _DIGIT.search(raw):
            return None
        text = _plain(raw)
        metrics = self._metrics(text, mentions)
        mentions = [m for m in mentions if not any(start <= m.start and m.end <= end for start, end in metrics)]
        base = span.start_char
        taken = [(mention.start, mention.end) for mention in mentions] + metrics
        if span.doc._.citegraph_links:
            taken += [(token.idx - base, token.idx - base + len(token)) for token in span if token._.citegraph_in_link]
        figures = tuple(
            _figure(match, scored)
            for match in _FIGURE.finditer(text)
            if not any(start <= match.start("digits") < end for start, end in taken)
            and ((scored := self._scored(text, match, metrics)) or self.lenient)
        )
        if not 0 < len(figures) <= _MOST:
            return None
        joins = (*(_join(text, *pair, mentions) for pair in pairwise(figures)), "")
        data = tuple(m for m in mentions if m.entity.type in DATA_LABELS and not text.startswith("-", m.end))
        systems = tuple(m for m in mentions if m.entity.type not in DATA_LABELS)
        return FigureSentence(text, figures, joins, data, systems, tuple(metrics), tuple(mentions))

    def _metrics(self, text: str, mentions: Sequence[EntityMention]) -> list[tuple[int, int]]:
        """Places of metrics with the word that qualifies them: "answer accuracy"."""
        found: list[tuple[int, int]] = []
        for match in self.metric.finditer(text):
            start, end = match.span()
            if any(m.start < end and start < m.end and m.end - m.start > end - start for m in mentions):
                continue
            before = self.qualifier.search(text, max(0, start - 25), start)
            if before and self._qualifies(before[1]) and not any(m.start <= before.start(1) < m.end for m in mentions):
                start = before.start(1)
            if found and not text[found[-1][1] : start].strip():
                start = found.pop()[0]
            found.append((start, end))
        return found

    def _qualifies(self, word: str) -> bool:
        """Whether a word before a metric is part of its name."""
        return word.lower() not in self.no_qualifiers and not word.lower().endswith(("ing", "ly"))

    def _scored(self, text: str, match: re.Match[str], metrics: Sequence[tuple[int, int]]) -> bool:
        """Whether a number looks like a score: by its unit, by the words around it, and by the metrics near by."""
        start, after = match.start("digits"), match.end()
        before = text[max(0, match.start() - REACH) : match.start()]
        upper = _UPPER.match(text, after)
        last = upper.end() if upper else after
        if self.not_before.search(before) or self.not_after.match(text, last):
            return False
        if match["fold"]:
            return any(text[after:begin].isspace() or (end <= start and start - end <= 12) for begin, end in metrics)
        if match["percent"] or match["unit"] or (upper and upper["unit"]):
            return True
        if _NUMBERED.search(text, max(0, start - 2), after + 1):
            return False
        follows = any(0 <= begin - after <= 2 for begin, _ in metrics)
        unit = self.unit.match(text, after)
        gap = next((text[end:start] for _, end in reversed(metrics) if end <= start), None)
        if unit or "." not in match["digits"]:
            precedes = gap is not None and bool(
                re.fullmatch(r"\s*(?:score\s+)?(?:of|is|was|from|to|=|:|\()?\s*(?:\w+\s+to\s+)?~?\s*", gap)
            )
            return (match["digits"].find(".") > 0 and precedes) or (len(match["digits"]) <= 3 and (follows or precedes))
        precedes = gap is not None and len(gap.split()) <= 5 and not re.search(r"[.;]\s", gap)
        bare = match["digits"].find(".") <= 3 and not re.search(r"[A-Z][\w-]*\s+$", before)
        return follows or precedes or bool(match["sign"]) or bare


def coordinations(text: str, mentions: Sequence[EntityMention]) -> list[list[EntityMention]]:
    """Mentions in groups of coordinated ones: "A, B and C"."""
    groups: list[list[EntityMention]] = []
    for mention in mentions:
        if groups and _COORDINATION.fullmatch(text[groups[-1][-1].end : mention.start]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def distinct_entities(mentions: Iterable[EntityMention]) -> tuple[FoundEntity, ...]:
    """The entities of some mentions, each once, in order."""
    return tuple({mention.entity.name: mention.entity for mention in mentions}.values())


def _plain(text: str) -> str:
    """The text without TeX, every other character in its place."""
    if not any(ch in text for ch in "\\${"):
        return text
    for pattern, plain in _TEX:
        text = pattern.sub(lambda match, plain=plain: plain.rjust(len(match.group())), text)  # type: ignore[misc]
    return text


def _figure(match: re.Match[str], scored: bool) -> Figure:
    """A figure from a match of `_FIGURE`."""
    sign = (match["sign"] or "").strip().replace("−", "-").replace("–", "-")
    end = max(match.end(part) for part in ("digits", "percent", "fold"))
    return Figure(match.start("digits"), end, match.end(), sign, bool(match["percent"]), scored)


def _join(text: str, one: Figure, other: Figure, mentions: Sequence[EntityMention]) -> str:
    """How a figure is joined to the next: "range", "change" (from one to the other), "and" (a list) or ""."""
    if other.start - one.after > REACH:
        return ""
    gap = text[one.after : other.start].rstrip("+−" if other.sign else "")
    before = text[max(0, one.start - 50) : one.start]
    if re.fullmatch(r"\s*(?:→|->)\s*", gap) or (
        _FROM.search(before) and not _RANGING.search(before) and _CHANGE.fullmatch(gap)
    ):
        return "change"
    if any(one.after <= mention.start < other.start for mention in mentions):
        return ""
    if _RANGE.fullmatch(gap) or (_RANGING.search(before) and re.fullmatch(r"\s*(?:to|and)\s*", gap)):
        return "range"
    return "and" if LIST.fullmatch(gap) or (gap.isspace() and one.percent and other.percent) else ""
