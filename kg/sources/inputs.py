"""Resolves what a user names as inputs: files, folders, patterns, standard input."""

import glob
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from kg.errors import InputError
from kg.sources import streams
from kg.sources.problems import Problem

_ARCHIVE = "archive.sqlite"

_OnProblem = Callable[[Problem], None]


class InputFile(NamedTuple):
    """A file to read.

    Attributes:
        name: of the file, or `-`.
        folder: the folder in which it was found, as that was named; None where the file itself was named.
        passed_over: true where its name or its folder says that it holds no papers, so that nobody need look.
    """

    name: str
    folder: str | None = None
    passed_over: bool = False


def files(inputs: Iterable[str | Path], on_problem: _OnProblem) -> list[InputFile]:
    """All files that the inputs name, each once, in the order of the inputs and, within one, by name.

    In folders, hidden files and citegraph's own data folders are left out; folders of installed packages are given as
    one input that is passed over, and so are files that are programs, pictures and the like (`passed_over.toml`).

    Args:
        inputs: names of files, folders and patterns, `-` for standard input.
        on_problem: called for each file of a folder or pattern that cannot be opened; the others are read.

    Raises:
        InputError: a named input is missing or may not be read, or a folder or pattern holds no readable file.
    """
    found: dict[str, InputFile] = {}
    for name in inputs:
        for file in _files(str(name), on_problem):
            found.setdefault(file.name, file)
    return list(found.values())


def _files(name: str, on_problem: _OnProblem) -> list[InputFile]:
    if name == streams.STANDARD_INPUT:
        return [InputFile(name)]
    if "\0" in name:
        raise InputError(f"{name!r}: is no name of a file")
    if Path(name).is_dir():
        return _readable(_within(name, on_problem), on_problem) or _none(f"{name}: a folder without files to read")
    if not os.path.lexists(name) and glob.has_magic(name):
        found = _matching(name, on_problem)
        return _readable(found, on_problem) or _none(f"{name}: no file is called so")
    streams.check(name)
    return [InputFile(name)]


def _none(message: str) -> list[InputFile]:
    raise InputError(message)


def _readable(files: Iterable[InputFile], on_problem: _OnProblem) -> list[InputFile]:
    found = []
    for file in files:
        if not file.passed_over:
            try:
                streams.check(file.name, pipes=False)
            except InputError as error:
                message = f"{str(error).removeprefix(f'{file.name}: ')}; left out"
                on_problem(Problem(file.name, None, message, whole=True))
                continue
        found.append(file)
    return found


def _matching(pattern: str, on_problem: _OnProblem) -> Iterator[InputFile]:
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207
        if Path(match).is_dir():
            yield from _within(match, on_problem)
        else:
            yield InputFile(match)


def _within(folder: str, on_problem: _OnProblem) -> Iterator[InputFile]:
    def tell(error: OSError) -> None:
        if error.filename == folder:
            raise InputError(f"{folder}: cannot be opened: {error.strerror}")
        on_problem(Problem(error.filename, None, f"cannot be opened: {error.strerror}; left out", whole=True))

    known = _passed_over()
    for path, folders, names in os.walk(folder, onerror=tell):
        if _ARCHIVE in names:
            folders.clear()
            continue
        if path != folder and not known.environments.isdisjoint((*folders, *names)):
            folders.clear()
            yield InputFile(path, folder, passed_over=True)
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for link in (Path(path, name) for name in folders):
            if link.is_symlink():
                on_problem(Problem(str(link), None, "a link to a folder is not followed; left out", whole=True))
        packages = [name for name in folders if name in known.folders]
        folders[:] = [name for name in folders if name not in known.folders]
        yield from (InputFile(str(Path(path, name)), folder, passed_over=True) for name in packages)
        for name in sorted(names):
            if not name.startswith("."):
                yield InputFile(
                    str(Path(path, name)), folder, name.rpartition(".")[2].lower() in _passed_over().endings
                )


class _PassedOver(NamedTuple):
    folders: frozenset[str]
    environments: frozenset[str]
    endings: frozenset[str]


@cache
def _passed_over() -> _PassedOver:
    known = tomllib.loads(resources.files("kg.sources").joinpath("passed_over.toml").read_text("utf-8"))
    return _PassedOver(**{name: frozenset(known[name]) for name in _PassedOver._fields})
