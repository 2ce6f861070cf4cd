"""JSON and tables as programs and people export them: which fields are read, and what is no list of papers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.schema import Paper
from kg.sources import Problem, read

ABSTRACT = "Paper cranes are folded by rules, and we say how many rules one needs."


def read_text(folder: Path, text: str, name: str = "input") -> list[Paper]:
    file = folder / name
    file.write_text(text, "utf-8")
    return list(read([file], lambda problem: pytest.fail(str(problem))))


def read_json(folder: Path, value: Any) -> list[Paper]:
    return read_text(folder, json.dumps(value), "input.json")


def refusal(folder: Path, text: str, name: str = "input") -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        list(read([file], lambda problem: pytest.fail(str(problem))))
    return str(refused.value)


def test_csl_json_has_dates_in_parts_and_names_in_parts(tmp_path: Path) -> None:
    (paper,) = read_json(
        tmp_path,
        [
            {
                "id": "vass2017",
                "type": "article-journal",
                "title": "Seven <i>Ways</i> to Fold",
                "issued": {"date-parts": [["2017", 6]]},
                "author": [
                    {"family": "Vass", "given": "Ann"},
                    {"family": "Oost", "given": "Anna", "non-dropping-particle": "van den"},
                    {"literal": "Team Olm"},
                ],
                "container-title": "Journal of Folds",
                "URL": "http://arxiv.org/abs/1706.01234",
            }
        ],
    )
    assert (paper.title, paper.year, paper.venue) == ("Seven Ways to Fold", 2017, "Journal of Folds")
    assert paper.authors == ("Ann Vass", "Anna van den Oost", "Team Olm")
    assert (paper.arxiv_id, paper.kind) == ("1706.01234", "article")


def test_a_list_of_a_conference_says_year_address_and_code_in_fields_of_its_own(tmp_path: Path) -> None:
    entry = "@inproceedings{x, title={A Calm Fold}, year={2031}, booktitle={COLM}}"
    (paper,) = read_json(
        tmp_path,
        [
            {
                "title": "A Calm Fold",
                "author": "Ann Vass; Bo Shaw",
                "aff": "Olm University; Institute of Paper",
                "abstract": ABSTRACT,
                "bibtex": entry,
                "site": "https://aclanthology.org/2031.fold-1.7/",
                "github": "https://github.com/vass/calm-fold",
            }
        ],
    )
    assert (paper.year, paper.authors) == (2031, ("Ann Vass", "Bo Shaw"))
    assert paper.organizations == ("Olm University", "Institute of Paper")
    assert "acl:2031.fold-1.7" in paper.ids
    assert paper.repositories == ("https://github.com/vass/calm-fold",)


@pytest.mark.parametrize("field", ["page", "Where It Is", "official_landing"])
def test_an_address_or_doi_is_taken_from_a_field_of_any_name(tmp_path: Path, field: str) -> None:
    record = {"title": "A Calm Fold", "authors": ["Ann Vass"], "abstract": ABSTRACT}
    (paper,) = read_json(tmp_path, [{**record, field: "https://arxiv.org/abs/2306.01234v2"}])
    assert paper.arxiv_id == "2306.01234"
    (paper,) = read_json(tmp_path, [{**record, field: "https://doi.org/10.5555/fold.1"}])
    assert paper.doi == "10.5555/fold.1"


@pytest.mark.parametrize("field", ["related_work", "citedBy", "comment", "similar", "references_text"])
def test_fields_about_other_papers_give_no_id(tmp_path: Path, field: str) -> None:
    record = {"title": "A Calm Fold", "authors": ["Ann Vass"], "abstract": ABSTRACT, "year": 2023}
    (paper,) = read_json(tmp_path, [{**record, field: "https://arxiv.org/abs/2306.01234"}])
    assert paper.arxiv_id is None


@pytest.mark.parametrize("wrapper", ["citedPaper", "citingPaper"])
def test_references_and_citations_of_semantic_scholar_are_papers(tmp_path: Path, wrapper: str) -> None:
    inner = {"paperId": "ab" * 20, "title": "Seven Ways to Bend", "year": 2018}
    (paper,) = read_json(tmp_path, {"offset": 0, "data": [{"contexts": [], "isInfluential": False, wrapper: inner}]})
    assert (paper.title, paper.year) == ("Seven Ways to Bend", 2018)


def test_records_may_stand_under_their_ids(tmp_path: Path) -> None:
    record = {"title": "One Way to Fold", "authors": ["Ann Vass"], "abstract": ABSTRACT, "date": "2021-10-14"}
    for value in ({"2110.01234": record}, {"Folding": {"2110.01234": record}}):
        (paper,) = read_json(tmp_path, value)
        assert (paper.title, paper.year) == ("One Way to Fold", 2021)


def test_nobody_wrote_what_is_anonymous(tmp_path: Path) -> None:
    content = {"title": "A Calm Fold", "abstract": ABSTRACT, "authors": ["Anonymous"]}
    (paper,) = read_json(tmp_path, {"notes": [{"id": "x1", "forum": "x1", "content": content}]})
    assert paper.authors == ()


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Document Title,Authors,Publication Title,Publication Year,DOI", "T,Ann Vass; Bo Shaw,J,2020,10.5555/x.1"),
        ("Authors,Title,Year,Source title,DOI,EID", '"Vass A., Shaw B.",T,2020,J,10.5555/x.1,2-s2.0-1'),
        ("PT\tAU\tTI\tSO\tDI\tPY", "J\tVass, Ann; Shaw, Bo\tT\tJ\t10.5555/x.1\t2020"),
        ("Paper Title;Author Names;Venue;Year;DOI", "T;Ann Vass, Bo Shaw;J;2020;10.5555/x.1"),
        ("Article Title,Author(s),Journal,Pub Year,doi", '"T","Ann Vass and Bo Shaw",J,2020,10.5555/x.1'),
        ("cord_uid,title,doi,publish_time,authors,journal", '1,T,10.5555/x.1,2020-03-01,"Vass, Ann; Shaw, Bo",J'),
    ],
)
def test_columns_are_known_as_exporters_call_them(tmp_path: Path, header: str, row: str) -> None:
    (paper,) = read_text(tmp_path, f"{header}\n{row}\n", "input.csv")
    assert (paper.title, paper.year, paper.doi, paper.venue) == ("T", 2020, "10.5555/x.1", "J")
    assert [name.rpartition(" ")[2] for name in paper.authors] == ["Vass", "Shaw"]


@pytest.mark.parametrize("counts", ["citations", "Cites", "Citations"])
def test_how_often_a_paper_is_cited_is_no_reference(tmp_path: Path, counts: str) -> None:
    papers = read_text(
        tmp_path, f"id,title,authors,year,{counts}\n1,One Fold,Ann Vass,2020,2\n2,Two Folds,Bo Shaw,2021,1.0\n"
    )
    assert [paper.references for paper in papers] == [(), ()]


def test_arxiv_ids_of_which_a_spreadsheet_made_numbers_get_their_zeros_again(tmp_path: Path) -> None:
    papers = read_text(tmp_path, "title,arxiv_id,authors\nOne Fold,2010.1192,Ann Vass\nTwo Folds,704.0001,Bo Shaw\n")
    assert [paper.arxiv_id for paper in papers] == ["2010.11920", "0704.0001"]


def test_two_dois_in_one_field_are_both_ids(tmp_path: Path) -> None:
    (paper,) = read_json(
        tmp_path, [{"title": "A Calm Fold", "authors": ["Ann Vass"], "doi": "10.5555/x.1; 10.5555/y.2"}]
    )
    assert (paper.doi, paper.ids) == ("10.5555/x.1", ("doi:10.5555/y.2",))


NO_PAPERS: dict[str, Callable[[], str]] = {
    "calendar": lambda: json.dumps([{"title": "Lunch", "start": "12:00", "end": "13:00", "location": "Hall 3"}]),
    "titles alone": lambda: json.dumps([{"title": "Lunch"}, {"title": "Dinner"}]),
    "schema": lambda: json.dumps({"$schema": "x", "title": "Crane", "type": "object", "properties": {"wing": {}}}),
    "package": lambda: json.dumps({"name": "crane", "version": "1.0.0", "author": "Ann Vass", "license": "MIT"}),
    "notebook": lambda: json.dumps({"cells": [], "metadata": {"title": "Folding"}, "nbformat": 4, "nbformat_minor": 5}),
    "films": lambda: "title,year,director,genre\nThe Crane,1999,Ann Vass,drama\nThe Boat,2001,Bo Shaw,drama\n",
    "goods": lambda: "title,price,stock\nRed paper,3.50,17\nBlue paper,3.60,12\n",
    "data sets": lambda: json.dumps(
        [
            {
                "name": "CraneSet",
                "full_name": "",
                "homepage": "",
                "description": "Cranes",
                "paper": {"title": "Cranes", "url": ""},
            }
        ]
    ),
    "methods": lambda: json.dumps(
        [
            {
                "name": "FoldNorm",
                "full_name": "Fold Normalisation",
                "introduced_year": 2000,
                "collections": [],
                "num_papers": 3,
            }
        ]
    ),
    "films in Markdown": lambda: "| Title | Year |\n| --- | --- |\n| The Crane | 1999 |\n| The Boat | 2001 |\n",
}


@pytest.mark.parametrize("kind", NO_PAPERS)
def test_what_has_titles_and_is_no_list_of_papers_is_refused(tmp_path: Path, kind: str) -> None:
    assert "of no known format" in refusal(tmp_path, NO_PAPERS[kind]())


def test_the_refusal_of_a_table_names_its_columns(tmp_path: Path) -> None:
    said = refusal(tmp_path, "Heading of It,Site\nOne Way to Fold a Crane,x\nTwo Ways to Fold a Boat,y\n")
    assert (
        "a table with the columns Heading of It, Site; no column is a title: if `Heading of It` is one, call it `title`"
        in said
    )


def test_what_is_told_to_be_json_is_read_whatever_it_has(tmp_path: Path) -> None:
    file = tmp_path / "titles.json"
    file.write_text(json.dumps([{"title": "Lunch"}]))
    problems: list[Problem] = []
    assert [paper.title for paper in read([file], problems.append, "json")] == ["Lunch"]
