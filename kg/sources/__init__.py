"""Paper records from files of many formats, streamed. One module a format, found by `kg.sources.registry`."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from kg.errors import InputError
from kg.schema import Extraction, Paper
from kg.sources import json_stream, streams
from kg.sources.format import Fit, Format
from kg.sources.head import Head
from kg.sources.inputs import files
from kg.sources.problems import Problem
from kg.sources.registry import available, named, recognised
from kg.sources.streams import Source

__all__ = ["Fit", "Format", "Head", "Problem", "Source", "read"]


def read(
    inputs: Iterable[str | Path], on_problem: Callable[[Problem], None], format_: str | None = None
) -> Iterator[Paper | Extraction]:
    """Reads all inputs, one after the other, in their own order, without holding them.

    Args:
        inputs: files, folders (all files within), patterns (`*.json`); gzip and Zstandard are unpacked; `-` is standard
            input.
        on_problem: called with each record, line or input that could not be read; reading goes on, unless it raises.
        format_: name of the format that all inputs have; None to look at how each begins.

    Raises:
        InputError: an input is missing or unreadable, or there is no such format (at once); no input at all is of a
            known format (after all were looked at).
    """
    names = files(inputs, on_problem)
    known = available(on_problem)
    return _read(names, known, named(format_, known) if format_ else None, on_problem)


def _read(
    names: list[str], known: dict[str, Format], format_: Format | None, on_problem: Callable[[Problem], None]
) -> Iterator[Paper | Extraction]:
    refused = 0
    for name in names:
        whole: list[Problem] = []
        with streams.opened(name, partial(_record_problem, on_problem, whole)) as source:
            if not source.head.raw.strip():
                if not whole:
                    on_problem(Problem(source.file, None, "is empty"))
                continue
            chosen = format_ or recognised(source.head, known.values())
            if not chosen and json_stream.no_records(source.head.text):
                on_problem(Problem(source.file, None, "holds no records"))
                continue
            if not chosen:
                refused += 1
                reason = f"of no known format{_seen(source.head)}"
                if refused == len(names):
                    looked_for = "; ".join(each.DESCRIPTION for each in known.values())
                    raise InputError(f"{source.file}: {reason}; looked for: {looked_for}")
                on_problem(Problem(source.file, None, f"{reason}, left out; looked for {', '.join(known)}", whole=True))
                continue
            for item in chosen.read(source):
                if isinstance(item, Problem):
                    on_problem(item)
                else:
                    yield item


def _record_problem(on_problem: Callable[[Problem], None], problems: list[Problem], problem: Problem) -> None:
    problems.append(problem)
    on_problem(problem)


def _seen(head: Head) -> str:
    """Names the fields of a JSON file's first record, so that the user sees what is missing."""
    fields = ", ".join(head.records[0]) if head.records else ""
    return f" (a JSON record has the fields {fields[:200]!r})" if fields else ""
