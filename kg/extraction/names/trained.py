"""The trained names: they decide in place of the rules, with the rules' evidence among their features."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.attributes import NAME_SPANS
from kg.extraction.linear import LinearModel, load_model
from kg.extraction.names.boundaries import Boundaries
from kg.extraction.names.features import Form, forms

NO_NAME = "none"
"""Class of the name model for what is no name."""


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
    """Decides names with a model of this package; writes the same as `citegraph_names`.

    Args:
        model: file in the package's folder `model`.
        threshold: probability (0 to 1) above which a form is taken for a name.
    """
    return TrainedNames(load_model(model), threshold)


class TrainedNames:
    """Accepts the forms that the model holds for names, each with its most probable type."""

    def __init__(self, model: LinearModel, threshold: float) -> None:
        self.model = model
        self.threshold = threshold
        self.boundaries = Boundaries()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans["citegraph_names"]` and `doc._.citegraph_name_probabilities`."""
        certainty: dict[str, float] = {}
        spans: list[tuple[float, Span]] = []
        for form in forms(doc, self.boundaries):
            chances = self.model.probabilities(form.features, form.vector)
            sure = 1 - chances.pop(NO_NAME)
            if sure >= self.threshold:
                certainty[form.key] = sure
                type_ = max(sorted(chances), key=lambda type_: chances[type_])
                spans += [(sure, span) for span in self._named(doc, form, type_)]
        doc._.citegraph_name_probabilities = certainty
        doc.spans[NAME_SPANS] = _without_overlaps(spans)
        return doc

    def _named(self, doc: Doc, form: Form, type_: str) -> list[Span]:
        return [
            Span(doc, c.span.start, c.span.end, label=type_, span_id=c.rule, kb_id=c.span.kb_id_)
            for c in form.candidates
        ]


def _without_overlaps(spans: list[tuple[float, Span]]) -> list[Span]:
    """Of spans that overlap the surer, then the longer, in order of position."""
    taken: set[int] = set()
    kept = []
    for _, span in sorted(spans, key=lambda item: (-item[0], item[1].start - item[1].end, item[1].start)):
        covered = range(span.start, span.end)
        if not taken.intersection(covered):
            taken.update(covered)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
