"""Matches patterns to rows, by statements that the engine runs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from kg.errors import NotUnderstoodError
from kg.interpreter.evaluators import Evaluator, Row
from kg.interpreter.plans import Column, MatchPlan, Pin
from kg.interpreter.values import MAX_INTEGER, MIN_INTEGER, EdgeValue, NodeValue, PathValue, described

Run: TypeAlias = Callable[[str, dict[str, Any]], Iterable[list[Any]]]
"""Runs a statement in the engine's Cypher with parameters, and gives its rows."""

CHUNK = 1_000
"""Rows for which matches are sought with one statement at first."""

_MOST_KEYS = 2_000
"""Values in a list that the engine compares with; where there are more, it matches everything."""

_T = TypeVar("_T")


class SomeProperties(dict[str, Any]):
    """Some properties of a node or an edge; to ask for another is a fault of the plan, and must not give null."""

    def __init__(self, names: Sequence[str], values: Sequence[Any], absent: Sequence[str]) -> None:
        super().__init__({name: value for name, value in zip(names, values, strict=True) if value is not None})
        self._names = (*names, *absent)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a property, or the default where it has none."""
        assert name in self._names, f"the property {name} was not asked for"
        return super().get(name, default)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("not all properties were asked for")

    def keys(self) -> Any:
        """Not known."""
        return iter(self)

    def items(self) -> Any:
        """Not known."""
        return iter(self)

    def values(self) -> Any:
        """Not known."""
        return iter(self)


def chunks(rows: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """The rows in lists, each longer than the one before, so that few are read where few are wanted."""
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk
        size = min(4 * size, 50_000)


class PatternMatcher:
    """Finds the matches of one part's patterns for rows."""

    def __init__(
        self, plan: MatchPlan, run: Run, pins: Sequence[Evaluator], nodes: dict[tuple[int, int], NodeValue]
    ) -> None:
        """Takes a plan.

        Args:
            plan: of the part.
            run: runs its statement.
            pins: the functions that give the values of the plan's pins.
            nodes: where whole nodes that are found are put, by key, if the plan says so.
        """
        self._plan = plan
        self._run = run
        self._pins = pins
        self._nodes = nodes
        self._everything: dict[Any, list[Row]] | None = None
        self._read = row_reader(plan.columns)

    def matches(self, rows: Sequence[Row], most: int | None = None) -> Iterator[tuple[int, Row]]:
        """Each match, with the place of the row that it belongs to and that row's values.

        Args:
            rows: to which matches are sought.
            most: matches that are wanted at most.
        """
        plan = self._plan
        if len(rows) == 1 and not plan.bound and not plan.pins and self._everything is None:
            row = rows[0]
            for match in self._matched((), {}, most):
                yield 0, row | match
            return
        keys = [self._key_in(row) for row in rows]
        index = self._index(rows, keys)
        for place, (row, key) in enumerate(zip(rows, keys, strict=True)):
            for match in index.get(key, ()) if key is not None else ():
                yield place, row | match

    def _key_in(self, row: Row) -> tuple[Any, ...] | None:
        """By what a row's matches are found; None if it has none."""
        key: list[Any] = []
        for variable, _ in self._plan.bound:
            value = row[variable]
            if value is None:
                return None
            if not isinstance(value, NodeValue | EdgeValue):
                raise NotUnderstoodError(f"{variable} is no node or relationship in a pattern, but {described(value)}")
            key.append(value.key)
        for pin, evaluate in zip(self._plan.pins, self._pins, strict=True):
            value = evaluate(row)
            if value is None:
                return None
            key.append(_pinned(pin, value))
        return tuple(key)

    def _index(self, rows: Sequence[Row], keys: Sequence[tuple[Any, ...] | None]) -> dict[Any, list[Row]]:
        """The matches of all rows, by key."""
        if self._everything is not None:
            return self._everything
        plan = self._plan
        conditions: list[str] = []
        parameters: dict[str, Any] = {}
        complete = True
        wanted = [(row, key) for row, key in zip(rows, keys, strict=True) if key is not None]
        if not wanted:
            return {}
        for number, (variable, text) in enumerate(plan.bound):
            values = list({row[variable]: None for row, _ in wanted})
            if len(values) > _MOST_KEYS:
                continue
            complete = False
            if isinstance(values[0], NodeValue):
                conditions.append(f"{text}.`id` IN $bound{number}")
                parameters[f"bound{number}"] = [value.properties.get("id") for value in values]
            else:
                ids = ", ".join(f"internal_id({value.key[0]}, {value.key[1]})" for value in values)
                conditions.append(f"id({text}) IN [{ids}]")
        for number, pin in enumerate(plan.pins, start=len(plan.bound)):
            sought = list({key[number]: None for _, key in wanted if key[number] is not _NOTHING})
            if not sought:
                return {}
            if len(sought) > _MOST_KEYS:
                continue
            complete = False
            if pin.kind == "string":
                conditions.append(f"{pin.text} IN $pin{number}")
                parameters[f"pin{number}"] = sought
            else:
                conditions.append(f"{pin.text} IN [{', '.join(map(str, sought))}]")
        index: dict[Any, list[Row]] = {}
        pinned = [f"\0pin {number}" for number in range(len(plan.pins))]
        for match in self._matched(conditions, parameters, None):
            key = tuple(match.pop(variable).key for variable, _ in plan.bound)
            index.setdefault(key + tuple(match.pop(name) for name in pinned), []).append(match)
        if complete:
            self._everything = index
        return index

    def _matched(self, conditions: Sequence[str], parameters: dict[str, Any], most: int | None) -> Iterator[Row]:
        """Runs the statement with further conditions; a match holds the values of the pins too."""
        plan = self._plan
        statement = plan.statement(conditions, None if plan.identity else most)
        whole = [column.variable for column in plan.columns if column.kind == "node" and column.properties is None]
        pinned, told_apart = len(plan.pins), len(plan.identity)
        seen: set[Any] = set()
        for values in self._run(statement, plan.parameters | parameters):
            if told_apart:
                identity = _hashable(values[-told_apart:])
                if identity in seen:
                    continue
                seen.add(identity)
                values = values[:-told_apart]
            match = self._read(values)
            if plan.ends:
                self._nodes.update((match[variable].key, match[variable]) for variable in whole)
            for number in range(pinned):
                match[f"\0pin {number}"] = values[number - pinned]
            yield match


