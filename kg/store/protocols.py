"""The two protocols of a store, which each engine implements: reading a graph, and writing the graph of a build."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from kg.schema.tables import Tables

Progress = Callable[[str, int, int], None]
"""Called with `nodes` or `edges`, how many of them are written, and how many there are."""

MAX_BYTES = 16 << 20
"""Bytes that the answer to an untrusted statement may have; rows beyond them are cut."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer. A node is a dict with `label` and its properties, an edge a dict with `type` and its own."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Of an untrusted statement: the values of the parameters that it names."""

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class ExecutionPlan:
    """What an engine would do with a statement."""

    statement: str
    """The statement in the engine's own Cypher."""
    parameters: Mapping[str, Any]
    """Values of its parameters."""
    text: str
    """The plan, drawn by the engine in lines of text."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which content of a graph is being read; a new one after every build."""

    place: str
    """The graph's folder, or the server's address and database."""
    build: int | None
    """Greater for each later build; None while a server is being written."""
    index: Path | None = None
    """Folder of the search index that came with the build; None where the graph has none of its own."""
    number: int | None = None
    """Number of the build in the archive that it was made from; archives that share a server may use one twice."""
    schema: int | None = None
    """Version of the schema of a server's graph; None where it has none that is finished. A reader refuses others."""


MakeIndex = Callable[["Tables", Version, Path | None], None]
"""Makes the search index of a graph for one version of it; the path is the folder of the version before, if any."""


class GraphReader(Protocol):
    """A graph open for reading. The same statement gives the same rows on every engine.

    It is a context manager, which closes it; it may be used from several threads.
    """

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
        """Runs one of our own reading statements.

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

    def read_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> Table:
        """Runs a statement that anybody may have written, where it can do no harm.

        It is parsed, checked by `kg.syntax.guard`, and then either translated and run in a process without rights
        (embedded), or run in a read transaction after the server's own plan for it was checked.

        Args:
            statement: Neo4j's Cypher, on every engine.
            parameters: values of its `$names`; those that it does not name are left out.
            timeout: seconds after which it is stopped, whatever it is doing.
            limit: rows after which the answer is cut, and marked truncated; so it is after `MAX_BYTES`.

        Raises:
            NotUnderstoodError: it is no statement, or a parameter has no value.
            RefusedError: it would do more than read the graph, or the engine cannot answer it as Neo4j does; the
                message names the rule.
            ExhaustedError: it ran out of time or memory.
            StoreError: the engine cannot be reached.
        """
        ...

    def explain_untrusted(self, statement: str, parameters: Mapping[str, Any] | None = None) -> ExecutionPlan:
        """How the engine would run a statement, which is parsed and checked as by `read_untrusted`, and not run.

        Raises:
            CitegraphError: as for `read_untrusted`.
        """
        ...

    def profile_untrusted(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float, limit: int
    ) -> ExecutionPlan:
        """How the engine ran a statement, with the time or the work of each step and the number of rows.

        It is checked and limited as by `read_untrusted`, and its rows are not kept. A server has a profile only of what
        ran to its end, so there rows beyond the limit are passed over, within the same time.

        Raises:
            CitegraphError: as for `read_untrusted`.
        """
        ...

    def close(self) -> None:
        """Releases files, processes and connections."""
        ...

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()


class GraphWriter(Protocol):
    """Takes the graph of one build, and makes it the one that readers see, with its search index.

    It is a context manager, used once: if the block ends without `write`, readers go on seeing the graph before.
    """

    def begin(self, graph: "Tables", labels: frozenset[str]) -> None:
        """Takes all nodes and edges of some labels, which an engine may begin to write before the rest is ready."""
        ...

    def write(self, graph: "Tables") -> None:
        """Takes the whole graph, including what `begin` was given, and switches readers to it.

        Raises:
            StoreError: the graph breaks the schema, or the engine or the search index cannot be written.
        """
        ...

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Releases what it holds."""
        ...


def no_progress(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
