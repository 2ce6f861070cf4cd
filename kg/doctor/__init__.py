"""A check-up: archive, graph, search index and corrections of one place, each for itself and against each other."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.doctor.findings import AGAIN, Checkup, Finding, OnProgress, advice_on, last_finished
from kg.doctor.projections import GraphDoctor
from kg.doctor.record import RecordDoctor
from kg.errors import CitegraphError, StoreError
from kg.store import DataFolder, Location, open_store

__all__ = ["Checkup", "Finding", "examine"]

_ANEW_ON_A_SERVER = "run `kg build --full`: it sends the whole graph anew"

_BUILD = re.compile(r"(?:graph|search)-(\d+)")


def examine(store: str, data: Path | None = None, on_progress: OnProgress = lambda stage, done, total: None) -> Checkup:
    """Checks a data folder, or a server's graph and the data folder of its archive; changes nothing.

    Args:
        store: data folder, or address of a server.
        data: folder of the archive, where the store is a server; without it the graph alone is checked.
        on_progress: told what is being checked.

    Raises:
        StoreError: there is no such folder.
    """
    location = Location.parse(store)
    folder = location.folder or (DataFolder(data) if data else None)
    if folder and not folder.path.is_dir():
        raise StoreError(f"there is no folder {folder.path}: name a data folder that `kg build` made")
    building = folder is not None and folder.is_being_written()
    checked: Counter[str] = Counter()
    findings: list[Finding] = []
    notes: list[str] = []
    last = None
    if folder:
        record = RecordDoctor(folder, building, checked, on_progress)
        findings += record.findings()
        last = last_finished(record.builds)
        notes = record.notes
    if location.folder:
        findings += _folder(location.folder, building)
    if location.folder is None or (location.folder.path / "CURRENT").exists():
        try:
            graph = open_store(location)
        except CitegraphError as error:
            findings.append(Finding(about="graph", found=str(error), advice=advice_on(error, AGAIN)))
        else:
            with graph:
                anew = _anew(location.folder) if location.folder else _ANEW_ON_A_SERVER
                findings += GraphDoctor(graph, last, building, anew, checked, on_progress).findings()
    return Checkup(
        store=store,
        data=str(folder.path) if folder else None,
        building=building,
        checked=dict(checked),
        findings=findings,
        notes=notes,
    )


def _anew(folder: DataFolder) -> str:
    build = folder.current() or 0
    made = f"{folder.graph_folder(build).name}, {folder.search_folder(build).name} and {folder.analysis.name}"
    return f"delete {made} in {folder.path} and run `kg build`: it makes them anew from the archive"


def _folder(folder: DataFolder, building: bool) -> Iterator[Finding]:
    try:
        current = folder.current()
    except StoreError:
        # Opening the graph tells it.
        return
    if building:
        return
    if current is None:
        yield Finding(about="folder", found=f"no build of {folder.path} is current", advice=AGAIN)
    left = sorted(
        path.name
        for path in folder.path.iterdir()
        if (known := _BUILD.fullmatch(path.name)) and int(known[1]) > (current or 0)
    )
    if left:
        found = f"an interrupted build left {', '.join(left)}"
        yield Finding(about="folder", found=found, advice="nothing need be done: the next `kg build` removes it")
