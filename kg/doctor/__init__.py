"""A check-up of one place: archive, corrections, graph and search index, each by itself and against the others."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.doctor.archive_checks import ArchiveChecks, check_archive
from kg.doctor.corrections_checks import check_corrections
from kg.doctor.findings import BUILD, CheckProgress, Checkup, Finding, advice_on
from kg.doctor.graph_checks import GraphChecks
from kg.errors import CitegraphError, StoreError
from kg.store import DataFolder, Location, open_store

__all__ = ["Checkup", "Finding", "examine"]

_RESEND = "run `kg build --full`: it sends the whole graph again"

_BUILD_FOLDER = re.compile(r"(?:graph|search)-(\d+)")


def examine(
    store: str, data: Path | None = None, on_progress: CheckProgress = lambda what, done, total: None
) -> Checkup:
    """Checks a data folder, or a server's graph and the data folder of its archive; changes nothing.

    Args:
        store: data folder, or address of a server.
        data: folder of the archive, where the store is a server; without it the graph alone is checked.
        on_progress: called with what is being checked.

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
    archive = ArchiveChecks()
    if folder:
        archive = check_archive(folder, building, checked, on_progress)
        findings += archive.findings
        findings += check_corrections(folder, archive.last_build, checked)
    if location.folder:
        findings += _check_folder(location.folder, building)
    if location.folder is None or (location.folder.path / "CURRENT").exists():
        try:
            graph = open_store(location)
        except CitegraphError as error:
            findings.append(Finding(about="graph", found=str(error), advice=advice_on(error, BUILD)))
        else:
            with graph:
                remake = _remake(location.folder) if location.folder else _RESEND
                checks = GraphChecks(graph, archive.last_build, building, remake, checked, on_progress)
                findings += checks.findings()
    return Checkup(
        store=store,
        data=str(folder.path) if folder else None,
        building=building,
        checked=dict(checked),
        findings=findings,
        notes=archive.notes,
    )


def _remake(folder: DataFolder) -> str:
    """Advice for a graph whose contents are wrong although a build would take it for sound."""
    build = folder.current() or 0
    made = f"{folder.graph_folder(build).name}, {folder.search_folder(build).name} and {folder.analysis.name}"
    return f"delete {made} in {folder.path} and run `kg build`: it makes them again from the archive"


def _check_folder(folder: DataFolder, building: bool) -> Iterator[Finding]:
    """Checks that a build is current, and that no other was interrupted."""
    try:
        current = folder.current()
    except StoreError:
        # Opening the graph says what is wrong.
        return
    if building:
        return
    if current is None:
        yield Finding(about="folder", found=f"no build of {folder.path} is current", advice=BUILD)
    interrupted = sorted(
        path.name
        for path in folder.path.iterdir()
        if (build := _BUILD_FOLDER.fullmatch(path.name)) and int(build[1]) > (current or 0)
    )
    if interrupted:
        found = f"an interrupted build left {', '.join(interrupted)}"
        yield Finding(about="folder", found=found, advice="nothing need be done: the next `kg build` removes it")
