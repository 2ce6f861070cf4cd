"""Pieces of the embedded engine's Cypher that have a value, and what is built of them in several places."""

from dataclasses import dataclass

from kg.errors import RefusedError
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.types import ANY, STRING, Type


@dataclass(frozen=True, slots=True)
class Fragment:
    """An expression in the embedded engine's Cypher, with the type of its value."""

    text: str
    type: Type


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


def item_of(of: Fragment, index: Fragment) -> Fragment:
    """The item of a list at an index from 0, or from the end if negative; null where there is none."""
    size, place = f"size({of.text})", index.text
    number = place.removeprefix("(-").removesuffix(")")
    if place.isdigit():
        at = f"CASE WHEN {size} > {place} THEN {int(place) + 1} END"
    elif place.startswith("(-") and number.isdigit():
        at = f"CASE WHEN {size} >= {number} THEN {size} - {int(number) - 1} END"
    else:
        at = (
            f"CASE WHEN {place} >= 0 AND {size} > {place} THEN {place} + 1 "
            f"WHEN {place} < 0 AND {size} >= -{place} THEN {size} + {place} + 1 END"
        )
    item = of.type.item or ANY
    return Fragment(f"list_extract({of.text}, {at})", types.maybe(item) if item.kind in ("node", "edge") else item)


def slice_of(of: Fragment, low: Fragment | None, high: Fragment | None) -> Fragment:
    """The items of a list from index `low` to before `high`, both from 0, or from the end if negative."""
    size = f"size({of.text})"
    if (low is None or low.text.isdigit()) and (high is None or high.text.isdigit()):
        first = int(low.text) + 1 if low else 1
        if high and int(high.text) < first:
            first, until = 1, "0"
        else:
            until = high.text if high else size
        return Fragment(f"list_slice({of.text}, {first}, {until})", of.type)

    def place(value: Fragment) -> str:
        if value.text.isdigit():
            return value.text
        return f"(CASE WHEN {value.text} >= 0 THEN {value.text} WHEN {size} + {value.text} >= 0 " + (
            f"THEN {size} + {value.text} WHEN {value.text} < 0 THEN 0 END)"
        )

    start = f"{place(low)} + 1" if low else "1"
    last = place(high) if high else size
    # The engine counts 0 and what is below it from the end.
    nothing = f"CASE WHEN {last} < 1 OR {start} > {size} OR {start} > {last} THEN {size} + 1 ELSE"
    return Fragment(f"list_slice({of.text}, {nothing} {start} END, {nothing} {last} END)", of.type)


def copy_of(of: Fragment) -> str:
    """A copy of a list.

    Without it the engine, in the middle of a pattern, takes the entries of maps, nodes and edges in a list, and texts
    that it reverses, from the wrong rows.
    """
    return f"list_slice({of.text}, 1, size({of.text}))"


def filtered(of: Fragment, variable: str, condition: str) -> Fragment:
    """The items for which a condition holds. For an empty list the engine would give the items of the row before."""
    copy = copy_of(of)
    kept = f"list_filter({copy}, {variable} -> {condition})"
    return Fragment(f"(CASE WHEN size({of.text}) > 0 THEN {kept} ELSE {copy} END)", of.type)


def as_text(value: Fragment) -> Fragment:
    """`toString(value)`."""
    match value.type.kind:
        case "string" | "null":
            return Fragment(value.text, STRING)
        case "integer" | "date":
            return Fragment(f"cast({value.text} AS STRING)", STRING)
        case "boolean":
            return Fragment(f"lower(cast({value.text} AS STRING))", STRING)
        case "float":
            raise unsupported(
                "text of a float as Neo4j writes it", "return the number itself, or toString(toInteger(x))"
            )
    raise unsupported(f"text of {described(value.type)}", "return the value itself")


def described(kind: Type) -> str:
    """A type's name with its article, for messages."""
    if kind.kind == "any":
        return "a value of unknown type"
    return f"an {kind.kind}" if kind.kind[0] in "aeiou" else f"a {kind.kind}"
