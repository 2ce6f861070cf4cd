"""Inputs as streams of lines: files, gzip-compressed files, standard input."""

import gzip
import io
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.sources.base import Problem

STANDARD_INPUT = "-"
MAX_LINE = 1 << 24
_GZIP_MAGIC = b"\x1f\x8b"


def check(name: str) -> None:
    """Checks that an input is a file or pipe that can be opened.

    Raises:
        InputError: it is missing, a folder, or may not be read.
    """
    if name == STANDARD_INPUT:
        return
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be opened: {getattr(error, 'strerror', error)}") from error
    if stat.S_ISDIR(mode):
        raise InputError(f"{name}: is a folder; name the files in it, such as {path / '*.jsonl'}")
    if stat.S_ISREG(mode):
        with _opened(name):
            pass


@contextmanager
def _opened(name: str) -> Iterator[io.BufferedReader]:
    if name == STANDARD_INPUT:
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise InputError(f"{name}: cannot be opened: {error.strerror}") from error
        yield stream


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Opens a file, or standard input for `-`, decompressed if it is gzip.

    Raises:
        InputError: it cannot be opened.
    """
    with _opened(name) as stream:
        if stream.peek(2).startswith(_GZIP_MAGIC):
            with gzip.GzipFile(fileobj=stream) as unpacked:
                yield cast(BinaryIO, unpacked)
        else:
            yield stream


def lines(stream: BinaryIO, file: str, on_problem: Callable[[Problem], None]) -> Iterator[bytes]:
    """The stream's lines with their ends, one longer than `MAX_LINE` bytes in pieces; no byte order mark.

    A stream that breaks off (damaged gzip, failing disk) ends early, with a problem.
    """
    number = 0
    try:
        while line := stream.readline(MAX_LINE):
            number += 1
            yield line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    except (OSError, EOFError, zlib.error) as error:
        on_problem(Problem(file, number + 1, f"cannot be read from here on: {error}"))
