"""The functions that the embedded engine evaluates exactly as Neo4j does, and how it writes them."""

from collections.abc import Callable, Mapping

from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.fragments import Fragment, UntranslatableError, null_if_missing
from kg.store.ladybug.translation.types import INTEGER, STRING, list_of

Writer = Callable[..., Fragment]
"""Writes a call from its arguments."""


def call(name: str, arguments: list[Fragment]) -> Fragment:
    """A call of a function, by its name in lower case.

    Raises:
        UntranslatableError: the engine's function is missing or differs.
    """
    writer = _WRITERS.get(name)
    if writer is None or (name != "coalesce" and len(arguments) != 1):
        raise UntranslatableError
    return writer(*arguments)


def _labels(value: Fragment) -> Fragment:
    if value.type.kind != "node":
        raise UntranslatableError
    return Fragment(null_if_missing(value, f"[label({value.text})]"), list_of(STRING))


def _type(value: Fragment) -> Fragment:
    if value.type.kind != "edge":
        raise UntranslatableError
    return Fragment(null_if_missing(value, f"label({value.text})"), STRING)


def _id(value: Fragment) -> Fragment:
    if value.type.kind not in ("node", "edge") or value.type.missing:
        raise UntranslatableError
    parts = f"string_split(cast(id({value.text}) AS STRING), ':')"
    table, offset = (f"cast(list_extract({parts}, {place}) AS INT64)" for place in (1, 2))
    return Fragment(f"({table} * 1099511627776 + {offset})", INTEGER)


def _element_id(value: Fragment) -> Fragment:
    if value.type.kind not in ("node", "edge") or value.type.missing:
        raise UntranslatableError
    return Fragment(f"cast(id({value.text}) AS STRING)", STRING)


def _length(value: Fragment) -> Fragment:
    if value.type.kind != "path":
        raise UntranslatableError
    return Fragment(f"length({value.text})", INTEGER)


def _size(value: Fragment) -> Fragment:
    # A text's size counts what one sees as a letter; a list's is exact.
    if value.type.kind != "list":
        raise UntranslatableError
    return Fragment(f"size({value.text})", INTEGER)


def _coalesce(*arguments: Fragment) -> Fragment:
    kinds = {argument.type.kind for argument in arguments}
    if len(kinds) != 1 or not kinds <= types.SCALARS:
        raise UntranslatableError
    return Fragment(f"coalesce({', '.join(argument.text for argument in arguments)})", arguments[0].type)


def _count(value: Fragment) -> Fragment:
    # A path that an OPTIONAL MATCH did not find is no null for the engine.
    if value.type.kind not in {*types.SCALARS, "node", "edge", "list"} or value.type == types.FLOAT:
        raise UntranslatableError
    return Fragment(f"count({value.text})", INTEGER)


def _sum(value: Fragment) -> Fragment:
    # Floats are left to the interpreter, which adds in Neo4j's way.
    if value.type != INTEGER:
        raise UntranslatableError
    return Fragment(f"coalesce(sum({value.text}), 0)", INTEGER)


def _extreme(name: str) -> Writer:
    def write(value: Fragment) -> Fragment:
        if value.type.kind not in ("string", "integer", "float"):
            raise UntranslatableError
        return Fragment(f"{name}({value.text})", value.type)

    return write


def _collect(value: Fragment) -> Fragment:
    if value.type.kind not in {*types.SCALARS, "node"}:
        raise UntranslatableError
    return Fragment(f"collect({value.text})", list_of(value.type))


_WRITERS: Mapping[str, Writer] = {
    "type": _type,
    "labels": _labels,
    "id": _id,
    "elementid": _element_id,
    "length": _length,
    "size": _size,
    "coalesce": _coalesce,
    "count": _count,
    "sum": _sum,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "collect": _collect,
}
