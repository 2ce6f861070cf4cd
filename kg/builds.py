"""A build: reads inputs into the archive, extracts what is new, links everything, and switches readers to the graph."""

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
    Analysis,
    AnalysisCache,
    Explanations,
    LinkedGraph,
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
from kg.sources import FileReport, Problem
from kg.store import DataFolder, GraphReader, GraphWriter, Location, open_store, open_writer

OnProgress = Callable[[str, int, int | None], None]
"""Called with the stage, how much of it is done, and how much there is, where that is known."""

_Item = TypeVar("_Item")


class BuildReport(BaseModel):
    """What a build did."""

    build: int
    """Number of the build that readers see."""
    changed: bool
    """False where nothing was new, so that the build before stays."""
    papers: int
    """Papers that were read; those that are only cited are left out."""
    new: int
    """Records that the archive did not have before."""
    extracted: int
    """Texts that something was extracted from, or was looked for in."""
    nodes: int
    edges: int
    files: list[FileReport]
    """What reading each file came to, in their order."""
    problems: int
    """Records that could not be read, and corrections that could not be applied."""
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
    on_file: Callable[[FileReport], None] = lambda report: None,
    on_progress: OnProgress = lambda stage, done, total: None,
) -> BuildReport:
    """Reads inputs and makes the graph of all papers in the archive, unless the graph is up to date.

    Args:
        inputs: files that `kg.sources` reads, or `-`; none to make the graph of what was read before.
        store: data folder or address of the server that gets the graph.
        data: folder of the archive, where the store is a server; a data folder holds its own.
        processes: how many processes extract.
        pipeline: name of the pipeline that extracts.
        min_confidence: relations with less, 0 to 1, stay out of the graph; the archive keeps them.
        format_: name of the format that all inputs have; None to look at how each begins.
        full: extract and link everything again.
        on_problem: called with each record that cannot be read and each correction that cannot be applied; if it
            raises, the build stops and the graph stays as it was.
        on_file: called with what reading each file came to, when it has been read.
        on_progress: called with how far the build is.

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

    files: list[FileReport] = []

    def keep_report(report: FileReport) -> None:
        files.append(report)
        on_file(report)

    location = Location.parse(store)
    folder = location.archive_folder(data)
    inputs = tuple(inputs)
    if not inputs and not folder.archive.exists():
        raise InputError(f"nothing was read into {folder.path} yet: name files to build from")
    overrides = Overrides.read(folder.overrides)
    extractor = Extractor.load(pipeline)
    with folder.writing(), Archive(folder.archive) as archive:
        new = archive.add(_counted(sources.read(inputs, count_problem, format_, keep_report), "read", on_progress))
        found = extractor.extract(archive.unextracted(extractor.version, again=full), processes=processes)
        extracted = archive.save(_counted(found, "extract", on_progress), extractor.version)
        end = archive.end()
        if not inputs and not end.records:
            raise InputError(f"nothing was read into {folder.path} yet: name files to build from")
        state = _digest(extractor.version, min_confidence, overrides.digest, LINKING_VERSION, GRAPH_SCHEMA_VERSION)
        last = None if full else _up_to_date_build(archive, location, state, end)
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
            writer = open_writer(location, folder, number, make_index, on_progress, whole=full)
            with folder.removing_leftovers(), writer, _no_garbage_collection():
                analysis = cache.read(end, again=full)
                linked = _link_and_write(analysis, overrides, archive, writer, count_problem)
            counts = _counts(linked.graph)
            archive.finish_build(
                number, counts, read_until=end, overrides=overrides.digest, notes=map(str, linked.warnings)
            )
            cache.save(analysis, end)
        else:
            folder.remove_leftovers()
            number, counts = last.number, last.counts
    return BuildReport(
        build=number,
        changed=last is None,
        papers=counts["papers"],
        new=new,
        extracted=extracted,
        nodes=counts["nodes"],
        edges=counts["edges"],
        files=files,
        problems=problems,
        seconds=round(time.monotonic() - began, 3),
    )


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _up_to_date_build(archive: Archive, location: Location, state: str, end: ArchivePosition) -> Build | None:
    """The last build for a location, if a new one would make the same graph and readers can read it; else None."""
    builds = [build for build in archive.builds() if build.store == location.label]
    if not builds or not builds[-1].finished or (builds[-1].state, builds[-1].read_until) != (state, end):
        return None
    last = builds[-1]
    try:
        with open_store(location) as graph:
            readable = graph.version().number == last.number and _is_whole(graph, last)
    except CitegraphError:
        return None
    return last if readable else None


def _is_whole(graph: GraphReader, build: Build) -> bool:
    """Whether graph and index can be read and have as many nodes as the build wrote; not checked on a server.

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


