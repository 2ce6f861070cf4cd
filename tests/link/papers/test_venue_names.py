"""From what sources write of a publication to a venue and a year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.papers.venue_names import category_id, category_name, edition_year, publication, venue_of
from kg.schema import Paper

OF_KNOWN = {
    "NeurIPS 2018 12": ("NeurIPS", 2018),
    "In Proc. of ACL'19": ("ACL", 2019),
    "ICLR.cc/2024/Conference": ("ICLR", 2024),
    "neurips-2018-12": ("NeurIPS", 2018),
    "33rd Conference on Neural Information Processing Systems (NeurIPS 2019), Vancouver": ("NeurIPS", 2019),
    "Advances in Neural Information Processing Systems 32": ("NeurIPS", None),
    "Findings of EMNLP 2020": ("Findings of EMNLP", 2020),
    "Journal of Machine Learning Research 15(1):1929-1958, 2014": ("JMLR", 2014),
    "Journal of Machine Learning Research 15, pages 1929--1958": ("JMLR", None),
    "IEEE Access, vol. 7, pp. 2000-2010, 2019": ("IEEE Access", 2019),
    "Phys.Rev.D76:013009,2007": ("Physical Review D", 2007),
    "Phys. Rev. Lett. 116, 061102 (2016)": ("Physical Review Letters", 2016),
    "Extended version of IJCAI-19, IJCAI-19": ("IJCAI", 2019),
    "Lecture Notes in Computer Science, vol 11111": ("LNCS", None),
}
OF_THEIR_OWN = {
    "Journal of Paper Cranes, vol. 3, no. 2, pp. 1-9, 2019": ("Journal of Paper Cranes", 2019),
    "Journal of Paper Cranes 3(2):100-120, 2019": ("Journal of Paper Cranes", 2019),
    "Journal of Paper Cranes": ("Journal of Paper Cranes", None),
    "Journal of Paper Cranes, Volume 12": ("Journal of Paper Cranes", None),
    "J. Paper Cranes 12": ("J. Paper Cranes", None),
    "Knowledge, Folding & Policy": ("Knowledge, Folding & Policy", None),
    "Proceedings of the 12th International Conference on Paper Cranes (ICPC 2012)": (
        "International Conference on Paper Cranes",
        2012,
    ),
    "12th International Conference on Paper Cranes, Rome, Italy, June 3-5, 2012, Proceedings, Part II": (
        "International Conference on Paper Cranes",
        2012,
    ),
    "Proceedings of the 5th Workshop on Paper Cranes, Boston, MA, USA, June 2018": ("Workshop on Paper Cranes", 2018),
    "Proceedings of the Second Workshop on Cranes (Volume 2: Short Papers)": ("Workshop on Cranes", None),
    "NeurIPS 2022 Workshop on Paper Cranes": ("NeurIPS Workshop on Paper Cranes", 2022),
    "NeurIPS.cc/2023/Workshop/Cranes": ("NeurIPS Workshop Cranes", 2023),
    "Proceedings of the Crane Society B": ("Proceedings of the Crane Society B", None),
    "In International Conference on Folding, 2003": ("International Conference on Folding", 2003),
    "Workshop on COVID-19": ("Workshop on COVID-19", None),
}
NONE = [
    "Submitted to ICLR 2024",
    "Under review as a conference paper at ICLR 2020",
    "Under review",
    "ICLR 2024 Conference Withdrawn Submission",
    "ICLR 2024 Conference Desk Rejected Submission",
    "ICLR.cc/2024/Conference/Rejected_Submission",
    "Rejected by TMLR",
    "Decision pending for TMLR",
    "arXiv preprint arXiv:1706.03762",
    "arXiv.org",
    "ArXiv",
    "CoRR",
    "CoRR abs/1706.03762",
    "bioRxiv",
    "SSRN Electronic Journal",
    "https://cranes.example/1",
    "2019",
    "--",
    "",
]


@pytest.mark.parametrize(("text", "expected"), (OF_KNOWN | OF_THEIR_OWN).items())
def test_a_text_gives_a_venue_and_the_year_of_its_edition(text: str, expected: tuple[str, int | None]) -> None:
    found = venue_of(text)
    assert found is not None and (found.name, found.year) == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_venue_gives_none(text: str) -> None:
    assert venue_of(text) is None


def test_editions_volumes_and_spellings_of_a_venue_have_one_id() -> None:
    texts = [
        "The Journal of Folding, 12(3)",
        "JOURNAL OF FOLDING",
        "Journal of Folding vol. 2 (2001)",
        "journal of folding",
    ]
    assert {found.id for text in texts if (found := venue_of(text))} == {"venue/journal-of-folding"}


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"venue": "ACL", "venue_year": 2019, "year": 2018}, 2019),
        ({"venue": "ACL 2019", "year": 2018}, 2019),
        ({"venue": "ACL", "year": 2018}, None),
        ({"venue": "ACL", "year": 2019, "source": "bibtex"}, 2019),
        ({"venue": "ACL", "year": 2019, "doi": "10.1000/1"}, 2019),
        ({"venue": "ACL", "year": 2018, "doi": "10.48550/arxiv.1801.00001"}, None),
        ({"venue": "ACL", "year": 2018, "doi": "10.1000/1", "arxiv_id": "1801.00001", "source": "arxiv"}, None),
    ],
)
def test_the_year_is_the_edition_s_as_far_as_known(fields: dict[str, object], year: int | None) -> None:
    found = publication(Paper.model_validate({"id": "1", "title": "On Cranes", **fields}))
    assert found is not None and (found.id, found.year) == ("venue/acl", year)


def test_pages_and_volumes_are_no_years() -> None:
    assert edition_year("Journal of Folding, pages 1990-1999") is None
    assert edition_year("Folding 3, 2001–2010 (2012)") == 2012
    assert edition_year("Folding'98") == 1998


def test_categories_are_written_in_one_way() -> None:
    assert [
        category_name(text) for text in ("cs.CL", "CS.cl", "cond-mat.Mtrl-Sci", "hep-th", " Computer  Science ")
    ] == [
        "cs.CL",
        "cs.CL",
        "cond-mat.mtrl-sci",
        "hep-th",
        "Computer Science",
    ]
    assert [category_id(text) for text in ("cs.CL", "hep-th", "Computer Science")] == [
        "category/cs.cl",
        "category/hep-th",
        "category/computer-science",
    ]


@given(
    st.text()
    | st.lists(st.sampled_from("In Proc of ACL 2019 ( ) , 5th vol 12 pp 1-9 USA June : . '19".split())).map(" ".join)
)
def test_any_text_gives_a_venue_or_none(text: str) -> None:
    found = venue_of(text)
    assert found is None or (found.name.strip() == found.name != "" and found.id.startswith("venue/"))
