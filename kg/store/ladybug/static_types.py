"""Types of values as Neo4j knows them before a statement runs, and what the graph's schema says of nodes and edges.

A property of a node can hold any value that the store can, whatever our schema says of it: so does Neo4j see it, and
what it takes for a mistake when it reads a statement is a mistake here, and nothing else. The schema is followed apart
from that, for names of properties only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.store.ladybug.translation import types

NUMBERS = frozenset({"integer", "float"})
DATES = frozenset({"date", "datetime", "localdatetime"})
SCALARS = frozenset({"boolean", "string", "duration"}) | NUMBERS | DATES
ENTITIES = frozenset({"node", "relationship"})
EVERY_KIND = SCALARS | ENTITIES | {"list", "map", "path"}

_WORDS = {"datetime": "date and time", "localdatetime": "local date and time", "mixed": "value of a mixed list"}


@dataclass(frozen=True, slots=True)
class StaticType:
    """What is known of a value before the statement runs. Null is of every kind."""

    kinds: frozenset[str]
    """The kinds of value that it may be."""
    item: "StaticType | None" = None
    """Of a list: the type of its items, where that is known."""
    entity: types.Type | None = None
    """The node or edge that it is, or whose properties it holds, if it is one: with its possible labels."""
    entries: Mapping[str, "StaticType"] = field(default_factory=dict)
    """Of a map: the types of its values by key, as far as they are known."""
    given: bool = False
    """Whether it may be the value of a parameter: of such a list Neo4j makes a condition, and it takes + before it."""

    def may_be(self, kinds: frozenset[str]) -> bool:
        """Whether it may be of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)


def one(kind: str) -> StaticType:
    """The type of values of one kind."""
    return StaticType(frozenset({kind}))


ANY = StaticType(EVERY_KIND)
BOOLEAN = one("boolean")
INTEGER = one("integer")
FLOAT = one("float")
STRING = one("string")
PATH = one("path")
STORED_ITEM = StaticType(SCALARS)
STORED = StaticType(SCALARS | {"list"}, item=STORED_ITEM)
"""The type of a property."""
MIXED = one("mixed")
"""The items of a list that was made by adding values of different types to one: Neo4j takes them for nothing."""


def list_of(item: StaticType) -> StaticType:
    """A list's type."""
    return StaticType(frozenset({"list"}), item=item)


def node(labels: frozenset[str]) -> StaticType:
    """A node's type."""
    return StaticType(frozenset({"node"}), entity=types.node(labels))


def relationship(labels: frozenset[str]) -> StaticType:
    """A relationship's type."""
    return StaticType(frozenset({"relationship"}), entity=types.edge(labels))


def constant(value: str | int | float | bool | None) -> StaticType:
    """A literal's type."""
    match value:
        case None:
            return ANY
        case bool():
            return BOOLEAN
        case int():
            return INTEGER
        case float():
            return FLOAT
    return STRING


def of_parameter(value: Any) -> StaticType:
    """The type of a parameter by its value. Neo4j does not look into lists and maps then."""
    match value:
        case list() | tuple():
            found = list_of(ANY)
        case dict():
            found = one("map")
        case float():
            # Neo4j takes it for an integer where it needs one.
            found = StaticType(NUMBERS)
        case None | str() | bool() | int():
            found = constant(value)
        case _:
            found = ANY
    return replace(found, given=True)


def item_of(of: StaticType) -> StaticType:
    """The type of a list's items."""
    return of.item or ANY


def unwound(of: StaticType) -> StaticType:
    """The type of what UNWIND makes of a value: the items of a list, or the value itself."""
    if "list" not in of.kinds:
        return of
    item = item_of(of)
    return replace(item, kinds=item.kinds | (of.kinds - {"list"}))


def either(choices: Sequence[StaticType]) -> StaticType:
    """The type of a value that is one of several, as of CASE."""
    if len(choices) == 1:
        return choices[0]
    kinds = frozenset().union(*(choice.kinds for choice in choices))
    items = [choice.item for choice in choices if "list" in choice.kinds]
    known = [item for item in items if item is not None]
    return StaticType(
        kinds,
        item=either(known) if known and len(known) == len(items) else None,
        entity=_common_entity(choices),
        given=any(choice.given for choice in choices),
    )


