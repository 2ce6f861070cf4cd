"""What the paper does with each entity, decided from the cues around all of its mentions."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import title_end
from kg.extraction.contexts import Context, contexts
from kg.extraction.cues import Cue, load_cues
from kg.extraction.names.entities import FoundEntity
from kg.knowledge.patterns import lines
from kg.schema import EDGES, RELATIONS

CUE_FILES = tuple(f"relations/{relation.lower()}.jsonl" for relation in RELATIONS)
_CLEAR = 0.7
_OWN_BENCHMARK = 0.7
_FOR_TESTS = re.compile(r"\b(?:benchmark\w*|test ?(?:bed|suite|set)s?|evaluation|evaluating|leaderboard|challenge)\b")
# Within one context, what is clearly the first is not also the others: background says nothing of what this paper does,
# and the words of a comparison or of training are among those of use and evaluation.
_OVERRULES = (
    ("MENTIONS", ("EVALUATES_ON", "TRAINS_ON", "EVALUATES", "COMPARES_WITH", "USES")),
    ("TRAINS_ON", ("EVALUATES_ON", "USES")),
    ("COMPARES_WITH", ("EVALUATES", "USES")),
)
_LAST_RESORT = {"Benchmark": "EVALUATES_ON", "Dataset": "USES", "Model": "EVALUATES", "Method": "USES"}


Surroundings = tuple[Context, tuple[Cue, ...]]
"""The context of one mention, and the cue patterns that hold there."""


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation between the paper and an entity; `sentence` is its evidence."""

    type: str
    confidence: float
    by: str
    sentence: Span


@Language.factory(
    "citegraph_relations",
    default_config={"second": 0.85, "fallback": 0.3},
    assigns=["doc._.citegraph_relations", "doc._.citegraph_surroundings"],
    requires=["token.is_sent_start", "doc._.citegraph_entities"],
)
def create_relations(nlp: Language, name: str, second: float, fallback: float) -> "Relations":
    """Decides relations; writes `doc._.citegraph_relations`: for each of `doc._.citegraph_entities` a tuple of them.

    Also `doc._.citegraph_surroundings`: for each entity the contexts of its mentions, with the cues that hold there.

    Args:
        second: confidence that a relation beside the primary one needs.
        fallback: confidence of the relation assumed where no cue speaks.
    """
    return Relations(second, fallback)


class Relations:
    """Weighs the cues of all mentions of an entity."""

    def __init__(self, second: float, fallback: float) -> None:
        self.cues = load_cues(*CUE_FILES)
        self.second = second
        self.fallback = fallback

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_relations`, aligned with `doc._.citegraph_entities`."""
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
        doubts: dict[str, float] = defaultdict(lambda: 1.0)
        best: dict[str, tuple[float, str, Context]] = {}
        seen: set[str] = set()
        for context, cues in around:
            strongest: dict[str, tuple[float, str]] = {}
            for cue in cues:
                if cue.confidence > strongest.get(cue.gives, (0.0, ""))[0]:
                    strongest[cue.gives] = (cue.confidence, cue.id)
            for special, general in _OVERRULES:
                if strongest.get(special, (0.0,))[0] >= _CLEAR:
                    strongest = {r: cue for r, cue in strongest.items() if r not in general}
            for relation, (confidence, cue_id) in strongest.items():
                doubts[relation] *= 1 - confidence
                seen.add(cue_id)
                # Of equals the later: results come at the end.
                if confidence >= best.get(relation, (0.0,))[0]:
                    best[relation] = (confidence, cue_id, context)
        known = entity.known and "introduces-title" not in seen
        scores = {relation: 1 - doubt for relation, doubt in doubts.items()}
        if known and "INTRODUCES" in scores:
            scores["INTRODUCES"] *= 0.4
        if not scores:
            context = next((c for c, _ in around if not c.in_title), around[0][0])
            return (related(doc, _LAST_RESORT[entity.type], self.fallback, "no-cue", context),)
        order = sorted(scores, key=lambda relation: (-scores[relation], RELATIONS.index(relation)))
        first = order[0]
        if first == "MENTIONS" and len(order) > 1 and scores[order[1]] >= 0.8:
            first = order[1]
        if scores.get("INTRODUCES", 0) >= 0.6:
            first = "INTRODUCES"
        kept = [first]
        if first != "MENTIONS":
            kept += [r for r in order if r not in {first, "MENTIONS"} and scores[r] >= self.second and _joins(first, r)]
        relations = tuple(
            related(doc, relation, min(scores[relation], 0.99), best[relation][1], best[relation][2])
            for relation in kept
        )
        return with_own_benchmark(doc, entity, around, relations)


def with_own_benchmark(
    doc: Doc, entity: FoundEntity, around: Sequence[Surroundings], found: tuple[FoundRelation, ...]
) -> tuple[FoundRelation, ...]:
    """The relations, and for a benchmark of the paper's own also that it evaluates systems on it, where it does."""
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
    return re.compile("|".join(lines("relations/evaluates_introduced.txt")), re.IGNORECASE)


def related(doc: Doc, relation: str, confidence: float, by: str, context: Context) -> FoundRelation:
    """A relation with the sentence of a context as its evidence."""
    start, end = context.sentence
    while end > start + 1 and doc[end - 1].is_space:
        end -= 1
    return FoundRelation(relation, round(confidence, 3), by, doc[start:end])


def _joins(first: str, other: str) -> bool:
    """Whether a second relation is worth saying beside the first."""
    return {first, other} == {"INTRODUCES", "EVALUATES_ON"} or {first, other} == {"EVALUATES_ON", "TRAINS_ON"}
