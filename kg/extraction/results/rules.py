"""Figures on named benchmarks: value, metric, benchmark and model from one sentence.

A sentence is read into its figures and the names around them; then four questions are asked of each figure: is it a
gain or a drop, on which benchmark, by which metric, of which system. A figure without a benchmark is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.figures import (
    GAP,
    REACH,
    Figure,
    Metrics,
    Name,
    Reader,
    Run,
    Sentence,
    Signs,
    alternatives,
    ending,
    hedges,
    starting,
)
from kg.schema import DATA_LABELS
from kg.text.keys import name_key

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
_WORK = frozenset({"EVALUATES", "USES"})
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_CONTINUES = re.compile(r"^[^.;:]*(?:\band\b|,)(?!\s*(?:while|whereas|but)\b)[^.;:]*$")


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
class PaperSummary:
    """What the whole paper says about whose figures it gives, and on what."""

    own: frozenset[str]
    """Keys of the systems that it proposes."""
    main: str
    """The system whose figures "our method" has; "" for none."""
    base: str
    """The only model that it works with, where it proposes no system; "" for none."""
    tested: frozenset[str]
    """Names of the benchmarks that it introduces or evaluates on."""
    scored: frozenset[str]
    """Those of them that surely are benchmarks and surely tested on."""
    home: FoundEntity | None
    """Its one benchmark, if that is sure."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say of one figure."""

    benchmarks: tuple[FoundEntity, ...]
    metric: tuple[int, int] | None
    system: str
    sign: str
    run: Run


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with figures, and what the rules say of each; `base` is its place in the doc."""

    base: int
    number: int
    sentence: Sentence
    proposals: tuple[Proposal, ...]
    last: tuple[FoundEntity, ...]
    """The benchmarks that were named last before this sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules read in a paper; `starts` are the characters where its sentences start."""

    summary: PaperSummary
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]


@Language.factory(
    "citegraph_results",
    default_config={"sure": 0.8, "likely": 0.6},
    assigns=["doc._.citegraph_results"],
    requires=[
        "token.is_sent_start",
        "token._.citegraph_in_link",
        "doc._.citegraph_links",
        "doc._.citegraph_entities",
        "doc._.citegraph_relations",
    ],
)
def create_results(nlp: Language, name: str, sure: float, likely: float) -> "Results":
    """Finds results; writes `doc._.citegraph_results`.

    Args:
        sure: confidence that the relation to a benchmark needs for figures in sentences that do not name it.
        likely: probability that the name and the relation of a benchmark need: of the figures on others, most are on
            none.
    """
    return Results(sure, likely)


class Results:
    """Joins each figure of a sentence with the benchmark that it belongs to, and leaves out what is not sure."""

    def __init__(self, sure: float, likely: float) -> None:
        self.rules = Rules(lenient=False, sure=sure, likely=likely)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_results` in order of position."""
        reading = self.rules.read(doc)
        doc._.citegraph_results = tuple(
            result for passage in reading.passages for result in _accepted(doc, passage, reading.summary)
        )
        return doc


def _accepted(doc: Doc, passage: Passage, paper: PaperSummary) -> Iterator[FoundResult]:
    for figure, proposal in zip(passage.sentence.figures, passage.proposals, strict=True):
        for benchmark in proposal.benchmarks:
            if benchmark.name in paper.scored:
                yield result_of(doc, passage, figure, benchmark.name, proposal.metric, proposal.system, proposal.sign)


def result_of(
    doc: Doc,
    passage: Passage,
    figure: Figure,
    benchmark: str,
    metric: tuple[int, int] | None,
    system: str,
    sign: str,
) -> FoundResult:
    """A result with its text as written."""
    base = passage.base
    start, end = base + figure.start, base + figure.end
    written = doc.text[base + metric[0] : base + metric[1]] if metric else ""
    return FoundResult(system, benchmark, written, sign + doc.text[start:end], start, end)


