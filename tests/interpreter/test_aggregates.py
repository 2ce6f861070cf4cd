"""Aggregates with the values that Neo4j 5.26 gives, to the last bit."""

from math import inf, nan

import pytest

from kg.errors import NotUnderstoodError
from kg.interpreter.aggregates import AGGREGATES
from kg.syntax.functions import FUNCTIONS


def aggregated(name, values, *arguments):
    aggregate = AGGREGATES[name]()
    for value in values:
        aggregate.add(value, *arguments)
    return aggregate.result()


def test_all_that_a_statement_may_call_are_here():
    assert {name for name, function in FUNCTIONS.items() if function.aggregate} == AGGREGATES.keys()


@pytest.mark.parametrize(
    ("name", "values", "arguments", "result"),
    [
        ("count", [1, None, "a"], (), 2),
        ("sum", [], (), 0),
        ("sum", [1, 2.5], (), 3.5),
        ("sum", [0.1, 0.2, 0.3], (), 0.6000000000000001),
        ("sum", [2**63 - 1, 1], (), 9.223372036854776e18),
        ("avg", [0.1, 0.2, 0.3], (), 0.2),
        ("avg", [None], (), None),
        ("avg", [1e308, 1e308, -1e308], (), -inf),
        ("min", [1, "a", True, None], (), "a"),
        ("max", [1, nan, 2], (), nan),
        ("max", [1.0, 1], (), 1.0),
        ("min", [[1, None], [1]], (), [1]),
        ("collect", [1, None, [None]], (), [1, [None]]),
        ("stdev", [], (), 0.0),
        ("stdev", [0.1, 0.2, 0.3], (), 0.09999999999999998),
        ("stdevp", [1, 2, 3, 4], (), 1.118033988749895),
        ("percentilecont", [1, 2, 3, 4], (0.4,), 2.2),
        ("percentilecont", [4, 2, 3.5], (0.3,), 2.9000000000000004),
        ("percentilecont", [1], (0.4,), 1),
        ("percentilecont", [None], (0.4,), None),
        ("percentiledisc", [1, 2, 3, 4], (0.75,), 3),
        ("percentiledisc", [4, 2, 3.5], (0.75,), 4),
        ("percentiledisc", [1, nan], (0.4,), 1),
    ],
)
def test_an_aggregate_has_neo4js_value(name, values, arguments, result):
    assert repr(aggregated(name, values, *arguments)) == repr(result)


@pytest.mark.parametrize(
    ("name", "values", "arguments"),
    [
        ("sum", [1, "a"], ()),
        ("avg", [True], ()),
        ("stdev", [[]], ()),
        ("percentilecont", [1], (1.5,)),
        ("percentiledisc", [1], (None,)),
        ("percentiledisc", ["a"], (0.5,)),
    ],
)
def test_what_neo4j_does_not_take_is_an_error(name, values, arguments):
    with pytest.raises(NotUnderstoodError, match="takes"):
        aggregated(name, values, *arguments)
