"""A data folder: the archive, the builds made from it, and which build is current."""

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kg.atomic_files import sync, write_aside
from kg.errors import StoreError

try:
    import fcntl
except ImportError:
    # Windows removes no folder of which a file is open, which is all that these locks are for.
    fcntl = None  # type: ignore[assignment]

_UNFINISHED = (".CURRENT.*.new", "CURRENT.new", "analysis.new", "written.new")
"""Names of what a process that was killed was writing aside."""

_BUILD = re.compile(r"(?:graph|search)-(\d+)")


class DataFolder:
    """Paths of a data folder, and the switch from one build to the next.

    A build is written into folders that no reader knows yet; then `publish` makes it current in one rename. Whoever
    writes anything does so within `writing`.
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

    @property
    def analysis(self) -> Path:
        """Cache of what was worked out for each record, for the next build; it may be deleted at any time."""
        return self.path / "analysis"

    @property
    def last_sent(self) -> Path:
        """Cache of the graph that was last sent to a server, so that the next build sends only what has changed."""
        return self.path / "written"

    def graph_folder(self, build: int) -> Path:
        """Folder of the embedded graph of a build."""
        return self.path / f"graph-{build}"

    def search_folder(self, build: int) -> Path:
        """Folder of the search index of a build."""
        return self.path / f"search-{build}"

    def current(self) -> int | None:
        """Number of the build that readers open; None before the first.

        Raises:
            StoreError: the file CURRENT holds no number or cannot be read.
        """
        file = self.path / "CURRENT"
        try:
            text = file.read_text(encoding="ascii").strip()
            if not text.isdigit():
                raise ValueError(f"it says {text!r}")
            return int(text)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{file} does not name a build ({error}): delete it and run `kg build`") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Makes the folder if it is missing, and locks it against other builds.

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

    def is_being_written(self) -> bool:
        """Whether a process is within `writing`. Needs no right to write the folder."""
        lock = self.path / "LOCK"
        try:
            if fcntl is None:
                with FileLock(lock, timeout=0):
                    return False
            with lock.open("rb") as file:
                # A shared lock, so that any number of processes may ask at once.
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (Timeout, BlockingIOError):
            return True
        except OSError:
            return False
        return False

    def remove_leftovers(self) -> None:
        """Removes what interrupted builds left behind, and old builds that nobody reads; only within `writing`."""
        current = self.current() or 0
        before = max((build for build in self._builds() if build < current), default=None)
        self._remove(lambda build: build not in (current, before))
        for pattern in _UNFINISHED:
            for path in self.path.glob(pattern):
                _delete(path)

    @contextmanager
    def removing_leftovers(self) -> Iterator[None]:
        """Removes leftovers before the block, and again if the block fails, so that a full disk does not stay full."""
        self.remove_leftovers()
        try:
            yield
        except BaseException:
            self.remove_leftovers()
            raise

    def publish(self, build: int) -> None:
        """Makes a build current, durably; then removes builds older than the one before that nobody reads.

        Raises:
            StoreError: the file system refuses.
        """
        before = self.current()
        try:
            for folder in (self.graph_folder(build), self.search_folder(build)):
                for path in (*folder.rglob("*"), folder):
                    if path.exists():
                        sync(path)
            with write_aside(self.path / "CURRENT", durable=True) as new:
                new.write_text(f"{build}\n", encoding="ascii")
        except OSError as error:
            raise StoreError(f"cannot make build {build} of {self.path} current: {error.strerror}") from error
        self._remove(lambda number: number not in (build, before))

    def hold(self, build: int) -> int | None:
        """Locks a build against being removed, until the descriptor is closed or the process ends.

        Returns:
            An open file descriptor, or None where the system has no such locks.

        Raises:
            FileNotFoundError: the build is gone.
        """
        if fcntl is None:
            return None
        descriptor = os.open(self.graph_folder(build), os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            # The build may have been removed between the two calls.
            if not self.graph_folder(build).is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.graph_folder(build)))
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _remove(self, unwanted: Callable[[int], bool]) -> None:
        """Removes builds that nobody reads; on Windows, a folder that is still open stays until the next time."""
        for build in self._builds():
            if unwanted(build):
                with self._locked_for_removal(build) as locked:
                    if locked:
                        _delete(self.graph_folder(build))
                        _delete(self.search_folder(build))

    def _builds(self) -> set[int]:
        """Numbers of the builds that have a folder."""
        found = (_BUILD.fullmatch(path.name) for path in self.path.glob("*-*"))
        return {int(match[1]) for match in found if match}

    @contextmanager
    def _locked_for_removal(self, build: int) -> Iterator[bool]:
        """Locks readers out of a build; gives False if there are some."""
        folder = self.graph_folder(build)
        if fcntl is None or not folder.is_dir():
            yield True
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(descriptor)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
