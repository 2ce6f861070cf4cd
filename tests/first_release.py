"""What a user of citegraph 0.1.0 has; tests/data/README.md says how it was made."""

import tarfile
from pathlib import Path
from typing import NamedTuple

KEPT = Path(__file__).parent / "data" / "citegraph-0.1.0.tar.gz"


class FirstRelease(NamedTuple):
    """A data folder, a backup of it, and what `kg extract` wrote of a paper that is not in it."""

    data: Path
    backup: Path
    extracted: Path


def unpacked(folder: Path) -> FirstRelease:
    """A copy of its own in a folder."""
    with tarfile.open(KEPT) as kept:
        kept.extractall(folder, filter="data")
    return FirstRelease(folder / "data", folder / "backup.tar.gz", folder / "extracted.jsonl")
