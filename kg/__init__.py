"""citegraph: a knowledge graph of papers, benchmarks, models, methods and code, with the sentence behind every edge.

    import kg

    kg.build("papers.jsonl", "my-graph")
    with kg.open("my-graph") as graph:
        answer = graph.ask("which papers evaluate on MTEB")
        print(answer)

`build` reads files and makes a graph, `extract` finds what papers name without making one, `read` gives the papers of
files, and `open` gives a graph to be asked. docs/python.md shows everything.
"""

# Nothing heavy is imported here: spaCy, polars and the engines take seconds, and many callers need only one of them.
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.defaults import STORE
from kg.errors import (
    CitegraphError,
    ExhaustedError,
    InputError,
    NotFoundError,
    NotUnderstoodError,
    RefusedError,
    StoreError,
    VersionError,
)

if TYPE_CHECKING:
    from kg.analytics import Statistics
    from kg.builds import BuildReport, OnProgress
    from kg.graph import Graph
    from kg.queries import Answer, Asked, Details, NamedQuery, Neighbourhood
    from kg.schema import Entity, Extraction, Link, Mention, Paper, Relation, Result
    from kg.search import Hit
    from kg.sources import Problem

    __version__: str

__all__ = [
    "Answer",
    "Asked",
    "BuildReport",
    "CitegraphError",
    "Details",
    "Entity",
    "ExhaustedError",
    "Extraction",
    "Graph",
    "Hit",
    "InputError",
    "InputWarning",
    "Link",
    "Mention",
    "NamedQuery",
    "Neighbourhood",
    "NotFoundError",
    "NotUnderstoodError",
    "Paper",
    "Problem",
    "RefusedError",
    "Relation",
    "Result",
    "Statistics",
    "StoreError",
    "VersionError",
    "build",
    "extract",
    "open",
    "read",
    "sample_papers",
]

_WHERE = {
    "Answer": "kg.queries",
    "Asked": "kg.queries",
    "BuildReport": "kg.builds",
    "Details": "kg.queries",
    "Entity": "kg.schema",
    "Extraction": "kg.schema",
    "Graph": "kg.graph",
    "Hit": "kg.search",
    "Link": "kg.schema",
    "Mention": "kg.schema",
    "NamedQuery": "kg.queries",
    "Neighbourhood": "kg.queries",
    "Paper": "kg.schema",
    "Problem": "kg.sources",
    "Relation": "kg.schema",
    "Result": "kg.schema",
    "Statistics": "kg.analytics",
}
"""Modules of the public classes, which are imported when they are first asked for."""


class InputWarning(UserWarning):
    """A record, line or file that could not be read; everything else was."""


def build(
    inputs: str | Path | Iterable[str | Path] = (),
    store: str | Path = STORE,
    *,
    data: str | Path | None = None,
    processes: int = 1,
    pipeline: str = "default",
    min_confidence: float = 0.0,
    format: str | None = None,
    full: bool = False,
    on_problem: "Callable[[Problem], None] | None" = None,
    on_progress: "OnProgress | None" = None,
) -> "BuildReport":
    """Reads papers, extracts what is new, and makes the graph of everything read so far.

    Args:
        inputs: files, folders or patterns (`*.json`) of any format that docs/sources.md lists, plain, gzip or
            Zstandard; none to make the graph of what was read before, as after a change of overrides.yaml.
        store: data folder, made if it does not exist, or the address of a Neo4j server (`bolt://…`, `neo4j://…`, with
            NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE in the environment).
        data: folder of the archive, where the store is a server; a data folder holds its own.
        processes: how many processes extract.
        pipeline: `default`, or `rules` for rules and catalogue without any trained part.
        min_confidence: relations with less, 0 to 1, stay out of the graph; the archive keeps them.
        format: name of the format that all inputs have; None to look at how each begins.
        full: extract and link everything again.
        on_problem: called with each record, line or file that cannot be read, instead of an `InputWarning`; if it
            raises, the build stops and the graph stays as it was.
        on_progress: called with the stage, how much of it is done, and how much there is, where that is known.

    Returns:
        What the build did: its number, papers, nodes, edges, seconds.

    Raises:
        InputError: an input is missing or of no known format, a server's archive has no folder, or overrides.yaml has
            mistakes; what was read before is kept.
        StoreError: archive or store cannot be written, or another build is writing.

    >>> report = kg.build(kg.sample_papers(), "citegraph-demo")
    >>> report.papers
    72
    """
    from kg import builds

    if processes < 1 or not 0 <= min_confidence <= 1:
        raise InputError("processes is a number from 1 on, min_confidence one from 0 to 1")
    return builds.build(
        _listed(inputs),
        _place(store),
        None if data is None else Path(data),
        processes=processes,
        pipeline=pipeline,
        min_confidence=min_confidence,
        format_=format,
        full=full,
        on_problem=on_problem or _warn,
        on_progress=on_progress or (lambda stage, done, total: None),
    )


