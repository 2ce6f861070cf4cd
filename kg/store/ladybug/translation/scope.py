"""Variables and their names in a translated statement."""

import re
from dataclasses import dataclass, field

from kg.store.ladybug.translation.fragments import UntranslatableError
from kg.store.ladybug.translation.types import Type

_NOT_PLAIN = re.compile(r"\W", re.ASCII)


class UniqueNames:
    """Names that differ in more than case, since to the engine `n` and `N` are the same."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """The engine's name, quoted, for a variable of the statement; always the same for the same variable."""
        if name not in self._names:
            self._names[name] = self._free(_NOT_PLAIN.sub("_", name)[:40])
        return f"`{self._names[name]}`"

    def new(self, name: str) -> str:
        """A name, quoted, that no variable of the statement has."""
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
    """What the engine calls a variable, and the type of its value."""

    text: str
    type: Type


@dataclass(slots=True)
class Scope:
    """The variables that may be used in a part of the statement."""

    variables: dict[str, BoundVariable] = field(default_factory=dict)

    def get(self, name: str) -> BoundVariable:
        """The variable with a name.

        Raises:
            UntranslatableError: there is none that the engine knows.
        """
        if name not in self.variables:
            raise UntranslatableError
        return self.variables[name]

    def with_(self, name: str, bound: BoundVariable) -> "Scope":
        """A scope with one variable more."""
        return Scope({**self.variables, name: bound})
