"""The venue that the comments on a paper name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.knowledge.venue_catalogue import known_venue
from kg.sources import read
from kg.sources.acceptance import venue_in_comment

ACCEPTED = {
    "Accepted at ACL 2019": "ACL 2019",
    "To appear in NeurIPS 2020": "NeurIPS 2020",
    "Published as a conference paper at ICLR 2021": "ICLR 2021",
    "12 pages, 3 figures, accepted for publication in Physical Review D": "Physical Review D",
    "Accepted to EMNLP 2020 Findings": "EMNLP 2020 Findings",
    "Accepted to ACL 2020 as a long paper": "ACL 2020 as a long paper",
    "Accepted by IEEE Transactions on Pattern Analysis and Machine Intelligence (TPAMI)": (
        "IEEE Transactions on Pattern Analysis and Machine Intelligence (TPAMI)"
    ),
    "CVPR 2020 camera ready": "CVPR 2020",
    "ICML 2019 (camera-ready version)": "ICML 2019",
    "Accepted at ICLR 2022 (spotlight). Code: https://cranes.example": "ICLR 2022 (spotlight)",
    "accepted to NeurIPS 2020 with spotlight": "NeurIPS 2020",
    "Accepted as an oral at CVPR'20": "CVPR'20",
    "18 pages, appeared in ICML'15": "ICML'15",
    "Extended version of a paper accepted at IJCAI-19": "IJCAI-19",
    "Previously submitted to ICML 2020; accepted at NeurIPS 2020": "NeurIPS 2020",
    "Accepted at the NeurIPS 2022 Workshop on Paper Cranes, 5 pages": "the NeurIPS 2022 Workshop on Paper Cranes",
}
NOT_ACCEPTED = [
    "Submitted to ICLR 2024",
    "12 pages, submitted to ICML 2020",
    "Under review at ACL 2019",
    "ACL 2019",
    "not yet accepted at ICML 2020",
    "accepted at the end of the day",
    "Accepted in the Journal of Cranes",
    "Accepted at a workshop on cranes",
    "Withdrawn by the authors",
    "Published on arXiv",
    "5 pages, 2 figures",
    "",
]


@pytest.mark.parametrize(("comment", "venue"), ACCEPTED.items())
def test_where_a_paper_was_accepted_is_read(comment: str, venue: str) -> None:
    assert venue_in_comment(comment) == venue


@pytest.mark.parametrize("comment", NOT_ACCEPTED)
def test_what_was_not_accepted_by_a_known_venue_is_in_none(comment: str) -> None:
    assert venue_in_comment(comment) is None


def test_a_workshop_is_not_the_conference() -> None:
    venue = venue_in_comment("Accepted at the ACL 2020 Workshop on Cranes")
    assert venue is not None and known_venue(venue) is None


@given(
    st.text()
    | st.lists(st.sampled_from("accepted at to appear in ACL 2019 , . ( workshop as a paper".split())).map(" ".join)
)
def test_any_comment_is_read(comment: str) -> None:
    assert venue_in_comment(comment) is None or venue_in_comment(comment)


def test_the_dump_of_arxiv_has_venues_and_categories(tmp_path: Path) -> None:
    record = {
        "id": "2401.00001",
        "title": "On Cranes",
        "versions": [],
        "update_date": "2024-01-01",
        "abstract": "We fold.",
    }
    records = [
        record | {"categories": "cs.CL stat.ML", "comments": "Accepted at ACL 2019"},
        record | {"id": "2401.00002", "journal-ref": "J. Cranes 12 (2019)", "comments": "Accepted at ACL 2019"},
        record | {"id": "2401.00003", "comments": None},
    ]
    file = tmp_path / "arxiv.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
    papers = list(read([file], pytest.fail))
    assert [(paper.venue, paper.categories) for paper in papers] == [
        ("ACL 2019", ("cs.CL", "stat.ML")),
        ("J. Cranes 12 (2019)", ()),
        (None, ()),
    ]