def _hashable(ids: Any) -> Any:
    """Ids, or lists of ids, of the engine in a form that can be put into a set."""
    if isinstance(ids, list):
        return tuple(map(_hashable, ids))
    return (ids["table"], ids["offset"])


def row_reader(columns: Sequence[Column]) -> Callable[[Sequence[Any]], Row]:
    """The function that makes the values of variables of a row that the engine gave for their columns."""
    readers: list[tuple[str, Callable[[Sequence[Any]], Any], int, int]] = []
    start = 0
    for column in columns:
        end = start + len(column.texts)
        readers.append((column.variable, _reader(column), start, end))
        start = end
    return lambda values: {variable: read(values[first:last]) for variable, read, first, last in readers}


def node_of(value: Mapping[str, Any]) -> NodeValue:
    """The node that the engine gave whole."""
    place = value["_ID"]
    return NodeValue((place["table"], place["offset"]), value["_LABEL"], _properties(value))


def edge_of(value: Mapping[str, Any]) -> EdgeValue:
    """The edge that the engine gave whole."""
    key, start, end = ((value[name]["table"], value[name]["offset"]) for name in ("_ID", "_SRC", "_DST"))
    return EdgeValue(key, value["_LABEL"], _properties(value), start, end)


_OWN = ("_ID", "_LABEL", "_SRC", "_DST")
_NO_KEY = (-1, -1)
_NOTHING = object()
"""Stands for the value of a pin that no property can have."""


def _properties(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if item is not None and name not in _OWN}


def _pinned(pin: Pin, value: Any) -> Any:
    """The value as the property has it, if one can; text is no number, and 1.0 equals 1."""
    if pin.kind == "string":
        return value if isinstance(value, str) else _NOTHING
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _NOTHING
    return int(value) if MIN_INTEGER <= value <= MAX_INTEGER and int(value) == value else _NOTHING


def _reader(column: Column) -> Callable[[Sequence[Any]], Any]:
    """The function that makes a variable's value of what the engine gave for its column."""
    match column.kind:
        case "node" | "edge" if column.properties is not None:
            return _partial(column, column.properties)
        case "node":
            return _whole_node()
        case "edge":
            return lambda values: None if values[0] is None else edge_of(values[0])
        case "value":
            return lambda values: _calculated(values[0])
        case "nodes":
            return lambda values: [node_of(each) for each in values[0]]
        case "edges":
            return lambda values: [edge_of(each) for each in values[0]]
    return lambda values: PathValue(tuple(map(node_of, values[0])), tuple(map(edge_of, values[1])))


def _calculated(value: Any) -> Any:
    """A value that the engine calculated: a sum of integers is a decimal there, which may have more than 64 bits."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if MIN_INTEGER <= value <= MAX_INTEGER else float(value)


def _whole_node() -> Callable[[Sequence[Any]], NodeValue | None]:
    seen: dict[tuple[int, int], NodeValue] = {}

    def read(values: Sequence[Any]) -> NodeValue | None:
        # Of an OPTIONAL MATCH without a match.
        if values[0] is None:
            return None
        place = values[0]["_ID"]
        key = (place["table"], place["offset"])
        # A node that is matched many times is held once.
        if key not in seen:
            seen[key] = node_of(values[0])
        return seen[key]

    return read


def _partial(column: Column, names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """The function that makes a node or an edge of which only some properties are known."""
    keyed, known, is_node = column.keyed, column.label, column.kind == "node"
    before = keyed + (known is None)
    seen: dict[tuple[int, int], NodeValue | EdgeValue] = {}

    def read(values: Sequence[Any]) -> NodeValue | EdgeValue | None:
        if keyed and values[0] is None:
            return None
        key = (values[0]["table"], values[0]["offset"]) if keyed else _NO_KEY
        if keyed and (again := seen.get(key)) is not None:
            return again
        label = values[before - 1] if known is None else known
        properties = SomeProperties(names, values[before:], column.absent)
        value = NodeValue(key, label, properties) if is_node else EdgeValue(key, label, properties, _NO_KEY, _NO_KEY)
        if keyed:
            seen[key] = value
        return value

    return read
