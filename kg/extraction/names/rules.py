"""Which candidates are names, by rules: the evidence of cues and shape, added up over all candidates of one key."""

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import NAME_SPANS
from kg.extraction.names.candidate_finder import FIELD, Candidate, Clues

UNTYPED = "Name"
"""Label of a name whose type nothing says."""
_SHAPE = 0.3
"""Weight of a type that a name's letters suggest; a cue's is its confidence."""
_LISTED = 3.0
"""Weight of the type that the catalogue or a family gives."""
_NEIGHBOUR = 0.25
"""Evidence that coordination with a name is for another."""


@Language.factory(
    "citegraph_names",
    default_config={"threshold": 0.5},
    assigns=["doc.spans", "doc._.citegraph_name_probabilities"],
    requires=["doc._.citegraph_candidates"],
)
def create_names(nlp: Language, name: str, threshold: float) -> "NameRules":
    """Decides which candidates are names.

    Writes the span group `citegraph_names`, where a span's label is a type or `UNTYPED` and its `id_` the strongest
    rule, and `doc._.citegraph_name_probabilities`: by the key of each name the probability (0 to 1) that it is one.

    Args:
        threshold: evidence (0 to 1) that a name needs.
    """
    return NameRules(threshold)


class NameRules:
    """Accepts candidates with enough evidence, and gives all of one key the same type."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Sets the span group `citegraph_names` and `doc._.citegraph_name_probabilities`."""
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
        accepted = {key for key, score in total.items() if score >= self.threshold}
        for candidate, clues in candidates:
            members = [doc._.citegraph_candidates[i][0].key for i in clues.context.group]
            self._add_neighbours(candidate, members, total, types, accepted)
        doc._.citegraph_name_probabilities = {key: min(total[key], 0.99) for key in sorted(accepted)}
        doc.spans[NAME_SPANS] = [
            _span(doc, candidate, types[candidate.key], rule)
            for (candidate, _), (_, rule, _) in zip(candidates, judged, strict=True)
            if candidate.key in accepted
        ]
        return doc

    def _add_neighbours(
        self,
        candidate: Candidate,
        members: list[str],
        total: dict[str, float],
        types: dict[str, dict[str, float]],
        accepted: set[str],
    ) -> None:
        """Adds what coordinated names say for a candidate to `total`, `types` and `accepted`, in place.

        A name beside it is evidence; their types count where nothing else gives one.
        """
        key = candidate.key
        if key not in accepted and len(members) > 1 and candidate.prior >= 0.2 and accepted.intersection(members):
            total[key] += _NEIGHBOUR
            if total[key] >= self.threshold:
                accepted.add(key)
        if not types[key]:
            for member in members:
                for type_, weight in types[member].items():
                    types[key][type_] += weight / 4


def _span(doc: Doc, candidate: Candidate, weights: dict[str, float], rule: str) -> Span:
    """A candidate as a name of the type with the most weight."""
    span = candidate.span
    type_ = max(sorted(weights), key=lambda name: weights[name]) if weights else UNTYPED
    return Span(doc, span.start, span.end, label=type_, span_id=rule, kb_id=span.kb_id_)


def evidence(candidate: Candidate, clues: Clues) -> tuple[float, str, dict[str, float]]:
    """How probable it is that a candidate is a name (0 to 1), the strongest rule, and the weight of each type.

    The pieces of evidence are taken as independent: one minus the product of what each leaves in doubt (noisy or).
    """
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
