"""What an engine must do to hold the graph."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.schema import Projection

Progress = Callable[[str, int, int], None]
"""Called with what is being written, how many rows are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer. Nodes are dicts with `label` and their properties, edges dicts with `type` and theirs."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class GraphStore(Protocol):
    """One graph in one engine. The same statement gives the same rows on every engine."""

    @property
    def engine(self) -> str:
        """`ladybug` or `neo4j`."""
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

    def write(self, projection: Projection, build: int, progress: Progress | None = None) -> None:
        """Makes the projection the whole content of the graph, as build number `build`.

        Raises:
            StoreError: the engine cannot be reached or written.
        """
        ...

    def close(self) -> None:
        """Releases files, processes and connections."""
        ...
