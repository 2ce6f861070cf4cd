"""The current build of a data folder, whichever that is."""

import threading
from collections.abc import Mapping
from typing import Any

from kg.errors import StoreError
from kg.schema import Projection
from kg.store.base import Progress, Table
from kg.store.folder import DataFolder
from kg.store.ladybug import LadybugStore


class CurrentStore:
    """Reads the build that CURRENT names, opening the next one once CURRENT has moved."""

    engine = "ladybug"

    def __init__(self, data: DataFolder) -> None:
        """Opens the current build.

        Raises:
            StoreError: the folder holds no build.
        """
        self._data = data
        self._lock = threading.Lock()
        self._build: int | None = None
        self._store = self._current()

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement on the current build; see `GraphStore.read`."""
        return self._current().read(statement, parameters, timeout=timeout, limit=limit)

    def write(self, projection: Projection, build: int, progress: Progress | None = None) -> None:
        """Refuses: a build writes a store of its own.

        Raises:
            StoreError: always.
        """
        raise StoreError(f"{self._data.path} is open for reading: `kg build` writes it")

    def close(self) -> None:
        """Closes the build that is open."""
        self._store.close()

    def _current(self) -> LadybugStore:
        with self._lock:
            build = self._data.current()
            if build is None:
                raise StoreError(f"there is no graph in {self._data.path}: make one with `kg build`")
            if build != self._build:
                # Other threads may still read the build opened before: it closes when the last of them lets go of it.
                self._store = LadybugStore.open(self._data.graph_folder(build))
                self._build = build
            return self._store
