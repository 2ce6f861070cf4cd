"""Every function that a stranger's statement may call, and how the embedded engine writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.errors import NotUnderstoodError, RefusedError
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.types import ANY, BOOLEAN, DATE, FLOAT, INTEGER, STRING, Type, list_of


@dataclass(frozen=True, slots=True)
class Value:
    """An expression in the embedded engine's Cypher."""

    text: str
    type: Type


Write = Callable[..., Value]

_FLOAT = r"[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its name as Neo4j spells it, and how many arguments it takes."""

    name: str
    least: int
    most: int
    write: Write | None
    """None where the embedded engine has nothing of the kind."""
    instead: str = ""
    """What to write instead there."""
    aggregate: bool = False


def refuse(what: str, instead: str) -> RefusedError:
    """That something has no faithful form on the embedded engine."""
    return RefusedError(f"rule 'dialect': the embedded engine has no {what}: {instead}")


def call(name: str, arguments: list[Value]) -> Value:
    """A function's value.

    Raises:
        NotUnderstoodError: it takes another number of arguments, or others.
        RefusedError: the embedded engine cannot do it as Neo4j does.
    """
    function = FUNCTIONS[name.lower()]
    if not function.least <= len(arguments) <= function.most:
        wanted = f"{function.least}" if function.least == function.most else f"{function.least} to {function.most}"
        raise NotUnderstoodError(f"{function.name}() takes {wanted} arguments, not {len(arguments)}")
    if function.write is None:
        raise refuse(f"{function.name}()", function.instead)
    return function.write(*arguments)


def present(value: Value, text: str) -> str:
    """An expression that is null where a node, an edge or a path is missing: the engine makes something up there."""
    if not value.type.missing:
        return text
    # A missing path is none that is null, but one with a node that is.
    known = f"length({value.text})" if value.type.kind == "path" else value.text
    return f"(CASE WHEN {known} IS NOT NULL THEN {text} END)"


def extract(of: Value, index: Value) -> Value:
    """An item of a list, counted from 0, from the end if negative; null where there is none."""
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
    return Value(f"list_extract({of.text}, {at})", types.maybe(item) if item.kind in ("node", "edge") else item)


def slice_of(of: Value, low: Value | None, high: Value | None) -> Value:
    """Items of a list from one place, counted from 0, to before another."""
    size = f"size({of.text})"
    if (low is None or low.text.isdigit()) and (high is None or high.text.isdigit()):
        first = int(low.text) + 1 if low else 1
        if high and int(high.text) < first:
            first, until = 1, "0"
        else:
            until = high.text if high else size
        return Value(f"list_slice({of.text}, {first}, {until})", of.type)

    def place(value: Value) -> str:
        if value.text.isdigit():
            return value.text
        return f"(CASE WHEN {value.text} >= 0 THEN {value.text} WHEN {size} + {value.text} >= 0 " + (
            f"THEN {size} + {value.text} WHEN {value.text} < 0 THEN 0 END)"
        )

    start = f"{place(low)} + 1" if low else "1"
    last = place(high) if high else size
    # The engine counts 0 and what is below it from the end.
    nothing = f"CASE WHEN {last} < 1 OR {start} > {size} OR {start} > {last} THEN {size} + 1 ELSE"
    return Value(f"list_slice({of.text}, {nothing} {start} END, {nothing} {last} END)", of.type)


def fresh(of: Value) -> str:
    """A copy of a list: in the middle of a pattern, the engine reads the entries of maps, nodes and edges in a list,
    and texts that it reverses, from the wrong rows.
    """
    return f"list_slice({of.text}, 1, size({of.text}))"


def filtered(of: Value, variable: str, condition: str) -> Value:
    """The items of which a condition holds; of an empty list, the engine gives what it found in the row before."""
    copy = fresh(of)
    kept = f"list_filter({copy}, {variable} -> {condition})"
    return Value(f"(CASE WHEN size({of.text}) > 0 THEN {kept} ELSE {copy} END)", of.type)


