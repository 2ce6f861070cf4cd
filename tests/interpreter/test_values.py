"""Equality, order and grouping of values, as Neo4j 5.26 has them."""

from datetime import date
from functools import cmp_to_key
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotUnderstoodError
from kg.interpreter.values import EdgeValue, NodeValue, PathValue, compare, described, equal, group_key, sort_key, truth

NODE = NodeValue((0, 1), "Paper", {"id": "a"})
OTHER = NodeValue((0, 2), "Paper", {"id": "a"})
EDGE = EdgeValue((1, 1), "USES", {}, (0, 1), (0, 2))
PATH = PathValue((NODE, OTHER), (EDGE,))

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=3),
    st.dates(),
    st.sampled_from([NODE, OTHER, EDGE, PATH]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=2)),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (1, 1.0, True),
        (True, 1, False),
        ("1", 1, False),
        (0.0, -0.0, True),
        (nan, nan, False),
        (None, None, None),
        (9007199254740993, 9007199254740992.0, False),
        ([1, None], [1, None], None),
        ([1, None], [2, None], False),
        ([1, None], [1], False),
        ([1], [1.0], True),
        ([nan], [nan], False),
        ({"a": None}, {"a": None}, None),
        ({"a": None}, {"b": None}, False),
        ({"a": 1, "b": None}, {"a": 2, "b": None}, False),
        (NODE, NodeValue((0, 1), "Paper", {}), True),
        (NODE, OTHER, False),
        (PATH, [NODE, EDGE, OTHER], False),
        (date(2020, 1, 1), "2020-01-01", False),
    ],
)
def test_equality_knows_null(a, b, same):
    assert equal(a, b) is same


@pytest.mark.parametrize(
    ("a", "sign", "b", "answer"),
    [
        (1, "<", 1.5, True),
        (9007199254740993, ">", 9007199254740992.0, True),
        (nan, "<", 1, False),
        (nan, ">=", nan, False),
        (nan, "<", "a", None),
        (-0.0, "<", 0, True),
        (0, "<=", -0.0, False),
        (1, "<", None, None),
        (True, ">", False, True),
        (True, "<", 1, None),
        ("a", "<", "B", False),
        ([1], "<", [1, 2], True),
        ([1, None], "<", [1, 2], None),
        ([1, None], "<", [2, 2], True),
        ([None], ">", [], True),
        ([nan], "<=", [nan], None),
        ({"a": 9}, "<", {"b": 1}, True),
        ({"a": 1}, "<", {"a": "x"}, None),
        ({"b": 1}, "<", {"a": 1, "b": None}, True),
        (NODE, "<=", NODE, True),
        (date(2020, 1, 1), "<", date(2021, 1, 1), True),
    ],
)
def test_values_that_have_no_order_compare_as_null(a, sign, b, answer):
    assert compare(sign, a, b) is answer


def test_everything_has_a_place_in_an_order():
    ordered = [
        *({}, {"a": "x"}, {"a": 1}, {"a": 2}, {"a": None}, {"b": 1}, {"a": 1, "b": 1}),
        *(NODE, EDGE, [], [{"a": 1}], [[1]], ["a"], [True], [1], [1, "a"], [2, 1], [None], PATH),
        *(date(2019, 1, 1), date(2020, 1, 1), "", "a", "b", False, True),
        *(-inf, -0.0, 0, 1, 1.5, inf, nan, None),
    ]
    backwards = list(reversed(ordered))
    assert list(map(repr, sorted(backwards, key=sort_key))) == list(map(repr, ordered))


def test_nulls_and_equal_numbers_are_grouped_and_nan_is_not():
    values = [1, 1.0, True, "1", None, None, nan, nan, 0.0, -0.0, [1], [1.0], [None], [None], {"a": None}, {"a": None}]
    assert len({group_key(value) for value in values}) == 10


@pytest.mark.parametrize("value", [1, "true", 1.5, NODE, date(2020, 1, 1)])
def test_what_is_no_condition_is_an_error(value):
    with pytest.raises(NotUnderstoodError, match="a condition is true, false or null"):
        truth(value)


def test_a_list_is_true_unless_it_is_empty_and_a_map_always():
    assert [truth(value) for value in (True, False, None, [], [False], {}, {"a": 1})] == [
        *(True, False, None, False, True, True, True)
    ]


def test_types_are_called_by_words():
    values = [None, True, 1, 1.5, "a", [], {}, NODE, EDGE, PATH, date(2020, 1, 1)]
    assert ", ".join(map(described, values)) == (
        "null, a boolean, an integer, a float, a text, a list, a map, a node, a relationship, a path, a date"
    )


@given(VALUES, VALUES)
def test_equality_is_symmetric(a, b):
    assert equal(a, b) is equal(b, a)


@given(VALUES, VALUES)
def test_what_is_equal_is_grouped_together_and_sorted_alike(a, b):
    if equal(a, b) and not {2**63 - 1, float(2**63)} <= {*flat(a), *flat(b)}:
        assert group_key(a) == group_key(b)
        assert compare("<", a, b) is not None
    if group_key(a) == group_key(b):
        assert equal(a, b) is not False


def flat(value):
    """The numbers in a value."""
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return [number for item in inner for number in flat(item)] + ([value] if isinstance(value, int | float) else [])


@given(VALUES, VALUES, VALUES)
def test_the_order_is_total(a, b, c):
    first, second, third = sorted((a, b, c), key=sort_key)
    assert sort_key(first) <= sort_key(second) <= sort_key(third)
    assert sort_key(first) <= sort_key(third)


@given(st.lists(st.one_of(st.integers(-9, 9), st.floats(allow_nan=False)), max_size=5))
def test_comparison_and_order_of_numbers_agree(numbers):
    by_comparison = cmp_to_key(lambda a, b: -1 if compare("<", a, b) else 1 if compare(">", a, b) else 0)
    assert list(map(repr, sorted(numbers, key=by_comparison))) == list(map(repr, sorted(numbers, key=sort_key)))
