"""Where a graph is: in a data folder, or on a Neo4j server."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import InputError, StoreError
from kg.store.data_folder import DataFolder

_SERVER = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://.+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a graph is, as `--store` names it."""

    text: str
    """The folder or the address, as given."""
    engine: Literal["ladybug", "neo4j"]
    """The engine that holds the graph."""
    folder: DataFolder | None
    """The data folder that holds the graph, which need not exist; None for a server's."""

    @classmethod
    def parse(cls, text: str) -> "Location":
        """Reads a location.

        Raises:
            StoreError: it is a URL of another kind.
        """
        if _SERVER.fullmatch(text):
            return cls(text, "neo4j", None)
        if "://" in text:
            raise StoreError(f"{text} is neither a folder nor a bolt:// or neo4j:// address (with +s or +ssc for TLS)")
        return cls(text, "ladybug", DataFolder(Path(text)))

    @property
    def label(self) -> str:
        """The place in the archive's list of builds: a server's address; '' for its own folder, which may be moved."""
        return "" if self.folder else self.text

    def archive_folder(self, data: Path | None) -> DataFolder:
        """The data folder of the archive: the one with the graph, or `data` for a graph on a server.

        Raises:
            InputError: a server's needs a folder and none is given, or another folder than the graph's own is given.
        """
        if self.folder is None:
            if data is None:
                raise InputError(f"{self.text} is a server: name a folder for the archive as well, with --data")
            return DataFolder(data)
        if data is not None and self.folder.path.absolute() != data.absolute():
            raise InputError(f"{self.text} holds its own archive: leave out {data}")
        return self.folder
