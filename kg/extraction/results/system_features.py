"""Features of a figure and a system: whether it is of it."""

import re
from collections.abc import Iterator, Sequence

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.features import (
    Features,
    FigureView,
    PaperView,
    gap_features,
    list_features,
    magnitude,
    words_of,
)
from kg.extraction.results.figures import EntityMention

_AHEAD = 60
"""Characters before a name in which its part in the sentence shows."""
_VERB = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:also|only|still|even|further|significantly|consistently|substantially)\s+)*(\w+)"
)


def system_features(fig: FigureView, entity: FoundEntity | None) -> Features:
    """Features from which a model decides whether a figure is of a system, or (None) of none that has a name."""
    view, text, figure, sign = fig.view, fig.sentence.text, fig.figure, fig.sign
    kind = _kind(view, entity)
    name = entity.name if entity else ""
    proposed = fig.proposal.system
    rule = "own" if view.own and proposed == view.own[0].name else "other"
    rule = "yes" if proposed == name else rule if proposed else "none"
    owns, systems = f"owns={min(2, len(view.own))}", f"systems={min(3, len(fig.systems))}"
    near = text[max(0, figure.start - 50) : figure.start]
    someone = view.words.someone
    link = fig.sentence.joins[fig.index]
    back = fig.sentence.joins[fig.index - 1] if fig.index else ""
    of_kind = [
        f"rule={rule}",
        f"rule={rule}:sign={sign}",
        owns,
        systems,
        f"{owns}:{systems}:{sign}",
        f"paper-systems={min(4, len(view.systems))}",
        f"we={bool(view.words.we.search(text, 0, figure.start))}:{systems}",
        f"introduced={bool(view.introduced)}:{owns}",
        f"versus={bool(view.words.versus.search(near.lower()))}:{sign}",
        f"link={link}:{back}",
        f"run={min(3, fig.run.length)}:{systems}",
        f"pct={figure.percent}",
        f"datas={bool(fig.sentence.data)}",
        "first=" + " ".join(words_of(text[:25])[:2]),
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
    """The paper's main system, another of its own, one of others, or none."""
    if entity is None:
        return "none"
    if view.relation(entity) != "INTRODUCES":
        return "other"
    return "main" if entity is view.own[0] else "own"


def _named_system(fig: FigureView, entity: FoundEntity, kind: str, owns: str, systems: str) -> Iterator[str]:
    """Features of a system with a name: its relation, its mentions, and where they are."""
    view, number, name = fig.view, fig.passage.number, entity.name
    relation, confidence = view.relations[name]
    places = view.places[name]
    titled = any(place.sentence < view.after_title for place in places)
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
        alone = sum(view.relation(system) == relation for system in view.systems) == 1
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
    where = "title" if all(place.sentence < view.after_title for place in places) else where
    yield from (
        f"{kind}:where={where}:{min(behind, 4)}",
        f"{kind}:where={where}:{systems}",
        f"{kind}:where={where}:{owns}",
    )
    latest = max((p.start for e in view.systems for p in view.places[e.name] if p.sentence < number), default=-1)
    yield f"{kind}:latest={any(place.start == latest for place in places)}:{systems}"


def _inside(
    fig: FigureView, entity: FoundEntity, mentions: Sequence[EntityMention], kind: str, systems: str
) -> Iterator[str]:
    """Features of a system that the figure's sentence names."""
    text, figure, sign, words = fig.sentence.text, fig.figure, fig.sign, fig.view.words
    before = [mention for mention in mentions if mention.end <= figure.start]
    after = [mention for mention in mentions if mention.start >= figure.after]
    if before:
        yield from _apart(fig, "before", before[-1], kind)
        verb = _VERB.match(text, before[-1].end)
        if verb:
            yield f"verb={verb[1].lower()}"
        for label, mention in (("", before[-1]), ("first-", before[0])):
            part, word = words.part(text[max(0, mention.start - _AHEAD) : mention.start])
            yield from (f"{label}{part}", f"{label}{part}={word}", f"{label}{part}:{kind}:{sign}")
        lead = words_of(text[max(0, before[-1].start - _AHEAD) : before[-1].start])
        yield f"sb={lead[-1] if lead else '^'}"
        subject = next(
            (n for n in fig.sentence.systems if words.part(text[max(0, n.start - _AHEAD) : n.start])[0] == "subject"),
            None,
        )
        yield f"is-subject={subject is not None and subject.entity is entity}:{kind}:{sign}"
        yield f"first-system={fig.sentence.systems[0].entity is entity}:{kind}"
    if after:
        yield from _apart(fig, "after", after[0], kind)
        lead = words_of(text[max(0, after[0].start - 40) : after[0].start])
        yield f"sa={lead[-1] if lead else '^'}"
    yield f"sides={bool(before)}:{bool(after)}:{kind}:{systems}"
    yield from list_features(fig, fig.systems, entity.name)


def _apart(fig: FigureView, side: str, mention: EntityMention, kind: str) -> Iterator[str]:
    """Features of what stands between a figure and the nearest mention of a system on one side."""
    low, high = (fig.figure.after, mention.start) if side == "after" else (mention.end, fig.figure.start)
    crossed = len(
        {n.entity.name for n in fig.sentence.systems if low <= n.start and n.end <= high} - {mention.entity.name}
    )
    figures = sum(low <= other.start < high for other in fig.sentence.figures)
    gap = fig.sentence.text[low:high]
    words = words_of(gap)
    yield from (f"{side}:d={magnitude(len(gap))}:{kind}", f"{side}:crossed={min(2, crossed)}")
    yield f"{side}:crossed={min(2, crossed)}:figures={min(2, figures)}:{fig.sign}"
    yield f"{side}:crossed={min(2, crossed)}:{kind}"
    if len(words) <= 3:
        yield f"{side}:short:{fig.sign}"
    yield from gap_features(side, gap, words, 3)
