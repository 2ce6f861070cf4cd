"""Checks of the user's corrections."""

from collections import Counter
from collections.abc import Iterator

from kg.archive import Build
from kg.doctor.findings import Finding
from kg.link.corrections import Overrides, OverridesError, find_conflicts
from kg.store import DataFolder


def check_corrections(folder: DataFolder, last: Build | None, checked: Counter[str]) -> Iterator[Finding]:
    """Checks that the corrections can be read, do not contradict each other, and are in the graph.

    Args:
        folder: has the corrections.
        last: the last build that ended, if any.
        checked: gets the number of corrections.
    """
    try:
        overrides = Overrides.read(folder.overrides)
    except OverridesError as error:
        advice = "correct that line: until then no build runs"
        for problem in error.problems:
            yield Finding(about="corrections", found=str(problem), advice=advice)
        return
    checked["corrections"] = len(overrides.entries)
    for conflict in find_conflicts(overrides):
        yield Finding(about="corrections", found=str(conflict), advice="keep one of the two")
    if last is None:
        return
    if last.overrides != overrides.digest:
        found = f"{overrides.file} has changed since build {last.number}"
        yield Finding(about="corrections", found=found, advice="run `kg build` to apply it")
    else:
        for note in last.notes:
            yield Finding(about="corrections", found=note, advice="correct or delete that entry")
