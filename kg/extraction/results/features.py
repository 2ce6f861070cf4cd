"""What the trained results look at: a figure, and what may be its benchmark, its system and its metric.

Every feature is a name with a number; the rules' own answer is among them, alone and together with what surrounds it.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.attributes import title_end
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.figures import Name, alternatives
from kg.extraction.results.rules import Passage, Reading
from kg.schema import DATA_LABELS

Features = dict[str, float]

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|[A-Za-z][\w-]*|[%,;:()\[\].=+~<>]|\d[\d.]*")
_MOST = 40
"""Benchmarks, and systems, of a paper that a figure may belong to: what names more is no abstract."""
_BESIDE = 70
"""Characters on either side of a figure whose words are looked at."""
_AHEAD = 60
"""Characters before a name in which its part in the sentence shows."""
_VERB = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:also|only|still|even|further|significantly|consistently|substantially)\s+)*(\w+)"
)
_NOUN_AFTER = re.compile(
    r"[\s-]*(?:absolute|relative|average|mean|overall|points?|better|higher|lower|percent)?\s*"
    r"(?:(?:improvements?|gains?|boosts?|increases?|reductions?|decreases?|drops?|degradations?|loss(?:es)?)\s+(?:in|of)\s+)?"
    r"(?:the\s+|its\s+|their\s+)?((?:[A-Za-z][\w@-]*\s+){0,3}?[A-Za-z][\w@-]*)(?=\s*(?:[,.;()%]|$)"
    r"|\s+(?:on|and|over|for|with|while|at|across|when|under|compared|versus|vs|in|to|by|than|from|of|using)\b)"
)
_NOUN_BEFORE = re.compile(
    r"((?:[A-Za-z][\w@-]*\s+){0,2}[A-Za-z][\w@/-]*)\s*(?:\([^()]*\)\s*)?(?:scores?\s+)?"
    r"(?:of|by|from|is|was|=|:|at|to|reach\w*|exceed\w*|between|around|[(])\s*"
    r"(?:up to|at least|over|about|only|just|an average of|[~≈])?\s*$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may be a metric: `start` and `end` are its place in the doc, `source` what found it."""

    text: str
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    sentence: int


class PaperView:
    """A paper's entities by kind, with their places and their parts in the paper."""

    def __init__(self, doc: Doc, reading: Reading, cues: "Cues") -> None:
        """Takes a doc with entities and relations, and what the rules read in it."""
        self.text = doc.text
        self.summary = reading.summary
        self.cues = cues
        self.starts = reading.starts
        title = title_end(doc)
        self.titled = bisect_left(self.starts, doc[title].idx) if title < len(doc) else len(self.starts)
        self.data: list[FoundEntity] = []
        self.systems: list[FoundEntity] = []
        self.places: dict[str, list[_Place]] = {}
        self.relations: dict[str, tuple[str, float]] = {}
        self.seconds: dict[str, str] = {}
        for entity, found in zip(doc._.citegraph_entities, doc._.citegraph_relations, strict=True):
            (self.data if entity.type in DATA_LABELS else self.systems).append(entity)
            self.places[entity.name] = [
                _Place(span.start_char, self.sentence(span.start_char)) for span in entity.spans
            ]
            self.relations[entity.name] = (found[0].type, found[0].confidence) if found else ("", 0.0)
            self.seconds[entity.name] = found[1].type if len(found) > 1 else ""
        self.data, self.systems = self.data[:_MOST], self.systems[:_MOST]
        self.introduced = [entity for entity in self.data if self.role(entity) == "INTRODUCES"]
        self.tested = [entity for entity in self.data if self.role(entity) in {"INTRODUCES", "EVALUATES_ON"}]
        self.own = [entity for entity in self.systems if self.role(entity) == "INTRODUCES"]
        self.presented = {
            entity.name
            for entity in self.systems
            if any(cues.presents.search(self.text, max(0, p.start - 70), p.start) for p in self.places[entity.name])
        }

    def role(self, entity: FoundEntity) -> str:
        """What the paper does with an entity."""
        return self.relations[entity.name][0]

    def sentence(self, position: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self.starts, position) - 1


