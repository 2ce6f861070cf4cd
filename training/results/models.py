"""Training data of the models of results: the figures of annotated papers, with all their candidates."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from spacy.tokens import Doc, Span
from spacy.util import load_config, load_model_from_config

from kg.evaluate.scoring import Annotation, names_of, normalise
from kg.extraction import pipeline
from kg.extraction.linear import Features, LinearModel
from kg.extraction.names.grouping import FoundEntity
from kg.extraction.relations.rules import FoundRelation
from kg.extraction.results.benchmark_features import benchmark_features
from kg.extraction.results.metric_features import metric_features
from kg.extraction.results.system_features import system_features
from kg.extraction.results.trained import BENCHMARKS, METRICS, SYSTEMS, FigureReader
from training.results.choice import Choice, fit_choice, fit_decision

FOLDS = 3
"""Parts of the papers, for entities and relations by models that have not seen the paper."""
BENCHMARK_STRENGTH = 0.02
SYSTEM_STRENGTH = 0.07
METRIC_STRENGTH = 0.03
"""Inverse strengths of regularisation, scikit-learn's C."""

NamesTraining = Callable[[dict[str, Annotation], dict[str, Annotation], Path], None]
"""Trains the models of names and relations on gold and papers, and writes them into a folder."""


@dataclass(slots=True)
class Rows:
    """What the three models learn from."""

    benchmarks: list[tuple[str, Features, bool]]
    systems: list[Choice]
    metrics: list[Choice]


def fold(paper: str) -> int:
    """The part that a paper is in, 0 to `FOLDS` - 1, by SHA-256 of its id; it says nothing of `training.split`."""
    return int(hashlib.sha256(f"results {paper}".encode()).hexdigest(), 16) % FOLDS


def found_docs(
    gold: dict[str, Annotation], papers: dict[str, Annotation], train_names: NamesTraining
) -> Iterator[tuple[str, Doc]]:
    """Each paper with the entities and relations that models find that have not seen it."""
    for number in range(FOLDS):
        with TemporaryDirectory() as folder:
            train_names(gold, {key: record for key, record in papers.items() if fold(key) != number}, Path(folder))
            extractor = _without_results(Path(folder))
        for key, record in papers.items():
            if fold(key) == number:
                yield key, extractor.document(record["title"], record["abstract"])


def _without_results(models: Path) -> pipeline.Extractor:
    """The default pipeline with models of a folder, without results and tasks."""
    config = load_config(
        Path(pipeline.__file__).parent / "config" / f"{pipeline.DEFAULT}.cfg",
        overrides={
            "components.citegraph_trained_names.model": str(models / "names.npz"),
            "components.citegraph_trained_relations.model": str(models / "relations.npz"),
        },
    )
    nlp = load_model_from_config(
        config, auto_fill=True, exclude=["citegraph_trained_results", "citegraph_trained_tasks"]
    )
    return pipeline.Extractor(nlp, pipeline.DEFAULT)


def annotated_docs(gold: dict[str, Annotation], papers: dict[str, Annotation]) -> Iterator[tuple[str, Doc]]:
    """Each paper with the entities and relations of its annotation."""
    extractor = pipeline.Extractor.load("rules")
    for key, record in papers.items():
        doc = extractor.document(record["title"], record["abstract"])
        entities, relations = [], []
        for annotation, spans in _annotated(doc, gold[key]):
            entities.append(
                FoundEntity(annotation["name"], annotation["type"], spans, "gold", known=True, confidence=0.99)
            )
            roles = [annotation["role"], *annotation["also"]]
            relations.append(tuple(FoundRelation(role, 0.99, "gold", spans[0].sent) for role in roles))
        doc._.citegraph_entities, doc._.citegraph_relations = tuple(entities), tuple(relations)
        yield key, doc


def _annotated(doc: Doc, gold: Annotation) -> list[tuple[Annotation, tuple[Span, ...]]]:
    """The annotated entities that the text names, with their mentions, in order of first mention.

    Of names that overlap the longer counts.
    """
    names = {name: entity for entity in gold["entities"] for name in (entity["name"], *entity["mentions"])}
    taken: set[int] = set()
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", doc.text):
            span = doc.char_span(*match.span(), alignment_mode="expand")
            if span is not None and taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                places[names[name]["name"]].append(span)
    found = [(entity, tuple(sorted(places[entity["name"]]))) for entity in gold["entities"] if places[entity["name"]]]
    return sorted(found, key=lambda item: item[1][0].start)


def add_rows(rows: Rows, docs: Iterable[tuple[str, Doc]], gold: dict[str, Annotation], reader: FigureReader) -> None:
    """Adds every figure of every paper with each candidate, and which of them gold has, to `rows`, in place."""
    for key, doc in docs:
        known = _Gold(gold[key])
        for fig in reader.read(doc):
            value = fig.sentence.text[fig.figure.start : fig.figure.end]
            for benchmark in fig.view.data:
                same = known.results[known.entity(benchmark.name), _digits(value)]
                rows.benchmarks.append((key, benchmark_features(fig, benchmark), bool(same)))
                if not same:
                    continue
                models = {known.entity(result["model"]) for result in same}
                systems = [None, *fig.view.systems]
                rows.systems.append(
                    Choice(
                        key,
                        [system_features(fig, system) for system in systems],
                        [known.entity(system.name if system else "") in models for system in systems],
                    )
                )
                metrics = {normalise(result["metric"]) for result in same} - {""}
                phrases = reader.phrases(fig)
                rows.metrics.append(
                    Choice(
                        key,
                        [metric_features(fig, phrase) for phrase in phrases],
                        [_one_of(normalise(phrase.text), metrics) for phrase in phrases],
                    )
                )


class _Gold:
    """The results of an annotation, by benchmark and digits of the value."""

    def __init__(self, annotation: Annotation) -> None:
        self.names: Mapping[str, str] = {
            form: normalise(entity["name"]) for entity in reversed(annotation["entities"]) for form in names_of(entity)
        }
        self.results: defaultdict[tuple[str, str], list[Annotation]] = defaultdict(list)
        for result in annotation["results"]:
            self.results[self.entity(result["benchmark"]), _digits(result["value"])].append(result)

    def entity(self, name: str) -> str:
        """The normalised main name of an entity by any of its names."""
        return self.names.get(normalise(name), normalise(name))


def _digits(value: str) -> str:
    """The digits and dots of a value."""
    return re.sub(r"[^0-9.]", "", value).rstrip(".")


def _one_of(phrase: str, metrics: set[str]) -> bool:
    """Whether a phrase is one of some metrics, a part of one, or has one as a part."""
    return bool(phrase) and any(phrase in metric or metric in phrase for metric in metrics)


def train(gold: dict[str, Annotation], papers: dict[str, Annotation], out: Path, train_names: NamesTraining) -> None:
    """Trains the three models on papers and writes them into a folder.

    Every paper counts twice: with the entities that models find that have not seen it, as in use, and with those of its
    annotation.
    """
    rows, reader = Rows([], [], []), FigureReader()
    add_rows(rows, found_docs(gold, papers, train_names), gold, reader)
    add_rows(rows, annotated_docs(gold, papers), gold, reader)
    out.mkdir(parents=True, exist_ok=True)
    models: dict[str, LinearModel] = {
        BENCHMARKS: fit_decision(rows.benchmarks, BENCHMARK_STRENGTH),
        SYSTEMS: fit_choice(rows.systems, SYSTEM_STRENGTH),
        METRICS: fit_choice(rows.metrics, METRIC_STRENGTH),
    }
    for name, model in models.items():
        model.save(out / name)