def as_text(value: Value) -> Value:
    """`toString(value)`."""
    match value.type.kind:
        case "string" | "null":
            return Value(value.text, STRING)
        case "integer" | "date":
            return Value(f"cast({value.text} AS STRING)", STRING)
        case "boolean":
            return Value(f"lower(cast({value.text} AS STRING))", STRING)
        case "float":
            raise refuse("text of a float as Neo4j writes it", "return the number itself, or toString(toInteger(x))")
    raise refuse(f"text of {an(value.type)}", "return the value itself")


def an(kind: Type) -> str:
    """A type, for people."""
    if kind.kind == "any":
        return "a value of unknown type"
    return f"an {kind.kind}" if kind.kind[0] in "aeiou" else f"a {kind.kind}"


def _plain(template: str, result: Type) -> Write:
    return lambda *arguments: Value(template.format(*(argument.text for argument in arguments)), result)


def _same(template: str) -> Write:
    return lambda value, *rest: Value(template.format(value.text, *(other.text for other in rest)), value.type)


def _texts(template: str, result: Type) -> Write:
    """A function that takes texts."""

    def write(*arguments: Value) -> Value:
        for argument in arguments:
            if argument.type.known and argument.type.kind != "string":
                raise NotUnderstoodError(f"{template.partition('(')[0]}() takes texts, not {an(argument.type)}")
        return Value(template.format(*(argument.text for argument in arguments)), result)

    return write


def _floats(template: str) -> Write:
    """A function that gives a float also for an integer."""
    return lambda *arguments: Value(
        template.format(*(f"cast({argument.text} AS DOUBLE)" for argument in arguments)), FLOAT
    )


def _labels(value: Value) -> Value:
    if value.type.kind not in ("node", "any"):
        raise NotUnderstoodError("labels() takes a node")
    return Value(present(value, f"[label({value.text})]"), list_of(STRING))


def _type(value: Value) -> Value:
    if value.type.kind not in ("edge", "any"):
        raise NotUnderstoodError("type() takes a relationship")
    return Value(present(value, f"label({value.text})"), STRING)


def _id(value: Value) -> Value:
    parts = f"string_split(cast(id({value.text}) AS STRING), ':')"
    table, offset = (f"cast(list_extract({parts}, {place}) AS INT64)" for place in (1, 2))
    return Value(f"({table} * 1099511627776 + {offset})", INTEGER)


def _keys(value: Value) -> Value:
    if value.type.kind == "map":
        return Value("[" + ", ".join(f"'{name}'" for name in value.type.entries) + "]", list_of(STRING))
    if value.type.kind not in ("node", "edge"):
        raise refuse(f"keys of {an(value.type)}", "ask for the keys of a node or a relationship")
    names = types.properties(value.type)
    if not names:
        return Value("CAST([] AS STRING[])", list_of(STRING))
    held = ", ".join(f"CASE WHEN {value.text}.`{name}` IS NOT NULL THEN '{name}' END" for name in names)
    return Value(present(value, f"list_filter([{held}], k -> k IS NOT NULL)"), list_of(STRING))


def _properties(value: Value) -> Value:
    if value.type.kind not in ("node", "edge"):
        raise refuse(f"properties of {an(value.type)}", "return the value itself")
    return Value(present(value, f"{{_PROPERTIES: {value.text}}}"), types.PROPERTIES)


def _end(function: str) -> Write:
    def write(value: Value) -> Value:
        # Of an edge out of a list, the engine gives the node's id instead.
        if value.type.kind != "edge" or not value.text.startswith("`"):
            raise refuse("end of a relationship in a list", "name the nodes in the pattern")
        if not value.type.directed:
            raise refuse("end of a relationship without direction", "write the pattern with an arrow")
        return Value(present(value, f"{function}({value.text})"), types.maybe(types.node(types.LABELS)))

    return write


def _nodes(value: Value) -> Value:
    return Value(present(value, f"nodes({value.text})"), list_of(types.node(types.LABELS)))


def _relationships(value: Value) -> Value:
    return Value(present(value, f"rels({value.text})"), list_of(types.edge(types.RELATIONS)))


def _length(value: Value) -> Value:
    if value.type.kind not in ("path", "any"):
        raise NotUnderstoodError("length() takes a path: use size() for a list or a text")
    return Value(f"length({value.text})", INTEGER)


