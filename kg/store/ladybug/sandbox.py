"""A pool of processes that run untrusted statements on an embedded graph, and have the right to nothing else.

In the process that answers everybody else, a statement cannot be stopped for sure, nor its memory limited: the engine
looks at the clock between steps only, and making a long list is one step. A process of the pool is killed when it takes
too long, and another takes its place. It ends by itself when the process that started it ends, however that ends.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import ladybug

from kg import errors
from kg.errors import ExhaustedError, NotUnderstoodError, RefusedError, StoreError
from kg.interpreter.plans import StatementPlan
from kg.store.protocols import MAX_BYTES

MAX_PROCESSES = 4
"""Processes of a pool, and so statements that run at a time; others wait."""

MEMORY = 512 << 20
"""Bytes that a statement may use beyond the engine's buffer pool."""

POOL = 256 << 20
"""Bytes of the engine's buffer pool in each process."""

_THREADS = 2
_GRACE = 1.0
_STARTS_WITHIN = 30.0
_SCRIPT = Path(__file__).with_name("sandbox_process.py")
# What a process needs to start at all; nothing secret.
_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class EngineError(Exception):
    """The engine's own message about a statement that it cannot run."""


class _OutOfMemoryError(ExhaustedError):
    """A process had too little memory for a statement."""

    def __init__(self, message: str, fresh: bool) -> None:
        super().__init__(message)
        self.fresh = fresh
        """Whether it was the process's first statement."""


_ERRORS: Mapping[str, type[Exception]] = {
    "not understood": NotUnderstoodError,
    "refused": RefusedError,
    "exhausted": ExhaustedError,
    "fault": StoreError,
}
"""Errors of the interpreter, by what a process calls them."""


class SandboxPool:
    """Processes that are started when they are needed, and used again. Safe to use from several threads."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MAX_PROCESSES)
        self._idle: list[SandboxProcess] = []

    def read(
        self, file: Path, space: int, statement: str, parameters: Mapping[str, Any], timeout: float, limit: int
    ) -> dict[str, Any]:
        """Runs a statement in the engine's Cypher on a database file.

        Args:
            file: the database.
            space: bytes of address space for the engine.
            statement: in the engine's Cypher.
            parameters: values of its parameters.
            timeout: seconds that it may take, waiting for its turn included.
            limit: rows at most.

        Returns:
            `columns`, `rows` in the engine's form, and whether they are `truncated`.

        Raises:
            EngineError: the engine cannot run the statement.
            NotUnderstoodError: a parameter has a value that cannot be sent.
            ExhaustedError: it ran out of time or memory.
            StoreError: no process can be started.
        """
        request = {"statement": statement, "parameters": dict(parameters)}
        return self._run(file, space, request, timeout, limit)

    def interpret(
        self,
        file: Path,
        space: int,
        statement: str,
        parameters: Mapping[str, Any],
        plan: StatementPlan,
        timeout: float,
        limit: int,
    ) -> dict[str, Any]:
        """Interprets a statement on a database file.

        Args:
            file: the database.
            space: bytes of address space for the engine.
            statement: Neo4j's Cypher, which was checked.
            parameters: values of its parameters.
            plan: what the engine does for it.
            timeout: seconds that it may take, waiting for its turn included.
            limit: rows at most.

        Returns:
            `columns`, `rows` as `kg.interpreter.encoding` writes them, whether they are `truncated`, and the `steps`
            that the engine ran, each with its `statement`, and the `rows` it gave and the `ms` it took in all.

        Raises:
            CitegraphError: as for `read`; and as the interpreter raises them.
        """
        request = {"interpreted": statement, "parameters": dict(parameters), "plan": plan.to_json()}
        return self._run(file, space, request, timeout, limit)

    def _run(self, file: Path, space: int, request: Mapping[str, Any], timeout: float, limit: int) -> dict[str, Any]:
        """Has a process answer a request; see `read`."""
        deadline = time.monotonic() + timeout
        if not self._places.acquire(timeout=timeout):
            raise ExhaustedError(f"other statements were running for all of {timeout:g} seconds: try again later")

        def ask() -> dict[str, Any]:
            with self._process(file, space) as process:
                left = max(0.1, deadline - time.monotonic())
                limits = {"timeout": left, "limit": limit, "bytes": MAX_BYTES}
                return process.ask({**request, **limits}, left + _GRACE, timeout)

        try:
            try:
                answer = ask()
            except _OutOfMemoryError as error:
                if error.fresh:
                    raise
                # Statements before may have left too little in that process.
                answer = ask()
        finally:
            self._places.release()
        if "error" not in answer:
            return answer
        if answer["error"] == "too large":
            raise ExhaustedError(f"a row of the answer has more than {MAX_BYTES >> 20} MB: return less of it")
        raise _ERRORS.get(answer.get("kind", ""), EngineError)(answer["error"])

    def close(self) -> None:
        """Ends the processes that run nothing."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    @contextmanager
    def _process(self, file: Path, space: int) -> Iterator["SandboxProcess"]:
        """An idle process that has the database open; it is ended if the block fails, as its state is unknown then."""
        process = self._take(file) or SandboxProcess(file, space)
        try:
            yield process
        except NotUnderstoodError:
            self._put_back(process)
            raise
        except BaseException:
            process.end()
            if self._is_empty():
                # Started now, so that the next statement need not wait for it.
                with suppress(StoreError):
                    self._put_back(SandboxProcess(file, space))
            raise
        self._put_back(process)

    def _take(self, file: Path) -> "SandboxProcess | None":
        """An idle process for a database, if there is one; those for other databases, of earlier builds, are ended."""
        with self._lock:
            stale = [process for process in self._idle if process.file != file]
            self._idle = [process for process in self._idle if process.file == file]
            taken = self._idle.pop() if self._idle else None
        for process in stale:
            process.end()
        return taken

    def _put_back(self, process: "SandboxProcess") -> None:
        with self._lock:
            self._idle.append(process)

    def _is_empty(self) -> bool:
        with self._lock:
            return not self._idle