class Rules:
    """Reads the sentences with figures, and says of each figure what the words around it do."""

    def __init__(self, lenient: bool, sure: float = 0.8, likely: float = 0.6) -> None:
        """Takes whether what does not look like a score is a figure too; the rest as `create_results`."""
        self.sure = sure
        self.likely = likely
        self.reader = Reader(lenient)
        self.signs = Signs()
        self.places = _Places()
        self.metrics = Metrics()
        self.owners = _Owners()

    def read(self, doc: Doc) -> Reading:
        """What the paper says as a whole, and its sentences with figures."""
        named = sorted(
            ((span.start_char, span.end_char, entity) for entity in doc._.citegraph_entities for span in entity.spans),
            key=lambda place: place[0],
        )
        paper = _paper(doc, self.sure, self.likely)
        last: tuple[FoundEntity, ...] = ()
        passages: list[Passage] = []
        sentences = tuple(doc.sents)
        for number, span in enumerate(sentences):
            base = span.start_char
            inside = [
                Name(start - base, end - base, entity) for start, end, entity in named if base <= start < span.end_char
            ]
            sentence = self.reader.read(span, inside)
            if sentence is not None:
                passages.append(Passage(base, number, sentence, tuple(self._proposals(sentence, paper, last)), last))
            last = _entities(name for name in inside if name.entity.name in paper.tested) or last
        return Reading(paper, tuple(passages), tuple(span.start_char for span in sentences))

    def _proposals(self, sentence: Sentence, paper: PaperSummary, last: tuple[FoundEntity, ...]) -> Iterator[Proposal]:
        signs = self.signs.of(sentence)
        for run in sentence.runs():
            benchmarks = self.places.of(sentence, run, paper.home, last)
            systems = self.owners.of(
                sentence, run, [signs[index] for index in run.indices], paper, spread=len(set(benchmarks)) > 1
            )
            metrics = self.metrics.of(sentence, run)
            for index, places, metric, system in zip(run.indices, benchmarks, metrics, systems, strict=True):
                yield Proposal(places, metric, system, signs[index], run)


