"""One statement on both engines, and whether the embedded one answers as Neo4j does or says in words why not."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isclose, isfinite
from pathlib import Path
from typing import Any

from kg.errors import CitegraphError, ExhaustedError, RefusedError
from kg.store import GraphReader, Table
from kg.syntax import tree
from kg.syntax.parser import parse

SEEDS = Path(__file__).with_name("seeds")
ROWS = 10_000
SECONDS = 20.0

_FOREIGN = re.compile(
    r"exception|should not happen|(?<!regular )\bexpressions?\b|\bKU_|\bkuzu|lbug|LadybugDB|STRUCT|U?INT(?:8|16|32|64|128)\b|"
    r"DOUBLE|Binder|Parser|Runtime|Catalog|Traceback|object has no|NoneType|subscriptable|unhashable|unsupported operand|"
    r"positional argument|\bdict\b|\btuple\b|KeyError|TypeError|ValueError|AttributeError|<class|_ID\b|_LABEL\b|_PROPERTIES"
)
# Floats that are added up in the order of the rows, which neither engine promises, and functions of which Java promises
# the last digit no more than C does.
_INEXACT = {
    "avg",
    "sum",
    "stdev",
    "stdevp",
    "percentilecont",
    "exp",
    "log",
    "log10",
    "sin",
    "cos",
    "tan",
    "cot",
    "asin",
}
_INEXACT |= {"acos", "atan", "atan2", "haversin"}
_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Seed:
    """A statement with the values of its parameters, and where its idea is from."""

    statement: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


class Kind(StrEnum):
    """How the embedded engine's outcome stands to Neo4j's."""

    SAME = "same"
    BOTH_FAIL = "error on both"
    REFUSED = "refused"
    ERROR = "error here, answer there"
    EXHAUSTED = "exhausted"
    UNREACHED = "no rows here, error while running there"
    DIFFERS = "differs"
    ANSWERS = "answer here, error there"
    FOREIGN = "message not in our words"
    CRASH = "no error of ours"


FAULTS = frozenset({Kind.DIFFERS, Kind.ANSWERS, Kind.FOREIGN, Kind.CRASH})
"""Outcomes that no statement may have."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a seed gave on both engines."""

    seed: Seed
    kind: Kind
    here: Table | str
    there: Table | str

    def __str__(self) -> str:
        given = f" {json.dumps(self.seed.parameters, ensure_ascii=False)}" if self.seed.parameters else ""
        here, there = self.here, self.there
        if isinstance(here, Table) and isinstance(there, Table):
            here, there = _without_common_rows(here, there), _without_common_rows(there, here)
        return f"{self.kind}: {self.seed.statement}{given}\n  here:  {_shown(here)}\n  there: {_shown(there)}"


def seeds() -> list[Seed]:
    """All statements of the folder `seeds`, each once."""
    found = {}
    for file in sorted(SEEDS.glob("*.txt")):
        for seed in of_file(file):
            found[seed.statement, json.dumps(seed.parameters)] = seed
    return list(found.values())


def of_file(file: Path) -> Iterator[Seed]:
    """A line is a statement, or JSON where it has parameters; a `#` begins a comment."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith('{"'):
            yield Seed(**{"source": file.stem, **json.loads(line)})
        elif line and not line.startswith("#"):
            yield Seed(line, source=file.stem)


def compare(here: GraphReader, there: GraphReader, seed: Seed) -> Outcome:
    """Runs a statement on the embedded engine and on Neo4j."""
    expected = _expected(there, seed)
    try:
        given: Table | str = here.read_untrusted(seed.statement, seed.parameters, timeout=SECONDS, limit=ROWS)
    except CitegraphError as error:
        message = str(error)
        return Outcome(seed, _kind_of_error(error, message, expected), message, expected)
    except Exception as error:
        return Outcome(seed, Kind.CRASH, f"{type(error).__name__}: {error}", expected)
    assert isinstance(given, Table)
    if isinstance(expected, str):
        # Whether a row is looked at that the answer does not need is for the engine to choose.
        unreached = not given.rows and _is_planned(there, seed)
        return Outcome(seed, Kind.UNREACHED if unreached else Kind.ANSWERS, given, expected)
    return Outcome(seed, Kind.SAME if same(seed.statement, given, expected) else Kind.DIFFERS, given, expected)


def _expected(there: GraphReader, seed: Seed) -> Table | str:
    """Neo4j's rows, or its message."""
    try:
        return there.read(seed.statement, seed.parameters, timeout=SECONDS, limit=ROWS)
    except CitegraphError as error:
        return str(error)


