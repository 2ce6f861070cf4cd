"""Functions with the values that Neo4j 5.26 gives, through the names that a statement calls them by."""

from datetime import date
from math import inf, nan

import pytest

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter.scalar_functions import SCALARS
from kg.interpreter.values import EdgeValue, NodeValue, PathValue
from kg.syntax.functions import FUNCTIONS

NODE = NodeValue((0, 1), "Paper", {"id": "a"})
EDGE = EdgeValue((1, 6), "USES", {}, (0, 1), (0, 1))
PATH = PathValue((NODE, NODE), (EDGE,))
DAY = date(2024, 5, 6)


def test_all_that_a_statement_may_call_for_one_row_are_here():
    names = {name for name, function in FUNCTIONS.items() if not function.aggregate}
    assert names - {"coalesce", "startnode", "endnode"} == SCALARS.keys()


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("left", ("a😀b", 2), "a😀"),
        ("left", ("", -1), ""),
        ("right", ("abc", 9), "abc"),
        ("substring", ("abc", 1, 9), "bc"),
        ("substring", ("abc", 5), ""),
        ("replace", ("abc", "", "x"), "xaxbxcx"),
        ("split", (",a,", ","), ["", "a", ""]),
        ("split", ("abc", ""), ["a", "b", "c"]),
        ("split", ("a,b;c", [",", ";"]), ["a", "b", "c"]),
        ("trim", ("\u3000a\xa0",), "a\xa0"),
        ("toupper", ("straße",), "STRASSE"),
        ("size", ("👩\u200d👩",), 3),
        ("normalize", ("e\u0301",), "é"),
        ("normalize", ("ﬁ", "NFKD"), "fi"),
        ("normalize", (None, "NFKD"), None),
        ("round", (1.25, 2, "UNNECESSARY"), 1.25),
        ("round", (2, 0, "UNNECESSARY"), 2.0),
        ("round", (inf, 0, "UNNECESSARY"), inf),
        ("head", ([],), None),
        ("tail", ([1, 2],), [2]),
        ("reverse", ([1, None],), [None, 1]),
        ("isempty", ({},), True),
        ("range", (1, 10, 3), [1, 4, 7, 10]),
        ("range", (3, 1), []),
        ("nullif", (1, 1.0), None),
        ("nullif", ([None], [None]), [None]),
        ("valuetype", ([[1, "a"], [1], []],), "LIST<LIST<STRING NOT NULL | INTEGER NOT NULL> NOT NULL> NOT NULL"),
        ("valuetype", ([1, None],), "LIST<INTEGER> NOT NULL"),
        ("tostring", (1e-5,), "1.0E-5"),
        ("tostring", (123456.789,), "123456.789"),
        ("tostring", (1e7,), "1.0E7"),
        ("tostring", (5e-324,), "4.9E-324"),
        ("tostring", (-2e23,), "-2.0E23"),
        ("range", (0, 1, -123), [0]),
        ("range", (3, 0, 3), []),
        ("range", (3, 0, -3), [3, 0]),
        ("tostring", (-inf,), "-Infinity"),
        ("tointeger", ("1234567890123456789",), 1234567890123456789),
        ("tointeger", ("-5.9",), -5),
        ("tointeger", (" 5 ",), None),
        ("tointeger", (1e30,), 2**63 - 1),
        ("tofloat", (" 1e100 ",), 1e100),
        ("tofloat", ("0x1p3",), 8.0),
        ("tofloat", ("inf",), None),
        ("toboolean", (" TRUE ",), True),
        ("toboolean", (5,), True),
        ("tointegerornull", ([],), None),
        ("tointegerlist", ([1, "2", "x", None, []],), [1, 2, None, None, None]),
        ("abs", (-(2**63),), -(2**63)),
        ("sign", (nan,), 0),
        ("ceil", (-0.5,), -0.0),
        ("round", (-2.5,), -2.0),
        ("round", (-0.5,), 0.0),
        ("round", (0.49999999999999994,), 0.0),
        ("round", (1.005, 2), 1.01),
        ("round", (-2.345, 2), -2.35),
        ("round", (-1.25, 1, "HALF_EVEN"), -1.2),
        ("round", (1.5, None), None),
        ("sqrt", (-1,), nan),
        ("log", (0,), -inf),
        ("exp", (710,), inf),
        ("labels", (NODE,), ["Paper"]),
        ("id", (EDGE,), 2**40 + 6),
        ("elementid", (NODE,), "0:1"),
        ("keys", ({"a": None},), ["a"]),
        ("properties", (NODE,), {"id": "a"}),
        ("length", (PATH,), 1),
        ("type", (None,), None),
    ],
)
def test_a_function_has_neo4js_value(name, arguments, value):
    assert repr(SCALARS[name](*arguments)) == repr(value)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *((text, date(2024, 1, 1)) for text in ("2024", "2024-01", "202401", "20240101", "+2024-1-1")),
        *((text, date(2024, 3, 6)) for text in ("2024-W10-3", "2024W103")),
        *((text, date(2024, 4, 9)) for text in ("2024-100", "2024100", "2024-Q2-09", "2024Q209")),
        ({"year": 2024, "week": 10}, date(2024, 3, 4)),
        ({"year": 2024, "quarter": 2, "dayOfQuarter": 10}, date(2024, 4, 10)),
        ({"year": 2024, "month": None}, date(2024, 1, 1)),
        ({"date": date(2024, 5, 31), "month": 2}, date(2024, 2, 29)),
        ({"date": DAY, "week": 1}, date(2024, 1, 1)),
        ({"date": DAY, "quarter": 1}, date(2024, 2, 6)),
        (DAY, DAY),
        (None, None),
    ],
)
def test_a_date_may_be_written_in_many_ways(written, day):
    assert SCALARS["date"](written) == day


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("toupper", (1,)),
        ("left", ("abc", -1)),
        ("substring", ("abc", -1)),
        ("split", ("abc", 1)),
        ("size", (1,)),
        ("head", ("a",)),
        ("range", (1, None)),
        ("range", (1, 3, 0)),
        ("tostring", ([],)),
        ("tointeger", ("1e30",)),
        ("tofloat", (True,)),
        ("round", (1.5, -1)),
        ("round", (1.5, 1, "half_up")),
        ("round", (1.25, 1, "UNNECESSARY")),
        ("labels", (EDGE,)),
        ("length", ([],)),
        *(("date", (text,)) for text in ("24-05-06", "2024-13-01", "2023-366", "2024-W53", "2024-05-06T10:00")),
        *(("date", (fields,)) for fields in ({}, {"month": 5}, {"year": 2024, "day": 1}, {"year": 2024, "hour": 1})),
        ("date", ({"year": 2024, "week": 1, "month": 1},)),
        ("date", ({"year": "2024"},)),
    ],
)
def test_what_neo4j_does_not_take_is_an_error_in_one_line(name, arguments):
    with pytest.raises(NotUnderstoodError, match=r"^[^\n]+$"):
        SCALARS[name](*arguments)


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("range", (0, 10**10), "1,000,000 numbers"),
        ("datetime", (), "dates as texts"),
        ("date", ("-2024-05-06",), "years 1 to 9999"),
    ],
)
def test_what_the_engine_cannot_do_is_refused(name, arguments, says):
    with pytest.raises(RefusedError, match=says):
        SCALARS[name](*arguments)
