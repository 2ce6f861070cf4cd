"""Decides whether an untrusted statement only reads the graph.

The parser accepts only clauses that read. This module checks the rest: functions are allowed by name, and nothing may
grow without bound where the engine could not be stopped. What is not listed is refused, so a clause or function that an
engine learns tomorrow is refused as well.

The store is the second line of defence: see `kg.store.ladybug.sandbox` and `kg.store.neo4j.plan_check`.
"""

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import NotUnderstoodError, RefusedError
from kg.syntax import tree
from kg.syntax.functions import FUNCTIONS
from kg.syntax.parser import parse

MAX_EDGES = 20
"""Relationships in the patterns of a statement."""

MAX_RANGE = 1_000_000
"""Numbers in a range where the server makes a list of them."""

MAX_NESTING = 40
"""Lists and maps within each other in a parameter's value."""

_LONGEST_REGEX = 200
_MOST_REPEATS = 4
_REPEATED_GROUP = re.compile(r"\)\s*(?:[*+]|\{\d*,)")
_GROUP_OF_MANY = re.compile(r"\((?:\?[a-zA-Z-]*:)?+(?:[^()\\]|\\.)*(?:[*+?|]|\{\d)(?:[^()\\]|\\.)*\)\s*(?:[*+]|\{)")
_REPEAT = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\d*\})")
_BACKREFERENCE = re.compile(r"\\(?:\d|k)|\(\?(?![imsu]+\)|:)")


def check(statement: str, engine: str = "neo4j", parameters: Mapping[str, Any] | None = None) -> tree.Query:
    """Parses an untrusted statement, and refuses it unless it is a single one that only reads the graph.

    Args:
        statement: Cypher.
        engine: which one will run it, `ladybug` or `neo4j`.
        parameters: values of its parameters; None to check the statement without them.

    Returns:
        The statement's tree.

    Raises:
        RefusedError: it does something else, or might; the message names the rule.
        NotUnderstoodError: it cannot be parsed, or one of its parameters has no value, or one that no engine can hold.
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
            case tree.EdgePattern():
                edges += 1
            case tree.Parameter(name=name) if parameters is not None:
                if name not in parameters:
                    raise NotUnderstoodError(f"the parameter ${name} has no value")
                check_value(name, parameters[name])
    if edges > MAX_EDGES:
        raise RefusedError(f"rule 'size': a statement has at most {MAX_EDGES} relationships in its patterns")
    return query


def check_with_values(
    statement: str, engine: str, parameters: Mapping[str, Any] | None
) -> tuple[tree.Query, dict[str, Any]]:
    """`check`, and the values of the parameters that the statement names, by name; others are left out."""
    given = parameters or {}
    query = check(statement, engine, given)
    return query, {name: given[name] for name in sorted(parameters_of(query))}


def parameters_of(query: tree.Query) -> set[str]:
    """Names of the parameters that a statement uses."""
    return {part.name for part in query.walk() if isinstance(part, tree.Parameter)}


def check_value(parameter: str, value: Any, depth: int = 0) -> None:
    """Checks that an engine can hold a parameter's value.

    Args:
        parameter: its name, for the message.
        value: what JSON can hold.
        depth: lists and maps around the value.

    Raises:
        NotUnderstoodError: it has a number of more than 64 bits, or what is no text.
        RefusedError: its lists and maps are too deep.
    """
    if depth > MAX_NESTING:
        raise RefusedError(
            f"rule 'size': the parameter ${parameter} has more than {MAX_NESTING} lists within each other"
        )
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
    """Limits the list that a server makes: it is in memory that all share, which no time limit frees."""
    bounds = [_number(argument) for argument in call.arguments]
    known = [bound for bound in bounds if bound is not None]
    if len(known) < len(bounds) or len(bounds) < 2:
        return
    step = abs(known[2]) if len(known) > 2 else 1
    if step and abs(known[1] - known[0]) // step > MAX_RANGE:
        raise RefusedError(f"rule 'size': a range has at most {MAX_RANGE:,} numbers")


def _number(expression: tree.Expression) -> int | None:
    """The value of a whole number that is written out; None for any other expression."""
    match expression:
        case tree.Constant(value=int(value)):
            return value
        case tree.Unary(operator="-", operand=tree.Constant(value=int(value))):
            return -value
    return None


def _check_regex(expression: tree.Expression, parameters: Mapping[str, Any]) -> None:
    """Refuses regular expressions that may take forever, on both engines: a server cannot be stopped in one."""
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
    """Refuses a reduce() that uses its accumulator twice: the value would double with each step."""
    used = [part for part in reduce.value.walk() if isinstance(part, tree.Variable) and part.name == reduce.accumulator]
    if len(used) > 1:
        raise RefusedError(f"rule 'size': reduce() uses {reduce.accumulator} once in each step")
