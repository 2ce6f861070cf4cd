"""What may be the metric of a figure, and the features of a figure and such a phrase."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extraction.results.features import Features, FigureView, gap_features, magnitude, words_of

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
class MetricPhrase:
    """A phrase that may be a metric.

    Attributes:
        text: as written.
        start: where it starts in the doc, in characters.
        end: where it ends.
        source: what found it: `metric`, `noun`, `before`, `after` or `elsewhere`.
    """

    text: str
    start: int
    end: int
    source: str


def metric_phrases(fig: FigureView, known: Iterable[tuple[int, int]]) -> list[MetricPhrase]:
    """What may be the metric of a figure: metrics of its sentence, nouns beside it, and metrics of other sentences.

    Args:
        fig: the figure.
        known: start and end of every metric of the paper, in characters.
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
            if not any(name.start < end and start < name.end for name in fig.sentence.mentions):
                places.setdefault((start, end), source)
    whole = fig.view.text
    found = [
        MetricPhrase(whole[base + a : base + b], base + a, base + b, source)
        for (a, b), source in sorted(places.items())
    ]
    seen = {phrase.text.lower() for phrase in found}
    for start, end in known:
        written = whole[start:end]
        if written.lower() not in seen:
            seen.add(written.lower())
            found.append(MetricPhrase(written, start, end, "elsewhere"))
    return found


def metric_features(fig: FigureView, phrase: MetricPhrase) -> Features:
    """Features from which a model decides whether a phrase is the metric of a figure."""
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
            f"else:title={number < view.after_title}",
        ]
    else:
        names += _beside(fig, place, source, rule)
    return dict.fromkeys(names, 1.0)


def _beside(fig: FigureView, place: tuple[int, int], source: str, rule: str) -> Iterator[str]:
    """Features of a phrase in the figure's sentence: what stands between them, and whether both are in lists."""
    figure, sentence = fig.figure, fig.sentence
    side = "after" if place[0] >= figure.after else "before"
    low, high = (figure.after, place[0]) if side == "after" else (place[1], figure.start)
    figures = sum(low <= other.start < high for other in sentence.figures)
    crossed = sum(low <= start and end <= high for start, end in sentence.metrics)
    data = sum(low <= name.start and name.end <= high for name in sentence.data)
    gap = sentence.text[low:high]
    yield from (f"{side}:d={magnitude(len(gap))}", f"{side}:d={magnitude(len(gap))}:{source}")
    yield f"{side}:figures={min(3, figures)}:crossed={min(2, crossed)}"
    yield f"{side}:{rule}:figures={min(2, figures)}:crossed={min(2, crossed)}"
    yield from (f"{side}:data={min(2, data)}", f"{side}:sign={fig.sign}")
    yield from gap_features(side, gap, words_of(gap), 3)
    if place in sentence.metrics:
        number, count = sentence.metrics.index(place), len(sentence.metrics)
        if count == fig.run.length > 1:
            yield f"aligned={number == fig.item}"
        if count == len(sentence.figures) > 1:
            yield f"aligned-all={number == fig.index}"
