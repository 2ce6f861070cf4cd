"""What a correction can say: one class for each verb."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from kg.schema import ENTITY_LABELS, EntityType

BY = "override"
"""What edges that a correction adds are said to be found by."""

_NAME = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*[\p{L}\p{N}][^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=_NAME)]
AddedRelation = Literal[
    "INTRODUCES",
    "EVALUATES_ON",
    "TRAINS_ON",
    "EVALUATES",
    "COMPARES_WITH",
    "USES",
    "MENTIONS",
    "ADDRESSES",
    "HAS_CODE",
    "LINKS_TO",
    "CITES",
    "VARIANT_OF",
]
RemovedRelation = AddedRelation | Literal["REPORTS", "OF", "ON", "AUTHORED_BY", "AFFILIATED_WITH"]


class Named(BaseModel):
    """A benchmark, dataset, model or method by type and name, for where its id is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: EntityType
    name: Name

    def __str__(self) -> str:
        return f"{self.type} {self.name!r}"


Reference = Annotated[
    Annotated[Text, Tag("id")] | Annotated[Named, Tag("named")],
    Discriminator(lambda value: "named" if isinstance(value, dict | Named) else "id"),
]
"""A node: its id, any id that it had, a paper's id, DOI, URL or title; or type and name."""


_PREFIXES = tuple(f"{label.lower()}/" for label in ENTITY_LABELS)


def is_entity(reference: str | Named) -> bool:
    """Whether a reference is to a benchmark, dataset, model or method."""
    return isinstance(reference, Named) or reference.startswith(_PREFIXES)


class Correction(BaseModel):
    """Base of all corrections: who made it, why, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: ClassVar[str]
    does: ClassVar[str]

    who: Text
    why: Text
    when: date | None = None

    def __str__(self) -> str:
        return self.verb


class Merge(Correction):
    """Several nodes are one."""

    verb: ClassVar[str] = "merge"
    does: ClassVar[str] = "make several one: a list of ids"

    merge: tuple[Reference, ...] = Field(min_length=1)
    into: Reference


class Split(Correction):
    """What some papers mean, or what is written in some ways, is another thing."""

    verb: ClassVar[str] = "split"
    does: ClassVar[str] = "take papers or written forms out of it: an id"

    split: Reference
    off: Reference
    papers: tuple[Text, ...] = ()
    forms: tuple[Text, ...] = ()


class Rename(Correction):
    """A thing has another name."""

    verb: ClassVar[str] = "rename"
    does: ClassVar[str] = "give it another name: an id"

    rename: Reference
    to: Name


class Retype(Correction):
    """A thing is of another type."""

    verb: ClassVar[str] = "retype"
    does: ClassVar[str] = "give it another type: an id"

    retype: Reference
    to: EntityType


class Hide(Correction):
    """A node is none, and goes with all its edges."""

    verb: ClassVar[str] = "hide"
    does: ClassVar[str] = "leave it out of the graph: an id"

    hide: Reference


class Add(Correction):
    """An edge that was not found."""

    verb: ClassVar[str] = "add"
    does: ClassVar[str] = "add a relation: its type"

    add: AddedRelation
    source: Reference = Field(alias="from")
    to: Reference


class Remove(Correction):
    """An edge that is none."""

    verb: ClassVar[str] = "remove"
    does: ClassVar[str] = "remove a relation: its type"

    remove: RemovedRelation
    source: Reference = Field(alias="from")
    to: Reference


VERBS: dict[str, type[Correction]] = {kind.verb: kind for kind in (Merge, Split, Rename, Retype, Hide, Add, Remove)}
