"""Checks of the archive."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.archive import Archive, Build, DamagedError
from kg.doctor.findings import RESUME, CheckProgress, Finding, summary
from kg.errors import StoreError
from kg.schema import Extraction
from kg.store import DataFolder

SIGNS = "+-−"
"""Signs that a result's value may have and the text at its offsets has not: "a gain of 2.1" is "+2.1"."""

_RESTORE = "kg restore FILE --store FOLDER --force"
_REPLACE = f"put a backup back (`{_RESTORE}`), or move the archive away and read the papers again with `kg build`"


@dataclass
class ArchiveChecks:
    """What the checks of an archive give.

    Attributes:
        findings: what is wrong.
        builds: all builds that the archive lists; none if it cannot be read.
        notes: what is not wrong, but good to know.
    """

    findings: list[Finding] = field(default_factory=list)
    builds: list[Build] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def last_build(self) -> Build | None:
        """The last build that ended."""
        return next((build for build in reversed(self.builds) if build.finished), None)


def check_archive(
    folder: DataFolder, building: bool, checked: Counter[str], on_progress: CheckProgress
) -> ArchiveChecks:
    """Checks that the archive is readable, undamaged and complete.

    Args:
        folder: has the archive.
        building: whether a build is running, which then may have left things to do.
        checked: gets the number of records.
        on_progress: called with the number of records so far.
    """
    checks = ArchiveChecks()
    if not folder.archive.exists():
        advice = f"put a backup back (`{_RESTORE}`), or read the papers again with `kg build`"
        checks.findings.append(Finding(about="archive", found=f"there is no archive in {folder.path}", advice=advice))
        return checks
    try:
        with Archive(folder.archive, writable=False) as archive:
            _check(archive, folder, building, checked, on_progress, checks)
    except DamagedError as error:
        checks.findings.append(Finding(about="archive", found=str(error), advice=_REPLACE))
    except StoreError as error:
        advice = "then run `kg doctor` again: the archive was not checked"
        checks.findings.append(Finding(about="archive", found=str(error), advice=advice))
    return checks


def _check(
    archive: Archive,
    folder: DataFolder,
    building: bool,
    checked: Counter[str],
    on_progress: CheckProgress,
    checks: ArchiveChecks,
) -> None:
    """Adds to `checks` what is found in an open archive."""
    on_progress("archive", 0, None)
    if damaged := archive.check():
        checks.findings += summary("archive", damaged, _REPLACE)
        return
    checks.builds = archive.builds()
    checks.notes = list(_notes_on_fields(archive.unknown_fields()))
    if checks.builds and not checks.builds[-1].finished and not building:
        found = f"build {checks.builds[-1].number} began and never ended"
        checks.findings.append(Finding(about="archive", found=found, advice=RESUME))
    last = checks.last_build
    if last is None:
        if (folder.path / "CURRENT").exists() and not building:
            found = f"{folder.archive} knows nothing of the graph that is there"
            checks.findings.append(Finding(about="archive", found=found, advice=_REPLACE))
        return
    misplaced = list(_misplaced(archive, last.pipeline, checked, on_progress))
    advice = "run `kg build --full`; what came extracted with an input, extract again there, and build with that file"
    checks.findings += summary("archive", misplaced, advice)
    unextracted = sum(1 for _ in archive.unextracted(last.pipeline))
    if unextracted and not building:
        found = f"{unextracted:,} papers were read and nothing was extracted from them yet"
        checks.findings.append(Finding(about="archive", found=found, advice=RESUME))


def _notes_on_fields(unknown: Mapping[str, int]) -> Iterator[str]:
    """What is not known of records of an older citegraph, a line for the fields of the same records."""
    for records in dict.fromkeys(unknown.values()):
        *names, last = (f"`{name}`" for name, count in unknown.items() if count == records)
        fields = f"{', '.join(names)} and {last}: these are" if names else f"{last}: it is"
        yield (
            f"{records:,} records were read by an older citegraph, which did not keep {fields} unknown until their "
            "sources are read again with `kg build`"
        )


def _misplaced(archive: Archive, pipeline: str, checked: Counter[str], on_progress: CheckProgress) -> Iterator[str]:
    """Says of each extraction with wrong offsets where the first of them is."""
    for extraction in archive.extractions(pipeline):
        checked["records"] += 1
        if where := _first_misplaced(extraction):
            yield f"what was found in {extraction.id} is not where it is said to be: {where}"
        on_progress("archive", checked["records"], None)


def _first_misplaced(extraction: Extraction) -> str | None:
    """The first mention, evidence or figure that is not the text at its offsets."""
    texts = {"title": extraction.title, "abstract": extraction.abstract}
    for entity in extraction.entities:
        spans = [
            *((mention.field, mention.start, mention.end, mention.text) for mention in entity.mentions),
            *((relation.field, relation.start, relation.end, relation.evidence) for relation in entity.relations),
        ]
        for field_, start, end, text in spans:
            if texts[field_][start:end] != text:
                return f"{entity.name}, at {start} of the {field_}"
    for result in extraction.results:
        if texts[result.field][result.start : result.end].strip(SIGNS) != result.value.strip(SIGNS):
            return f"{result.value}, at {result.start} of the {result.field}"
    return None
