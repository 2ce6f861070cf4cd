"""A pool of processes that run strangers' statements on an embedded graph.

A statement cannot be stopped for sure in the process that answers everybody else, nor its memory limited: the engine
looks at the clock between steps only, and making a long list is one step. A child can be killed, and is when it takes
too long, and another takes its place. It ends by itself when its parent does, however that ends.
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

from kg.errors import ExhaustedError, NotUnderstoodError, StoreError
from kg.store.protocols import MAX_BYTES

MOST = 4
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
    """What the engine says is wrong with a statement."""


class SandboxPool:
    """Processes that are started when they are needed, and kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST)
        self._idle: list[SandboxProcess] = []

    def read(
        self, file: Path, space: int, statement: str, parameters: Mapping[str, Any], timeout: float, limit: int
    ) -> dict[str, Any]:
        """Runs a statement on a database file.

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
            EngineError: the engine does not take it.
            NotUnderstoodError: a parameter has a value that cannot be sent.
            ExhaustedError: it ran out of time or memory.
            StoreError: no process can be started.
        """
        deadline = time.monotonic() + timeout
        if not self._places.acquire(timeout=timeout):
            raise ExhaustedError(f"other statements were running for all of {timeout:g} seconds: try again later")
        try:
            with self._child(file, space) as child:
                left = max(0.1, deadline - time.monotonic())
                request = {"statement": statement, "parameters": dict(parameters), "timeout": left}
                answer = child.ask({**request, "limit": limit, "bytes": MAX_BYTES}, left + _GRACE, timeout)
                if "bad_alloc" in answer.get("error", "") or "Buffer manager" in answer.get("error", ""):
                    raise ExhaustedError("the statement needs more memory than it may have: narrow it down")
        finally:
            self._places.release()
        if "error" not in answer:
            return answer
        if answer["error"] == "too large":
            raise ExhaustedError(f"a row of the answer has more than {MAX_BYTES >> 20} MB: return less of it")
        raise EngineError(answer["error"])

    def close(self) -> None:
        """Ends the processes that run nothing."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    @contextmanager
    def _child(self, file: Path, space: int) -> Iterator["SandboxProcess"]:
        """A process that has the database open and nothing else to do; what fails in it is its last."""
        child = self._take(file) or SandboxProcess(file, space)
        try:
            yield child
        except NotUnderstoodError:
            self._keep(child)
            raise
        except BaseException:
            child.end()
            if self._none_left():
                # The next one is starting while nobody waits for it.
                with suppress(StoreError):
                    self._keep(SandboxProcess(file, space))
            raise
        self._keep(child)

    def _take(self, file: Path) -> "SandboxProcess | None":
        with self._lock:
            stale = [child for child in self._idle if child.file != file]
            self._idle = [child for child in self._idle if child.file == file]
            taken = self._idle.pop() if self._idle else None
        for child in stale:
            child.end()
        return taken

    def _keep(self, child: "SandboxProcess") -> None:
        with self._lock:
            self._idle.append(child)

    def _none_left(self) -> bool:
        with self._lock:
            return not self._idle


class SandboxProcess:
    """One process; used by one thread at a time."""

    def __init__(self, file: Path, space: int) -> None:
        self.file = file
        library = Path(ladybug.__file__).parent.parent
        numbers = (POOL, space, MEMORY, _THREADS)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_SCRIPT), str(file.resolve()), str(library), *map(str, numbers)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                # An interrupt from the terminal is for the parent alone.
                start_new_session=True,
            )
        except OSError as error:
            raise StoreError(f"cannot start a process for the statement: {error.strerror}") from error
        self._ready = False

    def ask(self, request: dict[str, Any], within: float, timeout: float) -> dict[str, Any]:
        """Sends a request and waits for its answer.

        Raises:
            ExhaustedError: there is none within so many seconds, or the process died.
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
        if answer is not None:
            return answer
        if time.monotonic() - began >= within:
            raise ExhaustedError(f"stopped after {timeout:g} seconds: narrow it down")
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
        """The next message; None if the process ends, as it must after so many seconds."""
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
