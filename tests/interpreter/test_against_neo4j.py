"""Some hundred calls of functions and operators, made up from a seed, here and on a Neo4j server."""

import random

import pytest

from kg.errors import CitegraphError
from kg.interpreter import operators
from kg.interpreter.scalar_functions import SCALARS
from kg.interpreter.values import compare, equal
from kg.queries import cypher

VALUES = {
    "null": None,
    "true": True,
    "0": 0,
    "-3": -3,
    "7": 7,
    "9007199254740993": 9007199254740993,
    "1.0": 1.0,
    "-2.5": -2.5,
    "12345678.9": 12345678.9,
    "''": "",
    "'abc'": "abc",
    "' -4.75 '": " -4.75 ",
    "'é, ß'": "é, ß",
    "[]": [],
    "[1, null]": [1, None],
    "['a', 2.5, true]": ["a", 2.5, True],
    "{}": {},
    "{a: 1, b: null}": {"a": 1, "b": None},
}
ONE = (
    "toUpper toLower trim char_length size head last tail reverse isEmpty toString toInteger toFloat toBoolean "
    "toIntegerOrNull toStringList toIntegerList abs sign ceil floor round sqrt isNaN valueType degrees"
).split()
TWO = ("left", "right", "substring", "split", "nullIf", "ltrim", "round", "atan2")
SIGNS = {
    "+": operators.add,
    "-": operators.subtract,
    "*": operators.multiply,
    "/": operators.divide,
    "%": operators.modulo,
    "IN": operators.in_list,
    "CONTAINS": operators.contains,
    "=": equal,
    "<": lambda a, b: compare("<", a, b),
    ">=": lambda a, b: compare(">=", a, b),
}


def calls():
    """Statements and what gives their value here. The values are of no type that the server knows before it runs."""
    chosen = random.Random(13)
    for _ in range(400):
        (one, a), (two, b) = (chosen.choice(list(VALUES.items())) for _ in range(2))
        one, two = f"{{v: {one}}}.v", f"{{v: {two}}}.v"
        match chosen.randrange(3):
            case 0:
                name = chosen.choice(ONE)
                yield f"RETURN {name}({one}) AS x", SCALARS[name.lower()], (a,)
            case 1:
                name = chosen.choice(TWO)
                yield f"RETURN {name}({one}, {two}) AS x", SCALARS[name.lower()], (a, b)
            case 2:
                sign = chosen.choice(list(SIGNS))
                yield f"RETURN {one} {sign} {two} AS x", SIGNS[sign], (a, b)


def answer(function, *arguments):
    """The value in words that tell 1 from 1.0 and true; that it is an error, if so."""
    try:
        return repr(function(*arguments))
    except CitegraphError:
        return "an error"


@pytest.mark.neo4j
def test_values_and_errors_are_neo4js(neo4j):
    there = {statement: answer(lambda text: cypher(neo4j, text).rows[0]["x"], statement) for statement, _, _ in calls()}
    assert {statement: answer(function, *arguments) for statement, function, arguments in calls()} == there
