"""Figures on named benchmarks: value, metric, benchmark and model from one sentence.

A sentence is read into its figures and the names around them; then four questions are asked of each figure: is it a
gain or a drop, on which benchmark, by which metric, of which system. A figure without a benchmark is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.entities import FoundEntity
from kg.extract.patterns import lines
from kg.names import name_key
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
    r"(?P<fold>\s{0,3}(?:x|×)(?!\w))?"
    r"(?![\w^/]|[.,]\d|-[A-Za-z]|\s*(?:times|-?fold)\b)"
)
_UPPER = re.compile(
    r"\s*(?:-+|–|to|~|and|,)\s*\d+(?:\.\d+)?(?:(?P<unit>\s*(?:%|percent|pp\b|(?:\w+\s+)?points?))|(?<!and )(?=\W))"
)
"""The upper end of a range, or the next of a list whose last has the unit."""
_NUMBERED = re.compile(r"(?:\(|\s)\d\)$")
_DIGIT = re.compile(r"\d")
_RANGE = re.compile(r"\s*(?:-+|–|—|to|~)\s*")
_CHANGE = re.compile(r"\s*(?:[\w\s%-]{1,30}|\([^()]*\))?\s*(?:→|->|\bto)\s+(?:about\s+|~\s*)?", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang\w+|between|var(?:y|ies|ying)|spann?\w*)\b[^.;]{0,20}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[\w~]+\s+){0,2}$", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,\s*and|,|/|&|and|or)\s*[+~]?\s*")
_COORDINATION = re.compile(
    r"(?:[\s,/&]|\b(?:and|or|as well as|the|our|new|both|datasets?|benchmarks?)\b|\([^()\d]*\)|\(\d[^().%]*\))+"
)
_CONJUNCT = re.compile(r"\W*(?:,|\band\b|\bbut\b|\bwhile\b|\bor\b)\W*(?:on|for|in|across)\s", re.IGNORECASE)
_DATA_NOUN = re.compile(
    r"\s*(?:(?:datasets?|benchmarks?|test sets?|tests?|suites?|tasks?|challenges?|corpus|data)\b\s*)+", re.IGNORECASE
)
_UNKNOWN_BRACKET = re.compile(r"(?:[A-Z][\w.+-]*|\w+-\d[\w.]*)\s*\(\s*(?:[\w@-]+\s*){0,2}$")
_UNKNOWN_PLACE = re.compile(r"\b(?:on|across)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}(?=[A-Z])")
_BRACKET_OR_POSSESSIVE = re.compile(r"(?:\s*['’]s?\s|\s*[(:\[=)]|\s+at\b)\s*(?:[\w@~=:-]+\s*){0,3}")
_IN_BRACKET = re.compile(r"\s*\(\s*")
_AFTER = re.compile(r"\s*(?:[\w@-]+\s+){0,2}?(?:for|by|of)\s+(?:the\s+|an?\s+)?")
_AFTER_VERSUS = re.compile(
    r"\s*(?:[\w@-]+\s+){0,2}?(?:for|by|of|with|from|using|(?:achieved|obtained|reported) by)\s+"
    r"(?:the\s+|an?\s+)?(?:[a-z-]+\s+){0,2}"
)
_CONTINUES = re.compile(r"^[^.;:]*(?:\band\b|,)(?!\s*(?:while|whereas|but)\b)[^.;:]*$")
_REACH = 90
"""Characters before a figure in which its cues stand."""
_MOST = 40
"""Figures in a sentence: what has more is no prose."""
_GAP = 160
"""Characters between things that still belong together."""


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


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in a sentence: `start` to `end` is its value without sign, `after` is where its unit ends."""

    start: int
    end: int
    after: int
    sign: str
    percent: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """A mention of an entity in a sentence."""

    start: int
    end: int
    entity: FoundEntity


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in plain text, with the places of what matters in it, all in order."""

    text: str
    figures: tuple[_Figure, ...]
    linked: tuple[str, ...]
    """How each figure goes on to the next: "range", "change", "and" or ""."""
    data: tuple[_Name, ...]
    systems: tuple[_Name, ...]
    metrics: tuple[tuple[int, int], ...]
    names: tuple[_Name, ...]
    """Data, systems and the names that are part of a compound: "GSM8K-trained"."""

    def runs(self) -> Iterator["_Run"]:
        """Coordinated figures: "92%, 85% and 61%"."""
        indices: list[int] = []
        items: list[int] = []
        for index, link in enumerate(self.linked):
            items.append(items[-1] + (self.linked[index - 1] == "and") if items else 0)
            indices.append(index)
            if not link:
                yield _Run(tuple(indices), tuple(items), self.figures[indices[0]].start, self.figures[index].after)
                indices, items = [], []

    def until_next(self, index: int) -> int:
        """Where the figure after this one starts, or the sentence ends."""
        return self.figures[index + 1].start if index + 1 < len(self.figures) else len(self.text)


@dataclass(frozen=True, slots=True)
class _Run:
    """Indices of coordinated figures, and the number of the list item that each is in: a range is one item."""

    indices: tuple[int, ...]
    items: tuple[int, ...]
    start: int
    after: int

    @property
    def length(self) -> int:
        """Number of items."""
        return self.items[-1] + 1


@dataclass(frozen=True, slots=True)
class _Paper:
    """What the whole paper says about whose figures it gives, and on what."""

    own: frozenset[str]
    """Keys of the systems that it proposes."""
    main: str
    """The system whose figures "our method" has; "" for none."""
    tested: frozenset[str]
    """Names of the benchmarks that it introduces or evaluates on."""
    home: FoundEntity | None
    """Its one benchmark, if that is sure."""


@Language.factory("citegraph_results", default_config={"sure": 0.8})
def create_results(nlp: Language, name: str, sure: float) -> "Results":
    """Finds results; writes `doc._.results`.

    Args:
        sure: confidence that the relation to a benchmark needs for figures in sentences that do not name it.
    """
    return Results(sure)


class Results:
    """Joins each figure of a sentence with the benchmark that it belongs to, and leaves out what is not sure."""

    def __init__(self, sure: float) -> None:
        if not Doc.has_extension("results"):
            Doc.set_extension("results", default=())
        self.sure = sure
        self.reader = _Reader()
        self.signs = _Signs()
        self.places = _Places()
        self.metrics = _Metrics()
        self.owners = _Owners()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.results` in order of position."""
        named = sorted(
            ((span.start_char, span.end_char, entity) for entity in doc._.entities for span in entity.spans),
            key=lambda place: place[0],
        )
        paper = _paper(doc, self.sure)
        last: tuple[FoundEntity, ...] = ()
        found: list[FoundResult] = []
        for span in doc.sents:
            base = span.start_char
            inside = [
                _Name(start - base, end - base, entity) for start, end, entity in named if base <= start < span.end_char
            ]
            sentence = self.reader.read(span, inside)
            if sentence is not None:
                found += self._results(doc.text[base : span.end_char], base, sentence, paper, last)
            last = _entities(name for name in inside if name.entity.name in paper.tested) or last
        doc._.results = tuple(found)
        return doc

    def _results(
        self, raw: str, base: int, sentence: _Sentence, paper: _Paper, last: tuple[FoundEntity, ...]
    ) -> Iterator[FoundResult]:
        signs = self.signs.of(sentence)
        for run in sentence.runs():
            benchmarks = self.places.of(sentence, run, paper.home, last)
            if not any(benchmarks):
                continue
            metrics = self.metrics.of(sentence, run)
            systems = self.owners.of(
                sentence, run, [signs[index] for index in run.indices], paper, spread=len(set(benchmarks)) > 1
            )
            for index, places, metric, system in zip(run.indices, benchmarks, metrics, systems, strict=True):
                figure = sentence.figures[index]
                written = raw[metric[0] : metric[1]] if metric else ""
                value = signs[index] + raw[figure.start : figure.end]
                for benchmark in places:
                    yield FoundResult(system, benchmark.name, written, value, base + figure.start, base + figure.end)


