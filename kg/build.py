"""A build: inputs read into the archive, what is new extracted, all of it linked, the graph written and switched to."""

import gc
import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from kg import sources
from kg.archive import Archive, Build, Mark
from kg.errors import InputError, NotFoundError, StoreError
from kg.extract import DEFAULT, Extractor
from kg.link import Explanations, KeptAnalysis, fingerprint, link_analysis, names, redirects, with_former
from kg.link import explain as explain_names
from kg.overrides import Overrides
from kg.schema.tables import Tables
from kg.search import write_index
from kg.sources import Problem
from kg.store import DataFolder, create_store, is_server, open_store

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
    data: Path,
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
        data: folder of the archive; the same as `store` for an embedded graph.
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

    if not is_server(store) and Path(store).absolute() != data.absolute():
        raise InputError(f"{store} holds its own archive: leave out {data}")
    folder = DataFolder(data)
    overrides = Overrides.read(folder.overrides)
    extractor = Extractor.load(pipeline)
    with folder.writing(), Archive(folder.archive) as archive:
        new = archive.add(_counted(sources.read(inputs, count_problem, format_), "read", on_progress))
        found = extractor.extract(archive.unextracted(extractor.version, again=full), processes=processes)
        extracted = archive.save(_counted(found, "extract", on_progress), extractor.version)
        mark = archive.mark()
        state = _digest(extractor.version, min_confidence, overrides.digest, fingerprint())
        last = None if full else _standing(archive, store, folder, state, mark)
        if last is None:
            run = archive.begin_build(
                extractor.version,
                min_confidence=min_confidence,
                store=_place(store),
                state=state,
                after=folder.current() or 0,
            )
            on_progress("link", 0, None)
            kept = KeptAnalysis(folder.analysis, archive, extractor.version, min_confidence)
            with _without_collection():
                analysis = kept.read(mark, again=full)
                linked = link_analysis(analysis, overrides, archive.resolve)
                _lead_on(archive, linked.graph, linked.moved, linked.hidden)
            for warning in linked.warnings:
                file, line, said = warning.split(":", 2)
                count_problem(Problem(file, int(line), said.strip()))
            _write(linked.graph, store, folder, run, on_progress)
            nodes, edges = linked.graph.size()
            papers = linked.graph.nodes["Paper"]["stub"].null_count()
            counts = {"papers": papers, "nodes": nodes, "edges": edges}
            archive.finish_build(run, counts, mark=mark, overrides=overrides.digest, notes=linked.warnings)
            kept.keep(analysis, mark)
        else:
            run, counts = last.number, last.counts
    return BuildReport(
        build=run,
        changed=last is None,
        papers=counts["papers"],
        new=new,
        extracted=extracted,
        nodes=counts["nodes"],
        edges=counts["edges"],
        problems=problems,
        seconds=round(time.monotonic() - began, 3),
    )


def _place(store: str) -> str:
    """What a store is called in the archive: a data folder may be moved, a server is its address."""
    return store if is_server(store) else ""


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _standing(archive: Archive, store: str, folder: DataFolder, state: str, mark: Mark) -> Build | None:
    """The last build of a store, where a new one would be the same."""
    builds = [build for build in archive.builds() if build.store == _place(store)]
    if not builds or not builds[-1].finished or (builds[-1].state, builds[-1].mark) != (state, mark):
        return None
    last = builds[-1]
    try:
        reader = open_store(store)
        try:
            here = reader.version().build == last.number
        finally:
            reader.close()
    except StoreError:
        return None
    return last if here else None


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


def _lead_on(archive: Archive, graph: Tables, moved: Mapping[str, str], hidden: Collection[str]) -> None:
    """Keeps the ids of a graph, and writes into its nodes the ids that lead there now."""
    handed_out = archive.names_handed_out()
    found = redirects(handed_out, graph, moved, hidden)
    with_former(graph, found)
    known = names(graph)
    told = {**{node: (target, "") for node, target in found.items()}, **{node: (node, known[node]) for node in known}}
    changed = {
        node: said
        for node, said in told.items()
        if handed_out.get(node) != (said[0], said[1] or handed_out.get(node, ("", ""))[1])
    }
    archive.hand_out({node: target for node, (target, _) in changed.items()}, known)


def _write(graph: Tables, store: str, folder: DataFolder, number: int, on_progress: OnProgress) -> None:
    """Writes a graph, and makes it the one that readers see."""
    folder.clear()
    before = folder.current()
    try:
        target = create_store(store, number)
        try:
            target.write(graph, number, on_progress)
            if not is_server(store):
                on_progress("index", 0, None)
                write_index(target, folder.search_folder(number), folder.search_folder(before) if before else None)
        finally:
            target.close()
        if not is_server(store):
            folder.publish(number)
    except BaseException:
        # A full disk must not stay full of what nobody reads.
        folder.clear()
        raise


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
    with Archive(folder.archive) as archive:
        finished = [build for build in archive.builds() if build.finished]
        if not finished:
            raise StoreError(f"no build of {data} has ended: run `kg build`")
        nodes = explain_names(archive.extractions(finished[-1].pipeline), name)
    if not nodes:
        raise NotFoundError(f"nothing in {data} is called {name!r}")
    return Explanations(nodes=nodes)
