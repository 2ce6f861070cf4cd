"""What people write is no mistake to the checks before a statement runs."""

import pytest
from ordinary import ORDINARY, PARAMETERS

from kg.store.ladybug.static_checks import check_statement
from kg.syntax import guard


@pytest.mark.parametrize("statement", ORDINARY)
def test_what_people_write_has_no_mistake(statement):
    query, values = guard.check_with_values(statement, "ladybug", PARAMETERS)
    check_statement(query, values, statement)
