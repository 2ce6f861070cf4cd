"""The figures of a sentence: where they stand, whether they are gains or drops, and by which metric they are.

A number is a figure where it can be a score: no count of things, no year, no size, no version.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span

from kg.extraction.names.grouping import FoundEntity
from kg.knowledge.patterns import lines
from kg.schema import DATA_LABELS

# LaTeX that stands in the way, each replaced by as many characters.
_LATEX = (
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
_LIST = re.compile(r"\s*(?:,\s*and|,|/|&|and|or)\s*[+~]?\s*")
REACH = 90
"""Characters before a figure in which its cues stand."""
_MOST = 40
"""Figures in a sentence: what has more is no prose."""
GAP = 160
"""Characters between things that still belong together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: `start` to `end` is its value without sign, `after` is where its unit ends."""

    start: int
    end: int
    after: int
    sign: str
    percent: bool
    scored: bool
    """Whether it looks like a score: no count of things, no year, no size, no version."""


@dataclass(frozen=True, slots=True)
class Name:
    """A mention of an entity in a sentence."""

    start: int
    end: int
    entity: FoundEntity


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in plain text, with the places of what matters in it, all in order."""

    text: str
    figures: tuple[Figure, ...]
    linked: tuple[str, ...]
    """How each figure goes on to the next: "range", "change", "and" or ""."""
    data: tuple[Name, ...]
    systems: tuple[Name, ...]
    metrics: tuple[tuple[int, int], ...]
    names: tuple[Name, ...]
    """Data, systems and the names that are part of a compound: "GSM8K-trained"."""

    def runs(self) -> Iterator["Run"]:
        """Coordinated figures: "92%, 85% and 61%"."""
        indices: list[int] = []
        items: list[int] = []
        for index, link in enumerate(self.linked):
            items.append(items[-1] + (self.linked[index - 1] == "and") if items else 0)
            indices.append(index)
            if not link:
                yield Run(tuple(indices), tuple(items), self.figures[indices[0]].start, self.figures[index].after)
                indices, items = [], []

    def until_next(self, index: int) -> int:
        """Where the figure after this one starts, or the sentence ends."""
        return self.figures[index + 1].start if index + 1 < len(self.figures) else len(self.text)


@dataclass(frozen=True, slots=True)
class Run:
    """Indices of coordinated figures, and the number of the list item that each is in: a range is one item."""

    indices: tuple[int, ...]
    items: tuple[int, ...]
    start: int
    after: int

    @property
    def length(self) -> int:
        """Number of items."""
        return self.items[-1] + 1


class Reader:
    """Finds the figures of a sentence, and the names and metrics around them."""

    def __init__(self, lenient: bool) -> None:
        """Takes whether what does not look like a score is a figure too."""
        self.lenient = lenient
        metrics = "|".join(map(_cased, sorted(lines("metrics.txt"), key=len, reverse=True)))
        self.metric = re.compile(rf"(?<![\w-])(?:{metrics})(?:\s*\([A-Z][\w@ -]*\))?(?!\w)")
        self.qualifier = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)\s+$")
        self.unqualified = frozenset(lines("results/not_metric_words.txt"))
        self.not_before = ending("results/not_before.txt")
        self.not_after = starting("results/not_after.txt")
        self.measure = starting("results/units.txt")

    def read(self, span: Span, names: Sequence[Name]) -> Sentence | None:
        """The sentence made ready; None where it has no figure or is no prose."""
        raw = span.text
        if not _DIGIT.search(raw):
            return None
        text = _plain(raw)
        metrics = self._metrics(text, names)
        names = [name for name in names if not any(start <= name.start and name.end <= end for start, end in metrics)]
        base = span.start_char
        taken = [(name.start, name.end) for name in names] + metrics
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
        linked = (*(_link(text, *pair, names) for pair in pairwise(figures)), "")
        data = tuple(name for name in names if name.entity.type in DATA_LABELS and not text.startswith("-", name.end))
        systems = tuple(name for name in names if name.entity.type not in DATA_LABELS)
        return Sentence(text, figures, linked, data, systems, tuple(metrics), tuple(names))

    def _metrics(self, text: str, names: Sequence[Name]) -> list[tuple[int, int]]:
        """Places of metrics with the word that qualifies them: "answer accuracy"."""
        found: list[tuple[int, int]] = []
        for match in self.metric.finditer(text):
            start, end = match.span()
            if any(name.start < end and start < name.end and name.end - name.start > end - start for name in names):
                continue
            before = self.qualifier.search(text, max(0, start - 25), start)
            if before and self._qualifies(before[1]) and not any(n.start <= before.start(1) < n.end for n in names):
                start = before.start(1)
            if found and not text[found[-1][1] : start].strip():
                start = found.pop()[0]
            found.append((start, end))
        return found

    def _qualifies(self, word: str) -> bool:
        return word.lower() not in self.unqualified and not word.lower().endswith(("ing", "ly"))

    def _scored(self, text: str, match: re.Match[str], metrics: Sequence[tuple[int, int]]) -> bool:
        """Whether a number can be a score: no count of things, no year, no size, no version."""
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
        measured = self.measure.match(text, after)
        gap = next((text[end:start] for _, end in reversed(metrics) if end <= start), None)
        if measured or "." not in match["digits"]:
            precedes = gap is not None and bool(
                re.fullmatch(r"\s*(?:score\s+)?(?:of|is|was|from|to|=|:|\()?\s*(?:\w+\s+to\s+)?~?\s*", gap)
            )
            return (match["digits"].find(".") > 0 and precedes) or (len(match["digits"]) <= 3 and (follows or precedes))
        precedes = gap is not None and len(gap.split()) <= 5 and not re.search(r"[.;]\s", gap)
        bare = match["digits"].find(".") <= 3 and not re.search(r"[A-Z][\w-]*\s+$", before)
        return follows or precedes or bool(match["sign"]) or bare