class Cues:
    """The word lists that features ask for."""

    def __init__(self) -> None:
        self.presents = re.compile(rf"\b(?:{alternatives('results/presents.txt')})\b[^.;]*$", re.IGNORECASE)
        self.said = re.compile(rf"\b({alternatives('results/said.txt')})\w*", re.IGNORECASE)
        self.overall = re.compile(r"\b(?:averag\w*|mean|overall|across)\b", re.IGNORECASE)
        self.someone = re.compile(rf"\b(?:{alternatives('results/someone_else.txt')})\b", re.IGNORECASE)
        self.we = re.compile(rf"\b(?:{alternatives('results/we.txt')})\b", re.IGNORECASE)
        self.versus = re.compile(
            r"(?:\bvs\.?|\bversus|compared (?:to|with|against)|in comparison (?:to|with)|as opposed to|rather than"
            r"|\bfrom|\bover|\bthan|\bthe|\bagainst|\bof)\s*"
            r"(?:(?:the|an?|only|just|about|its|their|baseline|score|of|best|previous|prior)\s+){0,3}$"
        )
        self.rival = re.compile(
            rf"(?<!\w)({alternatives('results/rivals.txt')}|from)\s+(?:[a-z][\w-]*\s+){{0,3}}$", re.IGNORECASE
        )
        self.object = re.compile(
            rf"(?<!\w)({alternatives('results/objects.txt')}|train\w+|fine-?tun\w+|appl(?:y\w*|ied))\s+"
            r"(?:(?:an?|the|our|its|both|strong|standard)\s+)*(?:[a-z-]+\s+)?$",
            re.IGNORECASE,
        )

    def part(self, text: str) -> tuple[str, str]:
        """What a name is after this text, and the word that says so: a rival, an object or else the subject."""
        for part, pattern in (("rival", self.rival), ("object", self.object)):
            match = pattern.search(text)
            if match:
                return part, match[1].lower()
        return "subject", ""


class FigureView:
    """One figure, with what is asked about it for every candidate."""

    def __init__(self, view: PaperView, passage: Passage, index: int) -> None:
        """Takes the passage and the number of the figure in it."""
        self.view = view
        self.passage = passage
        self.index = index
        self.sentence = passage.sentence
        self.figure = passage.sentence.figures[index]
        self.proposal = passage.proposals[index]
        self.run = self.proposal.run
        self.item = self.run.items[self.run.indices.index(index)]
        text = self.sentence.text
        self.before = _words(text[max(0, self.figure.start - _BESIDE) : self.figure.start])
        self.after = _words(text[self.figure.after : self.figure.after + _BESIDE])
        self.benchmarks = list(dict.fromkeys(name.entity.name for name in self.sentence.data))
        self.systems = list(dict.fromkeys(name.entity.name for name in self.sentence.systems))
        self.in_bracket = text.count("(", 0, self.figure.start) > text.count(")", 0, self.figure.start)
        around = text[max(0, self.figure.start - 60) : self.figure.after + 60]
        self.overall = bool(view.cues.overall.search(around))
        self.sign = self.proposal.sign or "0"
        self.features = self._features()

    def _features(self) -> Features:
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
            f"title={self.passage.number < view.titled}",
            "b01=" + " ".join(self.before[-2:]),
            "a01=" + " ".join(self.after[:2]),
        ]
        metric = self.proposal.metric
        names.append(f"metric={text[slice(*metric)].lower().split()[-1]}" if metric else "metric=")
        if metric and metric[0] >= figure.after:
            names.append(f"metric-after{_scale(metric[0] - figure.after)}")
        elif metric:
            names.append(f"metric-before{_scale(abs(figure.start - metric[1]))}")
        names += [f"b{distance}={word}" for distance, word in enumerate(reversed(self.before[-4:]))]
        names += [f"a{distance}={word}" for distance, word in enumerate(self.after[:4])]
        names += ["bracket"] * self.in_bracket + ["overall"] * self.overall
        said = view.cues.said
        names += [f"said={m[1].lower()}" for m in said.finditer(text, max(0, figure.start - 60), figure.start)]
        names += [f"says={m[1].lower()}" for m in said.finditer(text, figure.after, min(len(text), figure.after + 50))]
        return dict.fromkeys(names, 1.0)

    def _form(self) -> str:
        figure = self.figure
        digits = self.sentence.text[figure.start : figure.end].rstrip()
        marks = ("%" if figure.percent else "") + ("x" if digits[-1] in "x×" else "") + ("." if "." in digits else "")
        unit = "u" if figure.after > figure.end else ""
        return f"{marks}{unit}{len(digits.split('.')[0].rstrip('% '))}"


