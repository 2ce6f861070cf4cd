"""What an engine must do to hold the graph."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Union

from kg.schema import Projection

if TYPE_CHECKING:
    from kg.schema.tables import Tables

Graph = Union[Projection, "Tables"]
"""A whole graph, as rows or as columns."""

Progress = Callable[[str, int, int], None]
"""Called with what is being written, how many rows are done and how many there are."""


BYTES = 16 << 20
"""Bytes of the answer to a stranger; rows after them are cut."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer. Nodes are dicts with `label` and their properties, edges dicts with `type` and theirs."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Version:
    """Which content of a graph is being read: another one after every build."""

    place: str
    """The graph's folder, or the server's address and database."""
    build: int | None
    """Greater for each later build; None while one is being written over it."""
    index: Path | None = None
    """Folder of the search index that came with the build."""
    number: int | None = None
    """Number of the build in the archive that it was made from; archives that share a server may use one twice."""


class GraphStore(Protocol):
    """One graph in one engine. The same statement gives the same rows on every engine."""

    @property
    def engine(self) -> str:
        """`ladybug` or `neo4j`."""
        ...

    def version(self) -> Version:
        """What is being read now.

        Raises:
            StoreError: the engine cannot be reached.
        """
        ...

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Runs a reading statement.

        Args:
            statement: Cypher.
            parameters: values of its `$names`.
            timeout: seconds after which it is stopped.
            limit: rows after which the answer is cut, and marked truncated.

        Raises:
            NotUnderstoodError: the engine cannot parse or bind the statement.
            RefusedError: the statement would write.
            ExhaustedError: it ran out of time or memory.
            StoreError: the engine cannot be reached.
        """
        ...

    def read_confined(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Runs a stranger's reading statement, which has passed `kg.syntax.guard`, where it can do no harm.

        Args:
            statement: in the engine's own Cypher.
            parameters: values of its `$names`.
            timeout: seconds after which it is stopped, whatever it is doing.
            limit: rows after which the answer is cut, and marked truncated; so it is after a number of bytes.

        Raises:
            NotUnderstoodError: the engine cannot parse or bind the statement.
            RefusedError: the statement would do more than read the graph.
            ExhaustedError: it ran out of time or memory.
            StoreError: the engine cannot be reached.
        """
        ...

    def plan(self, statement: str, parameters: Mapping[str, Any] | None = None) -> str:
        """How the engine would run a stranger's statement, which has passed `kg.syntax.guard`; it is not run.

        Args:
            statement: in the engine's own Cypher.
            parameters: values of its `$names`.

        Returns:
            The plan, drawn by the engine in lines of text.

        Raises:
            CitegraphError: as for `read_confined`.
        """
        ...

    def write(self, graph: Graph, build: int, progress: Progress | None = None) -> None:
        """Makes a graph the whole content, as build number `build`.

        Raises:
            StoreError: the engine cannot be reached or written.
        """
        ...

    def close(self) -> None:
        """Releases files, processes and connections."""
        ...