def items_together(items: Sequence[StaticType]) -> StaticType:
    """The type of the items of a list that is written out: any, where they are of several kinds."""
    if not items:
        return ANY
    whole = either(items)
    alike = len(whole.kinds) == 1 or whole.kinds <= NUMBERS or whole.kinds <= ENTITIES
    return whole if alike else replace(ANY, entity=whole.entity)


def items_added(one_item: StaticType, other: StaticType) -> StaticType:
    """The type of the items of two lists joined with +."""
    together = items_together([one_item, other])
    known = all(len(each.kinds) == 1 or each.kinds <= NUMBERS for each in (one_item, other))
    return MIXED if known and together.kinds == ANY.kinds else together


def takes_turns(first: StaticType, then: StaticType) -> bool:
    """Whether a variable that is of one type at first may get values of another: integers and floats go for each other.

    The items of a list may be of any type that those of the first list may be of; nothing is known of a parameter's.
    """
    numbers = NUMBERS if first.may_be(NUMBERS) else frozenset()
    return then.may_be(first.kinds | numbers) and _items_alike(first, then)


def _items_alike(one_list: StaticType, other: StaticType) -> bool:
    if not one_list.kinds == other.kinds == frozenset({"list"}):
        return True
    first, then = item_of(one_list), item_of(other)
    if MIXED in (first, then):
        return True
    return then.may_be(first.kinds) and _items_alike(first, then)


def _common_entity(choices: Sequence[StaticType]) -> types.Type | None:
    entities = [choice.entity for choice in choices if choice.entity]
    if len(entities) < len(choices) or len({entity.kind for entity in entities}) != 1:
        return None
    return replace(entities[0], labels=frozenset().union(*(entity.labels for entity in entities)))


def described(kinds: frozenset[str]) -> str:
    """Kinds in words, with their articles, for messages."""
    if kinds >= SCALARS:
        return "a property" if kinds <= STORED.kinds else "any value"
    named = [_WORDS.get(kind, kind) for kind in sorted(kinds)]
    worded = [f"an {name}" if name[0] in "aeiou" else f"a {name}" for name in named]
    return worded[0] if len(worded) == 1 else f"{', '.join(worded[:-1])} or {worded[-1]}"


# Operators


@dataclass(frozen=True, slots=True)
class _Overload:
    """What an operator makes of two kinds of operands."""

    left: frozenset[str]
    right: frozenset[str]
    result: frozenset[str]


def _overload(left: Any, right: Any, result: Any) -> _Overload:
    return _Overload(frozenset(left), frozenset(right), frozenset(result))


_INTEGERS = _overload(["integer"], ["integer"], ["integer"])
_FLOATS = (_overload(["float"], NUMBERS, ["float"]), _overload(NUMBERS, ["float"], ["float"]))
_ARITHMETIC = (_INTEGERS, *_FLOATS)
_SHIFTED_DATES = tuple(_overload([kind], ["duration"], [kind]) for kind in sorted(DATES))
_ANYTHING = EVERY_KIND | {"mixed"}

OPERATORS: Mapping[str, Sequence[_Overload]] = {
    "+": (
        *_ARITHMETIC,
        _overload(["string"], NUMBERS | {"string"}, ["string"]),
        _overload(NUMBERS, ["string"], ["string"]),
        _overload(["duration"], ["duration"], ["duration"]),
        *_SHIFTED_DATES,
        *(_overload(["duration"], [kind], [kind]) for kind in sorted(DATES)),
        _overload(["list"], _ANYTHING, ["list"]),
        _overload(_ANYTHING, ["list"], ["list"]),
    ),
    "-": (*_ARITHMETIC, _overload(["duration"], ["duration"], ["duration"]), *_SHIFTED_DATES),
    "*": (*_ARITHMETIC, _overload(["duration"], NUMBERS, ["duration"]), _overload(NUMBERS, ["duration"], ["duration"])),
    "/": (*_ARITHMETIC, _overload(["duration"], NUMBERS, ["duration"])),
    "%": _ARITHMETIC,
    "^": (_overload(NUMBERS, NUMBERS, ["float"]),),
    "||": (_overload(["string"], ["string"], ["string"]), _overload(["list"], ["list"], ["list"])),
}
"""By operator, the operands that Neo4j takes."""
