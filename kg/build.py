"""A build: inputs read into the archive, what is new extracted, all of it linked, the graph written and made current."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from kg import sources
from kg.archive import Archive
from kg.extract import Extractor
from kg.link import link
from kg.schema import ENTITY_LABELS, Projection
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
    on_problem: Callable[[Problem], None] = lambda problem: None,
    on_progress: OnProgress = lambda stage, done, total: None,
) -> BuildReport:
    """Reads inputs and makes the graph of all papers in the archive.

    Args:
        inputs: files that `kg.sources` reads, or `-`.
        store: data folder or address of the server that gets the graph.
        data: folder of the archive; the same as `store` for an embedded graph.
        processes: how many processes extract.
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

    extractor = Extractor.load()
    folder = DataFolder(data)
    with folder.writing(), Archive(folder.archive) as archive:
        new = archive.add(_counted(sources.read(inputs, count_problem), "read", on_progress))
        found = extractor.extract(archive.unextracted(extractor.version), processes=processes)
        extracted = archive.save(_counted(found, "extract", on_progress), extractor.version)
        run = archive.begin_build(extractor.version)
        on_progress("link", 0, None)
        graph = link(archive.extractions(extractor.version))
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