def benchmark_features(fig: FigureView, entity: FoundEntity) -> Features:
    """What speaks for a figure being on a benchmark."""
    view, figure, sentence = fig.view, fig.figure, fig.sentence
    relation, confidence = view.relations[entity.name]
    mentions = [name for name in sentence.data if name.entity is entity]
    before = [name for name in mentions if name.end <= figure.start]
    after = [name for name in mentions if name.start >= figure.after]
    place = _where(fig, entity, before, after)
    proposed = [benchmark.name for benchmark in fig.proposal.benchmarks]
    rule = "other" if proposed else "none"
    if entity.name in proposed:
        rule = "yes" if len(proposed) == 1 else "among"
    datas, metric = len(fig.benchmarks), fig.proposal.metric is not None
    both = f"pr={place}:{rule}"
    names = [
        f"place={place}",
        f"rule={rule}",
        both,
        f"{both}:scored={figure.scored}",
        f"{both}:rel={relation}",
        f"{both}:datas={min(3, datas)}",
        f"{both}:tested={min(3, len(view.tested))}",
        f"{both}:metric={metric}",
        f"{both}:pct={figure.percent}:{metric}",
        f"{both}:sign={bool(fig.proposal.sign)}",
        f"rule={rule}:overall={fig.overall}:{min(3, datas)}",
        f"type={entity.type}",
        f"rel={relation}:{view.seconds[entity.name]}",
        f"relconf={int(confidence * 8)}",
        f"rel={relation}:{int(confidence * 4)}",
        f"conf={int(entity.confidence * 8)}",
        f"known={entity.known}",
        f"mentions={min(4, len(view.places[entity.name]))}",
        f"scored-benchmark={entity.name in view.summary.scored}:{place}",
        f"run={fig.run.length > 1}:{place}:{min(3, datas)}:{rule}",
    ]
    if view.summary.home is entity:
        names += ["home", f"home:{place}"]
    if len(view.data) == 1:
        names.append(f"only:{place}")
    if view.tested == [entity]:
        names.append(f"only-tested:{place}")
    if before:
        names += _side(fig, "before", before[-1], rule)
    if after:
        names += _side(fig, "after", after[0], rule)
    if mentions:
        names += _aligned(fig, fig.benchmarks, entity.name)
    else:
        names += _elsewhere(fig, entity, place, relation)
    numbers = {
        "relation-confidence": confidence,
        "name-confidence": entity.confidence,
        "relation-odds": math.log((confidence + 0.02) / (1.02 - confidence)),
    }
    return fig.features | dict.fromkeys(names, 1.0) | numbers


def _where(fig: FigureView, entity: FoundEntity, before: Sequence[Name], after: Sequence[Name]) -> str:
    if before or after:
        return "both" if before and after else "before" if before else "after"
    numbers = [place.sentence for place in fig.view.places[entity.name]]
    if any(fig.view.titled <= number < fig.passage.number for number in numbers):
        return "earlier"
    return "later" if any(number > fig.passage.number for number in numbers) else "title"


