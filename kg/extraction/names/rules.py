"""Which candidates are names, by rules: the evidence of cues and shape over all places of a form in the paper."""

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import NAME_SPANS
from kg.extraction.names.candidates import FIELD, Candidate, Clues

OPEN = "Name"
"""Label of a name whose type nothing says."""
_SHAPE = 0.3
_LISTED = 3.0
_NEIGHBOUR = 0.25


@Language.factory(
    "citegraph_names",
    default_config={"threshold": 0.5},
    assigns=["doc.spans", "doc._.citegraph_name_probabilities"],
    requires=["doc._.citegraph_candidates"],
)
def create_names(nlp: Language, name: str, threshold: float) -> "Names":
    """Decides names; `threshold` (0 to 1) is the evidence that one needs.

    Writes `doc.spans["citegraph_names"]`: the label is a type or `Name`, `id_` the rule that spoke for it most; and
    `doc._.citegraph_name_probabilities`: how probable it is that a form (by its normal form) is a name, 0 to 1.
    """
    return Names(threshold)


class Names:
    """Accepts candidates with enough evidence, and gives each form one type."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans["citegraph_names"]`."""
        candidates = [(c, clues) for c, clues in doc._.citegraph_candidates if c.rule != FIELD]
        judged = [evidence(candidate, clues) for candidate, clues in candidates]
        total: dict[str, float] = defaultdict(float)
        types: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (candidate, _), (score, _, weights) in zip(candidates, judged, strict=True):
            known = total[candidate.key]
            if score > known or score > self.threshold / 2:
                total[candidate.key] = 1 - (1 - known) * (1 - score)
            for type_, weight in weights.items():
                types[candidate.key][type_] += weight
        kept = {key for key, score in total.items() if score >= self.threshold}
        for candidate, clues in candidates:
            members = [doc._.citegraph_candidates[i][0].key for i in clues.context.group]
            self._neighbours(candidate, members, total, types, kept)
        doc._.citegraph_name_probabilities = {key: min(total[key], 0.99) for key in sorted(kept)}
        doc.spans[NAME_SPANS] = [
            _named(doc, candidate, types[candidate.key], rule)
            for (candidate, _), (_, rule, _) in zip(candidates, judged, strict=True)
            if candidate.key in kept
        ]
        return doc

    def _neighbours(
        self,
        candidate: Candidate,
        members: list[str],
        total: dict[str, float],
        types: dict[str, dict[str, float]],
        kept: set[str],
    ) -> None:
        """Names coordinated with a candidate speak for it, and for its type where nothing else does."""
        key = candidate.key
        if key not in kept and len(members) > 1 and candidate.prior >= 0.2 and kept.intersection(members):
            total[key] += _NEIGHBOUR
            if total[key] >= self.threshold:
                kept.add(key)
        if not types[key]:
            for member in members:
                for type_, weight in types[member].items():
                    types[key][type_] += weight / 4


def _named(doc: Doc, candidate: Candidate, weights: dict[str, float], rule: str) -> Span:
    span = candidate.span
    type_ = max(sorted(weights), key=lambda name: weights[name]) if weights else OPEN
    return Span(doc, span.start, span.end, label=type_, span_id=rule, kb_id=span.kb_id_)


def evidence(candidate: Candidate, clues: Clues) -> tuple[float, str, dict[str, float]]:
    """How probable it is that a candidate is a name (0 to 1), the rule that says most, and the weight of each type."""
    types: dict[str, float] = defaultdict(float)
    doubt = 1 - candidate.prior
    best, rule = candidate.prior, candidate.rule
    for cue in clues.cues:
        doubt *= 1 - cue.confidence
        if cue.gives:
            types[cue.gives] += cue.confidence
        if cue.confidence > best:
            best, rule = cue.confidence, cue.id
    for type_ in clues.shapes:
        types[type_] += _SHAPE
    if candidate.type:
        types[candidate.type] += _LISTED
    return 1 - doubt, rule, types
