"""Whether a stranger's statement only reads the graph.

The parser knows no clause that does more than read. What is left to judge is what a reading clause may call: functions
are allowed by name, and nothing may grow without bound where the engine could not be stopped. What is not listed is
refused, so a clause or function that an engine learns tomorrow is refused as well.

Behind this guard, the embedded engine gets only what `kg.store.ladybug.translation` writes, in a process that can open
no file and is killed when it takes too long; a Neo4j server shows its plan before it runs anything, in a read
transaction.
"""

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.store.ladybug.translation import FUNCTIONS
from kg.syntax import parse, tree

MOST_EDGES = 20
"""Edges in the patterns of a statement."""

MOST_ITEMS = 1_000_000
"""Numbers in a range where the server makes a list of them."""

DEEPEST = 40
"""Lists and maps within each other in a parameter's value."""

_LONGEST_REGEX = 200
_MOST_REPEATS = 4
_REPEATED_GROUP = re.compile(r"\)\s*(?:[*+]|\{\d*,)")
_GROUP_OF_MANY = re.compile(r"\((?:[^()\\]|\\.)*(?:[*+|]|\{\d)(?:[^()\\]|\\.)*\)\s*(?:[*+]|\{)")
_REPEAT = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\d*\})")
_BACKREFERENCE = re.compile(r"\\(?:\d|k)|\(\?(?![imsu]+\)|:)")


def check(statement: str, engine: str = "neo4j", parameters: Mapping[str, Any] | None = None) -> tree.Query:
    """Passes a single statement that only reads the graph.

    Args:
        statement: Cypher.
        engine: which one will run it, `ladybug` or `neo4j`.
        parameters: values of its parameters; None where only the statement itself is to be judged.

    Returns:
        Its tree.

    Raises:
        RefusedError: it would do something else, or might; the message names the rule.
        NotUnderstoodError: it is no statement, or one of its parameters has no value, or one that no engine can hold.
    """
    query = parse(statement)
    edges = 0
    for part in query.walk():
        match part:
            case tree.Call(name=name):
                if name.lower() not in FUNCTIONS:
                    raise RefusedError(f"rule 'functions': {name} is not among the functions allowed here")
                if name.lower() == "range" and engine == "neo4j":
                    _check_range(part)
            case tree.Binary(operator="=~", right=right):
                _check_regex(right, parameters or {})
            case tree.Reduce():
                _check_growth(part)
            case tree.Edge():
                edges += 1
            case tree.Parameter(name=name) if parameters is not None:
                if name not in parameters:
                    raise NotUnderstoodError(f"the parameter ${name} has no value")
                check_value(name, parameters[name])
    if edges > MOST_EDGES:
        raise RefusedError(f"rule 'size': a statement has at most {MOST_EDGES} relationships in its patterns")
    return query


def parameters_of(query: tree.Query) -> set[str]:
    """Names of the parameters that a statement uses."""
    return {part.name for part in query.walk() if isinstance(part, tree.Parameter)}


def check_value(parameter: str, value: Any, depth: int = 0) -> None:
    """Passes a parameter's value that an engine can hold.

    Raises:
        NotUnderstoodError: it has a number of more than 64 bits, or what is no text.
        RefusedError: its lists and maps, `depth` of which are around it, are too deep.
    """
    if depth > DEEPEST:
        raise RefusedError(f"rule 'size': the parameter ${parameter} has more than {DEEPEST} lists within each other")
    match value:
        case int() if not -(2**63) <= value < 2**63:
            raise NotUnderstoodError(f"the parameter ${parameter} has a whole number of more than 64 bits")
        case str() if re.search("[\ud800-\udfff]", value):
            raise NotUnderstoodError(f"the parameter ${parameter} has half a surrogate, which is no text")
        case list() | tuple():
            for item in value:
                check_value(parameter, item, depth + 1)
        case dict():
            for key, item in value.items():
                check_value(parameter, str(key), depth)
                check_value(parameter, item, depth + 1)


def _check_range(call: tree.Call) -> None:
    """A server makes the list in the memory that all share, which no time limit frees."""
    bounds = [_number(argument) for argument in call.arguments]
    known = [bound for bound in bounds if bound is not None]
    if len(known) < len(bounds) or len(bounds) < 2:
        return
    step = abs(known[2]) if len(known) > 2 else 1
    if step and abs(known[1] - known[0]) // step > MOST_ITEMS:
        raise RefusedError(f"rule 'size': a range has at most {MOST_ITEMS:,} numbers")


def _number(expression: tree.Expression) -> int | None:
    match expression:
        case tree.Constant(value=int(value)):
            return value
        case tree.Unary(operator="-", operand=tree.Constant(value=int(value))):
            return -value
    return None


def _check_regex(expression: tree.Expression, parameters: Mapping[str, Any]) -> None:
    """A server's regular expressions cannot be stopped: those that may take forever are refused, on both engines."""
    match expression:
        case tree.Constant(value=str(value)):
            pattern = value
        case tree.Parameter(name=name):
            pattern = str(parameters.get(name, ""))
        case _:
            raise RefusedError("rule 'regular expressions': one is written out, or a parameter")
    if len(pattern) > _LONGEST_REGEX:
        raise RefusedError(f"rule 'regular expressions': one has at most {_LONGEST_REGEX} characters")
    if _BACKREFERENCE.search(pattern):
        raise RefusedError("rule 'regular expressions': no references back and no looking around")
    if _GROUP_OF_MANY.search(pattern) or (_REPEATED_GROUP.search(pattern) and pattern.count("(") > 1):
        raise RefusedError("rule 'regular expressions': what is repeated repeats nothing itself and has no choices")
    if len(_REPEAT.findall(pattern)) > _MOST_REPEATS:
        raise RefusedError(f"rule 'regular expressions': at most {_MOST_REPEATS} repeats")


def _check_growth(reduce: tree.Reduce) -> None:
    """What is used twice in each step doubles with each."""
    used = [part for part in reduce.value.walk() if isinstance(part, tree.Variable) and part.name == reduce.accumulator]
    if len(used) > 1:
        raise RefusedError(f"rule 'size': reduce() uses {reduce.accumulator} once in each step")