def _side(fig: FigureView, side: str, name: Name, rule: str) -> Iterator[str]:
    """Between a figure and the nearest mention of a benchmark on one side."""
    figure, sentence = fig.figure, fig.sentence
    low, high = (figure.after, name.start) if side == "after" else (name.end, figure.start)
    crossed = sum(low <= n.start and n.end <= high and n.entity is not name.entity for n in sentence.data)
    figures = sum(low <= other.start < high for other in sentence.figures)
    gap = sentence.text[low:high]
    words = _words(gap)
    between = f"crossed={min(2, crossed)}:figures={min(2, figures)}"
    yield from (
        f"{side}:d={_scale(len(gap))}",
        f"{side}:crossed={min(3, crossed)}",
        f"{side}:figures={min(3, figures)}",
    )
    yield from (f"{side}:{between}", f"{side}:{rule}:{between}", f"{side}:words={min(8, len(words))}")
    if words:
        yield from (f"{side}:first={words[0]}", f"{side}:last={words[-1]}")
    yield from _between(side, gap, words, 4)
    ends = [n.end for n in sentence.data if n.end <= figure.start]
    starts = [n.start for n in sentence.data if n.start >= figure.after]
    opposite = figure.start - max(ends) if side == "after" and ends else None
    opposite = min(starts) - figure.after if side == "before" and starts else opposite
    yield f"{side}:opposite={'none' if opposite is None else _scale(opposite)}"
    lead = _words(sentence.text[max(0, name.start - 30) : name.start])
    yield f"pb={lead[-1] if lead else ''}"
    if side == "before":
        yield "pb01=" + " ".join(lead[-2:])


def _between(side: str, gap: str, words: Sequence[str], short: int) -> Iterator[str]:
    if len(words) <= short:
        yield f"{side}:gap={' '.join(words)}"
    yield from (f"{side}:mark={mark}" for mark in ",;():." if mark in gap)
    yield from (f"{side}:w={word}" for word in set(words) if word.isalpha())


def _aligned(fig: FigureView, listed: Sequence[str], name: str) -> Iterator[str]:
    """Whether a figure and a name are at the same place of lists of the same length."""
    place, count = listed.index(name), len(listed)
    figures = len(fig.sentence.figures)
    if count == fig.run.length > 1:
        yield f"aligned={place == fig.item}"
    if count == figures > 1:
        yield f"aligned-all={place == fig.index}"
    if figures == 2 * count > 2:
        yield f"aligned-two={place == fig.index // 2}"


def _elsewhere(fig: FigureView, entity: FoundEntity, place: str, relation: str) -> Iterator[str]:
    """Of a benchmark that the figure's sentence does not name."""
    view, number = fig.view, fig.passage.number
    body = [p.sentence for p in view.places[entity.name] if p.sentence >= view.titled]
    back = min((number - other for other in body if other < number), default=9)
    datas = min(2, len(fig.benchmarks))
    between = sum(
        any(number - back < p.sentence < number for p in view.places[other.name])
        for other in view.data
        if other is not entity
    )
    last = fig.passage.last
    yield from (f"back={min(back, 5)}", f"back={min(back, 5)}:datas={datas}", f"{place}:between={min(2, between)}")
    yield f"{place}:last={entity in last}:{min(3, len(last))}"
    yield f"{place}:datas={datas}:rel={relation}"
    yield f"{place}:introduced={entity in view.introduced}:{min(2, len(view.introduced))}"
    yield f"{place}:paper-datas={min(4, len(view.data))}"
    yield f"{place}:metric={bool(fig.sentence.metrics)}:pct={fig.figure.percent}"