def _size(value: Value) -> Value:
    if value.type.known and value.type.kind not in ("list", "string"):
        raise NotUnderstoodError(f"size() takes a list or a text, not {an(value.type)}")
    return Value(f"size({value.text})", INTEGER)


def _coalesce(*arguments: Value) -> Value:
    shared = types.common([argument.type for argument in arguments])
    if shared is None:
        raise refuse("coalesce() of different types", "make them one with toString() or toFloat(), or 1.0 instead of 1")
    return Value(f"coalesce({', '.join(argument.text for argument in arguments)})", shared)


def _head(value: Value) -> Value:
    return extract(value, Value("0", INTEGER))


def _last(value: Value) -> Value:
    return extract(value, Value("(-1)", INTEGER))


def _tail(value: Value) -> Value:
    return slice_of(value, Value("1", INTEGER), None)


def _reverse(value: Value) -> Value:
    match value.type.kind:
        case "list":
            return Value(f"list_reverse({fresh(value)})", value.type)
        case "string":
            return Value(f"reverse({value.text})", value.type)
    raise refuse(f"reverse of {an(value.type)}", "reverse a list or a text")


def _is_empty(value: Value) -> Value:
    if value.type.kind not in ("list", "string"):
        raise refuse(f"isEmpty() of {an(value.type)}", "use IS NULL, or size(…) = 0")
    return Value(f"(size({value.text}) = 0)", BOOLEAN)


def _range(*arguments: Value) -> Value:
    return Value(f"range({', '.join(argument.text for argument in arguments)})", list_of(INTEGER))


def _part(name: str) -> Write:
    def write(text: Value, length: Value) -> Value:
        _check_part(name, text, length)
        return Value(f"{name}({text.text}, {length.text})", STRING)

    return write


def _check_part(name: str, text: Value, *numbers: Value) -> None:
    if text.type.known and text.type.kind != "string":
        raise NotUnderstoodError(f"{name}() takes a text, not {an(text.type)}")
    for number in numbers:
        if number.type.known and number.type.kind != "integer":
            raise NotUnderstoodError(f"{name}() takes whole numbers, not {an(number.type)}")


def _substring(text: Value, start: Value, length: Value | None = None) -> Value:
    _check_part("substring", text, start, *([length] if length else []))
    size = length.text if length else f"size({text.text})"
    return Value(f"substring({text.text}, {start.text} + 1, {size})", STRING)


def _truncated(number: str) -> Value:
    return Value(f"cast(CASE WHEN {number} < 0 THEN ceil({number}) ELSE floor({number}) END AS INT64)", INTEGER)


def _to_integer(value: Value) -> Value:
    match value.type.kind:
        case "integer" | "null":
            return Value(value.text, INTEGER)
        case "float":
            return _truncated(value.text)
        case "boolean":
            return Value(f"CASE WHEN {value.text} THEN 1 WHEN NOT {value.text} THEN 0 END", INTEGER)
        case "string":
            whole = f"CASE WHEN regexp_full_match({value.text}, '[+-]?[0-9]{{1,18}}') THEN {value.text} END"
            number = f"CASE WHEN regexp_full_match({value.text}, '{_FLOAT}') THEN {value.text} END"
            truncated = _truncated(f"cast({number} AS DOUBLE)").text
            return Value(f"coalesce(cast({whole} AS INT64), {truncated})", INTEGER)
    raise refuse(f"toInteger() of {an(value.type)}", "convert a text or a number")


def _to_float(value: Value) -> Value:
    match value.type.kind:
        case "float" | "null":
            return Value(value.text, FLOAT)
        case "integer":
            return Value(f"cast({value.text} AS DOUBLE)", FLOAT)
        case "string":
            trimmed = f"trim({value.text})"
            number = f"CASE WHEN regexp_full_match({trimmed}, '{_FLOAT}') THEN {trimmed} END"
            return Value(f"cast({number} AS DOUBLE)", FLOAT)
    raise refuse(f"toFloat() of {an(value.type)}", "convert a text or a number")