class Signs:
    """Tells gains and drops from absolute values."""

    def __init__(self) -> None:
        gains, drops = alternatives("results/gains.txt"), alternatives("results/drops.txt")
        words = {"GAIN": rf"(?:{gains}|{drops})"}
        self.change = re.compile(rf"\b(?:(?P<gain>{gains})|(?P<drop>{drops}))(?!\w)", re.IGNORECASE)
        self.hedges = hedges()
        self.before = ending("results/relative_before.txt", words)
        self.after = starting("results/relative_after.txt", words)
        self.reports = re.compile(rf"\b(?:{alternatives('results/reports.txt')})(?!\w)", re.IGNORECASE)
        self.versus = ending("results/versus.txt")

    def of(self, sentence: Sentence) -> list[str]:
        """The sign of each figure: as written, as the words around it say, or as in the list that it is in."""
        signs: list[str] = []
        for index, figure in enumerate(sentence.figures):
            signs.append(figure.sign or self._sign(sentence, index) or self._inherited(sentence, index, signs))
        for index in reversed(range(len(signs) - 1)):
            one, other = sentence.figures[index : index + 2]
            forward = sentence.linked[index] == "range" or (
                sentence.linked[index] == "and" and one.percent == other.percent
            )
            if forward and not signs[index] and not other.sign:
                signs[index] = signs[index + 1]
        return signs

    def _sign(self, sentence: Sentence, index: int) -> str:
        text, figure = sentence.text, sentence.figures[index]
        if "change" in (sentence.linked[index], sentence.linked[index - 1] if index else ""):
            return ""
        before = self.hedges.sub("", text[max(0, figure.start - REACH) : figure.start])
        if self.before.search(before):
            return self._direction(text[: figure.start], last=True)
        after = self.after.match(text[figure.after : sentence.until_next(index)])
        return self._direction(after.group(), last=False) if after else ""

    def _inherited(self, sentence: Sentence, index: int, signs: Sequence[str]) -> str:
        """The sign of the figure before, in a list of gains: "by 3% on A and 4% on B"."""
        if not index or not signs[-1] or "change" in (sentence.linked[index], sentence.linked[index - 1]):
            return ""
        previous, figure = sentence.figures[index - 1], sentence.figures[index]
        if sentence.linked[index - 1] in {"and", "range"}:
            return "" if previous.sign else signs[-1]
        between = sentence.text[previous.after : figure.start]
        if (
            previous.sign
            or previous.percent != figure.percent
            or len(between) > GAP
            or not re.search(r"\band\b|,", between)
            or re.search(r"[;:]|\bfrom\b|\bvs\b|\([^()]*$", between)
            or self.reports.search(between)
            or self.versus.search(self.hedges.sub("", between))
        ):
            return ""
        return signs[-1]

    def _direction(self, text: str, last: bool) -> str:
        """Up or down by the last or the first word that says so; "" where none does."""
        words = list(self.change.finditer(text))
        if not words:
            return ""
        return "-" if words[-1 if last else 0]["drop"] else "+"


