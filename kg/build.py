"""A build: inputs read into the archive, what is new extracted, all of it linked, the graph written and switched to."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from kg import sources
from kg.archive import Archive
from kg.errors import NotFoundError, StoreError
from kg.extract import DEFAULT, Extractor, confident
from kg.link import Explanations, link
from kg.link import explain as explain_names
from kg.schema import ENTITY_LABELS, Extraction, Projection
from kg.sources import Problem
from kg.store import DataFolder, create_store, is_server

OnProgress = Callable[[str, int, int | None], None]
"""Called with the stage, how much of it is done, and how much there is, where that is known."""

_Item = TypeVar("_Item")


class BuildReport(BaseModel):
    """What a build did."""

    build: int
    papers: int
    new: int
    """Records that the archive did not hold before."""
    extracted: int
    nodes: int
    edges: int
    problems: int
    seconds: float


def build(
    inputs: Iterable[str | Path],
    store: str,
    data: Path,
    *,
    processes: int = 1,
    pipeline: str = DEFAULT,
    min_confidence: float = 0.0,
    on_problem: Callable[[Problem], None] = lambda problem: None,
    on_progress: OnProgress = lambda stage, done, total: None,
) -> BuildReport:
    """Reads inputs and makes the graph of all papers in the archive.

    Args:
        inputs: files that `kg.sources` reads, or `-`.
        store: data folder or address of the server that gets the graph.
        data: folder of the archive; the same as `store` for an embedded graph.
        processes: how many processes extract.
        pipeline: name of the pipeline that extracts.
        min_confidence: relations of less, 0 to 1, stay out of the graph; the archive keeps them.
        on_problem: told of each record that cannot be read.
        on_progress: told how far the build is.

    Raises:
        InputError: an input is missing or of no known format; what was read before is kept.
        StoreError: archive or store cannot be written, or another build is writing.
    """
    began = time.monotonic()
    problems = 0

    def count_problem(problem: Problem) -> None:
        nonlocal problems
        problems += 1
        on_problem(problem)

    extractor = Extractor.load(pipeline)
    folder = DataFolder(data)
    with folder.writing(), Archive(folder.archive) as archive:
        new = archive.add(_counted(sources.read(inputs, count_problem), "read", on_progress))
        found = extractor.extract(archive.unextracted(extractor.version), processes=processes)
        extracted = archive.save(_counted(found, "extract", on_progress), extractor.version)
        run = archive.begin_build(extractor.version)
        on_progress("link", 0, None)
        graph = link(_Confident(archive.extractions(extractor.version), min_confidence))
        number = run if is_server(store) else folder.next_build()
        _write(graph, store, number, on_progress)
        if not is_server(store):
            folder.publish(number)
        archive.hand_out({node: node for label in ENTITY_LABELS for node in graph.nodes[label]})
        nodes, edges = graph.size()
        papers = len(graph.nodes["Paper"])
        archive.finish_build(run, {"papers": papers, "nodes": nodes, "edges": edges})
    return BuildReport(
        build=number,
        papers=papers,
        new=new,
        extracted=extracted,
        nodes=nodes,
        edges=edges,
        problems=problems,
        seconds=round(time.monotonic() - began, 3),
    )


def _write(graph: Projection, store: str, number: int, on_progress: OnProgress) -> None:
    target = create_store(store, number)
    try:
        target.write(graph, number, on_progress)
    finally:
        target.close()


def _counted(items: Iterable[_Item], stage: str, on_progress: OnProgress) -> Iterator[_Item]:
    for done, item in enumerate(items, 1):
        yield item
        on_progress(stage, done, None)


class _Confident:
    """Extractions without what is not sure enough, read again at each iteration."""

    def __init__(self, extractions: Iterable[Extraction], least: float) -> None:
        self._extractions = extractions
        self._least = least

    def __iter__(self) -> Iterator[Extraction]:
        return (confident(extraction, self._least) for extraction in self._extractions)


def explain(data: Path, name: str) -> Explanations:
    """Why the written forms of the things that a name may mean are one, from the archive of a data folder.

    Raises:
        StoreError: the folder holds no archive or no build.
        NotFoundError: nothing in it is called so.
    """
    folder = DataFolder(data)
    if not folder.archive.exists():
        raise StoreError(f"there is no archive in {data}: make one with `kg build`")
    with Archive(folder.archive) as archive:
        finished = [build for build in archive.builds() if build.finished]
        if not finished:
            raise StoreError(f"no build of {data} has ended: run `kg build`")
        nodes = explain_names(archive.extractions(finished[-1].pipeline), name)
    if not nodes:
        raise NotFoundError(f"nothing in {data} is called {name!r}")
    return Explanations(nodes=nodes)
