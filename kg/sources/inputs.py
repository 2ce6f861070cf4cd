"""Resolves what a user names as inputs: files, folders, patterns, standard input."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.sources import streams
from kg.sources.problems import Problem

_ARCHIVE = "archive.sqlite"

_OnProblem = Callable[[Problem], None]


def files(inputs: Iterable[str | Path], on_problem: _OnProblem) -> list[str]:
    """All files that the inputs name, each once, in the order of the inputs and, within one, by name.

    In folders, hidden files and citegraph's own data folders are skipped.

    Args:
        inputs: names of files, folders and patterns, `-` for standard input.
        on_problem: called for each file of a folder or pattern that cannot be opened; the others are read.

    Raises:
        InputError: a named input is missing or may not be read, or a folder or pattern holds no readable file.
    """
    return list(dict.fromkeys(file for name in inputs for file in _files(str(name), on_problem)))


def _files(name: str, on_problem: _OnProblem) -> list[str]:
    if name == streams.STANDARD_INPUT:
        return [name]
    if "\0" in name:
        raise InputError(f"{name!r}: is no name of a file")
    if Path(name).is_dir():
        return _readable(_within(name, on_problem), on_problem) or _none(f"{name}: a folder without files to read")
    if not os.path.lexists(name) and glob.has_magic(name):
        found = _matching(name, on_problem)
        return _readable(found, on_problem) or _none(f"{name}: no file is called so")
    streams.check(name)
    return [name]


def _none(message: str) -> list[str]:
    raise InputError(message)


def _readable(names: Iterable[str], on_problem: _OnProblem) -> list[str]:
    found = []
    for name in names:
        try:
            streams.check(name, pipes=False)
        except InputError as error:
            on_problem(Problem(name, None, f"{str(error).removeprefix(f'{name}: ')}; left out", whole=True))
        else:
            found.append(name)
    return found


def _matching(pattern: str, on_problem: _OnProblem) -> Iterator[str]:
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207
        if Path(match).is_dir():
            yield from _within(match, on_problem)
        else:
            yield match


def _within(folder: str, on_problem: _OnProblem) -> Iterator[str]:
    def tell(error: OSError) -> None:
        if error.filename == folder:
            raise InputError(f"{folder}: cannot be opened: {error.strerror}")
        on_problem(Problem(error.filename, None, f"cannot be opened: {error.strerror}; left out", whole=True))

    for path, folders, names in os.walk(folder, onerror=tell):
        if _ARCHIVE in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for link in (Path(path, name) for name in folders):
            if link.is_symlink():
                on_problem(Problem(str(link), None, "a link to a folder is not followed; left out", whole=True))
        yield from (str(Path(path, name)) for name in sorted(names) if not name.startswith("."))