def _to_boolean(value: Value) -> Value:
    match value.type.kind:
        case "boolean" | "null":
            return Value(value.text, BOOLEAN)
        case "string":
            lowered = f"lower(trim({value.text}))"
            return Value(f"CASE {lowered} WHEN 'true' THEN true WHEN 'false' THEN false END", BOOLEAN)
        case "integer":
            return Value(f"({value.text} <> 0)", BOOLEAN)
    raise refuse(f"toBoolean() of {an(value.type)}", "convert a text")


def _number(name: str) -> Write:
    """A function that gives a float in Neo4j and the argument's type here."""

    def write(value: Value) -> Value:
        if value.type.known and not value.type.numeric:
            raise NotUnderstoodError(f"{name}() takes a number, not {an(value.type)}")
        return Value(f"{name}(cast({value.text} AS DOUBLE))", FLOAT)

    return write


def _round(value: Value, digits: Value | None = None, mode: Value | None = None) -> Value:
    if mode:
        raise refuse("modes of round()", "leave the mode out")
    if digits is None:
        return Value(f"floor(cast({value.text} AS DOUBLE) + 0.5)", FLOAT)
    raise refuse("round() to digits as Neo4j does it", "use round(x * 100) / 100")


def _sum(value: Value) -> Value:
    if value.type.known and not value.type.numeric:
        raise NotUnderstoodError(f"sum() takes numbers, not {an(value.type)}")
    zero = "0.0" if value.type.kind == "float" else "0"
    return Value(f"coalesce(sum({value.text}), {zero})", value.type)


def _avg(value: Value) -> Value:
    if value.type.known and not value.type.numeric:
        raise NotUnderstoodError(f"avg() takes numbers, not {an(value.type)}")
    return Value(f"avg({value.text})", FLOAT)


def _extreme(name: str) -> Write:
    def write(value: Value) -> Value:
        if value.type.kind in ("list", "map", "node", "edge", "path", "properties"):
            raise refuse(f"{name}() of {an(value.type)}", "use it with numbers or texts")
        return Value(f"{name}({value.text})", value.type)

    return write


def _collect(value: Value) -> Value:
    if value.type.kind == "path" and value.type.missing:
        raise refuse("collect() of paths that may be missing", "use MATCH, or collect their nodes(…)")
    return Value(f"collect({value.text})", list_of(value.type))


def _date(value: Value | None = None) -> Value:
    if value is None:
        return Value("current_date()", DATE)
    if value.type.kind == "map":
        raise refuse("date() of a map", "write date('2024-05-06')")
    if value.type.kind == "null":
        return Value("cast(NULL AS DATE)", DATE)
    if value.type.kind not in ("string", "date"):
        raise refuse(f"date() of {an(value.type)}", "write date('2024-05-06')")
    return Value(f"cast({value.text} AS DATE)", DATE)


def _f(name: str, least: int, most: int, write: Write | None, instead: str = "", aggregate: bool = False) -> Function:
    return Function(name, least, most, write, instead, aggregate)


_DATES = "this graph keeps dates as texts, in ISO form: compare those"
_ORDERED = "collect() the values and sort them where you read them"

