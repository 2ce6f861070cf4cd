"""A build: inputs read into the archive, what is new extracted, all of it linked, the graph written and switched to."""

import gc
import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from kg import sources
from kg.archive import Archive, ArchivePosition, Build
from kg.errors import CitegraphError, InputError, NotFoundError, StoreError
from kg.extraction import DEFAULT, Extractor
from kg.link import (
    LINKING_VERSION,
    AnalysisCache,
    Explanations,
    add_former_ids,
    explain_name,
    find_redirects,
    keys_of_names,
    link_analysis,
)
from kg.link.corrections import Overrides
from kg.queries import run
from kg.schema import ENTITY_LABELS, GRAPH_SCHEMA_VERSION, NODE_TYPES
from kg.schema.tables import Tables
from kg.search import NameIndex, check_files, make_index
from kg.sources import Problem
from kg.store import DataFolder, GraphReader, Location, open_store, open_writer

OnProgress = Callable[[str, int, int | None], None]
"""Called with the stage, how much of it is done, and how much there is, where that is known."""

_Item = TypeVar("_Item")


class BuildReport(BaseModel):
    """What a build did."""

    build: int
    """Number of the build that readers see."""
    changed: bool
    """False where there was nothing new, so that the build before stays."""
    papers: int
    """Papers that were read; those that are only cited are left out."""
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
    data: Path | None = None,
    *,
    processes: int = 1,
    pipeline: str = DEFAULT,
    min_confidence: float = 0.0,
    format_: str | None = None,
    full: bool = False,
    on_problem: Callable[[Problem], None] = lambda problem: None,
    on_progress: OnProgress = lambda stage, done, total: None,
) -> BuildReport:
    """Reads inputs and makes the graph of all papers in the archive, unless it is there already.

    Args:
        inputs: files that `kg.sources` reads, or `-`; none where the archive alone is to be built.
        store: data folder or address of the server that gets the graph.
        data: folder of the archive, where the store is a server; a data folder holds its own.
        processes: how many processes extract.
        pipeline: name of the pipeline that extracts.
        min_confidence: relations of less, 0 to 1, stay out of the graph; the archive keeps them.
        format_: name of the format that all inputs have; None to look at how each begins.
        full: extract and link everything anew.
        on_problem: told of each record that cannot be read.
        on_progress: told how far the build is.

    Raises:
        InputError: an input is missing or of no known format, or the corrections have mistakes; what was read before
            is kept.
        StoreError: archive or store cannot be written, or another build is writing.
    """
    began = time.monotonic()
    problems = 0

    def count_problem(problem: Problem) -> None:
        nonlocal problems
        problems += 1
        on_problem(problem)

    location = Location.parse(store)
    folder = location.archive_folder(data)
    inputs = tuple(inputs)
    overrides = Overrides.read(folder.overrides)
    extractor = Extractor.load(pipeline)
    with folder.writing(), Archive(folder.archive) as archive:
        new = archive.add(_counted(sources.read(inputs, count_problem, format_), "read", on_progress))
        found = extractor.extract(archive.unextracted(extractor.version, again=full), processes=processes)
        extracted = archive.save(_counted(found, "extract", on_progress), extractor.version)
        end = archive.end()
        if not inputs and not end.records:
            raise InputError(f"nothing was read into {folder.path} yet: name files to build from")
        state = _digest(extractor.version, min_confidence, overrides.digest, LINKING_VERSION, GRAPH_SCHEMA_VERSION)
        last = None if full else _standing(archive, location, state, end)
        if last is None:
            number = archive.begin_build(
                extractor.version,
                min_confidence=min_confidence,
                store=location.label,
                state=state,
                after=folder.current() or 0,
            )
            on_progress("link", 0, None)
            cache = AnalysisCache(folder.analysis, archive, extractor.version, min_confidence)
            target = open_writer(location, folder, number, make_index, on_progress, whole=full)
            with folder.cleared(), target, _without_collection():
                analysis = cache.read(end, again=full)
                handed_out = archive.ids_handed_out()
                linked = link_analysis(
                    analysis,
                    overrides,
                    archive.resolve,
                    on_part=lambda graph, labels: target.begin(_add_former_ids(graph, handed_out), labels),
                )
                _add_former_ids(linked.graph, handed_out, linked.replaced, linked.hidden)
                archive.hand_out(*_news(linked.graph, handed_out))
                # Whoever is told may stop the build, which then changes no graph.
                for warning in linked.warnings:
                    count_problem(warning)
                target.write(linked.graph)
            nodes, edges = linked.graph.size()
            papers = linked.graph.nodes["Paper"]["stub"].null_count()
            counts = {"papers": papers, "nodes": nodes, "edges": edges}
            archive.finish_build(
                number, counts, read_until=end, overrides=overrides.digest, notes=map(str, linked.warnings)
            )
            cache.save(analysis, end)
        else:
            folder.clear()
            number, counts = last.number, last.counts
    return BuildReport(
        build=number,
        changed=last is None,
        papers=counts["papers"],
        new=new,
        extracted=extracted,
        nodes=counts["nodes"],
        edges=counts["edges"],
        problems=problems,
        seconds=round(time.monotonic() - began, 3),
    )


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _standing(archive: Archive, location: Location, state: str, end: ArchivePosition) -> Build | None:
    """The last build of a store, where a new one would be the same."""
    builds = [build for build in archive.builds() if build.store == location.label]
    if not builds or not builds[-1].finished or (builds[-1].state, builds[-1].read_until) != (state, end):
        return None
    last = builds[-1]
    try:
        with open_store(location) as graph:
            here = graph.version().number == last.number and _is_whole(graph, last)
    except CitegraphError:
        return None
    return last if here else None


