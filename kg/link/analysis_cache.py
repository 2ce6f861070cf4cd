"""Cache of an archive's analysis, in a folder that may be deleted at any time."""

from pathlib import Path

from kg.archive import Archive, ArchivePosition
from kg.cache_folder import read_about, write_cache
from kg.link.analysis import Analysis
from kg.link.version import LINKING_VERSION
from kg.schema import confident

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

    def read(self, end: ArchivePosition, *, again: bool = False) -> Analysis:
        """The analysis of all records of the archive.

        Args:
            end: the archive's end.
            again: analyse all records, and not only those that are new.

        Raises:
            StoreError: the archive cannot be read.
        """
        saved = None if again else self._saved()
        analysis, since = saved or (Analysis(), ArchivePosition())
        if since != end:
            self._new = analysis.extend(
                (number, first_seen, confident(extraction, self._min_confidence))
                for number, first_seen, extraction in self._archive.extractions_since(self._pipeline, since)
            )
        return analysis

    def save(self, analysis: Analysis, end: ArchivePosition) -> None:
        """Saves an analysis, unless little is new in it. If it cannot be written, the next build takes longer."""
        if self._new <= min(_FEW, len(analysis.tables["records"]) // 10):
            return
        write_cache(self._folder, self._about(end), analysis.save)

    def _saved(self) -> tuple[Analysis, ArchivePosition] | None:
        about = read_about(self._folder)
        try:
            position = ArchivePosition(*about["read_until"])
        except (KeyError, TypeError):
            return None
        if about != self._about(position):
            return None
        analysis = Analysis.load(self._folder)
        return None if analysis is None else (analysis, position)

    def _about(self, position: ArchivePosition) -> dict[str, object]:
        """What a saved analysis depends on: if any of it differs, the analysis is not used."""
        return {
            "linking": LINKING_VERSION,
            "pipeline": self._pipeline,
            "min_confidence": self._min_confidence,
            "read_until": list(position),
            "archive": self._archive.digest_until(position),
        }
