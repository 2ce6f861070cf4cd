"""What a correction can do: one class for each verb."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from kg.schema import ENTITY_LABELS, EntityType

BY_CORRECTION = "override"
"""The property `by` of edges that a correction adds."""

_ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*[\p{L}\p{N}][^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_NameText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=_ONE_LINE)]
_AddedRelation = Literal[
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
_RemovedRelation = (
    _AddedRelation | Literal["REPORTS", "OF", "ON", "AUTHORED_BY", "AFFILIATED_WITH", "PUBLISHED_IN", "IN_CATEGORY"]
)


class NameReference(BaseModel):
    """An entity by type and name, where its id is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: EntityType
    name: _NameText

    def __str__(self) -> str:
        return f"{self.type} {self.name!r}"


Reference = Annotated[
    Annotated[_Text, Tag("id")] | Annotated[NameReference, Tag("named")],
    Discriminator(lambda value: "named" if isinstance(value, dict | NameReference) else "id"),
]
"""A node: by its id or any id that it had; for a paper also by DOI, URL or title; for an entity by type and name."""


_PREFIXES = tuple(f"{label.lower()}/" for label in ENTITY_LABELS)


def is_entity(reference: str | NameReference) -> bool:
    """Whether a reference names an entity."""
    return isinstance(reference, NameReference) or reference.startswith(_PREFIXES)


class Correction(BaseModel):
    """Base of all corrections: who made it, why, and when.

    Attributes:
        verb: name of the field that says what the correction does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: ClassVar[str]

    who: _Text
    why: _Text
    when: date | None = None

    def __str__(self) -> str:
        return self.verb


class Merge(Correction):
    """Several nodes are one."""

    verb: ClassVar[str] = "merge"

    merge: tuple[Reference, ...] = Field(min_length=1)
    into: Reference


class Split(Correction):
    """Some papers mean another entity, or some written forms do."""

    verb: ClassVar[str] = "split"

    split: Reference
    off: Reference
    papers: tuple[_Text, ...] = ()
    forms: tuple[_Text, ...] = ()


class Rename(Correction):
    """An entity has another name."""

    verb: ClassVar[str] = "rename"

    rename: Reference
    to: _NameText


class Retype(Correction):
    """An entity has another type."""

    verb: ClassVar[str] = "retype"

    retype: Reference
    to: EntityType


class Hide(Correction):
    """A node does not belong in the graph; it is left out with all its edges."""

    verb: ClassVar[str] = "hide"

    hide: Reference


class Add(Correction):
    """An edge is missing."""

    verb: ClassVar[str] = "add"

    add: _AddedRelation
    source: Reference = Field(alias="from")
    to: Reference


class Remove(Correction):
    """An edge is wrong."""

    verb: ClassVar[str] = "remove"

    remove: _RemovedRelation
    source: Reference = Field(alias="from")
    to: Reference


VERBS: dict[str, type[Correction]] = {kind.verb: kind for kind in (Merge, Split, Rename, Retype, Hide, Add, Remove)}
"""The corrections by verb."""
