"""Paper records from files of many formats, streamed. One module a format, found by `kg.sources.registry`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from kg.errors import InputError
from kg.schema import Extraction, Paper
from kg.sources import json_stream, streams
from kg.sources.format import Fit, Format
from kg.sources.head import Head
from kg.sources.inputs import InputFile, files
from kg.sources.looks_like import description
from kg.sources.problems import NoPapers, Problem
from kg.sources.registry import available, named, recognised
from kg.sources.reports import FileReport, Lack, folder_lines
from kg.sources.streams import Source

__all__ = ["FileReport", "Fit", "Format", "Head", "Problem", "Source", "folder_lines", "read"]

_OnProblem = Callable[[Problem], None]
_OnFile = Callable[[FileReport], None]


def read(
    inputs: Iterable[str | Path],
    on_problem: _OnProblem,
    format_: str | None = None,
    on_file: _OnFile = lambda report: None,
) -> Iterator[Paper | Extraction]:
    """Reads all inputs, one after the other, in their own order, without holding them.

    In a folder, files that hold no papers are no fault: they are reported, and that is all.

    Args:
        inputs: files, folders (all files within), patterns (`*.json`); gzip and Zstandard are unpacked; `-` is standard
            input.
        on_problem: called with each record, line or input that could not be read; reading goes on, unless it raises.
        format_: name of the format that all inputs have; None to look at how each begins.
        on_file: called with what reading each file came to, when it has been read.

    Raises:
        InputError: an input is missing or unreadable, or there is no such format (at once); no input at all is of a
            known format (after all were looked at).
    """
    found = files(inputs, on_problem)
    known = available(on_problem)
    return _read(found, known, named(format_, known) if format_ else None, on_problem, on_file)


def _read(
    found: list[InputFile],
    known: dict[str, Format],
    format_: Format | None,
    on_problem: _OnProblem,
    on_file: _OnFile,
) -> Iterator[Paper | Extraction]:
    refused = 0
    for file in found:
        if file.passed_over:
            refused += 1
            on_file(FileReport(file=file.name, folder=file.folder))
            continue
        problems = _Problems(on_problem)
        with streams.opened(file.name, problems) as source:
            source.format_named = format_ is not None
            chosen = format_ or recognised(source.head, known.values())
            refusal = None if chosen and source.head.raw.strip() else _refusal(source, known)
            lack = Lack()
            if chosen and not refusal:
                try:
                    for item in chosen.read(source):
                        if isinstance(item, Problem):
                            problems(item)
                        else:
                            lack.add(item)
                            yield item
                except NoPapers as error:
                    refusal = Problem(source.file, None, f"{error}, left out", whole=True)
            if refusal:
                if file.folder is not None:
                    refused += 1
                elif refusal.whole:
                    refused += 1
                    if refused == len(found):
                        raise InputError(str(refusal))
                    on_problem(refusal)
                elif not problems.count:
                    on_problem(refusal)
                on_file(FileReport(file=source.file, folder=file.folder))
                continue
            on_file(
                FileReport(
                    file=source.file,
                    folder=file.folder,
                    format=chosen.NAME if chosen else None,
                    papers=lack.papers,
                    problems=problems.count,
                    lacking=lack.names(),
                    unused=source.fields.unused() if lack.papers else {},
                )
            )
    if found and refused == len(found):
        _none_read(found)


class _Problems:
    """Counts the problems of one file on their way."""

    def __init__(self, on_problem: _OnProblem) -> None:
        self.count = 0
        self._on_problem = on_problem

    def __call__(self, problem: Problem) -> None:
        self.count += 1
        self._on_problem(problem)


def _refusal(source: Source, known: Iterable[str]) -> Problem:
    """Why a file is not read; `whole` unless it is empty or has no records, which is no fault."""
    if not source.head.raw.strip():
        return Problem(source.file, None, "is empty")
    if json_stream.no_records(source.head.text):
        return Problem(source.file, None, "holds no records")
    message = f"of no known format ({description(source.head)}), left out; looked for {', '.join(known)}"
    return Problem(source.file, None, message, whole=True)


def _none_read(found: Sequence[InputFile]) -> NoReturn:
    folders = ", ".join(dict.fromkeys(file.folder for file in found if file.folder))
    count = sum(file.folder is not None for file in found)
    holds = "its only file holds no papers" if count == 1 else f"none of its {count:,} files holds papers"
    raise InputError(f"{folders}: {holds} in a format that is known; --verbose names them")
