"""How the embedded engine writes each of the functions that a statement may call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.errors import NotUnderstoodError
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.fragments import (
    Fragment,
    as_text,
    copy_of,
    described,
    item_of,
    null_if_missing,
    slice_of,
    unsupported,
)
from kg.store.ladybug.translation.types import BOOLEAN, DATE, FLOAT, INTEGER, STRING, Type, list_of
from kg.syntax.functions import FUNCTIONS

Writer = Callable[..., Fragment]
"""Writes a call from its arguments, as many as the function takes."""

_FLOAT = r"[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?"


@dataclass(frozen=True, slots=True)
class _Missing:
    """A function that the embedded engine does not have, or for which it gives other values."""

    instead: str
    """What to write instead."""


def call(name: str, arguments: list[Fragment]) -> Fragment:
    """A call of a function.

    Args:
        name: in lower case; it is one of `kg.syntax.functions`.
        arguments: as many as the statement gives.

    Raises:
        NotUnderstoodError: it takes another number of arguments, or others.
        RefusedError: the embedded engine cannot do it as Neo4j does.
    """
    function, writer = FUNCTIONS[name], WRITERS[name]
    if not function.least <= len(arguments) <= function.most:
        raise NotUnderstoodError(f"{function.name}() takes {function.arity} arguments, not {len(arguments)}")
    if isinstance(writer, _Missing):
        raise unsupported(f"{function.name}()", writer.instead)
    return writer(*arguments)


def _plain(template: str, result: Type) -> Writer:
    """A function whose value is of one type."""
    return lambda *arguments: Fragment(template.format(*(argument.text for argument in arguments)), result)


def _same(template: str) -> Writer:
    """A function whose value is of its first argument's type."""
    return lambda value, *rest: Fragment(template.format(value.text, *(other.text for other in rest)), value.type)


def _texts(name: str, template: str, result: Type) -> Writer:
    """A function that takes texts."""

    def write(*arguments: Fragment) -> Fragment:
        for argument in arguments:
            if argument.type.known and argument.type.kind != "string":
                raise NotUnderstoodError(f"{name}() takes texts, not {described(argument.type)}")
        return Fragment(template.format(*(argument.text for argument in arguments)), result)

    return write


def _floats(template: str) -> Writer:
    """A function of floats, which takes integers as such."""
    return lambda *arguments: Fragment(
        template.format(*(f"cast({argument.text} AS DOUBLE)" for argument in arguments)), FLOAT
    )


def _labels(value: Fragment) -> Fragment:
    if value.type.kind not in ("node", "any"):
        raise NotUnderstoodError("labels() takes a node")
    return Fragment(null_if_missing(value, f"[label({value.text})]"), list_of(STRING))


def _type(value: Fragment) -> Fragment:
    if value.type.kind not in ("edge", "any"):
        raise NotUnderstoodError("type() takes a relationship")
    return Fragment(null_if_missing(value, f"label({value.text})"), STRING)


def _id(value: Fragment) -> Fragment:
    parts = f"string_split(cast(id({value.text}) AS STRING), ':')"
    table, offset = (f"cast(list_extract({parts}, {place}) AS INT64)" for place in (1, 2))
    return Fragment(f"({table} * 1099511627776 + {offset})", INTEGER)


def _keys(value: Fragment) -> Fragment:
    if value.type.kind == "map":
        return Fragment("[" + ", ".join(f"'{name}'" for name in value.type.entries) + "]", list_of(STRING))
    if value.type.kind not in ("node", "edge"):
        raise unsupported(f"keys of {described(value.type)}", "ask for the keys of a node or a relationship")
    names = types.properties(value.type)
    if not names:
        return Fragment("CAST([] AS STRING[])", list_of(STRING))
    listed = ", ".join(f"CASE WHEN {value.text}.`{name}` IS NOT NULL THEN '{name}' END" for name in names)
    return Fragment(null_if_missing(value, f"list_filter([{listed}], k -> k IS NOT NULL)"), list_of(STRING))


def _properties(value: Fragment) -> Fragment:
    if value.type.kind not in ("node", "edge"):
        raise unsupported(f"properties of {described(value.type)}", "return the value itself")
    return Fragment(null_if_missing(value, f"{{_PROPERTIES: {value.text}}}"), types.PROPERTIES)


