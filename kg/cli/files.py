"""Opens the graph for a command, and files that are written whole or not at all."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.atomic_files import write_aside
from kg.errors import CitegraphError

if TYPE_CHECKING:
    from kg.store import GraphReader


def opened(location: str) -> "GraphReader":
    """The graph at a location, open for reading; to be used in a `with`.

    Raises:
        StoreError: there is none, or it cannot be reached.
    """
    # Imported only here, as `kg --help` needs no engine.
    from kg.store import open_store

    return open_store(location)


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file that takes its place when it is complete; `-` is standard output.

    Raises:
        CitegraphError: it cannot be written.
    """
    if str(path) == "-":
        yield sys.stdout
        return
    try:
        with write_aside(path) as temporary, temporary.open("w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise CitegraphError(f"cannot write {path}: {error.strerror or error}") from error
