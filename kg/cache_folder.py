"""Folders that only save time: each is replaced as a whole, and may be deleted at any time."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ABOUT = "about.json"


@contextmanager
def replaced(folder: Path, about: Mapping[str, object]) -> Iterator[Path]:
    """A new folder to be filled, which takes the place of another at the block's end.

    That it cannot be written costs time, nothing else: then there is none.

    Args:
        folder: what is replaced; it need not exist.
        about: what must hold for the contents to be of use, for `about_of`.
    """
    new = folder.with_name(f"{folder.name}.new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        yield new
        (new / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)


def about_of(folder: Path) -> dict[str, Any]:
    """What was said to hold for a folder's contents; nothing where there are none."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}
