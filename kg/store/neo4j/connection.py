"""A connection to one database of a Neo4j server or cluster."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from kg.errors import CitegraphError, ExhaustedError, NotUnderstoodError, RefusedError, StoreError
from kg.statements import schema_statement
from kg.store.protocols import Version

ENGINE = "neo4j"

_POSITION = re.compile(r"\(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)")


class Neo4jConnection:
    """The server at an address, for the user, the password and the database that NEO4J_… name.

    Safe to use from several threads.
    """

    def __init__(self, uri: str) -> None:
        """Connects.

        Args:
            uri: `bolt://HOST:PORT`, `neo4j://…` for a cluster, with `+s` or `+ssc` for TLS.

        Raises:
            StoreError: the server does not answer or does not let the user in.
        """
        self.uri = uri
        self._database = os.environ.get("NEO4J_DATABASE")
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD")
        with self.errors():
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password) if password is not None else None,
                connection_timeout=10,
                max_transaction_retry_time=5,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
            try:
                self._driver.verify_connectivity()
            except BaseException:
                self._driver.close()
                raise

    def version(self) -> Version:
        """The last build that was written to its end.

        Raises:
            StoreError: the server cannot be reached.
        """
        with self.errors(), self.session(neo4j.READ_ACCESS) as session:
            record = session.run(schema_statement(ENGINE, "finished")).single()
        place = f"{self.uri}/{self._database or ''}"
        if record is None:
            return Version(place, None)
        build, number, schema = cast(tuple[int | None, ...], record.values("build", "number", "schema"))
        return Version(place, build, number=number, schema=schema)

    def session(self, access: str) -> neo4j.Session:
        """A session on the database, with the driver's READ_ACCESS or WRITE_ACCESS."""
        return self._driver.session(database=self._database, default_access_mode=access)

    def close(self) -> None:
        """Closes all connections."""
        self._driver.close()

    @contextmanager
    def errors(self, timeout: float | None = None, prefix: str = "") -> Iterator[None]:
        """Turns the driver's errors into ours.

        Args:
            timeout: seconds that a statement had, for the message that it was stopped.
            prefix: what was put before the user's statement, and does not count in positions.
        """
        try:
            yield
        except AuthError as error:
            raise StoreError(f"{self.uri} does not let the user in: check NEO4J_USERNAME and NEO4J_PASSWORD") from error
        except Neo4jError as error:
            raise _our_error(error, timeout, prefix) from error
        except (DriverError, OSError) as error:
            cause = " ".join(str(error).split())
            raise StoreError(f"cannot reach {self.uri}: check that Neo4j runs there, and the port ({cause})") from error


def _our_error(error: Neo4jError, timeout: float | None, prefix: str) -> CitegraphError:
    """The server's error as one of ours, in one line."""
    code = error.code or ""
    line = " ".join((error.message or code).split('\n"')[0].split())
    line = _POSITION.sub(lambda position: _place(position, len(prefix)), line)
    if "TimedOut" in code or "Terminated" in code:
        return ExhaustedError(f"stopped after {timeout or 0:g} seconds: narrow it down")
    if "OutOfMemory" in code:
        return ExhaustedError("the statement needs more memory than it may have: narrow it down")
    if code.endswith("Statement.AccessMode"):
        return RefusedError("statements may only read the graph")
    if ".DatabaseNotFound" in code:
        return StoreError(f"{line}: check NEO4J_DATABASE")
    if ".ClientError.Statement." in code:
        return NotUnderstoodError(line)
    return StoreError(line)


def _place(position: re.Match[str], before: int) -> str:
    """Where in the user's own statement an error is."""
    line, column = int(position["line"]), int(position["column"])
    return f"(line {line}, column {column - before if line == 1 else column})"