class _Reader:
    """Finds the figures of a sentence, and the names and metrics around them."""

    def __init__(self) -> None:
        metrics = "|".join(map(_cased, sorted(lines("metrics.txt"), key=len, reverse=True)))
        self.metric = re.compile(rf"(?<![\w-])(?:{metrics})(?:\s*\([A-Z][\w@ -]*\))?(?!\w)")
        self.qualifier = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)\s+$")
        self.unqualified = frozenset(lines("results/not_metric_words.txt"))
        self.not_before = _end("results/not_before.txt")
        self.not_after = _start("results/not_after.txt")
        self.measure = _start("results/units.txt")

    def read(self, span: Span, names: Sequence[_Name]) -> _Sentence | None:
        """The sentence made ready; None where it has no figure or is no prose."""
        raw = span.text
        if not _DIGIT.search(raw):
            return None
        text = _plain(raw)
        metrics = self._metrics(text, names)
        names = [name for name in names if not any(start <= name.start and name.end <= end for start, end in metrics)]
        base = span.start_char
        taken = [(name.start, name.end) for name in names] + metrics
        taken += [(token.idx - base, token.idx - base + len(token)) for token in span if token._.in_link]
        figures = tuple(
            _figure(match)
            for match in _FIGURE.finditer(text)
            if not any(start <= match.start("digits") < end for start, end in taken)
            and self._scored(text, match, metrics)
        )
        if not 0 < len(figures) <= _MOST:
            return None
        linked = (*(_link(text, *pair, names) for pair in pairwise(figures)), "")
        data = tuple(name for name in names if name.entity.type in DATA_LABELS and not text.startswith("-", name.end))
        systems = tuple(name for name in names if name.entity.type not in DATA_LABELS)
        return _Sentence(text, figures, linked, data, systems, tuple(metrics), tuple(names))

    def _metrics(self, text: str, names: Sequence[_Name]) -> list[tuple[int, int]]:
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
        before = text[max(0, match.start() - _REACH) : match.start()]
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


