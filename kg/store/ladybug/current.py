"""The graph of a data folder's current build, also after the next build."""

import os
import threading
import weakref
from collections.abc import Mapping
from typing import Any

from kg.errors import StoreError
from kg.store.data_folder import DataFolder
from kg.store.ladybug.reader import LadybugReader
from kg.store.ladybug.sandbox import SandboxPool
from kg.store.protocols import ExecutionPlan, GraphReader, Table, Version


class CurrentReader(GraphReader):
    """Reads the build that the file CURRENT names; once it names the next one, reads that."""

    engine = "ladybug"

    def __init__(self, data: DataFolder) -> None:
        """Opens the current build.

        Raises:
            StoreError: the folder holds no build.
        """
        self._data = data
        self._lock = threading.Lock()
        self._sandbox = SandboxPool()
        self._build: int | None = None
        self._reader = self._current()

    def version(self) -> Version:
        """The current build; see `GraphReader.version`."""
        build = self._data.current()
        index = None if build is None else self._data.search_folder(build)
        return Version(str(self._data.path.absolute()), build, index, build)

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement on the current build; see `GraphReader.read`."""
        return self._current().read(statement, parameters, timeout=timeout, limit=limit)

    def read_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Runs an untrusted statement on the current build; see `GraphReader.read_untrusted`."""
        return self._current().read_untrusted(statement, parameters, timeout=timeout, limit=limit)

    def explain_untrusted(self, statement: str, parameters: Mapping[str, Any] | None = None) -> ExecutionPlan:
        """The plan for an untrusted statement on the current build; see `GraphReader.explain_untrusted`."""
        return self._current().explain_untrusted(statement, parameters)

    def profile_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> ExecutionPlan:
        """Runs an untrusted statement on the current build for its plan; see `GraphReader.profile_untrusted`."""
        return self._current().profile_untrusted(statement, parameters, timeout=timeout, limit=limit)

    def close(self) -> None:
        """Closes the build that is open."""
        self._reader.close()
        self._sandbox.close()

    def _current(self) -> LadybugReader:
        with self._lock:
            build = self._data.current()
            if build is None:
                raise StoreError(f"there is no graph in {self._data.path}: make one with `kg build`")
            if build != self._build:
                # Other threads may still read the build that was open before; it closes when the last of them is done.
                self._reader = self._open(build)
                self._build = build
            return self._reader

    def _open(self, build: int) -> LadybugReader:
        """Opens a build, and keeps it from being removed as long as its reader is in use."""
        try:
            lock = self._data.hold(build)
        except OSError as error:
            if self._data.current() != build:
                return self._open(self._data.current() or 0)
            raise StoreError(f"there is no graph in {self._data.graph_folder(build)}: {error.strerror}") from error
        try:
            reader = LadybugReader(self._data.graph_folder(build), self._sandbox)
        except BaseException:
            if lock is not None:
                os.close(lock)
            raise
        if lock is not None:
            weakref.finalize(reader, os.close, lock)
        return reader
