"""Features of a figure and a benchmark: whether it is on it."""

import math
from collections.abc import Iterator, Sequence

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.features import Features, FigureView, gap_features, list_features, magnitude, words_of
from kg.extraction.results.figures import EntityMention


def benchmark_features(fig: FigureView, entity: FoundEntity) -> Features:
    """Features from which a model decides whether a figure is on a benchmark."""
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
        names += list_features(fig, fig.benchmarks, entity.name)
    else:
        names += _elsewhere(fig, entity, place, relation)
    numbers = {
        "relation-confidence": confidence,
        "name-confidence": entity.confidence,
        "relation-odds": math.log((confidence + 0.02) / (1.02 - confidence)),
    }
    return fig.features | dict.fromkeys(names, 1.0) | numbers


def _where(
    fig: FigureView, entity: FoundEntity, before: Sequence[EntityMention], after: Sequence[EntityMention]
) -> str:
    """Where a benchmark is named, from the figure: before or after it in its sentence, earlier, later, in the title."""
    if before or after:
        return "both" if before and after else "before" if before else "after"
    numbers = [place.sentence for place in fig.view.places[entity.name]]
    if any(fig.view.after_title <= number < fig.passage.number for number in numbers):
        return "earlier"
    return "later" if any(number > fig.passage.number for number in numbers) else "title"


def _side(fig: FigureView, side: str, name: EntityMention, rule: str) -> Iterator[str]:
    """Features of what stands between a figure and the nearest mention of a benchmark on one side."""
    figure, sentence = fig.figure, fig.sentence
    low, high = (figure.after, name.start) if side == "after" else (name.end, figure.start)
    crossed = sum(low <= n.start and n.end <= high and n.entity is not name.entity for n in sentence.data)
    figures = sum(low <= other.start < high for other in sentence.figures)
    gap = sentence.text[low:high]
    words = words_of(gap)
    between = f"crossed={min(2, crossed)}:figures={min(2, figures)}"
    yield from (
        f"{side}:d={magnitude(len(gap))}",
        f"{side}:crossed={min(3, crossed)}",
        f"{side}:figures={min(3, figures)}",
    )
    yield from (f"{side}:{between}", f"{side}:{rule}:{between}", f"{side}:words={min(8, len(words))}")
    if words:
        yield from (f"{side}:first={words[0]}", f"{side}:last={words[-1]}")
    yield from gap_features(side, gap, words, 4)
    ends = [n.end for n in sentence.data if n.end <= figure.start]
    starts = [n.start for n in sentence.data if n.start >= figure.after]
    opposite = figure.start - max(ends) if side == "after" and ends else None
    opposite = min(starts) - figure.after if side == "before" and starts else opposite
    yield f"{side}:opposite={'none' if opposite is None else magnitude(opposite)}"
    lead = words_of(sentence.text[max(0, name.start - 30) : name.start])
    yield f"pb={lead[-1] if lead else ''}"
    if side == "before":
        yield "pb01=" + " ".join(lead[-2:])


def _elsewhere(fig: FigureView, entity: FoundEntity, place: str, relation: str) -> Iterator[str]:
    """Features of a benchmark that the figure's sentence does not name."""
    view, number = fig.view, fig.passage.number
    body = [p.sentence for p in view.places[entity.name] if p.sentence >= view.after_title]
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
