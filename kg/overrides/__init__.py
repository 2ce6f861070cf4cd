"""The user's corrections: the file `overrides.yaml` of a data folder, read and checked. `kg.link` applies them."""

from kg.overrides.conflicts import conflicts
from kg.overrides.model import (
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
from kg.overrides.overrides import Entry, Overrides, OverridesError

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
