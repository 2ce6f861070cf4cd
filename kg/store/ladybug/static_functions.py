"""What Neo4j's functions take and give, as far as it checks that before a statement runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.schema import EDGES
from kg.store.ladybug.static_types import (
    ANY,
    BOOLEAN,
    DATES,
    ENTITIES,
    FLOAT,
    INTEGER,
    NUMBERS,
    SCALARS,
    STRING,
    StaticType,
    either,
    item_of,
    list_of,
    node,
    one,
    relationship,
)
from kg.store.ladybug.translation.types import LABELS, RELATIONS

Result = Callable[[Sequence[StaticType]], StaticType]


@dataclass(frozen=True, slots=True)
class Signature:
    """The kinds that each argument may be of, the last of them for all that follow, and the type of the value."""

    takes: tuple[frozenset[str], ...]
    gives: Result

    def takes_at(self, place: int) -> frozenset[str]:
        """The kinds that the argument at a place, from 0, may be of."""
        return self.takes[min(place, len(self.takes) - 1)]


def _kinds(*names: str) -> frozenset[str]:
    return frozenset(names)


_ANYTHING = ANY.kinds | {"mixed"}
_TEXT, _WHOLE, _LIST = _kinds("string"), _kinds("integer"), _kinds("list")
_NODE, _EDGE, _A_PATH = _kinds("node"), _kinds("relationship"), _kinds("path")
_HOLDS_PROPERTIES = ENTITIES | {"map"}
_SUMMED = NUMBERS | {"duration"}


def _always(gives: StaticType) -> Result:
    return lambda arguments: gives


def _same(arguments: Sequence[StaticType]) -> StaticType:
    return arguments[0]


def _item(arguments: Sequence[StaticType]) -> StaticType:
    return item_of(arguments[0])


def _kept(*kinds: str) -> Result:
    """The argument, of which only some kinds are left."""
    return lambda arguments: replace(arguments[0], kinds=arguments[0].kinds & frozenset(kinds))


def _rest(arguments: Sequence[StaticType]) -> StaticType:
    """Another list with the argument's items."""
    return list_of(item_of(arguments[0]))


def _properties(arguments: Sequence[StaticType]) -> StaticType:
    return replace(arguments[0], kinds=frozenset({"map"}))


def _end(side: int) -> Result:
    """The node at an end of a relationship: 0 where it starts, 1 where it ends."""

    def gives(arguments: Sequence[StaticType]) -> StaticType:
        edge = arguments[0].entity
        kinds = edge.labels if edge and edge.kind == "edge" else RELATIONS
        return node(frozenset(pair[side] for kind in kinds for pair in EDGES[kind].ends))

    return gives


def _text_function(*takes: frozenset[str], gives: StaticType = STRING) -> Signature:
    return Signature(takes or (_TEXT,), _always(gives))


_NUMBER_TO_FLOAT = Signature((NUMBERS,), _always(FLOAT))
_TO_TEXT = Signature((_ANYTHING,), _always(STRING))

