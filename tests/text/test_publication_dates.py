"""Dates as exporters write them: as precise as is certain, and never more."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.publication_dates import publication_date, publication_year


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # ISO 8601
        ("2019", "2019"),
        ("2019-12", "2019-12"),
        ("2019-12-31", "2019-12-31"),
        ("2024-05-18T10:00:00.000Z", "2024-05-18"),
        ("2024-05-18 10:00:00+02:00", "2024-05-18"),
        ("2017-6-2", "2017-06-02"),
        ("20170612", "2017-06-12"),
        ("20170612103000", "2017-06-12"),
        ("201706", "2017-06"),
        # what cannot be
        ("2019-13", "2019"),
        ("2019-02-30", "2019-02"),
        ("2019-00-00", "2019"),
        ("2019-06-00", "2019-06"),
        ("0000-00-00", None),
        ("20245", None),
        ("0999", None),
        ("3017", None),
        # in words
        ("June 2017", "2017-06"),
        ("Jun. 2017", "2017-06"),
        ("12 Jun 2017", "2017-06-12"),
        ("12 June 2017", "2017-06-12"),
        ("12. Juni 2017", "2017-06-12"),
        ("12th of June, 2017", "2017-06-12"),
        ("June 12, 2017", "2017-06-12"),
        ("June 12th, 2017", "2017-06-12"),
        ("Sept 2017", "2017-09"),
        ("12-Jun-2017", "2017-06-12"),
        ("Jun-2017", "2017-06"),
        ("2017 Jun 12", "2017-06-12"),
        ("2017 Jun-Jul", "2017-06"),
        ("2017 Spring", "2017"),
        ("Mon, 12 Jun 2023 03:30:32 GMT", "2023-06-12"),
        ("Mon, 12 Jun 2023 03:30:32 +1030", "2023-06-12"),
        ("Mon Jun 12 03:30:32 2023", "2023-06-12"),
        ("31 June 2017", "2017-06"),
        ("12 de junio de 2017", "2017-06-12"),
        ("2017年6月12日", "2017-06-12"),
        # days and months in digits
        ("12/06/2017", "2017"),
        ("25/06/2017", "2017-06-25"),
        ("06/25/2017", "2017-06-25"),
        ("25.06.2017", "2017-06-25"),
        ("06/06/2017", "2017-06-06"),
        ("06/2017", "2017-06"),
        ("32/06/2017", "2017-06"),
        ("2017.06.12", "2017-06-12"),
        ("17/06/12", None),
        # RIS
        ("2019///", "2019"),
        ("2013/02/15/received", "2013-02-15"),
        ("2015/october", "2015-10"),
        ("2015/10//", "2015-10"),
        ("///", None),
        # EDTF
        ("2004-06~", "2004-06"),
        ("2004?", "2004"),
        ("~2004", "2004"),
        ("201X", None),
        ("2004-XX", "2004"),
        ("2004-06-XX", "2004-06"),
        ("2004/2005", "2004"),
        ("2004-06/2006-08", "2004-06"),
        ("2004-06-11/2006-08-01", "2004-06-11"),
        ("2004/..", "2004"),
        ("../2004", None),
        ("/2004", None),
        ("1984-21", "1984"),
        # one year with something beside it
        ("2013a", "2013"),
        ("c2005", "2005"),
        ("©2017", "2017"),
        ("ca. 2004", "2004"),
        ("[2004]", "2004"),
        ("{2017}", "2017"),
        ("(2017)", "2017"),
        ("2017, to appear", "2017"),
        ("in press 2019", "2019"),
        ("2018-09-17, 2018", "2018-09-17"),
        ("2017.0", "2017"),
        ("ICLR 2017", "2017"),
        ("NeurIPS 2018 12", "2018-12"),
        # spans
        ("1999/2000", "1999"),
        ("2008--2016", "2008"),
        ("2008–2016", "2008"),
        ("2008 - 2016", "2008"),
        ("June 2017 - July 2018", "2017-06"),
        ("28 Dec 2017 – 3 Jan 2018", "2017-12-28"),
        ("12-14 June 2017", "2017-06"),
        ("June 2-7, 2017", "2017-06"),
        ("2010-2011", "2010"),
        # no one year
        ("2017, 2019", None),
        ("2017 (1999)", None),
        ("2019-2017", None),
        ("to appear", None),
        ("n.d.", None),
        ("", None),
        ("arXiv:1706.03762", None),
        # time stamps
        (1496275200, "2017-06-01"),
        (1496275200000, "2017-06-01"),
        ("1496275200", "2017-06-01"),
        ("1496275200000.0", "2017-06-01"),
        (1496275200.0, "2017-06-01"),
        (17, None),
        (-5, None),
        (10**40, None),
        # numbers and dates
        (2017, "2017"),
        (2017.0, "2017"),
        (2017.5, None),
        (float("nan"), None),
        (True, None),
        (None, None),
        (201706, "2017-06"),
        (20170612, "2017-06-12"),
        (date(2017, 6, 12), "2017-06-12"),
        (datetime(2017, 6, 12, 3, tzinfo=UTC), "2017-06-12"),
        # lists
        ([[2017, 6, 12]], "2017-06-12"),
        (["2017", 6], "2017-06"),
        ([["2017", 6, "12"]], "2017-06-12"),
        ([[2017, 6], [2018, 1]], "2017-06"),
        ([[None]], None),
        ([[2017, None, None]], "2017"),
        ([[2017, 6, 0]], "2017-06"),
        (["2017-06-12", "2018-01-01"], "2017-06-12"),
        ([2017, 2018], "2017"),
        ([], None),
        # objects
        ({"date-parts": [[2017, 6, 12]]}, "2017-06-12"),
        ({"date-parts": [["2017"]], "season": "1", "circa": True}, "2017"),
        ({"date-parts": [[None]]}, None),
        ({"raw": "June 2017"}, "2017-06"),
        ({"literal": "in press 2019"}, "2019"),
        ({"year": 2017, "month": 6}, "2017-06"),
        ({"year": "2017", "month": "jun"}, "2017-06"),
        ({"year": "2017a", "month": "jun"}, "2017-06"),
        ({"year": "2017", "month": "June 2--7"}, "2017-06"),
        ({"year": "2017", "month": "12~jun"}, "2017-06-12"),
        ({"year": "2017", "month": "Jan.", "day": "7"}, "2017-01-07"),
        ({"Year": "2017", "Month": "06", "Day": "12"}, "2017-06-12"),
        ({"year": "2017-06"}, "2017-06"),
        ({"year": "2017", "month": "soon"}, "2017"),
        ({"year": "to appear", "month": "jun"}, None),
        ({"MedlineDate": "2017 Jun-Jul"}, "2017-06"),
        ({"$date": "2017-06-12T00:00:00Z"}, "2017-06-12"),
        ({"value": "2017"}, "2017"),
        ({"content": {"value": 1496275200000}}, "2017-06-01"),
        ({}, None),
    ],
)
def test_dates_are_as_precise_as_is_certain(value: object, expected: str | None) -> None:
    assert publication_date(value) == expected
    assert publication_year(value) == (int(expected[:4]) if expected else None)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["year", "month", "date-parts", "raw", "value", ""]) | st.text(), inner)
    ),
    max_leaves=8,
)
like_dates = st.lists(
    st.sampled_from(
        ["2017", "2018", "06", "12", "30", "31", "jun", "May", "-", "/", ".", " ", ":", "+", "T", "to", "~", "X"]
    ),
    max_size=9,
).map("".join)


@given(anything | like_dates)
def test_anything_is_a_date_that_can_be_or_none(value: object) -> None:
    found = publication_date(value)
    if found is not None:
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", found)
        assert date.fromisoformat(found + "-01" * (2 - found.count("-")))
        assert publication_date(found) == found


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y"])
)
def test_a_whole_date_is_read_to_the_day(day: date, pattern: str) -> None:
    assert publication_date(day.strftime(pattern)) == day.isoformat()
