"""Pieces of the embedded engine's Cypher that have a value."""

from dataclasses import dataclass

from kg.errors import RefusedError
from kg.store.ladybug.translation.types import Type


@dataclass(frozen=True, slots=True)
class Fragment:
    """An expression in the embedded engine's Cypher, with the type of its value."""

    text: str
    type: Type


class UntranslatableError(Exception):
    """The engine cannot evaluate something exactly as Neo4j does: the interpreter has to."""


def unsupported(what: str, instead: str) -> RefusedError:
    """The error that something has no equivalent on the embedded engine, and what to write instead."""
    return RefusedError(f"rule 'dialect': the embedded engine has no {what}: {instead}")


def null_if_missing(value: Fragment, text: str) -> str:
    """`text`, or null where the node, edge or path `value` is missing, for which the engine makes up a value."""
    if not value.type.missing:
        return text
    # A missing path is not null itself, but has a node that is.
    known = f"length({value.text})" if value.type.kind == "path" else value.text
    return f"(CASE WHEN {known} IS NOT NULL THEN {text} END)"


def text_literal(value: str) -> str:
    """The literal of a text."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def quoted(name: str) -> str:
    """The name of a property or a label, quoted.

    Raises:
        UntranslatableError: it has a backtick, which the engine's names cannot have.
    """
    if "`" in name:
        raise UntranslatableError
    return f"`{name}`"