_SIGNATURES: Mapping[str, Signature] = {
    # of graphs
    "type": Signature((_EDGE,), _always(STRING)),
    "labels": Signature((_NODE,), _always(list_of(STRING))),
    "id": Signature((ENTITIES,), _always(INTEGER)),
    "elementId": Signature((ENTITIES,), _always(STRING)),
    "keys": Signature((_HOLDS_PROPERTIES,), _always(list_of(STRING))),
    "properties": Signature((_HOLDS_PROPERTIES,), _properties),
    "startNode": Signature((_EDGE,), _end(0)),
    "endNode": Signature((_EDGE,), _end(1)),
    "nodes": Signature((_A_PATH,), _always(list_of(node(LABELS)))),
    "relationships": Signature((_A_PATH,), _always(list_of(relationship(RELATIONS)))),
    "length": Signature((_A_PATH,), _always(INTEGER)),
    # of lists and anything
    "size": Signature((_TEXT | _LIST,), _always(INTEGER)),
    "coalesce": Signature((_ANYTHING,), either),
    "nullIf": Signature((_ANYTHING,), _always(ANY)),
    "head": Signature((_LIST,), _item),
    "last": Signature((_LIST,), _item),
    "tail": Signature((_LIST,), _rest),
    "reverse": Signature((_TEXT | _LIST,), _kept("list", "string")),
    "isEmpty": Signature((_HOLDS_PROPERTIES | _TEXT | _LIST,), _always(BOOLEAN)),
    "range": Signature((_WHOLE,), _always(list_of(INTEGER))),
    # of texts
    **dict.fromkeys(("toUpper", "upper", "toLower", "lower", "trim", "ltrim", "rtrim", "btrim"), _text_function()),
    "normalize": _text_function(),
    "left": _text_function(_TEXT, _WHOLE),
    "right": _text_function(_TEXT, _WHOLE),
    "substring": _text_function(_TEXT, _WHOLE),
    "replace": _text_function(),
    "split": _text_function(_TEXT, _TEXT | _LIST, gives=list_of(STRING)),
    "char_length": _text_function(gives=INTEGER),
    "character_length": _text_function(gives=INTEGER),
    # between types
    "toString": Signature((SCALARS,), _always(STRING)),
    # Neo4j takes a list for a condition here.
    "toInteger": Signature((NUMBERS | _kinds("boolean", "string", "list"),), _always(INTEGER)),
    "toFloat": Signature((NUMBERS | _TEXT,), _always(FLOAT)),
    "toBoolean": Signature((_kinds("boolean", "integer", "string"),), _always(BOOLEAN)),
    "toStringOrNull": _TO_TEXT,
    "toIntegerOrNull": Signature((_ANYTHING,), _always(INTEGER)),
    "toFloatOrNull": Signature((_ANYTHING,), _always(FLOAT)),
    "toBooleanOrNull": Signature((_ANYTHING,), _always(BOOLEAN)),
    "toStringList": Signature((_LIST,), _always(list_of(STRING))),
    "toIntegerList": Signature((_LIST,), _always(list_of(INTEGER))),
    "toFloatList": Signature((_LIST,), _always(list_of(FLOAT))),
    "toBooleanList": Signature((_LIST,), _always(list_of(BOOLEAN))),
    "valueType": _TO_TEXT,
    # of numbers
    "abs": Signature((NUMBERS,), _always(StaticType(NUMBERS))),
    "sign": Signature((NUMBERS,), _always(INTEGER)),
    "round": Signature((NUMBERS, NUMBERS, _TEXT), _always(FLOAT)),
    "isNaN": Signature((NUMBERS,), _always(BOOLEAN)),
    **dict.fromkeys(("ceil", "floor", "sqrt", "exp", "log", "log10", "sin", "cos", "tan"), _NUMBER_TO_FLOAT),
    **dict.fromkeys(("cot", "asin", "acos", "atan", "atan2", "degrees", "radians", "haversin"), _NUMBER_TO_FLOAT),
    "e": _NUMBER_TO_FLOAT,
    "pi": _NUMBER_TO_FLOAT,
    # of time
    **{name: Signature((_ANYTHING,), _always(one(name))) for name in sorted(DATES | {"duration"})},
    "timestamp": Signature((_ANYTHING,), _always(ANY)),
    # over rows
    "count": Signature((_ANYTHING,), _always(INTEGER)),
    "sum": Signature((_SUMMED,), _always(StaticType(_SUMMED))),
    "avg": Signature((_SUMMED,), _always(StaticType(_SUMMED))),
    "min": Signature((_ANYTHING,), _same),
    "max": Signature((_ANYTHING,), _same),
    "collect": Signature((_ANYTHING,), lambda arguments: list_of(arguments[0])),
    "stDev": _NUMBER_TO_FLOAT,
    "stDevP": _NUMBER_TO_FLOAT,
    "percentileCont": _NUMBER_TO_FLOAT,
    "percentileDisc": Signature((NUMBERS,), _always(StaticType(NUMBERS))),
}
SIGNATURES: Mapping[str, Signature] = {name.lower(): signature for name, signature in _SIGNATURES.items()}
"""By name in lower case: the same functions as `kg.syntax.functions.FUNCTIONS`."""
