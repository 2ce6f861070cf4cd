"""What a user names as inputs: files, folders, patterns, standard input."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.sources import streams

_ARCHIVE = "archive.sqlite"


def files(inputs: Iterable[str | Path]) -> list[str]:
    """The files meant, each once, in the order of the inputs and of their names within a folder or pattern.

    Hidden files, and citegraph's own data folders, within a folder are passed over.

    Raises:
        InputError: one is missing, may not be read, or means no file at all.
    """
    found = dict.fromkeys(file for name in inputs for file in _files(str(name)))
    for file in found:
        streams.check(file)
    return list(found)


def _files(name: str) -> list[str]:
    if name == streams.STANDARD_INPUT:
        return [name]
    if "\0" in name:
        raise InputError(f"{name!r}: is no name of a file")
    if Path(name).is_dir():
        return list(_within(name)) or _none(f"{name}: a folder without files")
    if not os.path.lexists(name) and glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207
        return [file for match in matches for file in _files(match)] or _none(f"{name}: no file is called so")
    return [name]


def _none(message: str) -> list[str]:
    raise InputError(message)


def _within(folder: str) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: cannot be opened: {error.strerror}")

    for path, folders, names in os.walk(folder, onerror=refuse):
        if _ARCHIVE in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(Path(path, name)) for name in sorted(names) if not name.startswith("."))