def read(
    inputs: str | Path | Iterable[str | Path],
    *,
    format: str | None = None,
    on_problem: "Callable[[Problem], None] | None" = None,
) -> "Iterator[Paper | Extraction]":
    """Reads the papers of files one after the other, without holding them in memory.

    Args:
        inputs: files, folders or patterns, as for `build`.
        format: name of the format that all inputs have; None to look at how each begins.
        on_problem: called with each record, line or file that cannot be read, instead of an `InputWarning`.

    Returns:
        Papers in the order of the inputs; extractions from files that `kg extract` wrote.

    Raises:
        InputError: an input is missing (at once), or not one is of a known format.

    >>> papers = list(kg.read(kg.sample_papers()))
    >>> len(papers)
    72
    """
    from kg import sources

    return sources.read(_listed(inputs), on_problem or _warn, format)


def extract(
    papers: "Iterable[Paper | Mapping[str, Any]]",
    *,
    processes: int = 1,
    pipeline: str = "default",
    min_confidence: float = 0.0,
) -> "Iterator[Extraction]":
    """Finds in each paper the entities, relations, tasks, links and results that it names; needs no graph.

    Args:
        papers: papers, as `read` gives them, or mappings with at least a `title`; read as they are needed.
        processes: how many processes extract.
        pipeline: `default`, or `rules` for rules and catalogue without any trained part.
        min_confidence: relations with less, 0 to 1, are left out, and so are entities that have no other.

    Returns:
        The extractions, in the order of the papers.

    Raises:
        InputError: there is no such pipeline, or something is no paper.

    >>> (found,) = kg.extract([{"title": "TinyBERT-X: a small encoder", "abstract": "We evaluate TinyBERT-X on MTEB."}])
    >>> [(entity.name, entity.type) for entity in found.entities if entity.name == "MTEB"]
    [('MTEB', 'Benchmark')]
    """
    from kg.extraction import Extractor, confident

    if isinstance(papers, str | Path | Mapping):
        raise InputError("extract takes several papers: give a list of them, or kg.read(…) to read files")
    if processes < 1 or not 0 <= min_confidence <= 1:
        raise InputError("processes is a number from 1 on, min_confidence one from 0 to 1")
    found = Extractor.load(pipeline).extract(map(_paper, papers), processes=processes)
    return (confident(extraction, min_confidence) for extraction in found)


def open(store: str | Path = STORE) -> "Graph":
    """Opens a graph to be asked; close it, or use it in a `with` statement.

    Args:
        store: data folder of a build, or the address of a Neo4j server, as for `build`. A graph that is open sees the
            builds that are made later.

    Raises:
        StoreError: the folder holds no build, or the server cannot be reached.

    >>> with kg.open("citegraph-demo") as graph:
    ...     graph.ask("who introduced LoRA").rows[0]["title"]
    'LoRA: Low-Rank Adaptation of Large Language Models'
    """
    from kg.graph import Graph

    return Graph.open(_place(store))


def sample_papers() -> Path:
    """The file of well-known papers that comes with citegraph, described in our own words, to try things on."""
    from kg import sample

    return sample.papers()


def _place(store: str | Path) -> str:
    """A store as text.

    Raises:
        InputError: it is neither a path nor an address.
    """
    if not isinstance(store, str | Path) or not str(store):
        raise InputError(f"a store is a folder or the address of a server, not {store!r}")
    return str(store)


def _listed(inputs: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [inputs] if isinstance(inputs, str | Path) else list(inputs)


def _paper(item: "Paper | Mapping[str, Any]") -> "Paper":
    """A paper as it is, or made of a mapping.

    Raises:
        InputError: it is neither; the message names the field that is wrong.
    """
    from pydantic import ValidationError

    from kg.schema import Paper
    from kg.text.keys import paper_key

    if isinstance(item, Paper):
        return item
    if not isinstance(item, Mapping):
        raise InputError(f"a paper is a kg.Paper or a mapping with a title, not {type(item).__name__}")
    fields = {name: value for name, value in item.items() if value is not None}
    if not isinstance(fields.get("title"), str) or not fields["title"].strip():
        raise InputError(f"a paper needs a title: {str(fields)[:100]}")
    fields.setdefault("id", paper_key(fields["title"], fields.get("arxiv_id"), fields.get("doi")))
    try:
        return Paper(**fields)
    except ValidationError as error:
        wrong = ", ".join(sorted({".".join(map(str, each["loc"])) for each in error.errors()}))
        raise InputError(f"the paper {fields['title'][:80]!r} has a field of the wrong kind: {wrong}") from None


def _warn(problem: "Problem") -> None:
    import sys
    import warnings

    # The warning names the caller's line, however many functions of citegraph are between.
    level, frame = 1, sys._getframe()
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] in ("kg", "contextlib"):
        level, frame = level + 1, frame.f_back
    warnings.warn(str(problem), InputWarning, stacklevel=level)


def __getattr__(name: str) -> Any:
    """Imports a public class, or looks the version up, when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            found: Any = version("citegraph")
        except PackageNotFoundError:
            found = "0"
    elif name in _WHERE:
        from importlib import import_module

        found = getattr(import_module(_WHERE[name]), name)
    else:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