def system_features(fig: FigureView, entity: FoundEntity | None) -> Features:
    """What speaks for a figure being of a system, or (None) of no named one."""
    view, text, figure, sign = fig.view, fig.sentence.text, fig.figure, fig.sign
    kind = _kind(view, entity)
    name = entity.name if entity else ""
    proposed = fig.proposal.system
    rule = "own" if view.own and proposed == view.own[0].name else "other"
    rule = "yes" if proposed == name else rule if proposed else "none"
    owns, systems = f"owns={min(2, len(view.own))}", f"systems={min(3, len(fig.systems))}"
    near = text[max(0, figure.start - 50) : figure.start]
    someone = view.cues.someone
    link = fig.sentence.linked[fig.index]
    back = fig.sentence.linked[fig.index - 1] if fig.index else ""
    of_kind = [
        f"rule={rule}",
        f"rule={rule}:sign={sign}",
        owns,
        systems,
        f"{owns}:{systems}:{sign}",
        f"paper-systems={min(4, len(view.systems))}",
        f"we={bool(view.cues.we.search(text, 0, figure.start))}:{systems}",
        f"introduced={bool(view.introduced)}:{owns}",
        f"versus={bool(view.cues.versus.search(near.lower()))}:{sign}",
        f"link={link}:{back}",
        f"run={min(3, fig.run.length)}:{systems}",
        f"pct={figure.percent}",
        f"datas={bool(fig.sentence.data)}",
        "first=" + " ".join(_words(text[:25])[:2]),
        *(f"b={word}" for word in fig.before[-3:]),
        *(f"a={word}" for word in fig.after[:3]),
        *(f"other={match[0].lower()}" for match in someone.finditer(near)),
    ]
    for side, words in (("before", near), ("after", text[figure.after : figure.after + 50]), ("head", text[:60])):
        if someone.search(words):
            of_kind.append(f"others-{side}")
    proposals = fig.passage.proposals
    if fig.index:
        previous = proposals[fig.index - 1]
        same = previous.system == name
        of_kind += [f"previous={same}:rule={rule}", f"previous={same}:{sign}:{previous.sign or '0'}:{back}"]
    if fig.index + 1 < len(proposals):
        of_kind.append(f"next={proposals[fig.index + 1].system == name}:rule={rule}")
    if entity is None:
        of_kind.append(f"bracket={fig.in_bracket}")
    names = [f"kind={kind}", f"rule={rule}", *(f"{kind}:{feature}" for feature in of_kind)]
    if entity is not None:
        names += _named_system(fig, entity, kind, owns, systems)
    return dict.fromkeys(names, 1.0)


def _kind(view: PaperView, entity: FoundEntity | None) -> str:
    if entity is None:
        return "none"
    if view.role(entity) != "INTRODUCES":
        return "other"
    return "main" if entity is view.own[0] else "own"


def _named_system(fig: FigureView, entity: FoundEntity, kind: str, owns: str, systems: str) -> Iterator[str]:
    view, number, name = fig.view, fig.passage.number, entity.name
    relation, confidence = view.relations[name]
    places = view.places[name]
    titled = any(place.sentence < view.titled for place in places)
    presented = name in view.presented
    yield from (
        f"type={entity.type}:{relation}",
        f"type={entity.type}:{kind}",
        f"rel={relation}",
        f"rel={relation}:{fig.sign}",
    )
    yield from (f"{kind}:relconf={int(confidence * 5)}", f"conf={int(entity.confidence * 5)}")
    yield f"mentions={min(4, len(places))}"
    yield from (f"title={titled}:{kind}:{owns}", f"presented={presented}:{kind}:{owns}")
    yield from (
        f"presented={presented}:{relation}:title={titled}",
        f"presented-others={bool(view.presented - {name})}:{presented}:{kind}",
    )
    if kind == "other" and not view.own:
        alone = sum(view.role(system) == relation for system in view.systems) == 1
        yield from (f"no-own:{entity.type}:{relation}", f"no-own:alone={alone}:{entity.type}:{relation}")
    lower = name.lower()
    if kind == "other" and any(own.name.lower() in lower for own in view.own):
        yield "variant"
    mentions = [mention for mention in fig.sentence.systems if mention.entity is entity]
    if mentions:
        yield f"{kind}:where=inside:{systems}"
        yield from _inside(fig, entity, mentions, kind, systems)
        return
    behind = min((number - place.sentence for place in places if place.sentence < number), default=9)
    where = "earlier" if behind < 9 else "later"
    where = "title" if all(place.sentence < view.titled for place in places) else where
    yield from (
        f"{kind}:where={where}:{min(behind, 4)}",
        f"{kind}:where={where}:{systems}",
        f"{kind}:where={where}:{owns}",
    )
    latest = max((p.start for e in view.systems for p in view.places[e.name] if p.sentence < number), default=-1)
    yield f"{kind}:latest={any(place.start == latest for place in places)}:{systems}"


