"""Ids within what people write around them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.identifiers import arxiv_id, arxiv_id_from_number, arxiv_id_within, doi, dois

NEXT_YEAR = datetime.now(UTC).year - 1999
"""The last two digits of next year."""


@pytest.mark.parametrize("text", ["0704.0001", "1412.9999", "1501.00001", "2010.11920", "cs/0501001", "hep-th/9108001"])
def test_ids_that_arxiv_gave(text: str) -> None:
    assert arxiv_id(text) == arxiv_id_within(f"arXiv:{text}") == text


@pytest.mark.parametrize(
    "text",
    [
        "2010.1192",  # five digits since 2015
        "1412.10001",  # four before
        "0703.0001",  # the new form began in April 2007
        "cs/0704001",  # the old one ended then
        "hep-th/9106001",  # and began in July 1991
        "2013.00001",
        "2000.00001",
        "2010.00000",
        f"{NEXT_YEAR + 1:02}01.00001",
        "abc/0501001",
    ],
)
def test_ids_that_arxiv_cannot_have_given(text: str) -> None:
    assert arxiv_id(text) is None
    assert arxiv_id_within(f"arXiv:{text}") is None


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1901.11391 [cs]\nversion: 5",
        "arXiv: 1901.11391v2 [cs.CL]",
        "arXiv preprint arXiv:1901.11391, 2019",
        "arXiv preprint 1901.11391",
        "arXiv e-prints, arXiv:1901.11391",
        "ArXiv, abs/1901.11391",
        "ArXiv abs/1901.11391",
        "arXiv.1901.11391",
        "arXiv [cs.CL] 1901.11391",
        "CoRR abs/1901.11391",
        "CoRR, abs/1901.11391, 2019",
        "CoRR, vol. abs/1901.11391",
        "abs/1901.11391",
        "Preprint. arXiv:1901.11391. Accepted at a workshop.",
        "Preprint at https://arxiv.org/abs/1901.11391 (2019)",
        "Available on arXiv:1901.11391",
        "also available online at http://arxiv.org/pdf/1901.11391v2.pdf",
        r"\url{https://arxiv.org/abs/1901.11391}",
        "[Online]. Available: https://arxiv.org/abs/1901.11391",
        "https://doi.org/10.48550/arXiv.1901.11391",
        "arXiv identifier 1901.11391",
        "ARXIV:1901.11391",
        "arXiv:1901.11391; https://arxiv.org/abs/1901.11391v3",
        "https://www.alphaxiv.org/abs/1901.11391",
        "https://huggingface.co/papers/1901.11391",
    ],
)
def test_an_id_is_found_in_what_stands_around_it(text: str) -> None:
    assert arxiv_id_within(text) == "1901.11391"


def test_old_ids_are_found_too() -> None:
    assert arxiv_id_within("arXiv preprint cs/0501001") == "cs/0501001"
    assert arxiv_id_within("arXiv:cs.CL/0501001, 2005") == "cs/0501001"
    assert arxiv_id_within("CoRR cs.CL/0501001") == "cs/0501001"
    assert arxiv_id_within("http://arxiv.org/abs/math/0309136v1 (2003)") == "math/0309136"


@pytest.mark.parametrize(
    "text",
    [
        "Extended version of arXiv:1810.04805",
        "Comment on arXiv:1810.04805",
        "Reply to arXiv:1810.04805 [cs.CL]",
        "See also arXiv:1810.04805",
        "Builds on https://arxiv.org/abs/1810.04805",
        "supersedes arXiv:1810.04805",
        "arXiv:1810.04805 and arXiv:1810.04806",
        "1810.04805",
        "pages 1810.04805",
        "Lexarxiv 1810.04805",
        "10.1145/1810.04805",
        "arXiv:1810.048051",
        "arXiv",
        "",
    ],
)
def test_ids_of_other_papers_and_unmarked_numbers_are_not_taken(text: str) -> None:
    assert arxiv_id_within(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2010.1192", "2010.11920"),
        ("2010.11920", "2010.11920"),
        ("2010.1", "2010.10000"),
        ("704.0001", "0704.0001"),
        ("704.1", "0704.1000"),
        ("1412.12", "1412.1200"),
        ("350.25", None),
        ("2013.5", None),
        ("2010", None),
        ("2010.0", None),
        ("12.5", None),
        ("nan", None),
    ],
)
def test_ids_that_a_spreadsheet_made_numbers_of(text: str, expected: str | None) -> None:
    assert arxiv_id_from_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.5555/a", ("10.5555/a",)),
        ("https://doi.org/10.5555/A.", ("10.5555/a",)),
        ("doi: 10.5555/a", ("10.5555/a",)),
        ("10.5555/a and 10.5556/b", ("10.5555/a", "10.5556/b")),
        ("10.5555/a; https://doi.org/10.5556/b", ("10.5555/a", "10.5556/b")),
        ("10.5555/a;10.5556/b", ("10.5555/a", "10.5556/b")),
        ("10.5555/a, 10.5556/b.", ("10.5555/a", "10.5556/b")),
        ("10.5555/a 10.5555/a", ("10.5555/a",)),
        ("10.5555/a\n10.5556/b", ("10.5555/a", "10.5556/b")),
        ("doi:10.5555/a | doi:10.5556/b", ("10.5555/a", "10.5556/b")),
        ("DOI 10.5555/a", ("10.5555/a",)),
        (r"10.5555/a\_b\_1", ("10.5555/a_b_1",)),
        (r"10.5555/a{\_}b", ("10.5555/a_b",)),
        ("(10.5555/a)", ("10.5555/a",)),
        ("10.5555/s0(20)1", ("10.5555/s0(20)1",)),
        (
            "10.5555/(sici)1-2(19980815/30)17:15<1::aid-x>3.0.co;2-2",
            ("10.5555/(sici)1-2(19980815/30)17:15<1::aid-x>3.0.co;2-2",),
        ),
        ("10.5555/a (preprint)", ("10.5555/a",)),
        ("10.5555/a [doi]", ("10.5555/a",)),
        ("10.5555/a/10.5556/b", ("10.5555/a/10.5556/b",)),
        ("https://example.org/doi/abs/10.5555/a", ("10.5555/a",)),
        ("no DOI", ()),
        ("", ()),
    ],
)
def test_a_field_may_hold_several_dois(text: str, expected: tuple[str, ...]) -> None:
    assert dois(text) == expected


@given(
    st.lists(
        st.sampled_from(["10.5555/a", "10.5556/B", "doi:", " ", ";", ",", "and", "(", ")", "/", "x", r"\_"]), max_size=8
    ).map("".join)
)
def test_each_doi_that_is_found_is_one(text: str) -> None:
    for found in dois(text):
        assert doi(found) == found
        assert dois(found) == (found,)


@given(st.text() | st.from_regex(r"arXiv:[ 0-9a-z./]{0,20}"))
def test_each_arxiv_id_that_is_found_is_one(text: str) -> None:
    for found in (arxiv_id_within(text), arxiv_id_from_number(text)):
        assert found is None or arxiv_id(found) == found
