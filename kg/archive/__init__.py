"""The system of record: paper records as read, extractions as made, builds, and the ids handed out."""

from kg.archive.archive import Archive, Build, DamagedError, Mark, Seen

__all__ = ["Archive", "Build", "DamagedError", "Mark", "Seen"]
