"""The archive and the corrections."""

from collections import Counter
from collections.abc import Iterator

from kg.archive import Archive, Build, DamagedError
from kg.doctor.findings import GOES_ON, Finding, OnProgress, grouped, last_finished
from kg.errors import StoreError
from kg.link.corrections import Overrides, OverridesError, find_conflicts
from kg.schema import Extraction
from kg.store import DataFolder

SIGNS = "+-−"
"""What a figure's value may have that its place in the text has not."""

_RESTORE = "kg restore FILE --store FOLDER --force"
_TAKE_BACK = f"put a backup back (`{_RESTORE}`), or move the archive away and read the papers again with `kg build`"


class RecordDoctor:
    """Checks what is kept for good; `builds` is there afterwards.

    Attributes:
        builds: those that the archive tells of.
        notes: what is not wrong, but good to know.
    """

    def __init__(self, folder: DataFolder, building: bool, checked: Counter[str], on_progress: OnProgress) -> None:
        """Takes the folder, whether a build is writing it, and what to count and to tell."""
        self.builds: list[Build] = []
        self.notes: list[str] = []
        self._folder = folder
        self._building = building
        self._checked = checked
        self._progress = on_progress

    def findings(self) -> Iterator[Finding]:
        """All that is wrong with archive and corrections."""
        if not self._folder.archive.exists():
            yield Finding(
                about="archive",
                found=f"there is no archive in {self._folder.path}",
                advice=f"put a backup back (`{_RESTORE}`), or read the papers again with `kg build`",
            )
        else:
            try:
                with Archive(self._folder.archive, writable=False) as archive:
                    yield from self._archive(archive)
            except DamagedError as error:
                yield Finding(about="archive", found=str(error), advice=_TAKE_BACK)
            except StoreError as error:
                yield Finding(
                    about="archive", found=str(error), advice="then run `kg doctor` again: it was not checked"
                )
        yield from self._corrections()

    def _archive(self, archive: Archive) -> Iterator[Finding]:
        self._progress("archive", 0, None)
        wrong = archive.check()
        yield from grouped("archive", wrong, _TAKE_BACK)
        if wrong:
            return
        self.builds = archive.builds()
        self.notes = [
            f"{records:,} records were read by an older citegraph, which did not keep `{name}`: "
            "it is unknown until their sources are read again with `kg build`"
            for name, records in archive.unknown_fields().items()
        ]
        if self.builds and not self.builds[-1].finished and not self._building:
            found = f"build {self.builds[-1].number} began and never ended"
            yield Finding(about="archive", found=found, advice=GOES_ON)
        last = last_finished(self.builds)
        if last is None:
            if (self._folder.path / "CURRENT").exists() and not self._building:
                found = f"{self._folder.archive} knows nothing of the graph that is there"
                yield Finding(about="archive", found=found, advice=_TAKE_BACK)
            return
        misplaced = []
        for extraction in archive.extractions(last.pipeline):
            self._checked["records"] += 1
            if where := _misplaced(extraction):
                misplaced.append(f"what was found in {extraction.id} is not where it is said to be: {where}")
            self._progress("archive", self._checked["records"], None)
        advice = (
            "run `kg build --full`; what came extracted with an input, extract again there, and build with that file"
        )
        yield from grouped("archive", misplaced, advice)
        waiting = sum(1 for _ in archive.unextracted(last.pipeline))
        if waiting and not self._building:
            found = f"{waiting:,} papers were read and nothing was extracted from them yet"
            yield Finding(about="archive", found=found, advice=GOES_ON)

    def _corrections(self) -> Iterator[Finding]:
        try:
            overrides = Overrides.read(self._folder.overrides)
        except OverridesError as error:
            for problem in error.problems:
                advice = "correct that line: until then no build runs"
                yield Finding(about="corrections", found=str(problem), advice=advice)
            return
        self._checked["corrections"] = len(overrides.entries)
        for conflict in find_conflicts(overrides):
            yield Finding(about="corrections", found=str(conflict), advice="keep one of the two")
        last = last_finished(self.builds)
        if last is None:
            return
        if last.overrides != overrides.digest:
            found = f"{overrides.file} has changed since build {last.number}"
            yield Finding(about="corrections", found=found, advice="run `kg build` to apply it")
        else:
            for note in last.notes:
                yield Finding(about="corrections", found=note, advice="correct or delete that entry")


def _misplaced(extraction: Extraction) -> str | None:
    """Where the first mention, relation or result is that is not in the text as it says."""
    texts = {"title": extraction.title, "abstract": extraction.abstract}
    for entity in extraction.entities:
        places = [
            *((said.field, said.start, said.end, said.text) for said in entity.mentions),
            *((said.field, said.start, said.end, said.evidence) for said in entity.relations),
        ]
        for field, start, end, text in places:
            if texts[field][start:end] != text:
                return f"{entity.name}, at {start} of the {field}"
    for result in extraction.results:
        if texts[result.field][result.start : result.end].strip(SIGNS) != result.value.strip(SIGNS):
            return f"{result.value}, at {result.start} of the {result.field}"
    return None
