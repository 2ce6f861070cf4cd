"""Results by models: which figure is on which benchmark, of which system and by which metric."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.linear import Features, LinearModel
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.benchmark_features import benchmark_features
from kg.extraction.results.features import FigureView, PaperView, ResultWords
from kg.extraction.results.metric_features import MetricPhrase, metric_features, metric_phrases
from kg.extraction.results.rules import FigureAnalyser, FoundResult
from kg.extraction.results.system_features import system_features
from kg.schema import DATA_LABELS

_HERE = Path(__file__).parents[1]
_MOST = 200
"""Figures of a paper that are looked at: a limit on cost, which no real abstract reaches."""
YES, NO = "yes", "no"
"""Classes of the models: whether a candidate is right."""
BENCHMARKS, SYSTEMS, METRICS = "results-benchmarks.npz", "results-systems.npz", "results-metrics.npz"
"""Files of the models in their folder."""


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
    """Finds results with trained models; writes `doc._.citegraph_results`.

    Args:
        folder: where the models are, from `kg/extraction` on, or an absolute path.
        least: probability (0 to 1) that a result needs: that the figure is on its benchmark, times that it is of its
            system.
    """
    return TrainedResults(_HERE / folder, least)


class FigureReader:
    """Finds the figures of papers and the candidates for their metrics, for the models and for their training."""

    def __init__(self) -> None:
        self.analyser = FigureAnalyser(lenient=True)
        self.words = ResultWords()

    def read(self, doc: Doc) -> Iterator[FigureView]:
        """The numbers of a paper, at most `_MOST`, whether or not they look like scores; none without a benchmark."""
        if not any(entity.type in DATA_LABELS for entity in doc._.citegraph_entities):
            return
        found = self.analyser.read(doc)
        if found.passages:
            view = PaperView(doc, found, self.words)
            places = ((passage, index) for passage in found.passages for index in range(len(passage.proposals)))
            for passage, index in islice(places, _MOST):
                yield FigureView(view, passage, index)

    def phrases(self, fig: FigureView) -> list[MetricPhrase]:
        """What may be the metric of a figure."""
        return metric_phrases(fig, (match.span() for match in self.analyser.finder.metric.finditer(fig.view.text)))


class TrainedResults:
    """Takes the pairs of figure and benchmark that are probable enough, with the most probable system and metric."""

    def __init__(self, folder: Path, least: float) -> None:
        self.reader = FigureReader()
        self.benchmarks, self.systems, self.metrics = (
            LinearModel.load(folder / name) for name in (BENCHMARKS, SYSTEMS, METRICS)
        )
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_results` in order of position; of results that say the same the most probable."""
        best: dict[tuple[str, str, str], tuple[float, FoundResult]] = {}
        for fig in self.reader.read(doc):
            for probability, result in self._results(doc, fig):
                key = (result.benchmark, _digits(result.value), result.model)
                if probability > best.get(key, (0.0,))[0]:
                    best[key] = (probability, result)
        doc._.citegraph_results = tuple(sorted((result for _, result in best.values()), key=_place))
        return doc

    def _results(self, doc: Doc, fig: FigureView) -> Iterator[tuple[float, FoundResult]]:
        """The results of one figure, each with its probability."""
        probabilities = [
            (entity, self.benchmarks.probabilities(benchmark_features(fig, entity))[YES]) for entity in fig.view.data
        ]
        likely = [(entity, probability) for entity, probability in probabilities if probability >= self.least]
        if not likely:
            return
        of_system, system = self._system(fig)
        likely = [(entity, on * of_system) for entity, on in likely if on * of_system >= self.least]
        if likely:
            metric = self._metric(fig)
            start, end = fig.passage.base + fig.figure.start, fig.passage.base + fig.figure.end
            value = fig.proposal.sign + doc.text[start:end]
            for entity, probability in likely:
                yield probability, FoundResult(system, entity.name, metric, value, start, end)

    def _system(self, fig: FigureView) -> tuple[float, str]:
        """The name of the most probable system, "" for none, with its probability among all candidates."""
        candidates: list[FoundEntity | None] = [None, *fig.view.systems]
        odds = [self._odds(self.systems, system_features(fig, candidate)) for candidate in candidates]
        best = max(range(len(odds)), key=odds.__getitem__)
        chosen = candidates[best]
        return odds[best] / sum(odds), chosen.name if chosen else ""

    def _metric(self, fig: FigureView) -> str:
        """The most probable metric as written; "" where nothing may be one."""
        phrases = self.reader.phrases(fig)
        if not phrases:
            return ""
        odds = [self._odds(self.metrics, metric_features(fig, phrase)) for phrase in phrases]
        return phrases[max(range(len(odds)), key=odds.__getitem__)].text

    def _odds(self, model: LinearModel, features: Features) -> float:
        """Odds that a candidate is right: p(yes) / p(no)."""
        probabilities = model.probabilities(features)
        return probabilities[YES] / max(probabilities[NO], 1e-12)


def _digits(value: str) -> str:
    """The digits and dots of a value."""
    return "".join(ch for ch in value if ch.isdigit() or ch == ".").rstrip(".")


def _place(result: FoundResult) -> tuple[int, str, str]:
    """Order of results."""
    return result.start, result.benchmark, result.model
