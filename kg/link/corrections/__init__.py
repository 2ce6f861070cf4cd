"""The user's corrections: the file `overrides.yaml` of a data folder, and how it changes what linking found."""

from kg.link.corrections.conflicts import find_conflicts
from kg.link.corrections.file import CorrectionEntry, Overrides, OverridesError
from kg.link.corrections.verbs import (
    BY_CORRECTION,
    Add,
    Correction,
    Hide,
    Merge,
    NameReference,
    Reference,
    Remove,
    Rename,
    Retype,
    Split,
    is_entity,
)

__all__ = [
    "BY_CORRECTION",
    "Add",
    "Correction",
    "CorrectionEntry",
    "Hide",
    "Merge",
    "NameReference",
    "Overrides",
    "OverridesError",
    "Reference",
    "Remove",
    "Rename",
    "Retype",
    "Split",
    "find_conflicts",
    "is_entity",
]