class _Signs:
    """Tells gains and drops from absolute values."""

    def __init__(self) -> None:
        gains, drops = _any("results/gains.txt"), _any("results/drops.txt")
        words = {"GAIN": rf"(?:{gains}|{drops})"}
        self.change = re.compile(rf"\b(?:(?P<gain>{gains})|(?P<drop>{drops}))(?!\w)", re.IGNORECASE)
        self.hedges = _hedges()
        self.before = _end("results/relative_before.txt", words)
        self.after = _start("results/relative_after.txt", words)
        self.reports = re.compile(rf"\b(?:{_any('results/reports.txt')})(?!\w)", re.IGNORECASE)
        self.versus = _end("results/versus.txt")

    def of(self, sentence: _Sentence) -> list[str]:
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

    def _sign(self, sentence: _Sentence, index: int) -> str:
        text, figure = sentence.text, sentence.figures[index]
        if "change" in (sentence.linked[index], sentence.linked[index - 1] if index else ""):
            return ""
        before = self.hedges.sub("", text[max(0, figure.start - _REACH) : figure.start])
        if self.before.search(before):
            return self._direction(text[: figure.start], last=True)
        after = self.after.match(text[figure.after : sentence.until_next(index)])
        return self._direction(after.group(), last=False) if after else ""

    def _inherited(self, sentence: _Sentence, index: int, signs: Sequence[str]) -> str:
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
            or len(between) > _GAP
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


