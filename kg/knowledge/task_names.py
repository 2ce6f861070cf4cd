"""Names of research tasks that mean the same."""

from functools import cache
from typing import NamedTuple

from kg.knowledge.patterns import objects, pattern_file


class TaskNames(NamedTuple):
    """A task with its names.

    Attributes:
        name: the one that is kept, in small letters.
        aliases: other names, in small letters.
        acronyms: as they are written.
    """

    name: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]


@cache
def known_tasks() -> tuple[TaskNames, ...]:
    """The tasks that have several names."""
    items = objects(pattern_file("task_words/aliases.jsonl"))
    return tuple(TaskNames(item["name"], tuple(item["aliases"]), tuple(item["acronyms"])) for item in items)


@cache
def _names() -> dict[str, str]:
    return {alias: task.name for task in known_tasks() for alias in task.aliases}


@cache
def _by_name() -> dict[str, TaskNames]:
    return {task.name: task for task in known_tasks()}


def task_name(name: str) -> str:
    """The name that is kept of a task; the same name where it has no other."""
    return _names().get(name, name)


def task_aliases(name: str) -> tuple[str, ...]:
    """Other names and acronyms of the task that is kept under a name."""
    task = _by_name().get(name)
    return (*task.acronyms, *task.aliases) if task else ()
