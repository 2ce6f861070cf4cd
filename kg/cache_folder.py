"""Folders that only save time: each is replaced as a whole, and may be deleted at any time."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.atomic_files import replace_folder

_ABOUT = "about.json"


def write_cache(folder: Path, about: Mapping[str, object], save: Callable[[Path], None]) -> None:
    """Replaces a cache folder. That it cannot be written costs time, nothing else: then the one before stays.

    Args:
        folder: what is replaced; it need not exist.
        about: what must hold for the contents to be of use, as JSON can say it; `read_about` gives it back.
        save: writes the contents into an empty folder.
    """
    with suppress(OSError), replace_folder(folder) as new:
        save(new)
        (new / _ABOUT).write_text(json.dumps(about), encoding="utf-8")


def read_about(folder: Path) -> dict[str, Any]:
    """What must hold for a cache folder's contents to be of use; empty if there are none."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}