def _link_and_write(
    analysis: Analysis,
    overrides: Overrides,
    archive: Archive,
    writer: GraphWriter,
    on_warning: Callable[[Problem], None],
) -> LinkedGraph:
    """Links what the archive's records say, keeps the ids of the graph in the archive, and writes the graph."""
    handed_out = archive.ids_handed_out()
    linked = link_analysis(
        analysis,
        overrides,
        archive.resolve,
        on_part=lambda graph, labels: writer.begin(_add_former_ids(graph, handed_out), labels),
    )
    _add_former_ids(linked.graph, handed_out, linked.replaced, linked.hidden)
    archive.hand_out(*_new_ids(linked.graph, handed_out))
    # Before the graph is switched to: the function that is called may stop the build.
    for warning in linked.warnings:
        on_warning(warning)
    writer.write(linked.graph)
    return linked


def _counts(graph: Tables) -> dict[str, int]:
    """Numbers of papers that were read, of nodes and of edges."""
    nodes, edges = graph.size()
    return {"papers": graph.nodes["Paper"]["stub"].null_count(), "nodes": nodes, "edges": edges}


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Switches garbage collection off, which took a third of the time of linking: nearly all objects it makes stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _add_former_ids(
    graph: Tables,
    handed_out: Mapping[str, tuple[str, str]],
    replaced: Mapping[str, str] = MappingProxyType({}),
    hidden: Collection[str] = (),
) -> Tables:
    """Adds retired ids to `former` and `keys`, in place, and returns the graph."""
    add_former_ids(graph, find_redirects(handed_out, graph, replaced, hidden))
    return graph


def _new_ids(graph: Tables, handed_out: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """What `Archive.hand_out` takes: ids that are new or lead elsewhere now, and keys of the names of new nodes."""
    targets: dict[str, str] = {}
    new: set[str] = set()
    for label in ("Paper", *ENTITY_LABELS):
        for node, former in graph.nodes[label].select("id", "former").iter_rows():
            if handed_out.get(node, ("",))[0] != node:
                targets[node] = node
                new.add(node)
            for old in former or ():
                if handed_out.get(old, ("",))[0] != node:
                    targets[old] = node
    return targets, keys_of_names(graph, new)


def _counted(items: Iterable[_Item], stage: str, on_progress: OnProgress) -> Iterator[_Item]:
    """Yields the items, and reports how many there were so far."""
    for done, item in enumerate(items, 1):
        yield item
        on_progress(stage, done, None)


def explain(data: Path, name: str) -> Explanations:
    """Why forms of a name are one entity and records one paper, and others are not, in the last build of a data folder.

    Raises:
        StoreError: the folder holds no archive or no build.
        NotFoundError: nothing in it has this name.
    """
    folder = DataFolder(data)
    if not folder.archive.exists():
        raise StoreError(f"there is no archive in {data}: make one with `kg build`")
    with Archive(folder.archive, writable=False) as archive:
        finished = [build for build in archive.builds() if build.finished]
        if not finished:
            raise StoreError(f"no build of {data} has ended: run `kg build`")
        found = explain_name(archive.extractions(finished[-1].pipeline), name)
    if not found.nodes and not found.papers:
        raise NotFoundError(f"nothing in {data} is called {name!r}")
    return found