FUNCTIONS: Mapping[str, Function] = {
    function.name.lower(): function
    for function in (
        # of graphs
        _f("type", 1, 1, _type),
        _f("labels", 1, 1, _labels),
        _f("id", 1, 1, _id),
        _f("elementId", 1, 1, _plain("cast(id({0}) AS STRING)", STRING)),
        _f("keys", 1, 1, _keys),
        _f("properties", 1, 1, _properties),
        _f("startNode", 1, 1, _end("start_node")),
        _f("endNode", 1, 1, _end("end_node")),
        _f("nodes", 1, 1, _nodes),
        _f("relationships", 1, 1, _relationships),
        _f("length", 1, 1, _length),
        # of lists, texts and anything
        _f("size", 1, 1, _size),
        _f("coalesce", 1, 100, _coalesce),
        _f("nullIf", 2, 2, _same("nullif({0}, {1})")),
        _f("head", 1, 1, _head),
        _f("last", 1, 1, _last),
        _f("tail", 1, 1, _tail),
        _f("reverse", 1, 1, _reverse),
        _f("isEmpty", 1, 1, _is_empty),
        _f("range", 2, 3, _range),
        # of texts
        _f("toUpper", 1, 1, _texts("upper({0})", STRING)),
        _f("upper", 1, 1, _texts("upper({0})", STRING)),
        _f("toLower", 1, 1, _texts("lower({0})", STRING)),
        _f("lower", 1, 1, _texts("lower({0})", STRING)),
        _f("trim", 1, 1, _texts("trim({0})", STRING)),
        _f("ltrim", 1, 1, _texts("ltrim({0})", STRING)),
        _f("rtrim", 1, 1, _texts("rtrim({0})", STRING)),
        _f("btrim", 1, 1, _texts("trim({0})", STRING)),
        _f("left", 2, 2, _part("left")),
        _f("right", 2, 2, _part("right")),
        _f("substring", 2, 3, _substring),
        _f("replace", 3, 3, _texts("replace({0}, {1}, {2})", STRING)),
        _f("split", 2, 2, _texts("string_split({0}, {1})", list_of(STRING))),
        _f("char_length", 1, 1, _texts("size({0})", INTEGER)),
        _f("character_length", 1, 1, _texts("size({0})", INTEGER)),
        _f("normalize", 1, 1, None, "compare texts as they are"),
        # between types
        _f("toString", 1, 1, as_text),
        _f("toInteger", 1, 1, _to_integer),
        _f("toFloat", 1, 1, _to_float),
        _f("toBoolean", 1, 1, _to_boolean),
        _f("toStringOrNull", 1, 1, as_text),
        _f("toIntegerOrNull", 1, 1, _to_integer),
        _f("toFloatOrNull", 1, 1, _to_float),
        _f("toBooleanOrNull", 1, 1, _to_boolean),
        _f("valueType", 1, 1, None, "the properties' types are in the schema"),
        # of numbers
        _f("abs", 1, 1, _same("abs({0})")),
        _f("sign", 1, 1, _plain("cast(sign({0}) AS INT64)", INTEGER)),
        _f("ceil", 1, 1, _number("ceil")),
        _f("ceiling", 1, 1, _number("ceil")),
        _f("floor", 1, 1, _number("floor")),
        _f("round", 1, 3, _round),
        _f("sqrt", 1, 1, _number("sqrt")),
        _f("exp", 1, 1, None, "write e() ^ x"),
        _f("log", 1, 1, _floats("ln({0})")),
        _f("log10", 1, 1, _floats("log10({0})")),
        _f("e", 0, 0, _plain("2.718281828459045", FLOAT)),
        _f("pi", 0, 0, _plain("pi()", FLOAT)),
        _f("sin", 1, 1, _floats("sin({0})")),
        _f("cos", 1, 1, _floats("cos({0})")),
        _f("tan", 1, 1, _floats("tan({0})")),
        _f("isNaN", 1, 1, _plain("({0} <> {0})", BOOLEAN)),
        # of time
        _f("date", 0, 1, _date),
        _f("datetime", 0, 1, None, _DATES),
        _f("localdatetime", 0, 1, None, _DATES),
        _f("duration", 1, 1, None, _DATES),
        _f("timestamp", 0, 0, _plain("to_epoch_ms(current_timestamp())", INTEGER)),
        # over rows
        _f("count", 1, 1, _plain("count({0})", INTEGER), aggregate=True),
        _f("sum", 1, 1, _sum, aggregate=True),
        _f("avg", 1, 1, _avg, aggregate=True),
        _f("min", 1, 1, _extreme("min"), aggregate=True),
        _f("max", 1, 1, _extreme("max"), aggregate=True),
        _f("collect", 1, 1, _collect, aggregate=True),
        _f("stDev", 1, 1, None, _ORDERED, aggregate=True),
        _f("stDevP", 1, 1, None, _ORDERED, aggregate=True),
        _f("percentileCont", 2, 2, None, _ORDERED, aggregate=True),
        _f("percentileDisc", 2, 2, None, _ORDERED, aggregate=True),
    )
}
