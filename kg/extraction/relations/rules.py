"""What the paper does with each entity, by the cues around all of its mentions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import title_end
from kg.extraction.contexts import Context, contexts
from kg.extraction.cues import Cue, load_cues
from kg.extraction.names.grouping import FoundEntity
from kg.knowledge.patterns import lines
from kg.schema import EDGES, RELATIONS

CUE_FILES = tuple(f"relation_cues/{relation.lower()}.jsonl" for relation in RELATIONS)
_CLEAR = 0.7
"""Confidence with which a cue overrules others."""
_KNOWN = 0.4
"""Factor on INTRODUCES for an entity of the catalogue: another paper introduced it."""
BELIEVED = frozenset({"introduces-title", "introduces-report", "introduces-direct"})
"""Cues that are believed also of an entity of the catalogue: it is what the sentence is about, and no part of it."""
_OVER_MENTIONS = 0.8
"""Score with which another relation is taken although MENTIONS has a higher one."""
_OVER_ALL = 0.6
"""Score with which INTRODUCES is taken although another relation has a higher one."""
_OWN_BENCHMARK = 0.7
"""Confidence that systems are evaluated on the paper's own benchmark, where a sentence says so."""
_FOR_TESTS = re.compile(r"\b(?:benchmark\w*|test ?(?:bed|suite|set)s?|evaluation|evaluating|leaderboard|challenge)\b")
# Within one context, what is clearly the first is not also the others: background says nothing of what this paper does,
# and the words of a comparison or of training are among those of use and evaluation.
_OVERRULES = (
    ("MENTIONS", ("EVALUATES_ON", "TRAINS_ON", "EVALUATES", "COMPARES_WITH", "USES")),
    ("TRAINS_ON", ("EVALUATES_ON", "USES")),
    ("COMPARES_WITH", ("EVALUATES", "USES")),
)
_WITHOUT_CUE = {"Benchmark": "EVALUATES_ON", "Dataset": "USES", "Model": "EVALUATES", "Method": "USES"}
"""The most frequent relation of each type, assumed where no cue matches."""

Surroundings = tuple[Context, tuple[Cue, ...]]
"""Context of one mention, and the cue patterns that match there."""


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation between the paper and an entity.

    Attributes:
        type: INTRODUCES, USES, EVALUATES_ON and so on.
        confidence: probability (0 to 1) that it holds.
        by: the cue or model that found it.
        sentence: its evidence.
        instead: of INTRODUCES, the most probable relation if another paper introduced the entity; None of others.
    """

    type: str
    confidence: float
    by: str
    sentence: Span
    instead: str | None = None


@Language.factory(
    "citegraph_relations",
    default_config={"second": 0.85, "fallback": 0.3},
    assigns=["doc._.citegraph_relations", "doc._.citegraph_surroundings"],
    requires=["token.is_sent_start", "doc._.citegraph_entities"],
)
def create_relations(nlp: Language, name: str, second: float, fallback: float) -> "RelationRules":
    """Decides relations by cues.

    Writes, aligned with `doc._.citegraph_entities`, `doc._.citegraph_relations`, of each entity a tuple with its main
    relation first, and `doc._.citegraph_surroundings`, of each entity a tuple of what stands around its mentions.

    Args:
        second: confidence (0 to 1) that a relation beside the main one needs.
        fallback: confidence of the relation that is assumed where no cue matches.
    """
    return RelationRules(second, fallback)


class RelationRules:
    """Weighs the cues of all mentions of an entity."""

    def __init__(self, second: float, fallback: float) -> None:
        self.cues = load_cues(*CUE_FILES)
        self.second = second
        self.fallback = fallback

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_relations` and `doc._.citegraph_surroundings`."""
        entities: tuple[FoundEntity, ...] = doc._.citegraph_entities
        owners = {(s.start, s.end): (i, entity) for i, entity in enumerate(entities) for s in entity.spans}
        typed = sorted(
            (Span(doc, *place, label=entity.type) for place, (_, entity) in owners.items()), key=lambda span: span.start
        )
        around: dict[int, list[Surroundings]] = defaultdict(list)
        for span, context in zip(typed, contexts(doc, typed), strict=True):
            number, entity = owners[span.start, span.end]
            cues = tuple(
                cue
                for cue in self.cues.matching(context, entity.type)
                if entity.type in {end[1] for end in EDGES[cue.gives].ends}
            )
            around[number].append((context, cues))
        doc._.citegraph_surroundings = tuple(tuple(around[i]) for i in range(len(entities)))
        doc._.citegraph_relations = tuple(self._decide(doc, entity, around[i]) for i, entity in enumerate(entities))
        return doc

    def _decide(self, doc: Doc, entity: FoundEntity, around: list[Surroundings]) -> tuple[FoundRelation, ...]:
        """The relations of an entity, the main one first."""
        found = _weigh(around)
        if not found:
            context = next((context for context, _ in around if not context.in_title), around[0][0])
            return (related(doc, _WITHOUT_CUE[entity.type], self.fallback, "no-cue", context),)
        scores = {relation: 1 - weight.doubt for relation, weight in found.items()}
        if entity.known and "INTRODUCES" in found and BELIEVED.isdisjoint(found["INTRODUCES"].cues):
            scores["INTRODUCES"] *= _KNOWN
        order = sorted(scores, key=lambda relation: (-scores[relation], RELATIONS.index(relation)))
        first = order[0]
        if first == "MENTIONS" and len(order) > 1 and scores[order[1]] >= _OVER_MENTIONS:
            first = order[1]
        if scores.get("INTRODUCES", 0) >= _OVER_ALL:
            first = "INTRODUCES"
        chosen = [first]
        if first != "MENTIONS":
            others = (relation for relation in order if relation not in {first, "MENTIONS"})
            chosen += [other for other in others if scores[other] >= self.second and _go_together(first, other)]
        instead = next((relation for relation in order if relation != "INTRODUCES"), _WITHOUT_CUE[entity.type])
        relations = tuple(
            related(doc, relation, min(scores[relation], 0.99), found[relation].cue, found[relation].context, instead)
            for relation in chosen
        )
        return with_own_benchmark(doc, entity, around, relations)


