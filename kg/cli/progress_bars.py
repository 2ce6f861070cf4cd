"""Progress of a command on a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from kg.cli.output import err

_PAPER_STAGES = ("read", "extract")
"""Stages that count papers; others count rows."""


class OnProgress(Protocol):
    """Is called with a stage, how much of it is done, and how much there is, if that is known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Reports progress."""


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        unit = "papers" if task.description in _PAPER_STAGES else "rows"
        return Text(f"{speed:,.0f} {unit}/s" if speed else "", style="progress.data.speed")


@contextmanager
def progress() -> Iterator[OnProgress]:
    """Progress bars with speed on standard error, one a stage; nothing if that is no terminal."""
    if not err.is_terminal:
        yield lambda stage, done, total: None
        return
    stages: dict[str, TaskID] = {}
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Speed(),
        TimeElapsedColumn(),
        console=err,
    ) as bars:

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                for before in stages.values():
                    bars.update(before, total=bars.tasks[before].completed)
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield report