class Metrics:
    """Finds the metrics of figures."""

    def __init__(self) -> None:
        self.before = [re.compile(_spaced(pattern)) for pattern in lines("results/metric_before.txt")]
        self.after = [re.compile(_spaced(pattern)) for pattern in lines("results/metric_after.txt")]
        self.hedges = hedges()
        words = (
            alternatives("results/gains.txt"),
            alternatives("results/drops.txt"),
            alternatives("results/not_metric_words.txt"),
        )
        self.plain = re.compile("|".join(words), re.IGNORECASE)

    def of(self, sentence: Sentence, run: Run) -> list[tuple[int, int] | None]:
        """Place of each figure's metric, one by one where as many are listed as figures; None without any."""
        if run.length > 1:
            for group in _coordinated(sentence.text, sentence.metrics):
                gap = (
                    sentence.text[run.after : group[0][0]]
                    if group[0][0] >= run.after
                    else sentence.text[group[-1][1] : run.start]
                )
                if len(group) == run.length and len(gap.split()) <= 5 and "," not in gap:
                    return [group[item] for item in run.items]
        return [self._metric(sentence, run, index) for index in run.indices]

    def _metric(self, sentence: Sentence, run: Run, index: int) -> tuple[int, int] | None:
        """Right after the figure or its run, else right before it, else the last before it, else the next."""
        text, figure = sentence.text, sentence.figures[index]
        for position, last in ((figure.after, index), (run.after, run.indices[-1])):
            later = next((place for place in sentence.metrics if place[0] >= position), None)
            if later and later[0] < sentence.until_next(last) and _close(text[position : later[0]]):
                return later
        named = self._noun(sentence, self.after, text[run.after : run.after + GAP], run.after)
        if named:
            return named
        earlier = next((place for place in reversed(sentence.metrics) if place[1] <= figure.start), None)
        if earlier:
            gap = text[earlier[1] : figure.start]
            if len(gap.split()) <= 8 and not re.search(r"[,;%]|\b(?:and|or|by)\b", gap):
                return earlier
        begin = max(0, run.start - REACH)
        named = self._noun(sentence, self.before, self.hedges.sub("", text[begin : run.start]), begin)
        return named or earlier or next((place for place in sentence.metrics if place[0] >= figure.after), None)

    def _noun(
        self, sentence: Sentence, patterns: Sequence[re.Pattern[str]], text: str, base: int
    ) -> tuple[int, int] | None:
        """Place of a noun that stands where a metric does: "a resolution rate of 87%"."""
        for pattern in patterns:
            match = pattern.search(text)
            if match is None or any(self.plain.fullmatch(word) for word in match[1].split()):
                continue
            start, end = base + match.start(1), base + match.end(1)
            if not any(name.start < end and start < name.end for name in sentence.names):
                return start, end
        return None


def _spaced(pattern: str) -> str:
    """The pattern with every blank standing for any white space."""
    return re.sub(r" (?![?*+{])", r"\\s+", pattern)


def _cased(pattern: str) -> str:
    """The pattern, in any case unless it has a capital letter."""
    return _spaced(pattern) if re.search(r"(?<!\\)[A-Z]", pattern) else f"(?i:{_spaced(pattern)})"


def alternatives(file: str) -> str:
    """One pattern of all lines of a file."""
    return _spaced("|".join(lines(file)))


def _filled(file: str, words: dict[str, str] | None) -> str:
    pattern = alternatives(file)
    for name, value in (words or {}).items():
        pattern = pattern.replace(name, value)
    return pattern


def ending(file: str, words: dict[str, str] | None = None) -> re.Pattern[str]:
    """Matches one of a file's patterns at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{_filled(file, words)})\s*$", re.IGNORECASE)


def starting(file: str, words: dict[str, str] | None = None) -> re.Pattern[str]:
    """Matches one of a file's patterns at the start of a text."""
    return re.compile(rf"[\s-]*(?:{_filled(file, words)})(?!\w)", re.IGNORECASE)


def hedges() -> re.Pattern[str]:
    """Matches the words at the end of a text that change nothing about the figure after it."""
    return re.compile(rf"(?:\s|(?<![\w.])(?:{alternatives('results/hedges.txt')})(?=[\s~≈+]|$))*$", re.IGNORECASE)


def _plain(text: str) -> str:
    """The text with its LaTeX blanked out, every character in its place."""
    if not any(ch in text for ch in "\\${"):
        return text
    for pattern, plain in _LATEX:
        text = pattern.sub(lambda match, plain=plain: plain.rjust(len(match.group())), text)  # type: ignore[misc]
    return text


def _figure(match: re.Match[str], scored: bool) -> Figure:
    sign = (match["sign"] or "").strip().replace("−", "-").replace("–", "-")
    end = max(match.end(part) for part in ("digits", "percent", "fold"))
    return Figure(match.start("digits"), end, match.end(), sign, bool(match["percent"]), scored)


def _link(text: str, one: Figure, other: Figure, names: Sequence[Name]) -> str:
    """How a figure goes on to the next."""
    if other.start - one.after > REACH:
        return ""
    gap = text[one.after : other.start].rstrip("+−" if other.sign else "")
    before = text[max(0, one.start - 50) : one.start]
    if re.fullmatch(r"\s*(?:→|->)\s*", gap) or (
        _FROM.search(before) and not _RANGING.search(before) and _CHANGE.fullmatch(gap)
    ):
        return "change"
    if any(one.after <= name.start < other.start for name in names):
        return ""
    if _RANGE.fullmatch(gap) or (_RANGING.search(before) and re.fullmatch(r"\s*(?:to|and)\s*", gap)):
        return "range"
    return "and" if _LIST.fullmatch(gap) or (gap.isspace() and one.percent and other.percent) else ""


def _close(gap: str) -> bool:
    """Whether what stands after a gap still belongs to what stands before it."""
    return len(gap.split()) <= 4 and not re.search(r"[,;:()]|\b(?:and|or|while|with|on)\b", gap)


def _coordinated(text: str, places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Places joined as a list."""
    groups: list[list[tuple[int, int]]] = []
    for place in places:
        if groups and _LIST.fullmatch(text[groups[-1][-1][1] : place[0]]):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