def _is_planned(there: GraphReader, seed: Seed) -> bool:
    """Whether Neo4j finds nothing wrong with a statement before it runs it."""
    try:
        there.read(f"EXPLAIN {seed.statement}", seed.parameters, timeout=SECONDS, limit=ROWS)
    except CitegraphError:
        return False
    return True


def _kind_of_error(error: CitegraphError, message: str, expected: Table | str) -> Kind:
    if _FOREIGN.search(re.sub(r"\$\w+|'[^']*'", "", message)) or "\n" in message:
        return Kind.FOREIGN
    if isinstance(error, ExhaustedError):
        return Kind.EXHAUSTED
    if isinstance(expected, str):
        return Kind.BOTH_FAIL
    return Kind.REFUSED if isinstance(error, RefusedError) else Kind.ERROR


def same(statement: str, here: Table, there: Table) -> bool:
    """Whether two answers are the same, as far as the statement decides what the answer is.

    Rows have an order where the last RETURN has ORDER BY; rows that are equal in its keys are in any order, as are
    the items of lists that `collect`, `COLLECT { }`, pattern comprehensions and `keys` make. Sums of floats and the like
    may differ in the last digits.
    """
    if here.columns != there.columns or len(here.rows) != len(there.rows):
        return False
    query = parse(statement)
    parts = list(query.walk())
    calls = {part.name.lower() for part in parts if isinstance(part, tree.Call)}
    inexact = bool(calls & _INEXACT) or any(isinstance(part, tree.Binary) and part.operator == "^" for part in parts)
    any_order = bool(calls & {"collect", "keys"}) or any(
        isinstance(part, tree.PatternComprehension) or (isinstance(part, tree.Subquery) and part.kind == "COLLECT")
        for part in parts
    )
    lists = [_unordered if any_order else _plain, _plain]
    if _alike([lists[0](row) for row in here.rows], [lists[0](row) for row in there.rows], inexact):
        return True
    first, second = (sorted((lists[0](row) for row in table.rows), key=_key) for table in (here, there))
    return _alike(first, second, inexact) and _order(query, here) == _order(query, there)


def _order(query: tree.Query, table: Table) -> list[str] | None:
    """What ORDER BY puts in order, of each row; None where nothing does."""
    last = query.queries[-1].clauses[-1]
    if len(query.queries) > 1 or not isinstance(last, tree.ProjectionClause) or not last.order:
        return None
    places = []
    for key in last.order:
        named = [place for place, item in enumerate(last.items) if _is_item(key.value, item)]
        if last.everything or not named:
            return [_key(row) for row in table.rows]  # The key is no column, so that ties cannot be told.
        places.append(named[0])
    return [_key([row[place] for place in places]) for row in table.rows]


def _is_item(key: tree.Expression, item: tree.ProjectionItem) -> bool:
    return (isinstance(key, tree.Variable) and key.name == item.name) or _without_place(key) == _without_place(
        item.value
    )


def _without_place(part: tree.Part) -> str:
    return re.sub(r"start=\d+, end=\d+", "", repr(part))


def _plain(value: Any) -> Any:
    return value


def _unordered(value: Any) -> Any:
    """A value with the items of all its lists sorted; a row stays a row."""
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    return _sorted(value)


def _sorted(value: Any) -> Any:
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=_key)
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in value.items()}
    return value


def _key(value: Any) -> str:
    """A text by which values are sorted: equal for floats that are nearly equal."""
    if isinstance(value, float):
        return f"{value:.9g}f"
    if isinstance(value, list):
        return "[" + ",".join(map(_key, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{_key(value[name])}" for name in sorted(value)) + "}"
    return repr(value)


def _alike(here: Any, there: Any, inexact: bool) -> bool:
    """Whether two values are equal and of the same types; 1 is not 1.0, and 0.0 is not -0.0."""
    if type(here) is not type(there):
        return False
    if isinstance(here, list):
        return len(here) == len(there) and all(_alike(*pair, inexact) for pair in zip(here, there, strict=True))
    if isinstance(here, dict):
        return here.keys() == there.keys() and all(_alike(here[name], there[name], inexact) for name in here)
    if isinstance(here, float) and inexact and isfinite(here):
        return isclose(here, there, rel_tol=_TOLERANCE)
    return repr(here) == repr(there)


def _without_common_rows(table: Table, other: Table) -> Table:
    """The rows that only one of two answers has, or all where they differ in their order only."""
    rest = [repr(row) for row in other.rows]
    only = []
    for row in table.rows:
        if repr(row) in rest:
            rest.remove(repr(row))
        else:
            only.append(row)
    return Table(table.columns, only) if only or len(table.rows) != len(other.rows) else table


def _shown(result: Table | str) -> str:
    if isinstance(result, str):
        return f"error: {result}"
    return f"{len(result.rows)} rows {result.columns} {result.rows[:6]}"[:700]
