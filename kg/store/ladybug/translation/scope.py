"""UniqueNames in a translated statement."""

import re
from dataclasses import dataclass, field

from kg.errors import NotUnderstoodError
from kg.store.ladybug.translation.types import Type

_ODD = re.compile(r"\W", re.ASCII)


class UniqueNames:
    """UniqueNames that differ also without regard to case, as the engine tells no `n` from `N`."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """The name, quoted, under which the engine knows a variable."""
        if name not in self._names:
            self._names[name] = self._free(_ODD.sub("_", name)[:40])
        return f"`{self._names[name]}`"

    def new(self, name: str) -> str:
        """A name, quoted, that nothing else has."""
        return f"`{self._free('_' + name)}`"

    def _free(self, name: str) -> str:
        free, count = name, 1
        while free.casefold() in self._taken:
            count += 1
            free = f"{name}_{count}"
        self._taken.add(free.casefold())
        return free


@dataclass(frozen=True, slots=True)
class BoundVariable:
    """A variable's name for the engine, and its type."""

    text: str
    type: Type
    depth: int = 0
    """Of a variable of a list comprehension: how many lie around it, itself included."""


@dataclass(slots=True)
class Scope:
    """The variables that can be used at a place."""

    variables: dict[str, BoundVariable] = field(default_factory=dict)

    def get(self, name: str) -> BoundVariable:
        """A variable.

        Raises:
            NotUnderstoodError: there is none.
        """
        if name not in self.variables:
            raise NotUnderstoodError(f"the variable {name} is not defined here")
        return self.variables[name]

    def with_(self, name: str, bound: BoundVariable) -> "Scope":
        """The scope with a variable more."""
        return Scope({**self.variables, name: bound})
