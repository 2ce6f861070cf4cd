"""A data folder: the archive, the builds made from it, and which of them is current."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import StoreError

_BUILD = re.compile(r"(?:graph|search)-(\d+)")


class DataFolder:
    """Paths of a data folder, and the switch from one build to the next.

    A build's folders are written while no reader knows them, then `publish` makes them current in one rename.
    Everything that writes happens within `writing`.
    """

    def __init__(self, path: Path) -> None:
        """Takes the folder's path; it need not exist."""
        self.path = path

    @property
    def archive(self) -> Path:
        """The database of paper records and extractions."""
        return self.path / "archive.sqlite"

    @property
    def overrides(self) -> Path:
        """The user's corrections."""
        return self.path / "overrides.yaml"

    def graph_folder(self, build: int) -> Path:
        """The embedded graph of a build."""
        return self.path / f"graph-{build}"

    def search_folder(self, build: int) -> Path:
        """The search index of a build."""
        return self.path / f"search-{build}"

    def current(self) -> int | None:
        """Number of the build that readers open; None before the first.

        Raises:
            StoreError: the file CURRENT holds no number or cannot be read.
        """
        file = self.path / "CURRENT"
        try:
            return int(file.read_text(encoding="ascii"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{file} does not name a build ({error}): build again with `kg build`") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Makes the folder if missing and keeps every other build out of it.

        Raises:
            StoreError: another build is writing, or the folder cannot be made.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / "LOCK", timeout=0)
            lock.acquire()
        except Timeout as error:
            raise StoreError(f"another build is writing {self.path}: wait until it has ended") from error
        except OSError as error:
            raise StoreError(f"cannot write the folder {self.path}: {error.strerror}") from error
        try:
            yield
        finally:
            lock.release()

    def next_build(self) -> int:
        """The number for a new build; what an interrupted build left behind is cleared away."""
        build = (self.current() or 0) + 1
        self._remove(lambda number: number >= build)
        return build

    def publish(self, build: int) -> None:
        """Makes a build current, for good, and removes builds older than the one before it.

        Raises:
            StoreError: the file system refuses.
        """
        before = self.current()
        temporary = self.path / "CURRENT.new"
        try:
            for folder in (self.graph_folder(build), self.search_folder(build)):
                for path in (*folder.rglob("*"), folder):
                    if path.exists():
                        _sync(path)
            temporary.write_text(f"{build}\n", encoding="ascii")
            _sync(temporary)
            temporary.replace(self.path / "CURRENT")
            _sync(self.path)
        except OSError as error:
            raise StoreError(f"cannot make build {build} of {self.path} current: {error.strerror}") from error
        self._remove(lambda number: number not in (build, before))

    def _remove(self, unwanted: Callable[[int], bool]) -> None:
        """Removes builds; a folder that is still open on Windows stays until the next time."""
        for path in self.path.glob("*-*"):
            found = _BUILD.fullmatch(path.name)
            if found and unwanted(int(found[1])):
                shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    """Has the system write a file, or a folder's list of names, to the disk."""
    # Windows opens no folders.
    with suppress(PermissionError if os.name == "nt" else NotImplementedError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
