"""The system of record: paper records as read, extractions as made, builds, and the ids handed out."""

from kg.archive.archive import Archive, ArchivedExtraction, ArchivePosition, Build
from kg.archive.database import ARCHIVE_VERSION, DamagedError

__all__ = ["ARCHIVE_VERSION", "Archive", "ArchivePosition", "ArchivedExtraction", "Build", "DamagedError"]