@dataclass(slots=True)
class _Weight:
    """What the cues say for a relation.

    Attributes:
        doubt: that they leave, 0 to 1.
        cues: ids of the strongest cue of each mention.
        confidence: of the strongest of them.
        cue: its id.
        context: where it matches.
    """

    doubt: float
    cues: set[str]
    confidence: float
    cue: str
    context: Context


def _weigh(around: Iterable[Surroundings]) -> dict[str, _Weight]:
    """The relations that cues speak for.

    Each mention counts with its strongest cue for each relation. The mentions are taken as independent evidence: the
    doubt of a relation is the product of what each leaves in doubt (noisy or).
    """
    found: dict[str, _Weight] = {}
    for context, cues in around:
        for relation, (confidence, cue) in _strongest(cues).items():
            weight = found.setdefault(relation, _Weight(1.0, set(), 0.0, "", context))
            weight.doubt *= 1 - confidence
            weight.cues.add(cue)
            # Of cues of one confidence the later: abstracts say their results at the end.
            if confidence >= weight.confidence:
                weight.confidence, weight.cue, weight.context = confidence, cue, context
    return found


def _strongest(cues: Iterable[Cue]) -> dict[str, tuple[float, str]]:
    """Confidence and id of the strongest cue for each relation in one context, without what another overrules."""
    strongest: dict[str, tuple[float, str]] = {}
    for cue in cues:
        if cue.confidence > strongest.get(cue.gives, (0.0, ""))[0]:
            strongest[cue.gives] = (cue.confidence, cue.id)
    for special, general in _OVERRULES:
        if strongest.get(special, (0.0,))[0] >= _CLEAR:
            strongest = {relation: cue for relation, cue in strongest.items() if relation not in general}
    return strongest


def with_own_benchmark(
    doc: Doc, entity: FoundEntity, around: Sequence[Surroundings], found: tuple[FoundRelation, ...]
) -> tuple[FoundRelation, ...]:
    """The relations of an entity, with EVALUATES_ON for the paper's own benchmark where a sentence says so.

    Args:
        doc: the paper.
        entity: the entity.
        around: what stands around its mentions.
        found: its relations, the main one first.
    """
    if entity.type != "Benchmark" or found[0].type != "INTRODUCES" or any(r.type == "EVALUATES_ON" for r in found):
        return found
    if not any(_FOR_TESTS.search(context.before[-40:] + context.after[:90]) for context, _ in around):
        return found
    title = title_end(doc)
    for sentence in doc.sents:
        if sentence.start >= title and _own_evaluation().search(sentence.text):
            context = Context("", "", (), False, (sentence.start, sentence.end))
            return (*found, related(doc, "EVALUATES_ON", _OWN_BENCHMARK, "evaluates-introduced", context))
    return found


@cache
def _own_evaluation() -> re.Pattern[str]:
    """Matches sentences that say that systems were evaluated on the paper's own benchmark."""
    return re.compile("|".join(lines("relation_cues/evaluates_introduced.txt")), re.IGNORECASE)


def related(
    doc: Doc, relation: str, confidence: float, by: str, context: Context, instead: str | None = None
) -> FoundRelation:
    """A relation with the sentence of a context as its evidence; only INTRODUCES keeps `instead`."""
    start, end = context.sentence
    while end > start + 1 and doc[end - 1].is_space:
        end -= 1
    instead = instead if relation == "INTRODUCES" else None
    return FoundRelation(relation, round(confidence, 3), by, doc[start:end], instead)


def _go_together(first: str, other: str) -> bool:
    """Whether a second relation adds something to the first."""
    return {first, other} == {"INTRODUCES", "EVALUATES_ON"} or {first, other} == {"EVALUATES_ON", "TRAINS_ON"}