class _Places:
    """Finds the benchmarks of figures."""

    def __init__(self) -> None:
        self.hedges = hedges()
        self.training = ending("results/training.txt")
        places = alternatives("results/places.txt")
        self.leading = re.compile(
            rf"(?:.*\W)?(?:{places})\s+(?:[^\s,;:()]+\s+){{0,6}}(?:\(\s*)?", re.IGNORECASE | re.DOTALL
        )
        self.led = re.compile(rf"\b(?:{places})\s+(?:[^\s,;:()]+\s+){{0,4}}$", re.IGNORECASE)
        self.elsewhere = re.compile(r"(?:\s+[\w@-]+){0,4}?\s+(?:on|across)\s+(?!average)", re.IGNORECASE)
        self.overall = re.compile(rf"\b(?:{alternatives('results/overall.txt')})(?!\w)", re.IGNORECASE)
        self.same = re.compile(rf"\b(?:{alternatives('results/same.txt')})(?!\w)", re.IGNORECASE)

    def of(
        self, sentence: Sentence, run: Run, home: FoundEntity | None, last: tuple[FoundEntity, ...]
    ) -> list[tuple[FoundEntity, ...]]:
        """The benchmarks of each figure of a run, one by one where as many are listed as figures."""
        if not sentence.data:
            if 1 < run.length == len(last) and _RESPECTIVELY.search(sentence.text, run.start):
                return [(last[item],) for item in run.items]
            return [self._carried(sentence, run, home, last)] * len(run.indices)
        group = self._group(sentence, run)
        benchmarks = _entities(group)
        if run.length == len(benchmarks):
            return [(benchmarks[item],) for item in run.items]
        if run.length > 1 and group and group[0].start >= run.after:
            listed = _listed(sentence.text, group, run.length)
            if listed:
                return [listed[item] for item in run.items]
        if len(benchmarks) > 1 and (run.length > 1 or (len(benchmarks) > 2 and self._sums_up(sentence, run))):
            return [()] * len(run.indices)
        return [benchmarks] * len(run.indices)

    def _sums_up(self, sentence: Sentence, run: Run) -> bool:
        """Whether a figure or range is over all benchmarks of a list and not of each."""
        around = sentence.text[max(0, run.start - REACH) : sentence.until_next(run.indices[-1])][: 2 * REACH]
        return bool(self.overall.search(around))

    def _group(self, sentence: Sentence, run: Run) -> Sequence[Name]:
        """The coordinated benchmarks that a run of figures belongs to."""
        text = sentence.text
        groups = _groups(text, sentence.data)
        earlier = [group for group in groups if group[-1].end <= run.start and not self._training(text, group[0])]
        later = next((group for group in groups if group[0].start >= run.after), None)
        before = self._before(text, earlier[-1][-1].end, run.start) if earlier else None
        near = before is not None and len(before.split()) <= 3 and not re.search(r"[,;]|^\s*(?:and|or)\b", before)
        if before and near and before.lstrip()[:1] in {"(", "[", ":"}:
            return earlier[-1]
        if later and not (near and _CONJUNCT.match(text[run.after : later[0].start][:GAP])):
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
        return self.hedges.sub("", _DATA_NOUN.sub(" ", text[start:end], count=1)) if end - start <= GAP else None

    def _leads(self, sentence: Sentence, run: Run, place: int, alone: bool) -> bool:
        """Whether the words after a run lead to a benchmark.

        They may do so through further figures, "3% in F1 and 4% in EM on A", unless the run is to stand `alone`.
        """
        text, position = sentence.text, run.after
        for figure in sentence.figures[run.indices[-1] + 1 :]:
            if figure.start > place:
                break
            between = text[position : figure.start]
            if alone or len(between) > GAP or len(between.split()) > 8 or not _CONTINUES.search(between):
                return False
            position = figure.after
        gap = text[position:place]
        return (
            len(gap) <= GAP
            and len(gap.split()) <= 14
            and bool(self.leading.fullmatch(gap))
            and not re.search("[,;]" if alone else ";", gap)
        )

    def _open(self, sentence: Sentence, run: Run, earlier: Sequence[Sequence[Name]]) -> Sequence[Name]:
        """The last benchmarks before a run that a preposition leads to: "On A, our method achieves 92%"."""
        text = sentence.text
        following = sentence.until_next(run.indices[-1])
        led = [group for group in earlier if self.led.search(text[max(0, group[0].start - 60) : group[0].start])]
        for group in reversed(led or earlier):
            adverbial = re.match(r"\s*(?:[\w-]+\s+){0,3}?,", text[group[-1].end :])
            return group if adverbial or not self.elsewhere.match(text[run.after : following]) else ()
        return ()

    def _carried(
        self, sentence: Sentence, run: Run, home: FoundEntity | None, last: tuple[FoundEntity, ...]
    ) -> tuple[FoundEntity, ...]:
        """The benchmark of an earlier sentence: the one that this points back at, the paper's only one, or the last."""
        if self.same.search(sentence.text):
            return last if len(last) == 1 else ((home,) if home else ())
        home = home or (last[0] if len(last) == 1 else None)
        if (
            home is None
            or not sentence.metrics
            or self._unknown(sentence, run)
            or self._unknown_place(sentence, 0, run.start)
        ):
            return ()
        if self.elsewhere.match(sentence.text[run.after : run.after + 60]):
            return ()
        return (home,)

    def _unknown(self, sentence: Sentence, run: Run) -> bool:
        """Whether a figure stands in the bracket of, or on, something with a name that is not among the entities."""
        begin = max(0, run.start - REACH)
        bracket = _UNKNOWN_BRACKET.search(self.hedges.sub("", sentence.text[begin : run.start]))
        if bracket:
            place = begin + bracket.start()
            known = [(name.start, name.end) for name in sentence.names] + list(sentence.metrics)
            if not any(start <= place < end for start, end in known):
                return True
        return self._unknown_place(sentence, run.after, run.after + 60)

    def _unknown_place(self, sentence: Sentence, start: int, end: int) -> bool:
        match = _UNKNOWN_PLACE.search(sentence.text, start, min(end, len(sentence.text)))
        if match is None or any(name.start <= match.end() < name.end for name in sentence.names):
            return False
        return not start or not re.search(r"[,;.(]", sentence.text[start : match.start()])

    def _training(self, text: str, name: Name) -> bool:
        return bool(self.training.search(text[max(0, name.start - 60) : name.start].removesuffix("the ")))


