"""The user's corrections: the file `overrides.yaml` of a data folder, read and checked. `kg.link` applies them."""

from kg.link.corrections.conflicts import conflicts
from kg.link.corrections.file import Entry, Overrides, OverridesError
from kg.link.corrections.verbs import (
    BY,
    Add,
    Correction,
    Hide,
    Merge,
    Named,
    Reference,
    Remove,
    Rename,
    Retype,
    Split,
    is_entity,
)

__all__ = [
    "BY",
    "Add",
    "Correction",
    "Entry",
    "Hide",
    "Merge",
    "Named",
    "Overrides",
    "OverridesError",
    "Reference",
    "Remove",
    "Rename",
    "Retype",
    "Split",
    "conflicts",
    "is_entity",
]
