"""Builds that are killed at some moment: what is left opens, is checked, and is built on to the same graph.

Two inputs are built one after the other into one place. Either build is killed in a child process, at a random moment or
as soon as a file of the switch to the new build shows. What an undisturbed process leaves is what must come out.
"""

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_dump import difference, dump

from kg.archive import Archive
from kg.builds import build
from kg.doctor import examine
from kg.errors import CitegraphError
from kg.store import DataFolder, Location

# The server that forks runs nothing else: a fork of a process with threads, such as those of polars, may wait for ever.
_FORK = multiprocessing.get_context("forkserver")
_FORK.set_forkserver_preload(["kg.builds", "kg.doctor"])
_SWITCH = ("graph-{}", "search-{}", ".CURRENT.*.new", "CURRENT")
_LONGEST = 120.0

ENDED = "ended before"
"""Stage of a build that was faster than its kill."""


@dataclass(frozen=True)
class Moment:
    """When a build is killed: some seconds after its start, or as soon as a file of the folder, by name or pattern, is new."""

    seconds: float
    file: str | None = None

    def __str__(self) -> str:
        return f"as soon as {self.file} is there" if self.file else f"after {self.seconds:.3f} s"


@dataclass
class Outcome:
    """What a killed build left, and what came of it; `wrong` is empty where all was as it must be."""

    second: bool
    moment: Moment
    stage: str
    signal: int
    findings: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = f"{'second' if self.second else 'first'} build, {self.moment}: {self.stage}"
        return f"{said}; {len(self.findings)} findings" + "".join(f"\n  WRONG {wrong}" for wrong in self.wrong)


def write_inputs(extractions: list[dict[str, Any]], folder: Path, copies: int = 1) -> tuple[Path, Path]:
    """Two files of extractions, each with half of the papers; further copies are papers of their own."""
    lines: list[str] = []
    for copy in range(copies):
        for number, paper in enumerate(extractions):
            title = f"{paper['title']} ({copy})" if copy else paper["title"]
            own = {"arxiv_id": None, "doi": None, "url": None, "id": f"copy-{copy}-{number}"} if copy else {}
            lines.append(json.dumps({**paper, **own, "title": title}))
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    first.write_text("\n".join(lines[::2]) + "\n", encoding="utf-8")
    second.write_text("\n".join(lines[1::2]) + "\n", encoding="utf-8")
    return first, second


class Place:
    """Where graphs are built: a data folder, and a server if the graph is to be there."""

    def __init__(self, work: Path, inputs: tuple[Path, Path], server: str | None = None) -> None:
        self._first, self._second = inputs
        self._after_first = work / "after-first"
        self.data = work / "data"
        self.store = server or str(self.data)
        self._on_server = server is not None
        in_child(_build, self._first, self.store, self.data)
        self._graph_after_first = in_child(dump, self.store)
        shutil.copytree(self.data, self._after_first)
        self.seconds = [0.0, timed(lambda: in_child(_build, self._second, self.store, self.data))]
        self._graph = in_child(dump, self.store)
        assert self._graph != self._graph_after_first
        self._reset(second=False)
        self.seconds[0] = timed(lambda: in_child(_build, self._first, self.store, self.data))

    def moment(self, chance: random.Random, second: bool) -> Moment:
        """One in three is aimed at the switch, where there is one."""
        if not self._on_server and chance.random() < 1 / 3:
            return Moment(chance.choice((0.0, chance.uniform(0, 0.02))), chance.choice(_SWITCH).format(1 + second))
        return Moment(chance.uniform(0, 1.05 * self.seconds[second]))

    def kill(self, second: bool, moment: Moment, number: int = signal.SIGKILL) -> Outcome:
        """Kills one build of the two with a signal, and does all that is to be done then."""
        self._reset(second)
        given = self._second if second else self._first
        stage = self._killed(given, moment, number)
        outcome = Outcome(second, moment, stage, number)
        self._recover(outcome)
        return outcome

    def interrupt(self, second: bool, after: float, interrupt: Callable[[], None]) -> Outcome:
        """Does something to the server while a build is writing to it; it is whole again when that returns."""
        self._reset(second)
        outcome = Outcome(second, Moment(after), "", 0)
        errors = _FORK.SimpleQueue()
        child = _process(_build_told, self._second if second else self._first, self, errors)
        began = time.monotonic()
        child.start()
        child.join(after)
        if not child.is_alive():
            self.seconds[second] = time.monotonic() - began
            outcome.stage = ENDED
            return outcome
        interrupt()
        child.join(_LONGEST)
        outcome.stage = str(errors.get()) if child.exitcode == 0 else f"exit code {child.exitcode}"
        if child.exitcode != 0 or outcome.stage.startswith("Traceback") or "\n" in outcome.stage:
            outcome.wrong.append(f"the build ended with {outcome.stage}")
        self._recover(outcome)
        return outcome

    def _recover(self, outcome: Outcome) -> None:
        checks: list[Callable[[], None]] = [lambda: self._check_left(outcome)]
        checks.append(lambda: self._check_rebuilt(outcome))
        for check in checks:
            try:
                check()
            except Exception as error:
                outcome.wrong.append(f"{type(error).__name__}: {error}")

    def _check_left(self, outcome: Outcome) -> None:
        findings = in_child(_findings, self.store, self.data)
        outcome.findings += findings
        if not self._on_server and not (self.data / "CURRENT").exists():
            if outcome.second:
                outcome.wrong.append("CURRENT is gone")
            return
        left = in_child(dump, self.store)
        # A first build replaces all that a server has, and is seen while it does.
        seen_whole = outcome.second or not self._on_server
        known = [self._graph] if outcome.second else []
        if seen_whole and left not in [self._graph_after_first, *known]:
            outcome.wrong.append(f"readers see half a graph: {difference(self._graph_after_first, left)}")

    def _check_rebuilt(self, outcome: Outcome) -> None:
        if not outcome.second:
            in_child(_build, self._first, self.store, self.data)
        in_child(_build, self._second, self.store, self.data)
        graph = in_child(dump, self.store)
        if graph != self._graph:
            outcome.wrong.append(f"another graph: {difference(self._graph, graph)}")
        outcome.wrong += in_child(_findings, self.store, self.data)

    def _reset(self, second: bool) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        if second:
            shutil.copytree(self._after_first, self.data)
            if self._on_server:
                # What is kept of the server's graph is that of an earlier place.
                in_child(_build, self._first, self.store, self.data, True)

    def _killed(self, given: Path, moment: Moment, number: int) -> str:
        new = self.data / moment.file if moment.file else None
        before = _seen(new)
        child = _process(_build_alone, given, self.store, self.data)
        began = time.monotonic()
        child.start()
        assert child.pid
        until = time.monotonic() + _LONGEST
        while new and _seen(new) == before and child.is_alive() and time.monotonic() < until:
            time.sleep(0.0005)
        child.join(moment.seconds)
        ended = not child.is_alive()
        if ended and not new:
            # The machine is faster than it was when this was measured.
            self.seconds[given == self._second] = time.monotonic() - began
        if not ended:
            # A child that has not come to its first line is no leader of a group yet.
            with suppress(ProcessLookupError):
                os.kill(child.pid, number)
                os.killpg(child.pid, number)
        child.join(_LONGEST)
        return ENDED if ended else in_child(_stage, self.store, self.data)