def _is_whole(graph: GraphReader, build: Build) -> bool:
    """Whether graph and index can be read and have as many nodes as the build wrote; a server is taken at its word.

    Raises:
        CitegraphError: they cannot be read.
    """
    folder = graph.version().index
    if folder is None:
        return True
    check_files(folder)
    NameIndex(folder)
    nodes: int = sum(row["nodes"] for row in run(graph, "count_nodes", limit=len(NODE_TYPES)).rows)
    return nodes == build.counts["nodes"]


@contextmanager
def _without_collection() -> Iterator[None]:
    """Linking makes millions of objects that stay: looking through them for garbage takes a third of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_HandedOut = Mapping[str, tuple[str, str]]


def _add_former_ids(
    graph: Tables,
    handed_out: _HandedOut,
    replaced: Mapping[str, str] = MappingProxyType({}),
    hidden: Collection[str] = (),
) -> Tables:
    """Adds retired ids to `former` and `keys`, in place, and gives the graph."""
    add_former_ids(graph, find_redirects(handed_out, graph, replaced, hidden))
    return graph


def _news(graph: Tables, handed_out: _HandedOut) -> tuple[dict[str, str], dict[str, str]]:
    """Ids that were not handed out before or lead elsewhere now, with what they lead to; the names of new nodes."""
    targets: dict[str, str] = {}
    new: set[str] = set()
    for label in ("Paper", *ENTITY_LABELS):
        for node, former in graph.nodes[label].select("id", "former").iter_rows():
            known = handed_out.get(node)
            if known is None or known[0] != node:
                targets[node] = node
                new.add(node)
            for old in former or ():
                if handed_out.get(old, ("",))[0] != node:
                    targets[old] = node
    return targets, keys_of_names(graph, new)


def _counted(items: Iterable[_Item], stage: str, on_progress: OnProgress) -> Iterator[_Item]:
    for done, item in enumerate(items, 1):
        yield item
        on_progress(stage, done, None)


def explain(data: Path, name: str) -> Explanations:
    """Why the written forms of the things that a name may mean are one, from the archive of a data folder.

    Raises:
        StoreError: the folder holds no archive or no build.
        NotFoundError: nothing in it is called so.
    """
    folder = DataFolder(data)
    if not folder.archive.exists():
        raise StoreError(f"there is no archive in {data}: make one with `kg build`")
    with Archive(folder.archive, writable=False) as archive:
        finished = [build for build in archive.builds() if build.finished]
        if not finished:
            raise StoreError(f"no build of {data} has ended: run `kg build`")
        nodes = explain_name(archive.extractions(finished[-1].pipeline), name)
    if not nodes:
        raise NotFoundError(f"nothing in {data} is called {name!r}")
    return Explanations(nodes=nodes)
