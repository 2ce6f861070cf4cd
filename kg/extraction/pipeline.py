"""Running the pipeline over papers, in one process or several, with the same output in the same order."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, load_model_from_config

from kg.errors import InputError

# Importing the modules registers their components.
from kg.extraction import acronyms, links, sentences, tokenizer  # noqa: F401
from kg.extraction.attributes import set_title
from kg.extraction.broken_words import BrokenWords
from kg.extraction.conversion import BREAK, extraction_of
from kg.extraction.linear import MODELS_VERSION
from kg.extraction.names import candidate_finder, catalogue_matcher, grouping  # noqa: F401
from kg.extraction.names import rules as name_rules  # noqa: F401
from kg.extraction.names import trained as trained_names  # noqa: F401
from kg.extraction.relations import rules as relation_rules  # noqa: F401
from kg.extraction.relations import trained as trained_relations  # noqa: F401
from kg.extraction.results import rules as result_rules  # noqa: F401
from kg.extraction.results import trained as trained_results  # noqa: F401
from kg.extraction.tasks import rules as task_rules  # noqa: F401
from kg.extraction.tasks import trained as trained_tasks  # noqa: F401
from kg.extraction.vectors import load_vectors
from kg.knowledge.catalogue import CATALOGUE_VERSION
from kg.schema import Extraction, Paper
from kg.schema.records import TextField
from kg.text.line_ends import Unwrapped, unwrapped

_HERE = Path(__file__).parent
PIPELINE_VERSION = 3
"""Raised whenever code, configuration or patterns come to find other things in the same text."""

DEFAULT = "default"
RULES = "rules"
PIPELINES = (DEFAULT, RULES)
LONGEST = 10_000
"""Longest part of a title or abstract that is read, in characters: far more than any real one has."""
_BATCH = 64
"""Papers that a process is sent at once."""


def pipeline_version(name: str) -> str:
    """The version of a pipeline, as archive and extraction files name it: `default-p1-m1-c1`, `rules-p1-c1`.

    The numbers are those of the pipeline, of the models, where it has some, and of the catalogue.
    """
    models = "" if name == RULES else f"-m{MODELS_VERSION}"
    return f"{name}-p{PIPELINE_VERSION}{models}-c{CATALOGUE_VERSION}"


def pipeline_name(version: str) -> str:
    """The name of the pipeline that has a version."""
    return version.partition("-")[0]


class Extractor:
    """Finds entities, relations, results, links and tasks in papers.

    Attributes:
        nlp: the spaCy pipeline.
        name: of the pipeline.
        version: name and version numbers of the pipeline: the same version finds the same things in the same text.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        """Takes a spaCy pipeline with citegraph's components, and its name."""
        self.nlp = nlp
        self.name = name
        self.version = pipeline_version(name)

    @classmethod
    def load(cls, name: str = DEFAULT) -> "Extractor":
        """A pipeline that ships with citegraph: `default`, or `rules` without any trained part.

        Raises:
            InputError: there is none of this name.
        """
        if name not in PIPELINES:
            raise InputError(f"no pipeline {name!r}: there are {', '.join(PIPELINES)}")
        config = load_config(_HERE / "config" / f"{name}.cfg")
        return cls(load_model_from_config(config, auto_fill=True), name)

    def document(self, title: str, abstract: str) -> Doc:
        """A paper as an analysed doc: title, a blank line, abstract, of each at most `LONGEST` characters.

        Hard line ends are white space in it (`kg.text.line_ends`).
        """
        return self._read(self._unwrapped(title, abstract))

    def one(self, paper: Paper) -> Extraction:
        """What is found in one paper."""
        texts = self._unwrapped(paper.title, paper.abstract)
        return extraction_of(self._read(texts), paper, texts, self.version)

    def _unwrapped(self, title: str, abstract: str) -> dict[TextField, Unwrapped]:
        """What is read of a paper, without hard line ends."""
        title, abstract = title[:LONGEST], abstract[:LONGEST]
        words = BrokenWords(f"{title} {abstract}", self._is_one_word)
        return {
            "title": unwrapped(title, words.is_one_word),
            "abstract": unwrapped(abstract, words.is_one_word),
        }

    def _is_one_word(self, before: str, after: str) -> bool:
        """Whether two parts of a word at a line's end are one; rules alone know no words but the paper's own."""
        return self.name != RULES and load_vectors().is_one_word(before, after)

    def _read(self, texts: Mapping[TextField, Unwrapped]) -> Doc:
        title, abstract = texts["title"].text, texts["abstract"].text
        doc = self.nlp.make_doc(f"{title}{BREAK}{abstract}")
        set_title(doc, len(title))
        return self.nlp(doc)

    def extract(self, papers: Iterable[Paper], processes: int = 1) -> Iterator[Extraction]:
        """What is found in each paper, in the order of the papers, whatever the number of processes.

        Args:
            papers: read as they are needed; memory does not grow with their number.
            processes: how many processes work at once; 1 is this one alone.
        """
        if processes <= 1:
            yield from map(self.one, papers)
            return
        waiting: deque[Future[list[Extraction]]] = deque()
        with ProcessPoolExecutor(processes, get_context("spawn"), _leave_interrupts) as pool:
            remaining = iter(papers)
            while batch := tuple(islice(remaining, _BATCH)):
                waiting.append(pool.submit(_extract_batch, self.name, batch))
                if len(waiting) > processes * 3:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()


def _leave_interrupts() -> None:
    """Ignores Ctrl-C, which a terminal sends to every process: the one that started the others answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@cache
def _loaded(name: str) -> Extractor:
    """The pipeline of a process that works for another, loaded once."""
    return Extractor.load(name)


def _extract_batch(name: str, papers: tuple[Paper, ...]) -> list[Extraction]:
    """What is found in each paper of a batch."""
    return [_loaded(name).one(paper) for paper in papers]