class _Places:
    """Finds the benchmarks of figures."""

    def __init__(self) -> None:
        self.hedges = _hedges()
        self.training = _end("results/training.txt")
        places = _any("results/places.txt")
        self.leading = re.compile(
            rf"(?:.*\W)?(?:{places})\s+(?:[^\s,;:()]+\s+){{0,6}}(?:\(\s*)?", re.IGNORECASE | re.DOTALL
        )
        self.led = re.compile(rf"\b(?:{places})\s+(?:[^\s,;:()]+\s+){{0,4}}$", re.IGNORECASE)
        self.elsewhere = re.compile(r"(?:\s+[\w@-]+){0,4}?\s+(?:on|across)\s+(?!average)", re.IGNORECASE)
        self.same = re.compile(rf"\b(?:{_any('results/same.txt')})(?!\w)", re.IGNORECASE)

    def of(
        self, sentence: _Sentence, run: _Run, home: FoundEntity | None, last: tuple[FoundEntity, ...]
    ) -> list[tuple[FoundEntity, ...]]:
        """The benchmarks of each figure of a run, one by one where as many are listed as figures."""
        if not sentence.data:
            return [self._carried(sentence, run, home, last)] * len(run.indices)
        group = self._group(sentence, run)
        benchmarks = _entities(group)
        if run.length == len(benchmarks):
            return [(benchmarks[item],) for item in run.items]
        if run.length > 1 and group and group[0].start >= run.after:
            listed = _listed(sentence.text, group, run.length)
            if listed:
                return [listed[item] for item in run.items]
        return [benchmarks if run.length == 1 or len(benchmarks) == 1 else ()] * len(run.indices)

    def _group(self, sentence: _Sentence, run: _Run) -> Sequence[_Name]:
        """The coordinated benchmarks that a run of figures belongs to."""
        text = sentence.text
        groups = _groups(text, sentence.data)
        earlier = [group for group in groups if group[-1].end <= run.start and not self._training(text, group[0])]
        later = next((group for group in groups if group[0].start >= run.after), None)
        before = self._before(text, earlier[-1][-1].end, run.start) if earlier else None
        near = before is not None and len(before.split()) <= 3 and not re.search(r"[,;]|^\s*(?:and|or)\b", before)
        if before and near and before.lstrip()[:1] in {"(", "[", ":"}:
            return earlier[-1]
        if later and not (near and _CONJUNCT.match(text[run.after : later[0].start][:_GAP])):
            if self._unknown_place(sentence, run.after, later[0].start):
                return ()
            opened = bool(earlier) and earlier[-1][0].start < sentence.figures[0].start
            if self._leads(sentence, run, later[0].start, alone=near or opened):
                return later
        if self._unknown(sentence, run):
            return ()
        if near:
            return earlier[-1]
        return self._open(sentence, run, earlier)

    def _before(self, text: str, start: int, end: int) -> str | None:
        """What stands between a benchmark and a figure, less what says nothing; None where they are far apart."""
        return self.hedges.sub("", _DATA_NOUN.sub(" ", text[start:end], count=1)) if end - start <= _GAP else None

    def _leads(self, sentence: _Sentence, run: _Run, place: int, alone: bool) -> bool:
        """Whether the words after a run lead to a benchmark.

        They may do so through further figures, "3% in F1 and 4% in EM on A", unless the run is to stand `alone`.
        """
        text, position = sentence.text, run.after
        for figure in sentence.figures[run.indices[-1] + 1 :]:
            if figure.start > place:
                break
            between = text[position : figure.start]
            if alone or len(between) > _GAP or len(between.split()) > 8 or not _CONTINUES.search(between):
                return False
            position = figure.after
        gap = text[position:place]
        return (
            len(gap) <= _GAP
            and len(gap.split()) <= 14
            and bool(self.leading.fullmatch(gap))
            and not re.search("[,;]" if alone else ";", gap)
        )

    def _open(self, sentence: _Sentence, run: _Run, earlier: Sequence[Sequence[_Name]]) -> Sequence[_Name]:
        """The last benchmarks before a run that a preposition leads to: "On A, our method achieves 92%"."""
        text = sentence.text
        following = sentence.until_next(run.indices[-1])
        led = [group for group in earlier if self.led.search(text[max(0, group[0].start - 60) : group[0].start])]
        for group in reversed(led or earlier):
            adverbial = re.match(r"\s*(?:[\w-]+\s+){0,3}?,", text[group[-1].end :])
            return group if adverbial or not self.elsewhere.match(text[run.after : following]) else ()
        return ()

    def _carried(
        self, sentence: _Sentence, run: _Run, home: FoundEntity | None, last: tuple[FoundEntity, ...]
    ) -> tuple[FoundEntity, ...]:
        """The benchmark of an earlier sentence, where this one points back or where the paper has only one."""
        if self.same.search(sentence.text):
            return last if len(last) == 1 else ((home,) if home else ())
        if home is None or self._unknown(sentence, run) or self._unknown_place(sentence, 0, run.start):
            return ()
        if self.elsewhere.match(sentence.text[run.after : run.after + 60]):
            return ()
        return (home,)

    def _unknown(self, sentence: _Sentence, run: _Run) -> bool:
        """Whether a figure stands in the bracket of, or on, something with a name that is not among the entities."""
        begin = max(0, run.start - _REACH)
        bracket = _UNKNOWN_BRACKET.search(self.hedges.sub("", sentence.text[begin : run.start]))
        if bracket:
            place = begin + bracket.start()
            known = [(name.start, name.end) for name in sentence.names] + list(sentence.metrics)
            if not any(start <= place < end for start, end in known):
                return True
        return self._unknown_place(sentence, run.after, run.after + 60)

    def _unknown_place(self, sentence: _Sentence, start: int, end: int) -> bool:
        match = _UNKNOWN_PLACE.search(sentence.text, start, min(end, len(sentence.text)))
        if match is None or any(name.start <= match.end() < name.end for name in sentence.names):
            return False
        return not start or not re.search(r"[,;.(]", sentence.text[start : match.start()])

    def _training(self, text: str, name: _Name) -> bool:
        return bool(self.training.search(text[max(0, name.start - 60) : name.start].removesuffix("the ")))


