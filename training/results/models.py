"""What the models of results learn from: the figures of annotated papers, with every candidate of theirs."""

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
BENCHMARK_STRENGTH = 0.02
SYSTEM_STRENGTH = 0.07
METRIC_STRENGTH = 0.03


NamesTraining = Callable[[dict[str, Annotation], dict[str, Annotation], Path], None]
"""Trains the models of names and relations on gold and papers, and writes them into a folder."""


@dataclass(slots=True)
class Rows:
    """What the three models learn from."""

    benchmarks: list[tuple[str, Features, bool]]
    systems: list[Choice]
    metrics: list[Choice]


def fold(paper: str) -> int:
    """The part of the training papers that a paper is in; not that of `training.split`."""
    return int(hashlib.sha256(f"results {paper}".encode()).hexdigest(), 16) % FOLDS


def found_docs(
    gold: dict[str, Annotation], papers: dict[str, Annotation], train_names: NamesTraining
) -> Iterator[tuple[str, Doc]]:
    """Each paper with the entities and relations that models find which have not seen it."""
    for number in range(FOLDS):
        with TemporaryDirectory() as folder:
            train_names(gold, {key: record for key, record in papers.items() if fold(key) != number}, Path(folder))
            extractor = _without_results(Path(folder))
        for key, record in papers.items():
            if fold(key) == number:
                yield key, extractor.document(record["title"], record["abstract"])


def _without_results(models: Path) -> pipeline.Extractor:
    config = load_config(
        Path(pipeline.__file__).parent / "config" / f"{pipeline.DEFAULT}.cfg",
        overrides={
            "components.citegraph_trained_names.model": str(models / "names.npz"),
            "components.citegraph_trained_relations.model": str(models / "relations.npz"),
        },
    )
    nlp = load_model_from_config(config, auto_fill=True, exclude=["citegraph_trained_results", "citegraph_tasks"])
    return pipeline.Extractor(nlp, pipeline.DEFAULT)


def annotated_docs(gold: dict[str, Annotation], papers: dict[str, Annotation]) -> Iterator[tuple[str, Doc]]:
    """Each paper with the entities and roles of its annotation."""
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
    """The annotated entities that the text has, longest forms first, in order of first mention."""
    forms = {form: entity for entity in gold["entities"] for form in (entity["name"], *entity["mentions"])}
    taken: set[int] = set()
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", doc.text):
            span = doc.char_span(*match.span(), alignment_mode="expand")
            if span is not None and taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                places[forms[form]["name"]].append(span)
    found = [(entity, tuple(sorted(places[entity["name"]]))) for entity in gold["entities"] if places[entity["name"]]]
    return sorted(found, key=lambda item: item[1][0].start)


def add_rows(rows: Rows, docs: Iterable[tuple[str, Doc]], gold: dict[str, Annotation], reader: FigureReader) -> None:
    """Every figure of every paper with each candidate, and which of them gold has."""
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
    """The results of an annotation by benchmark and figure."""

    def __init__(self, annotation: Annotation) -> None:
        self.names: Mapping[str, str] = {
            form: normalise(entity["name"]) for entity in reversed(annotation["entities"]) for form in names_of(entity)
        }
        self.results: defaultdict[tuple[str, str], list[Annotation]] = defaultdict(list)
        for result in annotation["results"]:
            self.results[self.entity(result["benchmark"]), _digits(result["value"])].append(result)

    def entity(self, name: str) -> str:
        """The name under which a written one is annotated."""
        return self.names.get(normalise(name), normalise(name))


def _digits(value: str) -> str:
    return re.sub(r"[^0-9.]", "", value).rstrip(".")


def _one_of(phrase: str, metrics: set[str]) -> bool:
    return bool(phrase) and any(phrase in metric or metric in phrase for metric in metrics)


def train(gold: dict[str, Annotation], papers: dict[str, Annotation], out: Path, train_names: NamesTraining) -> None:
    """Trains the three models on papers and writes them into a folder.

    Entities are those of models that have not seen the paper, as in use, and once more those of the annotation.
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