def _end(function: str) -> Writer:
    def write(value: Fragment) -> Fragment:
        # For an edge that was taken out of a list, the engine gives the node's id instead of the node.
        if value.type.kind != "edge" or not value.text.startswith("`"):
            raise unsupported("end of a relationship in a list", "name the nodes in the pattern")
        if not value.type.directed:
            raise unsupported("end of a relationship without direction", "write the pattern with an arrow")
        return Fragment(null_if_missing(value, f"{function}({value.text})"), types.maybe(types.node(types.LABELS)))

    return write


def _nodes(value: Fragment) -> Fragment:
    return Fragment(null_if_missing(value, f"nodes({value.text})"), list_of(types.node(types.LABELS)))


def _relationships(value: Fragment) -> Fragment:
    return Fragment(null_if_missing(value, f"rels({value.text})"), list_of(types.edge(types.RELATIONS)))


def _length(value: Fragment) -> Fragment:
    if value.type.kind not in ("path", "any"):
        raise NotUnderstoodError("length() takes a path: use size() for a list or a text")
    return Fragment(f"length({value.text})", INTEGER)


def _size(value: Fragment) -> Fragment:
    if value.type.known and value.type.kind not in ("list", "string"):
        raise NotUnderstoodError(f"size() takes a list or a text, not {described(value.type)}")
    return Fragment(f"size({value.text})", INTEGER)


def _coalesce(*arguments: Fragment) -> Fragment:
    shared = types.common([argument.type for argument in arguments])
    if shared is None:
        raise unsupported(
            "coalesce() of different types", "make them one with toString() or toFloat(), or 1.0 instead of 1"
        )
    return Fragment(f"coalesce({', '.join(argument.text for argument in arguments)})", shared)


def _head(value: Fragment) -> Fragment:
    return item_of(value, Fragment("0", INTEGER))


def _last(value: Fragment) -> Fragment:
    return item_of(value, Fragment("(-1)", INTEGER))


def _tail(value: Fragment) -> Fragment:
    return slice_of(value, Fragment("1", INTEGER), None)


def _reverse(value: Fragment) -> Fragment:
    match value.type.kind:
        case "list":
            return Fragment(f"list_reverse({copy_of(value)})", value.type)
        case "string":
            return Fragment(f"reverse({value.text})", value.type)
    raise unsupported(f"reverse of {described(value.type)}", "reverse a list or a text")


def _is_empty(value: Fragment) -> Fragment:
    if value.type.kind not in ("list", "string"):
        raise unsupported(f"isEmpty() of {described(value.type)}", "use IS NULL, or size(…) = 0")
    return Fragment(f"(size({value.text}) = 0)", BOOLEAN)


def _range(*arguments: Fragment) -> Fragment:
    return Fragment(f"range({', '.join(argument.text for argument in arguments)})", list_of(INTEGER))


def _part(name: str) -> Writer:
    def write(text: Fragment, length: Fragment) -> Fragment:
        _check_part(name, text, length)
        return Fragment(f"{name}({text.text}, {length.text})", STRING)

    return write


def _check_part(name: str, text: Fragment, *numbers: Fragment) -> None:
    if text.type.known and text.type.kind != "string":
        raise NotUnderstoodError(f"{name}() takes a text, not {described(text.type)}")
    for number in numbers:
        if number.type.known and number.type.kind != "integer":
            raise NotUnderstoodError(f"{name}() takes whole numbers, not {described(number.type)}")


def _substring(text: Fragment, start: Fragment, length: Fragment | None = None) -> Fragment:
    _check_part("substring", text, start, *([length] if length else []))
    size = length.text if length else f"size({text.text})"
    return Fragment(f"substring({text.text}, {start.text} + 1, {size})", STRING)


def _truncated(number: str) -> Fragment:
    return Fragment(f"cast(CASE WHEN {number} < 0 THEN ceil({number}) ELSE floor({number}) END AS INT64)", INTEGER)