def _inside(fig: FigureView, entity: FoundEntity, mentions: Sequence[Name], kind: str, systems: str) -> Iterator[str]:
    """Of a system that the figure's sentence names."""
    text, figure, sign, cues = fig.sentence.text, fig.figure, fig.sign, fig.view.cues
    before = [mention for mention in mentions if mention.end <= figure.start]
    after = [mention for mention in mentions if mention.start >= figure.after]
    if before:
        yield from _apart(fig, "before", before[-1], kind)
        verb = _VERB.match(text, before[-1].end)
        if verb:
            yield f"verb={verb[1].lower()}"
        for label, mention in (("", before[-1]), ("first-", before[0])):
            part, word = cues.part(text[max(0, mention.start - _AHEAD) : mention.start])
            yield from (f"{label}{part}", f"{label}{part}={word}", f"{label}{part}:{kind}:{sign}")
        lead = _words(text[max(0, before[-1].start - _AHEAD) : before[-1].start])
        yield f"sb={lead[-1] if lead else '^'}"
        subject = next(
            (n for n in fig.sentence.systems if cues.part(text[max(0, n.start - _AHEAD) : n.start])[0] == "subject"),
            None,
        )
        yield f"is-subject={subject is not None and subject.entity is entity}:{kind}:{sign}"
        yield f"first-system={fig.sentence.systems[0].entity is entity}:{kind}"
    if after:
        yield from _apart(fig, "after", after[0], kind)
        lead = _words(text[max(0, after[0].start - 40) : after[0].start])
        yield f"sa={lead[-1] if lead else '^'}"
    yield f"sides={bool(before)}:{bool(after)}:{kind}:{systems}"
    yield from _aligned(fig, fig.systems, entity.name)


def _apart(fig: FigureView, side: str, mention: Name, kind: str) -> Iterator[str]:
    """Between a figure and the nearest mention of a system on one side."""
    low, high = (fig.figure.after, mention.start) if side == "after" else (mention.end, fig.figure.start)
    crossed = len(
        {n.entity.name for n in fig.sentence.systems if low <= n.start and n.end <= high} - {mention.entity.name}
    )
    figures = sum(low <= other.start < high for other in fig.sentence.figures)
    gap = fig.sentence.text[low:high]
    words = _words(gap)
    yield from (f"{side}:d={_scale(len(gap))}:{kind}", f"{side}:crossed={min(2, crossed)}")
    yield f"{side}:crossed={min(2, crossed)}:figures={min(2, figures)}:{fig.sign}"
    yield f"{side}:crossed={min(2, crossed)}:{kind}"
    if len(words) <= 3:
        yield f"{side}:short:{fig.sign}"
    yield from _between(side, gap, words, 3)