class _Metrics:
    """Finds the metrics of figures."""

    def __init__(self) -> None:
        self.before = [re.compile(_spaced(pattern)) for pattern in lines("results/metric_before.txt")]
        self.after = [re.compile(_spaced(pattern)) for pattern in lines("results/metric_after.txt")]
        self.hedges = _hedges()
        words = (
            f"{_any('results/gains.txt')}|{_any('results/drops.txt')}|{'|'.join(lines('results/not_metric_words.txt'))}"
        )
        self.plain = re.compile(words, re.IGNORECASE)

    def of(self, sentence: _Sentence, run: _Run) -> list[tuple[int, int] | None]:
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

    def _metric(self, sentence: _Sentence, run: _Run, index: int) -> tuple[int, int] | None:
        """Right after the figure or its run, else right before it, else the last before it, else the next."""
        text, figure = sentence.text, sentence.figures[index]
        for position, last in ((figure.after, index), (run.after, run.indices[-1])):
            later = next((place for place in sentence.metrics if place[0] >= position), None)
            if later and later[0] < sentence.until_next(last) and _close(text[position : later[0]]):
                return later
        named = self._noun(sentence, self.after, text[run.after : run.after + _GAP], run.after)
        if named:
            return named
        earlier = next((place for place in reversed(sentence.metrics) if place[1] <= figure.start), None)
        if earlier:
            gap = text[earlier[1] : figure.start]
            if len(gap.split()) <= 8 and not re.search(r"[,;%]|\b(?:and|or|by)\b", gap):
                return earlier
        begin = max(0, run.start - _REACH)
        named = self._noun(sentence, self.before, self.hedges.sub("", text[begin : run.start]), begin)
        return named or earlier or next((place for place in sentence.metrics if place[0] >= figure.after), None)

    def _noun(
        self, sentence: _Sentence, patterns: Sequence[re.Pattern[str]], text: str, base: int
    ) -> tuple[int, int] | None:
        """Place of a noun that stands where a metric does: "a resolution rate of 87%"."""
        for pattern in patterns:
            match = pattern.search(text)
            if match is None or any(self.plain.fullmatch(word) for word in match[1].split()):
                continue
            start, end = base + match.start(1), base + match.end(1)
            if not any(name.start < end and start < name.end for name in sentence.data):
                return start, end
        return None