def _to_integer(value: Fragment) -> Fragment:
    match value.type.kind:
        case "integer" | "null":
            return Fragment(value.text, INTEGER)
        case "float":
            return _truncated(value.text)
        case "boolean":
            return Fragment(f"CASE WHEN {value.text} THEN 1 WHEN NOT {value.text} THEN 0 END", INTEGER)
        case "string":
            whole = f"CASE WHEN regexp_full_match({value.text}, '[+-]?[0-9]{{1,18}}') THEN {value.text} END"
            number = f"CASE WHEN regexp_full_match({value.text}, '{_FLOAT}') THEN {value.text} END"
            truncated = _truncated(f"cast({number} AS DOUBLE)").text
            return Fragment(f"coalesce(cast({whole} AS INT64), {truncated})", INTEGER)
    raise unsupported(f"toInteger() of {described(value.type)}", "convert a text or a number")


def _to_float(value: Fragment) -> Fragment:
    match value.type.kind:
        case "float" | "null":
            return Fragment(value.text, FLOAT)
        case "integer":
            return Fragment(f"cast({value.text} AS DOUBLE)", FLOAT)
        case "string":
            trimmed = f"trim({value.text})"
            number = f"CASE WHEN regexp_full_match({trimmed}, '{_FLOAT}') THEN {trimmed} END"
            return Fragment(f"cast({number} AS DOUBLE)", FLOAT)
    raise unsupported(f"toFloat() of {described(value.type)}", "convert a text or a number")


def _to_boolean(value: Fragment) -> Fragment:
    match value.type.kind:
        case "boolean" | "null":
            return Fragment(value.text, BOOLEAN)
        case "string":
            lowered = f"lower(trim({value.text}))"
            return Fragment(f"CASE {lowered} WHEN 'true' THEN true WHEN 'false' THEN false END", BOOLEAN)
        case "integer":
            return Fragment(f"({value.text} <> 0)", BOOLEAN)
    raise unsupported(f"toBoolean() of {described(value.type)}", "convert a text")


def _number(name: str) -> Writer:
    """A function of a number that gives a float, as Neo4j's does; the engine's own gives the argument's type."""

    def write(value: Fragment) -> Fragment:
        if value.type.known and not value.type.numeric:
            raise NotUnderstoodError(f"{name}() takes a number, not {described(value.type)}")
        return Fragment(f"{name}(cast({value.text} AS DOUBLE))", FLOAT)

    return write


def _round(value: Fragment, digits: Fragment | None = None, mode: Fragment | None = None) -> Fragment:
    if mode:
        raise unsupported("modes of round()", "leave the mode out")
    if digits is None:
        return Fragment(f"floor(cast({value.text} AS DOUBLE) + 0.5)", FLOAT)
    raise unsupported("round() to digits as Neo4j does it", "use round(x * 100) / 100")


def _sum(value: Fragment) -> Fragment:
    if value.type.known and not value.type.numeric:
        raise NotUnderstoodError(f"sum() takes numbers, not {described(value.type)}")
    zero = "0.0" if value.type.kind == "float" else "0"
    return Fragment(f"coalesce(sum({value.text}), {zero})", value.type)


def _avg(value: Fragment) -> Fragment:
    if value.type.known and not value.type.numeric:
        raise NotUnderstoodError(f"avg() takes numbers, not {described(value.type)}")
    return Fragment(f"avg({value.text})", FLOAT)


def _extreme(name: str) -> Writer:
    def write(value: Fragment) -> Fragment:
        if value.type.kind in ("list", "map", "node", "edge", "path", "properties"):
            raise unsupported(f"{name}() of {described(value.type)}", "use it with numbers or texts")
        return Fragment(f"{name}({value.text})", value.type)

    return write


def _collect(value: Fragment) -> Fragment:
    if value.type.kind == "path" and value.type.missing:
        raise unsupported("collect() of paths that may be missing", "use MATCH, or collect their nodes(…)")
    return Fragment(f"collect({value.text})", list_of(value.type))


def _date(value: Fragment | None = None) -> Fragment:
    if value is None:
        return Fragment("current_date()", DATE)
    if value.type.kind == "map":
        raise unsupported("date() of a map", "write date('2024-05-06')")
    if value.type.kind == "null":
        return Fragment("cast(NULL AS DATE)", DATE)
    if value.type.kind not in ("string", "date"):
        raise unsupported(f"date() of {described(value.type)}", "write date('2024-05-06')")
    return Fragment(f"cast({value.text} AS DATE)", DATE)


_DATES = "this graph keeps dates as texts, in ISO form: compare those"
_ORDERED = "collect() the values and sort them where you read them"
_EACH = "convert each item, as in [x IN list | toString(x)]"
_ANGLES = "calculate angles where you read the numbers"

