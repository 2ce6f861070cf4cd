"""The analysis of an archive, kept in a folder from one build to the next. The folder may be deleted at any time."""

from pathlib import Path

from kg.archive import Archive, Mark
from kg.cache_folder import about_of, replaced
from kg.extraction import confident
from kg.link.analysis import Analysis, fingerprint

_FEW = 2000
"""Records that are sooner analysed again by the next build than kept by this one."""


class KeptAnalysis:
    """What the records of an archive say, of which only those are read that are new since it was kept."""

    def __init__(self, folder: Path, archive: Archive, pipeline: str, min_confidence: float) -> None:
        """Takes the archive, and how it is read.

        Args:
            folder: where the analysis is kept.
            archive: its records are analysed.
            pipeline: version whose extractions count.
            min_confidence: relations of less are left out.
        """
        self._folder = folder
        self._archive = archive
        self._pipeline = pipeline
        self._min_confidence = min_confidence
        self._new = 0

    def read(self, mark: Mark, *, again: bool = False) -> Analysis:
        """The analysis of all records up to a mark, which is the archive's end; `again` of all of them anew.

        Raises:
            StoreError: the archive cannot be read.
        """
        known = None if again else self._known()
        analysis, since = known or (Analysis(), Mark())
        if since != mark:
            self._new = analysis.extend(
                (number, first_seen, confident(extraction, self._min_confidence))
                for number, first_seen, extraction in self._archive.seen(self._pipeline, since)
            )
        return analysis

    def keep(self, analysis: Analysis, mark: Mark) -> None:
        """Keeps an analysis, unless little is new. That it cannot be written costs time, nothing else."""
        if self._new <= min(_FEW, len(analysis.tables["records"]) // 10):
            return
        with replaced(self._folder, self._about(mark)) as new:
            analysis.save(new)

    def _known(self) -> tuple[Analysis, Mark] | None:
        about = about_of(self._folder)
        try:
            mark = Mark(*about["mark"])
        except (KeyError, TypeError):
            return None
        if about != self._about(mark):
            return None
        analysis = Analysis.load(self._folder)
        return None if analysis is None else (analysis, mark)

    def _about(self, mark: Mark) -> dict[str, object]:
        """What must be the same for an analysis to be of use."""
        return {
            "code": fingerprint(),
            "pipeline": self._pipeline,
            "min_confidence": self._min_confidence,
            "mark": list(mark),
            "archive": self._archive.fingerprint(mark),
        }