class SandboxProcess:
    """One process of the pool; used by one thread at a time."""

    def __init__(self, file: Path, space: int) -> None:
        """Starts the process, which opens the database while nobody waits for it.

        Args:
            file: the database.
            space: bytes of address space for the engine.

        Raises:
            StoreError: it cannot be started.
        """
        self.file = file
        libraries = [str(Path(module.__file__ or "").resolve().parents[1]) for module in (ladybug, errors)]
        numbers = (POOL, space, MEMORY, _THREADS)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_SCRIPT), str(file.resolve()), *libraries, *map(str, numbers)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                # Ctrl-C in the terminal is for the parent alone.
                start_new_session=True,
            )
        except OSError as error:
            raise StoreError(f"cannot start a process for the statement: {error.strerror}") from error
        self._ready = False
        self._fresh = True

    def ask(self, request: dict[str, Any], within: float, timeout: float) -> dict[str, Any]:
        """Sends a request and waits for its answer.

        Args:
            request: see `sandbox_process`.
            within: seconds after which the process is killed.
            timeout: seconds that the user gave the statement, for the message.

        Raises:
            ExhaustedError: there was no answer in time, or the process died.
            NotUnderstoodError: the request cannot be sent.
            StoreError: the process did not start.
        """
        try:
            body = json.dumps(request).encode("utf-8")
        except (TypeError, ValueError) as error:
            raise NotUnderstoodError(f"a parameter has a value that cannot be sent: {error}") from error
        if not self._ready:
            if self._receive(_STARTS_WITHIN) is None:
                raise StoreError(f"the process that runs statements on {self.file} does not start")
            self._ready = True
        began = time.monotonic()
        with suppress(BrokenPipeError):
            assert self._process.stdin
            self._process.stdin.write(len(body).to_bytes(4) + body)
            self._process.stdin.flush()
        answer = self._receive(within)
        fresh, self._fresh = self._fresh, False
        if answer is not None:
            if "bad_alloc" in answer.get("error", "") or "Buffer manager" in answer.get("error", ""):
                raise _OutOfMemoryError("the statement needs more memory than it may have: narrow it down", fresh)
            return answer
        if time.monotonic() - began >= within:
            raise ExhaustedError(f"stopped after {round(timeout, 1):g} seconds: narrow it down")
        raise ExhaustedError("the statement ran out of memory, or the engine failed on it: narrow it down")

    def end(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _receive(self, within: float) -> dict[str, Any] | None:
        """The process's next message; None if it ends before, or is killed as `within` seconds are over."""
        killer = threading.Timer(within, self._process.kill)
        killer.daemon = True
        killer.start()
        try:
            assert self._process.stdout
            head = self._process.stdout.read(4)
            length = int.from_bytes(head)
            if len(head) < 4 or length > 2 * MAX_BYTES:
                return None
            body = self._process.stdout.read(length)
        finally:
            killer.cancel()
        if len(body) < length:
            return None
        answer: dict[str, Any] = json.loads(body)
        return answer
