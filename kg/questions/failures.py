"""Why a question was not understood; kg.questions.suggestions makes the error message from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.queries.answers import Found


class UnknownName(NamedTuple):
    """A name in a wording of the question that no node has, or only `nodes` of other types than the wanted ones."""

    wording: str
    """The wording of the question, its own or a simpler one."""
    place: int
    """Where the name begins in the wording, in characters."""
    name: str
    types: tuple[str, ...]
    nodes: Sequence[Found]

    @property
    def unread(self) -> int:
        """Characters of the wording from the name on: the fewer, the farther it could be read."""
        return len(self.wording) - self.place


@dataclass(slots=True)
class Failures:
    """Reasons why a question or one of its wordings was not understood."""

    unknown_names: list[UnknownName] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Parts of the question that have no meaning."""
    ambiguity: str = ""
    """Description of an ambiguity."""