def metric_phrases(fig: FigureView, known: Iterable[tuple[int, int]]) -> list[Phrase]:
    """What may be the metric of a figure: what its sentence names, what stands beside it, and other metrics.

    Args:
        fig: the figure.
        known: places of the metrics of the whole paper.
    """
    text, base, figure = fig.sentence.text, fig.passage.base, fig.figure
    places: dict[tuple[int, int], str] = dict.fromkeys(fig.sentence.metrics, "metric")
    for proposal in fig.passage.proposals:
        if proposal.metric:
            places.setdefault(proposal.metric, "noun")
    begin = max(0, figure.start - 60)
    for match, source, shift in (
        (_NOUN_AFTER.match(text, figure.after), "after", 0),
        (_NOUN_BEFORE.search(text[begin : figure.start]), "before", begin),
    ):
        if match:
            start, end = match.start(1) + shift, match.end(1) + shift
            if not any(name.start < end and start < name.end for name in fig.sentence.names):
                places.setdefault((start, end), source)
    whole = fig.view.text
    found = [
        Phrase(whole[base + a : base + b], base + a, base + b, source) for (a, b), source in sorted(places.items())
    ]
    seen = {phrase.text.lower() for phrase in found}
    for start, end in known:
        written = whole[start:end]
        if written.lower() not in seen:
            seen.add(written.lower())
            found.append(Phrase(written, start, end, "elsewhere"))
    return found


def metric_features(fig: FigureView, phrase: Phrase) -> Features:
    """What speaks for a phrase being the metric of a figure."""
    view, sentence, figure, source = fig.view, fig.sentence, fig.figure, phrase.source
    place = (phrase.start - fig.passage.base, phrase.end - fig.passage.base)
    rule = "other" if fig.proposal.metric else "none"
    rule = "yes" if fig.proposal.metric == place else rule
    words = phrase.text.lower().split()
    names = [
        f"source={source}",
        f"rule={rule}",
        f"{source}:rule={rule}",
        f"first={words[0]}",
        f"last={words[-1]}",
        f"whole={' '.join(words)}",
        f"words={min(4, len(words))}",
        f"upper={phrase.text.isupper()}",
        f"pct={figure.percent}:last={words[-1]}",
        f"metrics={min(3, len(sentence.metrics))}:{source}",
    ]
    if source == "elsewhere":
        number = view.sentence(phrase.start)
        names += [
            f"distance={max(-3, min(3, fig.passage.number - number))}",
            f"else:metrics={min(2, len(sentence.metrics))}:{fig.proposal.metric is None}",
            f"else:title={number < view.titled}",
        ]
    else:
        names += _beside(fig, place, source, rule)
    return dict.fromkeys(names, 1.0)


def _beside(fig: FigureView, place: tuple[int, int], source: str, rule: str) -> Iterator[str]:
    figure, sentence = fig.figure, fig.sentence
    side = "after" if place[0] >= figure.after else "before"
    low, high = (figure.after, place[0]) if side == "after" else (place[1], figure.start)
    figures = sum(low <= other.start < high for other in sentence.figures)
    crossed = sum(low <= start and end <= high for start, end in sentence.metrics)
    data = sum(low <= name.start and name.end <= high for name in sentence.data)
    gap = sentence.text[low:high]
    yield from (f"{side}:d={_scale(len(gap))}", f"{side}:d={_scale(len(gap))}:{source}")
    yield f"{side}:figures={min(3, figures)}:crossed={min(2, crossed)}"
    yield f"{side}:{rule}:figures={min(2, figures)}:crossed={min(2, crossed)}"
    yield from (f"{side}:data={min(2, data)}", f"{side}:sign={fig.sign}")
    yield from _between(side, gap, _words(gap), 3)
    if place in sentence.metrics:
        number, count = sentence.metrics.index(place), len(sentence.metrics)
        if count == fig.run.length > 1:
            yield f"aligned={number == fig.item}"
        if count == len(sentence.figures) > 1:
            yield f"aligned-all={number == fig.index}"


def _words(text: str) -> list[str]:
    """The words and marks of a text in lower case, every number a 0."""
    return ["0" if word[0].isdigit() else word.lower() for word in _WORD.findall(text)]


def _scale(distance: int) -> int:
    """A distance in characters by its order of magnitude, 1 to 8."""
    return min(8, int(math.log2(max(0, distance) + 2)))