def _process(target: Callable[..., Any], *arguments: Any) -> Any:
    return _FORK.Process(target=_with_environment, args=(dict(os.environ), target, arguments))


def _with_environment(environment: dict[str, str], target: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """The server that forks began with an older environment."""
    os.environ.update(environment)
    target(*arguments)


def in_child(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives that runs in a process of its own.

    Raises:
        RuntimeError: it raised something, which the message tells, or was killed.
    """
    results = _FORK.SimpleQueue()
    child = _process(_told, results, function, arguments)
    child.start()
    # A large answer is only written while it is read.
    while results.empty() and child.is_alive():
        time.sleep(0.001)
    done, answer = results.get() if not results.empty() else (False, f"killed, exit code {child.exitcode}")
    child.join()
    if not done:
        raise RuntimeError(answer)
    return answer


def _told(results: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        results.put((True, function(*arguments)))
    except Exception as error:
        results.put((False, f"{type(error).__name__}: {error}"))


def timed(action: Callable[[], object]) -> float:
    began = time.monotonic()
    action()
    return time.monotonic() - began


@contextmanager
def quiet() -> Iterator[None]:
    """Standard error to nowhere, for processes that are killed while they write."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    yield


def _build(given: Path, store: str, data: Path, full: bool = False) -> int:
    return build([given], store, data, full=full).build


def _build_alone(given: Path, store: str, data: Path) -> None:
    os.setsid()
    with quiet():
        build([given], store, data)


def _build_told(given: Path, place: Place, errors: Any) -> None:
    """Says how a build ended that may fail in a way that a user is told of."""
    try:
        build([given], place.store, place.data)
        errors.put("ended all the same")
    except CitegraphError as error:
        errors.put(str(error))


def _findings(store: str, data: Path) -> list[str]:
    if not data.exists():
        return ["nothing was written"]
    found = examine(store, None if Location.parse(store).folder else data).findings
    return [f"{each.about}: {each.found}" for each in found]


def _stage(store: str, data: Path) -> str:
    """How far a killed build had come."""
    folder = DataFolder(data)
    if not folder.archive.exists():
        return "nothing written"
    with Archive(folder.archive) as archive:
        builds = archive.builds()
    begun = bool(builds) and not builds[-1].finished
    if Location.parse(store).folder is None:
        return "writing" if begun else "reading or ended"
    current = folder.current() or 0
    if any(int(path.name.partition("-")[2]) > current for path in data.glob("graph-*")):
        return "writing"
    return ("linking or switched" if begun else "reading or ended") + f", build {current} current"


def _seen(path: Path | None) -> int | None:
    """When the last of the files that a pattern names was written."""
    try:
        return max((file.stat().st_mtime_ns for file in path.parent.glob(path.name)), default=None) if path else None
    except OSError:
        return None
