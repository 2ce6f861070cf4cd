"""Results by rules: figures on named benchmarks, each with benchmark, metric and system.

Four questions are asked of each figure: is it a gain or a drop, on which benchmark, by which metric, of which system. A
figure without a benchmark is no result.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.names.grouping import FoundEntity
from kg.extraction.results.benchmarks import BenchmarkRules
from kg.extraction.results.figures import EntityMention, FigureFinder, FigureSentence, Run, distinct_entities
from kg.extraction.results.metrics import MetricRules
from kg.extraction.results.paper_summary import PaperSummary, summarise
from kg.extraction.results.signs import SignRules
from kg.extraction.results.systems import SystemRules


@dataclass(frozen=True, slots=True)
class FoundResult:
    """One figure on a benchmark.

    Attributes:
        model: name of the system; "" for none.
        benchmark: name of the benchmark.
        metric: as written; "" for none.
        value: as written, with the sign of a gain or drop before it.
        start: of the figure in the doc, in characters.
        end: likewise.
    """

    model: str
    benchmark: str
    metric: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say of one figure.

    Attributes:
        benchmarks: those that it is on.
        metric: its start and end in the sentence, or None.
        system: name of the system; "" for none.
        sign: "+", "-" or "".
        run: the coordinated figures of which it is one.
    """

    benchmarks: tuple[FoundEntity, ...]
    metric: tuple[int, int] | None
    system: str
    sign: str
    run: Run


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with figures, and what the rules say of each.

    Attributes:
        base: where the sentence starts in the doc, in characters.
        number: its number in the doc, from 0.
        sentence: the sentence.
        proposals: for each of its figures.
        last: the benchmarks that were named last before it.
    """

    base: int
    number: int
    sentence: FigureSentence
    proposals: tuple[Proposal, ...]
    last: tuple[FoundEntity, ...]


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """The figures of a paper.

    Attributes:
        summary: the paper's systems and benchmarks.
        passages: its sentences with figures.
        starts: where each of its sentences starts, in characters.
    """

    summary: PaperSummary
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]


@Language.factory(
    "citegraph_results",
    default_config={"sure": 0.8, "likely": 0.6},
    assigns=["doc._.citegraph_results"],
    requires=[
        "token.is_sent_start",
        "token._.citegraph_in_link",
        "doc._.citegraph_links",
        "doc._.citegraph_entities",
        "doc._.citegraph_relations",
    ],
)
def create_results(nlp: Language, name: str, sure: float, likely: float) -> "ResultRules":
    """Finds results by rules; writes `doc._.citegraph_results`.

    Args:
        sure: confidence (0 to 1) that the relation to the paper's only benchmark needs, where a sentence names none.
        likely: probability (0 to 1) that the name and the relation of a benchmark need.
    """
    return ResultRules(sure, likely)


class ResultRules:
    """Takes what the rules propose of figures on benchmarks that are probable enough."""

    def __init__(self, sure: float, likely: float) -> None:
        self.analyser = FigureAnalyser(lenient=False, sure=sure, likely=likely)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_results` in order of position."""
        found = self.analyser.read(doc)
        doc._.citegraph_results = tuple(
            result for passage in found.passages for result in _accepted(doc, passage, found.summary)
        )
        return doc


def _accepted(doc: Doc, passage: Passage, paper: PaperSummary) -> Iterator[FoundResult]:
    """The results of a sentence, without those on benchmarks that are not probable enough."""
    base, text = passage.base, doc.text
    for figure, proposal in zip(passage.sentence.figures, passage.proposals, strict=True):
        start, end = base + figure.start, base + figure.end
        metric = text[base + proposal.metric[0] : base + proposal.metric[1]] if proposal.metric else ""
        for benchmark in proposal.benchmarks:
            if benchmark.name in paper.scored:
                value = proposal.sign + text[start:end]
                yield FoundResult(proposal.system, benchmark.name, metric, value, start, end)


class FigureAnalyser:
    """Finds the sentences with figures, and for each figure what the words around it say."""

    def __init__(self, lenient: bool, sure: float = 0.8, likely: float = 0.6) -> None:
        """Takes whether numbers that do not look like scores are figures too; the rest as in `create_results`."""
        self.sure = sure
        self.likely = likely
        self.finder = FigureFinder(lenient)
        self.signs = SignRules()
        self.benchmarks = BenchmarkRules()
        self.metrics = MetricRules()
        self.systems = SystemRules()

    def read(self, doc: Doc) -> PaperFigures:
        """The figures of a doc with entities and relations."""
        named = sorted(
            ((span.start_char, span.end_char, entity) for entity in doc._.citegraph_entities for span in entity.spans),
            key=lambda place: place[0],
        )
        paper = summarise(doc, self.sure, self.likely)
        last: tuple[FoundEntity, ...] = ()
        passages: list[Passage] = []
        sentences = tuple(doc.sents)
        for number, span in enumerate(sentences):
            base = span.start_char
            inside = [
                EntityMention(start - base, end - base, entity)
                for start, end, entity in named
                if base <= start < span.end_char
            ]
            sentence = self.finder.read(span, inside)
            if sentence is not None:
                passages.append(Passage(base, number, sentence, tuple(self._proposals(sentence, paper, last)), last))
            last = distinct_entities(mention for mention in inside if mention.entity.name in paper.tested) or last
        return PaperFigures(paper, tuple(passages), tuple(span.start_char for span in sentences))

    def _proposals(
        self, sentence: FigureSentence, paper: PaperSummary, last: tuple[FoundEntity, ...]
    ) -> Iterator[Proposal]:
        """What the rules say of each figure of a sentence, in order."""
        signs = self.signs.of(sentence)
        for run in sentence.runs():
            benchmarks = self.benchmarks.of(sentence, run, paper.home, last)
            systems = self.systems.of(
                sentence, run, [signs[index] for index in run.indices], paper, spread=len(set(benchmarks)) > 1
            )
            metrics = self.metrics.of(sentence, run)
            for index, places, metric, system in zip(run.indices, benchmarks, metrics, systems, strict=True):
                yield Proposal(places, metric, system, signs[index], run)
