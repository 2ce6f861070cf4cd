"""Operators on values of all types, with the values that Neo4j 5.26 gives."""

from datetime import date
from math import inf, nan

import pytest

from kg.errors import NotUnderstoodError
from kg.interpreter import operators
from kg.interpreter.type_names import is_type
from kg.interpreter.values import NodeValue

NODE = NodeValue((0, 1), "Paper", {"id": "a"})
DAY = date(2021, 1, 2)
LARGEST = 2**63 - 1


@pytest.mark.parametrize(
    ("name", "a", "b", "value"),
    [
        ("add", 1, 2, 3),
        ("add", 1, 2.5, 3.5),
        ("add", "a", 1, "a1"),
        ("add", 1e10, "a", "1.0E10a"),
        ("add", "a", True, "atrue"),
        ("add", "a", DAY, "a2021-01-02"),
        ("add", [1], [2], [1, 2]),
        ("add", [1], "b", [1, "b"]),
        ("add", {"a": 1}, [1], [{"a": 1}, 1]),
        ("add", [1], None, None),
        ("join", "a", "b", "ab"),
        ("join", [1], [None], [1, None]),
        ("join", "a", None, None),
        ("subtract", 1, 1.5, -0.5),
        ("multiply", 3, 4, 12),
        ("multiply", True, None, None),
        ("divide", -7, 2, -3),
        ("divide", 1, 2.0, 0.5),
        ("divide", -1, 0.0, -inf),
        ("divide", -(2**63), -1, -(2**63)),
        ("modulo", -7, 3, -1),
        ("modulo", 7, -3, 1),
        ("modulo", -5.5, 2, -1.5),
        ("modulo", 1.0, 0, nan),
        ("power", 2, 3, 8.0),
        ("power", -1, 0.5, nan),
        ("power", 1, nan, nan),
        ("power", -2, 10001, -inf),
        ("power", 0, -1, inf),
        ("starts_with", "abc", "", True),
        ("ends_with", 1, "c", None),
        ("contains", "abc", None, None),
        ("matches", "ABC", "(?i)a.c", True),
        ("matches", "abc", "b", False),
        ("matches", 1, "b", None),
        ("in_list", 1, [1.0], True),
        ("in_list", 2, [None, 1], None),
        ("in_list", None, [], False),
        ("in_list", [1], [[1, None]], False),
        ("in_list", 1, 1, True),
        ("item", [1, 2, 3], -1, 3),
        ("item", [1, 2, 3], 3, None),
        ("item", {"a": 1}, "a", 1),
        ("item", NODE, "id", "a"),
        ("item", None, 0, None),
        ("property_of", {"a": 1}, "b", None),
        ("property_of", DAY, "weekYear", 2020),
        ("property_of", None, "a", None),
    ],
)
def test_an_operator_has_neo4js_value(name, a, b, value):
    assert repr(getattr(operators, name)(a, b)) == repr(value)


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [
        ("add", True, 1),
        ("add", {}, {}),
        ("add", LARGEST, 1),
        ("join", "a", 1),
        ("join", 1, None),
        ("subtract", "a", 1),
        ("multiply", LARGEST, 2),
        ("divide", 1.0, 0),
        ("modulo", 1, 0),
        ("power", [1], 1),
        ("matches", "a", 1),
        ("matches", "a", "("),
        ("item", [1], "a"),
        ("item", {}, 1),
        ("item", "abc", 0),
        ("property_of", 1, "a"),
        ("property_of", DAY, "hour"),
    ],
)
def test_what_neo4j_does_not_do_is_an_error_in_one_line(name, a, b):
    with pytest.raises(NotUnderstoodError, match=r"^[^\n]+$"):
        getattr(operators, name)(a, b)


def test_slices_count_from_0_or_from_the_end():
    slices = [(1, 3), (0, -1), (-2, operators.TO_END), (5, operators.TO_END), (3, 1), (-10, 2)]
    assert [operators.slice_of([1, 2, 3, 4], low, high) for low, high in slices] == [
        *([2, 3], [1, 2, 3], [3, 4], [], [], [1, 2])
    ]
    assert operators.slice_of([1], None, 1) is None
    with pytest.raises(NotUnderstoodError, match="not by a text"):
        operators.slice_of([1], "a", 1)


def test_minus_is_0_minus_the_value():
    assert repr([operators.negate(value) for value in (1, 1.5, 0.0, None)]) == "[-1, -1.5, 0.0, None]"
    with pytest.raises(NotUnderstoodError, match="64 bits"):
        operators.negate(-(2**63))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("INTEGER", [1, None]),
        ("INTEGER NOT NULL", [1]),
        ("INTEGER | STRING", [1, "a", None]),
        ("ANY<INTEGER | STRING>", [1, "a", None]),
        ("LIST<INTEGER>", [[1], [], [1, None], [None], None]),
        ("INTEGER NOT NULL LIST NOT NULL", [[1], []]),
        ("LIST<ANY>", [[1], [], [1, None], [None], [1, "a"], None]),
        ("MAP", [{"a": 1}, None]),
        ("NODE", [NODE, None]),
        ("NULL", [None]),
        ("NOTHING", []),
        ("PROPERTY VALUE", [True, 1, 1.5, "a", DAY, [1], [], None]),
        ("ZONED DATETIME", [None]),
    ],
)
def test_a_value_is_of_the_types_that_neo4j_says(name, values):
    every = [True, 1, 1.5, "a", DAY, [1], [], [1, None], [None], [1, "a"], {"a": 1}, NODE, None]
    assert [value for value in every if is_type(value, name)] == values


@pytest.mark.parametrize("name", ["NUMBER", "INT64", "LIST", "INTEGER NOT NULL | STRING", "LIST<INTEGER"])
def test_a_type_that_does_not_exist_is_an_error(name):
    with pytest.raises(NotUnderstoodError, match=r"type|NOT NULL"):
        is_type(1, name)