class _Owners:
    """Finds the systems whose figures they are."""

    def __init__(self) -> None:
        self.hedges = _hedges()
        self.versus = _end("results/versus.txt")
        self.rivals = re.compile(
            rf"(?<!\w)(?:{_any('results/rivals.txt')})\s+(?:[a-z][\w-]*\s+){{0,3}}$", re.IGNORECASE
        )
        self.objects = re.compile(
            rf"(?<!\w)(?:{_any('results/objects.txt')})\s+(?:(?:an?|the|our|its|both)\s+)?(?:[a-z-]+\s+)?$",
            re.IGNORECASE,
        )
        self.reporting = re.compile(
            rf"(?:\s*\([^()]*\))?\s+(?:only\s+|also\s+|still\s+)?(?:{_any('results/reports.txt')})(?!\w)", re.IGNORECASE
        )
        self.others = re.compile(
            rf"(?:^|[,;:]|\b(?:that|while|where|and|with))\s*(?:(?:even|the|our|an?)\s+)*(?:{_any('results/others.txt')})(?!\w)",
            re.IGNORECASE,
        )
        self.baseline_before = _end("results/baseline_before.txt")
        self.baseline_after = _start("results/baseline_after.txt")

    def of(self, sentence: _Sentence, run: _Run, signs: Sequence[str], paper: _Paper, spread: bool) -> list[str]:
        """The system of each figure, "" for none; one by one where as many are listed as figures.

        Args:
            spread: figures and benchmarks are listed one by one, so systems are not.
        """
        if run.length > 1 and not spread:
            before = [name for name in sentence.systems if name.end <= run.start]
            groups = _groups(sentence.text, self._compared(sentence.text, before, sentence.figures[run.indices[0]]))
            named = _entities(groups[-1]) if groups else ()
            if len(named) == run.length:
                return [named[item].name for item in run.items]
        return [self._system(sentence, run, index, sign, paper) for index, sign in zip(run.indices, signs, strict=True)]

    def _system(self, sentence: _Sentence, run: _Run, index: int, sign: str, paper: _Paper) -> str:
        text, figure = sentence.text, sentence.figures[index]
        earlier = [name for name in sentence.systems if name.end <= figure.start and not text.startswith("-", name.end)]
        following = next((name for name in sentence.systems if name.start >= figure.after), None)
        if (
            following
            and _IN_BRACKET.fullmatch(text[figure.after : following.start])
            and following.entity.type == "Model"
        ):
            return following.entity.name
        named = None if sign else self._named(sentence, run, earlier)
        if named is not None:
            return named
        earlier = self._compared(text, earlier, figure)
        if earlier and self.reporting.match(text, earlier[-1].end):
            return earlier[-1].entity.name
        own = next((name for name in reversed(earlier) if _is_own(name.entity, paper)), None)
        subjects = [name for name in earlier if not self.objects.search(text[max(0, name.start - 60) : name.start])]
        if own or not subjects:
            changed = self._changed(sentence, index, earlier, paper)
            if changed is not None:
                return changed
        if own:
            return own.entity.name
        if paper.main:
            subjects = [name for name in subjects if name.entity.type == "Model"]
        if subjects:
            return subjects[-1].entity.name
        if self.others.search(text, 0, figure.start):
            return ""
        return paper.main or (earlier[-1].entity.name if earlier else "")

    def _changed(self, sentence: _Sentence, index: int, earlier: Sequence[_Name], paper: _Paper) -> str | None:
        """The system that is changed, "boosts the accuracy of A from 4% to 5%"; None where no change says."""
        first = sentence.linked[index] == "change"
        if not first and (not index or sentence.linked[index - 1] != "change"):
            return None
        begin = sentence.figures[index if first else index - 1].start
        changed = next((name for name in reversed(earlier) if begin - 40 < name.end <= begin), None)
        if changed is None or _is_own(changed.entity, paper):
            return "" if first else None
        return changed.entity.name if first or re.search(r"\bof\s$", sentence.text[: changed.start][-4:]) else None

    def _compared(self, text: str, names: Sequence[_Name], figure: _Figure) -> list[_Name]:
        """The systems without those that they are compared with."""
        groups = [group for group in _groups(text, names) if not self._rival(text, group[0], figure)]
        return [name for group in groups for name in group]

    def _named(self, sentence: _Sentence, run: _Run, earlier: Sequence[_Name]) -> str | None:
        """The system in whose bracket an absolute figure stands or that follows it, "" for a baseline, else None."""
        text = sentence.text
        later = next((name for name in sentence.systems if name.start >= run.after), None)
        if earlier and _BRACKET_OR_POSSESSIVE.fullmatch(text[earlier[-1].end : run.start][: _REACH + 1]):
            return earlier[-1].entity.name
        before = self.hedges.sub("", text[max(0, run.start - _REACH) : run.start])
        versus = bool(self.versus.search(before))
        if later and (_AFTER_VERSUS if versus else _AFTER).fullmatch(text[run.after : later.start]):
            return later.entity.name
        if versus or self.baseline_before.search(before) or self.baseline_after.match(text, run.after):
            return ""
        return None

    def _rival(self, text: str, name: _Name, figure: _Figure) -> bool:
        """Whether a system is what the subject is compared with."""
        return bool(self.rivals.search(text[max(0, name.start - 60) : name.start])) or bool(
            figure.start - name.end <= _REACH
            and re.fullmatch(r"\s*by", self.hedges.sub("", text[name.end : figure.start]))
        )


def _spaced(pattern: str) -> str:
    """The pattern with every blank standing for any white space."""
    return re.sub(r" (?![?*+{])", r"\\s+", pattern)


def _cased(pattern: str) -> str:
    """The pattern, in any case unless it has a capital letter."""
    return _spaced(pattern) if re.search(r"(?<!\\)[A-Z]", pattern) else f"(?i:{_spaced(pattern)})"


def _any(file: str) -> str:
    """One pattern of all lines of a file."""
    return _spaced("|".join(lines(file)))