class _Owners:
    """Finds the systems whose figures they are."""

    def __init__(self) -> None:
        self.hedges = hedges()
        self.versus = ending("results/versus.txt")
        self.rivals = re.compile(
            rf"(?<!\w)(?:{alternatives('results/rivals.txt')})\s+(?:[a-z][\w-]*\s+){{0,3}}$", re.IGNORECASE
        )
        self.objects = re.compile(
            rf"(?<!\w)(?:{alternatives('results/objects.txt')})\s+(?:(?:an?|the|our|its|both)\s+)?(?:[a-z-]+\s+)?$",
            re.IGNORECASE,
        )
        self.reporting = re.compile(
            rf"(?:\s*\([^()]*\))?\s+(?:only\s+|also\s+|still\s+)?(?:{alternatives('results/reports.txt')})(?!\w)",
            re.IGNORECASE,
        )
        self.others = re.compile(
            rf"(?:^|[,;:]|\b(?:that|while|where|and|with))\s*(?:(?:even|the|our|an?)\s+)*(?:{alternatives('results/others.txt')})(?!\w)",
            re.IGNORECASE,
        )
        self.baseline_before = ending("results/baseline_before.txt")
        self.baseline_after = starting("results/baseline_after.txt")

    def of(self, sentence: Sentence, run: Run, signs: Sequence[str], paper: PaperSummary, spread: bool) -> list[str]:
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

    def _system(self, sentence: Sentence, run: Run, index: int, sign: str, paper: PaperSummary) -> str:
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

    def _changed(self, sentence: Sentence, index: int, earlier: Sequence[Name], paper: PaperSummary) -> str | None:
        """The system that is changed, "boosts the accuracy of A from 4% to 5%"; None where no change says."""
        first = sentence.linked[index] == "change"
        if not first and (not index or sentence.linked[index - 1] != "change"):
            return None
        begin = sentence.figures[index if first else index - 1].start
        changed = next((name for name in reversed(earlier) if begin - 40 < name.end <= begin), None)
        if changed is None or _is_own(changed.entity, paper):
            return paper.base if first else None
        return changed.entity.name if first or re.search(r"\bof\s$", sentence.text[: changed.start][-4:]) else None

    def _compared(self, text: str, names: Sequence[Name], figure: Figure) -> list[Name]:
        """The systems without those that they are compared with."""
        groups = [group for group in _groups(text, names) if not self._rival(text, group[0], figure)]
        return [name for group in groups for name in group]

    def _named(self, sentence: Sentence, run: Run, earlier: Sequence[Name]) -> str | None:
        """The system in whose bracket an absolute figure stands or that follows it, "" for a baseline, else None."""
        text = sentence.text
        later = next((name for name in sentence.systems if name.start >= run.after), None)
        if earlier and _BRACKET_OR_POSSESSIVE.fullmatch(text[earlier[-1].end : run.start][: REACH + 1]):
            return earlier[-1].entity.name
        before = self.hedges.sub("", text[max(0, run.start - REACH) : run.start])
        versus = bool(self.versus.search(before))
        if later and (_AFTER_VERSUS if versus else _AFTER).fullmatch(text[run.after : later.start]):
            return later.entity.name
        if versus or self.baseline_before.search(before) or self.baseline_after.match(text, run.after):
            return ""
        return None

    def _rival(self, text: str, name: Name, figure: Figure) -> bool:
        """Whether a system is what the subject is compared with."""
        return bool(self.rivals.search(text[max(0, name.start - 60) : name.start])) or bool(
            figure.start - name.end <= REACH
            and re.fullmatch(r"\s*by", self.hedges.sub("", text[name.end : figure.start]))
        )


def _groups(text: str, names: Sequence[Name]) -> list[list[Name]]:
    """Coordinated names."""
    groups: list[list[Name]] = []
    for name in names:
        if groups and _COORDINATION.fullmatch(text[groups[-1][-1].end : name.start]):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _listed(text: str, group: Sequence[Name], length: int) -> list[tuple[FoundEntity, ...]] | None:
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


def _entities(names: Iterable[Name]) -> tuple[FoundEntity, ...]:
    """The entities of some names, each once."""
    return tuple({name.entity.name: name.entity for name in names}.values())


def _paper(doc: Doc, sure: float, likely: float) -> PaperSummary:
    pairs = [
        (entity, relations[0])
        for entity, relations in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True)
        if relations
    ]
    own = [entity for entity, relation in pairs if relation.type == "INTRODUCES" and entity.type not in DATA_LABELS]
    worked = [entity for entity, relation in pairs if relation.type in _WORK and entity.type == "Model"]
    tested = {
        wanted: [pair for pair in pairs if pair[1].type == wanted and pair[0].type in DATA_LABELS]
        for wanted in ("INTRODUCES", "EVALUATES_ON")
    }
    likeliest = tested["INTRODUCES"] or tested["EVALUATES_ON"]
    return PaperSummary(
        frozenset(name_key(entity.name) for entity in own) - {""},
        own[0].name if own else "",
        worked[0].name if len(worked) == 1 else "",
        frozenset(entity.name for found in tested.values() for entity, _ in found),
        frozenset(
            entity.name
            for found in tested.values()
            for entity, relation in found
            if entity.confidence >= likely and relation.confidence >= likely
        ),
        likeliest[0][0] if len(likeliest) == 1 and likeliest[0][1].confidence >= sure else None,
    )


def _is_own(entity: FoundEntity, paper: PaperSummary) -> bool:
    """Whether a system is one that the paper proposes, or a version of it."""
    key = name_key(entity.name)
    return any(key.startswith(system) for system in paper.own)
