"""The types of Cypher by name, for `IS ::`."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from kg.errors import NotUnderstoodError
from kg.interpreter.values import EdgeValue, NodeValue, PathValue

Test = Callable[[Any], bool]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_OF_ONE_CLASS: Mapping[str, type] = {
    "BOOLEAN": bool,
    "BOOL": bool,
    "STRING": str,
    "VARCHAR": str,
    "INTEGER": int,
    "INT": int,
    "SIGNED INTEGER": int,
    "FLOAT": float,
    "DATE": date,
    "NODE": NodeValue,
    "VERTEX": NodeValue,
    "RELATIONSHIP": EdgeValue,
    "EDGE": EdgeValue,
    "PATH": PathValue,
    "PATHS": PathValue,
    "MAP": dict,
}
_NEVER = (
    "NULL",
    "DURATION",
    "POINT",
    "LOCAL TIME",
    "ZONED TIME",
    "LOCAL DATETIME",
    "ZONED DATETIME",
    "TIME WITH TIME ZONE",
    "TIME WITHOUT TIME ZONE",
    "TIMESTAMP WITH TIME ZONE",
    "TIMESTAMP WITHOUT TIME ZONE",
)
"""Types of which a value here is none, unless it is null."""
_NAMES = sorted([*_OF_ONE_CLASS, *_NEVER, "PROPERTY VALUE"], key=lambda name: -len(name.split()))


def is_type(value: Any, type_name: str) -> bool:
    """`value IS :: type_name`; null is of every type but those with NOT NULL.

    Args:
        value: any.
        type_name: the type as it is written, as `LIST<INTEGER NOT NULL> | STRING`.

    Raises:
        NotUnderstoodError: there is no such type.
    """
    return _test(type_name)(value)


@lru_cache(maxsize=100)
def _test(type_name: str) -> Test:
    return _TypeName(type_name).test()


class _TypeName:
    """Reads the name of a type into a test."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [found.upper() for found in _TOKEN.findall(text)]

    def test(self) -> Test:
        found = self._union()
        if self._tokens:
            raise self._unknown()
        return found

    def _unknown(self) -> NotUnderstoodError:
        return NotUnderstoodError(f"there is no type {self._text}: write BOOLEAN, STRING, INTEGER, FLOAT, LIST<ANY> …")

    def _word(self, *words: str) -> bool:
        """Takes words if they come next, and says whether they did."""
        if self._tokens[: len(words)] != list(words):
            return False
        del self._tokens[: len(words)]
        return True

    def _union(self) -> Test:
        tests = [self._single()]
        while self._word("|"):
            tests.append(self._single())
        if len(tests) == 1:
            return tests[0]
        if len({test(None) for test in tests}) > 1:
            raise NotUnderstoodError(f"{self._text}: give NOT NULL to each of the types, or to none")
        return lambda value: any(test(value) for test in tests)

    def _single(self) -> Test:
        if self._word("NOTHING"):
            self._word("NOT", "NULL")
            return lambda value: False
        test = self._named()
        while True:
            nullable = not (self._word("NOT", "NULL") or self._word("!"))
            test = _or_null(test) if nullable else _unless_null(test)
            if not (self._word("LIST") or self._word("ARRAY")):
                return test
            test = _list_of(test)

    def _named(self) -> Test:
        if self._word("LIST", "<") or self._word("ARRAY", "<"):
            return _list_of(self._rest_of_brackets())
        any_value = self._word("ANY")
        if any_value and (self._word("<") or self._word("VALUE", "<")):
            return self._rest_of_brackets()
        if any_value and (self._word("VALUE") or not self._tokens or self._tokens[0] in _AFTER_A_TYPE):
            return lambda value: value is not None
        for name in _NAMES:
            if self._word(*name.split()):
                kind = _OF_ONE_CLASS.get(name)
                if kind is not None:
                    return lambda value: type(value) is kind
                return _is_property if name == "PROPERTY VALUE" else lambda value: False
        raise self._unknown()

    def _rest_of_brackets(self) -> Test:
        test = self._union()
        if not self._word(">"):
            raise self._unknown()
        return test


_AFTER_A_TYPE = frozenset({"NOT", "!", "|", ">", "LIST", "ARRAY"})
_PROPERTY_CLASSES = frozenset({bool, int, float, str, date})


def _or_null(test: Test) -> Test:
    return lambda value: value is None or test(value)


def _unless_null(test: Test) -> Test:
    return lambda value: value is not None and test(value)


def _list_of(test: Test) -> Test:
    return lambda value: type(value) is list and all(map(test, value))


def _is_property(value: Any) -> bool:
    """Whether a node may have the value as a property: one of the plain types, or a list of values of one of them."""
    if type(value) is list:
        kinds = set(map(type, value))
        return len(kinds) < 2 and kinds <= _PROPERTY_CLASSES
    return type(value) in _PROPERTY_CLASSES
