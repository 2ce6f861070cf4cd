"""The analysis of an archive in a folder, kept between builds. The folder may be deleted at any time."""

from pathlib import Path

from kg.archive import Archive, Mark
from kg.cache_folder import about_of, replaced
from kg.extraction import confident
from kg.link.analysis import Analysis
from kg.link.version import LINKING_VERSION

_FEW = 2000
"""New records that the next build analyses again faster than this one saves them."""


class AnalysisCache:
    """Reads the analysis of an archive, and analyses only records that are new since it was saved."""

    def __init__(self, folder: Path, archive: Archive, pipeline: str, min_confidence: float) -> None:
        """Opens the cache; nothing is read yet.

        Args:
            folder: where the analysis is saved.
            archive: has the records.
            pipeline: version of the pipeline whose extractions count.
            min_confidence: relations below it, 0 to 1, are left out.
        """
        self._folder = folder
        self._archive = archive
        self._pipeline = pipeline
        self._min_confidence = min_confidence
        self._new = 0

    def read(self, mark: Mark, *, again: bool = False) -> Analysis:
        """The analysis of all records of the archive.

        Args:
            mark: the archive's end.
            again: analyse all records, and not only those that are new.

        Raises:
            StoreError: the archive cannot be read.
        """
        saved = None if again else self._saved()
        analysis, since = saved or (Analysis(), Mark())
        if since != mark:
            self._new = analysis.extend(
                (number, first_seen, confident(extraction, self._min_confidence))
                for number, first_seen, extraction in self._archive.seen(self._pipeline, since)
            )
        return analysis

    def save(self, analysis: Analysis, mark: Mark) -> None:
        """Saves an analysis, unless little is new in it. If it cannot be written, the next build takes longer."""
        if self._new <= min(_FEW, len(analysis.tables["records"]) // 10):
            return
        with replaced(self._folder, self._about(mark)) as new:
            analysis.save(new)

    def _saved(self) -> tuple[Analysis, Mark] | None:
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
        """What a saved analysis depends on: if any of it differs, the analysis is not used."""
        return {
            "linking": LINKING_VERSION,
            "pipeline": self._pipeline,
            "min_confidence": self._min_confidence,
            "mark": list(mark),
            "archive": self._archive.fingerprint(mark),
        }