def _filled(file: str, words: dict[str, str] | None) -> str:
    pattern = _any(file)
    for name, value in (words or {}).items():
        pattern = pattern.replace(name, value)
    return pattern


def _end(file: str, words: dict[str, str] | None = None) -> re.Pattern[str]:
    """Matches one of a file's patterns at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{_filled(file, words)})\s*$", re.IGNORECASE)


def _start(file: str, words: dict[str, str] | None = None) -> re.Pattern[str]:
    """Matches one of a file's patterns at the start of a text."""
    return re.compile(rf"[\s-]*(?:{_filled(file, words)})(?!\w)", re.IGNORECASE)


def _hedges() -> re.Pattern[str]:
    """Matches the words at the end of a text that change nothing about the figure after it."""
    return re.compile(rf"(?:\s|(?<![\w.])(?:{_any('results/hedges.txt')})(?=[\s~≈+]|$))*$", re.IGNORECASE)


def _plain(text: str) -> str:
    """The text with its LaTeX blanked out, every character in its place."""
    if not any(ch in text for ch in "\\${"):
        return text
    for pattern, plain in _LATEX:
        text = pattern.sub(lambda match, plain=plain: plain.rjust(len(match.group())), text)  # type: ignore[misc]
    return text


def _figure(match: re.Match[str]) -> _Figure:
    sign = (match["sign"] or "").strip().replace("−", "-").replace("–", "-")
    end = max(match.end(part) for part in ("digits", "percent", "fold"))
    return _Figure(match.start("digits"), end, match.end(), sign, bool(match["percent"]))


def _link(text: str, one: _Figure, other: _Figure, names: Sequence[_Name]) -> str:
    """How a figure goes on to the next."""
    if other.start - one.after > _REACH:
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


def _groups(text: str, names: Sequence[_Name]) -> list[list[_Name]]:
    """Coordinated names."""
    groups: list[list[_Name]] = []
    for name in names:
        if groups and _COORDINATION.fullmatch(text[groups[-1][-1].end : name.start]):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _coordinated(text: str, places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Places joined as a list."""
    groups: list[list[tuple[int, int]]] = []
    for place in places:
        if groups and _LIST.fullmatch(text[groups[-1][-1][1] : place[0]]):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _listed(text: str, group: Sequence[_Name], length: int) -> list[tuple[FoundEntity, ...]] | None:
    """Item by item, the benchmark of a list in which some have no name; None where it has another length."""
    if not group or length < 2:
        return None
    clause = re.split(r"[.;)]|,?\s+respectively", text[group[0].start :])[0]
    found: list[tuple[FoundEntity, ...]] = []
    position = group[0].start
    for part in re.split(r"(,\s*and\s+|,\s*|\s+and\s+)", clause):
        if not re.fullmatch(r",\s*and\s+|,\s*|\s+and\s+", part):
            found.append(_entities(name for name in group if position <= name.start < position + len(part))[:1])
        position += len(part)
    return found if len(found) == length else None


def _entities(names: Iterable[_Name]) -> tuple[FoundEntity, ...]:
    """The entities of some names, each once."""
    return tuple({name.entity.name: name.entity for name in names}.values())


def _paper(doc: Doc, sure: float) -> _Paper:
    pairs = [
        (entity, relations[0]) for entity, relations in zip(doc._.entities, doc._.relations, strict=True) if relations
    ]
    own = [entity for entity, relation in pairs if relation.type == "INTRODUCES" and entity.type not in DATA_LABELS]
    tested = {
        wanted: [pair for pair in pairs if pair[1].type == wanted and pair[0].type in DATA_LABELS]
        for wanted in ("INTRODUCES", "EVALUATES_ON")
    }
    likeliest = tested["INTRODUCES"] or tested["EVALUATES_ON"]
    return _Paper(
        frozenset(name_key(entity.name) for entity in own) - {""},
        own[0].name if own else "",
        frozenset(entity.name for found in tested.values() for entity, _ in found),
        likeliest[0][0] if len(likeliest) == 1 and likeliest[0][1].confidence >= sure else None,
    )


def _is_own(entity: FoundEntity, paper: _Paper) -> bool:
    """Whether a system is one that the paper proposes, or a version of it."""
    key = name_key(entity.name)
    return any(key.startswith(system) for system in paper.own)