_WRITERS: Mapping[str, Writer | _Missing] = {
    # of graphs
    "type": _type,
    "labels": _labels,
    "id": _id,
    "elementId": _plain("cast(id({0}) AS STRING)", STRING),
    "keys": _keys,
    "properties": _properties,
    "startNode": _end("start_node"),
    "endNode": _end("end_node"),
    "nodes": _nodes,
    "relationships": _relationships,
    "length": _length,
    # of lists, texts and anything
    "size": _size,
    "coalesce": _coalesce,
    "nullIf": _same("nullif({0}, {1})"),
    "head": _head,
    "last": _last,
    "tail": _tail,
    "reverse": _reverse,
    "isEmpty": _is_empty,
    "range": _range,
    # of texts
    "toUpper": _texts("toUpper", "upper({0})", STRING),
    "upper": _texts("upper", "upper({0})", STRING),
    "toLower": _texts("toLower", "lower({0})", STRING),
    "lower": _texts("lower", "lower({0})", STRING),
    "trim": _texts("trim", "trim({0})", STRING),
    "ltrim": _texts("ltrim", "ltrim({0})", STRING),
    "rtrim": _texts("rtrim", "rtrim({0})", STRING),
    "btrim": _texts("btrim", "trim({0})", STRING),
    "left": _part("left"),
    "right": _part("right"),
    "substring": _substring,
    "replace": _texts("replace", "replace({0}, {1}, {2})", STRING),
    "split": _texts("split", "string_split({0}, {1})", list_of(STRING)),
    "char_length": _texts("char_length", "size({0})", INTEGER),
    "character_length": _texts("character_length", "size({0})", INTEGER),
    "normalize": _Missing("compare texts as they are"),
    # between types
    "toString": as_text,
    "toInteger": _to_integer,
    "toFloat": _to_float,
    "toBoolean": _to_boolean,
    "toStringOrNull": as_text,
    "toIntegerOrNull": _to_integer,
    "toFloatOrNull": _to_float,
    "toBooleanOrNull": _to_boolean,
    "toStringList": _Missing(_EACH),
    "toIntegerList": _Missing(_EACH),
    "toFloatList": _Missing(_EACH),
    "toBooleanList": _Missing(_EACH),
    "valueType": _Missing("the properties' types are in the schema"),
    # of numbers
    "abs": _same("abs({0})"),
    "sign": _plain("cast(sign({0}) AS INT64)", INTEGER),
    "ceil": _number("ceil"),
    "ceiling": _number("ceil"),
    "floor": _number("floor"),
    "round": _round,
    "sqrt": _number("sqrt"),
    "exp": _Missing("write e() ^ x"),
    "log": _floats("ln({0})"),
    "log10": _floats("log10({0})"),
    "e": _plain("2.718281828459045", FLOAT),
    "pi": _plain("pi()", FLOAT),
    "sin": _floats("sin({0})"),
    "cos": _floats("cos({0})"),
    "tan": _floats("tan({0})"),
    "cot": _Missing("write 1 / tan(x)"),
    "asin": _Missing(_ANGLES),
    "acos": _Missing(_ANGLES),
    "atan": _Missing(_ANGLES),
    "atan2": _Missing(_ANGLES),
    "degrees": _Missing("write x * 180 / pi()"),
    "radians": _Missing("write x * pi() / 180"),
    "haversin": _Missing("write (1 - cos(x)) / 2"),
    "isNaN": _plain("({0} <> {0})", BOOLEAN),
    # of time
    "date": _date,
    "datetime": _Missing(_DATES),
    "localdatetime": _Missing(_DATES),
    "duration": _Missing(_DATES),
    "timestamp": _plain("to_epoch_ms(current_timestamp())", INTEGER),
    # over rows
    "count": _plain("count({0})", INTEGER),
    "sum": _sum,
    "avg": _avg,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "collect": _collect,
    "stDev": _Missing(_ORDERED),
    "stDevP": _Missing(_ORDERED),
    "percentileCont": _Missing(_ORDERED),
    "percentileDisc": _Missing(_ORDERED),
}
WRITERS: Mapping[str, Writer | _Missing] = {name.lower(): writer for name, writer in _WRITERS.items()}
"""By name in lower case: the same functions as `kg.syntax.functions.FUNCTIONS`."""
