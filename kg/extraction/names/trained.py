"""Which candidates are names, by a model that has the rules' evidence among its features."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import NAME_SPANS
from kg.extraction.linear import LinearModel, load_model
from kg.extraction.names.boundaries import BoundaryFinder
from kg.extraction.names.features import CandidateGroup, candidate_groups

NO_NAME = "none"
"""Class of the model for what is no name; the others are types."""


@Language.factory(
    "citegraph_trained_names",
    default_config={"model": "names.npz", "threshold": 0.5},
    assigns=["doc.spans", "doc._.citegraph_name_probabilities"],
    requires=[
        "token.is_sent_start",
        "token._.citegraph_in_link",
        "doc._.citegraph_acronyms",
        "doc._.citegraph_candidates",
    ],
)
def create_trained_names(nlp: Language, name: str, model: str, threshold: float) -> "TrainedNames":
    """Decides which candidates are names with a trained model; writes the same as `citegraph_names`.

    Args:
        model: file in `kg/extraction/model`, or an absolute path.
        threshold: probability (0 to 1) that a name needs.
    """
    return TrainedNames(load_model(model), threshold)


class TrainedNames:
    """Accepts the candidates that are probably names, all of one key with the most probable type."""

    def __init__(self, model: LinearModel, threshold: float) -> None:
        self.model = model
        self.threshold = threshold
        self.boundaries = BoundaryFinder()

    def __call__(self, doc: Doc) -> Doc:
        """Sets the span group `citegraph_names` and `doc._.citegraph_name_probabilities`."""
        probabilities: dict[str, float] = {}
        spans: list[tuple[float, Span]] = []
        for group in candidate_groups(doc, self.boundaries):
            types = self.model.probabilities(group.features, group.vector)
            probability = 1 - types.pop(NO_NAME)
            if probability >= self.threshold:
                probabilities[group.key] = probability
                type_ = max(sorted(types), key=types.__getitem__)
                spans += [(probability, span) for span in _spans(doc, group, type_)]
        doc._.citegraph_name_probabilities = probabilities
        doc.spans[NAME_SPANS] = _without_overlaps(spans)
        return doc


def _spans(doc: Doc, group: CandidateGroup, type_: str) -> list[Span]:
    """The candidates of a group as names of a type."""
    return [
        Span(doc, c.span.start, c.span.end, label=type_, span_id=c.rule, kb_id=c.span.kb_id_) for c in group.candidates
    ]


def _without_overlaps(spans: list[tuple[float, Span]]) -> list[Span]:
    """Resolves overlaps: the more probable wins, then the longer. In order of position."""
    taken: set[int] = set()
    chosen = []
    for _, span in sorted(spans, key=lambda item: (-item[0], item[1].start - item[1].end, item[1].start)):
        covered = range(span.start, span.end)
        if not taken.intersection(covered):
            taken.update(covered)
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)
