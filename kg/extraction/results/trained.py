"""The trained results: which figure is on which benchmark, of which system and by which metric."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.linear import Features, LinearModel
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.features import (
    Cues,
    FigureView,
    PaperView,
    Phrase,
    benchmark_features,
    metric_features,
    metric_phrases,
    system_features,
)
from kg.extraction.results.rules import FoundResult, Rules
from kg.schema import DATA_LABELS

_HERE = Path(__file__).parents[1]
_MOST = 200
"""Figures of a paper that are read: no real abstract has as many, and each costs."""
YES, NO = "yes", "no"
"""Classes of the models: whether a candidate is the one."""
BENCHMARKS, SYSTEMS, METRICS = "results-benchmarks.npz", "results-systems.npz", "results-metrics.npz"
"""Files of the models."""


@Language.factory(
    "citegraph_trained_results",
    default_config={"folder": "model", "least": 0.34},
    assigns=["doc._.citegraph_results"],
    requires=[
        "token.is_sent_start",
        "token._.citegraph_in_link",
        "doc._.citegraph_links",
        "doc._.citegraph_entities",
        "doc._.citegraph_relations",
    ],
)
def create_trained_results(nlp: Language, name: str, folder: str, least: float) -> "TrainedResults":
    """Finds results with the models of this package; writes `doc._.citegraph_results`.

    Args:
        folder: where the models are, from the folder of this package.
        least: probability (0 to 1) that a figure is on its benchmark and of its system, under which it is left out.
    """
    return TrainedResults(_HERE / folder, least)


class FigureReader:
    """Reads the figures of papers, with what surrounds them."""

    def __init__(self) -> None:
        self.rules = Rules(lenient=True)
        self.cues = Cues()

    def read(self, doc: Doc) -> Iterator[FigureView]:
        """Every number of a paper with a benchmark, whether or not it looks like a score."""
        if not any(entity.type in DATA_LABELS for entity in doc._.citegraph_entities):
            return
        reading = self.rules.read(doc)
        if reading.passages:
            view = PaperView(doc, reading, self.cues)
            places = ((passage, index) for passage in reading.passages for index in range(len(passage.proposals)))
            for passage, index in islice(places, _MOST):
                yield FigureView(view, passage, index)

    def phrases(self, fig: FigureView) -> list[Phrase]:
        """What may be the metric of a figure."""
        return metric_phrases(fig, (match.span() for match in self.rules.reader.metric.finditer(fig.view.text)))


class TrainedResults:
    """Takes the pairs of figure and benchmark that are sure enough, each with its likeliest system and metric."""

    def __init__(self, folder: Path, least: float) -> None:
        self.reader = FigureReader()
        self.benchmarks, self.systems, self.metrics = (
            LinearModel.load(folder / name) for name in (BENCHMARKS, SYSTEMS, METRICS)
        )
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_results` in order of position, each figure of a benchmark and a system once."""
        surest: dict[tuple[str, str, str], tuple[float, FoundResult]] = {}
        for fig in self.reader.read(doc):
            for chance, result in self._results(doc, fig):
                key = (result.benchmark, _digits(result.value), result.model)
                if chance > surest.get(key, (0.0,))[0]:
                    surest[key] = (chance, result)
        doc._.citegraph_results = tuple(sorted((result for _, result in surest.values()), key=_place))
        return doc

    def _results(self, doc: Doc, fig: FigureView) -> Iterator[tuple[float, FoundResult]]:
        chances = [
            (entity, self.benchmarks.probabilities(benchmark_features(fig, entity))[YES]) for entity in fig.view.data
        ]
        likely = [(entity, chance) for entity, chance in chances if chance >= self.least]
        if not likely:
            return
        sure, system = self._system(fig)
        likely = [(entity, chance * sure) for entity, chance in likely if chance * sure >= self.least]
        if likely:
            metric = self._metric(fig)
            start, end = fig.passage.base + fig.figure.start, fig.passage.base + fig.figure.end
            value = fig.proposal.sign + doc.text[start:end]
            for entity, chance in likely:
                yield chance, FoundResult(system, entity.name, metric, value, start, end)

    def _system(self, fig: FigureView) -> tuple[float, str]:
        """The likeliest system with its probability among all candidates."""
        candidates: list[FoundEntity | None] = [None, *fig.view.systems]
        odds = [self._odds(self.systems, system_features(fig, candidate)) for candidate in candidates]
        best = max(range(len(odds)), key=odds.__getitem__)
        chosen = candidates[best]
        return odds[best] / sum(odds), chosen.name if chosen else ""

    def _metric(self, fig: FigureView) -> str:
        """The likeliest metric as written; "" where nothing may be one."""
        phrases = self.reader.phrases(fig)
        if not phrases:
            return ""
        odds = [self._odds(self.metrics, metric_features(fig, phrase)) for phrase in phrases]
        return phrases[max(range(len(odds)), key=odds.__getitem__)].text

    def _odds(self, model: LinearModel, features: Features) -> float:
        chances = model.probabilities(features)
        return chances[YES] / max(chances[NO], 1e-12)


def _digits(value: str) -> str:
    return "".join(ch for ch in value if ch.isdigit() or ch == ".").rstrip(".")


def _place(result: FoundResult) -> tuple[int, str, str]:
    return result.start, result.benchmark, result.model
