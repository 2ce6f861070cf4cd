"""Lists and tables of papers in Markdown."""

from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.schema import Paper
from kg.sources import Problem, read
from kg.sources.markdown_rows import cells_of, paper_of_cells


def parsed(folder: Path, text: str) -> tuple[list[Paper], list[Problem]]:
    file = folder / "papers.md"
    file.write_text(text)
    problems: list[Problem] = []
    return [paper for paper in read([file], problems.append) if isinstance(paper, Paper)], problems


def one(folder: Path, item: str) -> Paper:
    """The paper of an item, read beside another."""
    first, _ = parsed(folder, f"{item}\n\n- [Two Ways to Fold Paper Boats](https://arxiv.org/abs/2306.99992)\n")[0]
    return first


CRANES = "One Way to Fold Paper Cranes"
LINK = "https://arxiv.org/abs/2306.99991"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (f"- **{CRANES}.** *Ann Vass, Bo Shaw.* NeurIPS 2023. [[paper]({LINK})]", {"venue": "NeurIPS 2023"}),
        (f"- [{CRANES}]({LINK}), Ann Vass, Bo Shaw, ACL 2023.", {"venue": "ACL 2023"}),
        (f"1. **{CRANES}.** ACL 2023. [paper]({LINK})\n\n    *Ann Vass, Bo Shaw.*", {"venue": "ACL 2023"}),
        (f"- **{CRANES}** <br> Ann Vass, Bo Shaw <br> *ACL, 2023*. [[pdf]({LINK})]", {"venue_year": 2023}),
        (f"* (ACL'23) {CRANES}, Ann Vass, Bo Shaw [[Paper]({LINK})]", {"venue_year": 2023}),
        (f"- [2023/06] **{CRANES}** | Ann Vass, Bo Shaw | [[paper]]({LINK}) |", {"published": "2023-06"}),
        (f'- Ann Vass and Bo Shaw. "{CRANES}." In ACL 2023. [link]({LINK})', {"venue_year": 2023}),
        (f"- Ann Vass, Bo Shaw (2023). {CRANES}. [pdf]({LINK})", {"year": 2023}),
        (f"- {CRANES} (2023), Ann Vass, Bo Shaw [[pdf]]({LINK})", {"year": 2023}),
        (f"- {CRANES}\n  - Ann Vass, Bo Shaw\n  - ACL 2023\n  - {LINK}", {"venue": "ACL 2023"}),
        (f"- **[Crane]** {CRANES} | **[CVPR' 18]** | Ann Vass, Bo Shaw |[`[pdf]`]({LINK})", {"venue_year": 2018}),
        (f"- [{CRANES}]({LINK}) by Ann Vass and Bo Shaw, [code](https://github.com/vass/crane)", {}),
        (f"- 2023-06-12, **{CRANES}**, Ann Vass, Bo Shaw, Paper: [{LINK}]({LINK})", {"published": "2023-06-12"}),
        (f"- `ACL 2023` {CRANES}\n  Ann Vass, Bo Shaw\n  [![arXiv](https://img.example/b.svg)]({LINK})", {}),
        (f"### [{CRANES}]({LINK})\n\n**Authors**: Ann Vass, Bo Shaw\n\n**Abstract**: We fold.\n\n## More", {}),
        (
            f"### {CRANES}\n- **Authors:** Ann Vass, Bo Shaw\n- **Arxiv link:** {LINK}\n- **Abstract**\n We fold.\n\n## B",
            {},
        ),
        (f"- **CraneNet**: {CRANES}\n  - [Paper]({LINK})\n  - Ann Vass, Bo Shaw", {}),
        (f"- [2306.99991]({LINK}) {CRANES}, Ann Vass and Bo Shaw", {"year": 2023}),
        (f"{CRANES}. Ann Vass, Bo Shaw. NeurIPS 2023. [[pdf]({LINK})]", {"venue": "NeurIPS 2023"}),
        (f"**{CRANES}**  \nAnn Vass, Bo Shaw  \nACL 2023, [Paper]({LINK})", {"venue": "ACL 2023"}),
    ],
)
def test_an_item_in_the_layout_of_a_list(tmp_path: Path, item: str, expected: dict[str, Any]) -> None:
    paper = one(tmp_path, item)
    assert (paper.title, paper.arxiv_id) == (CRANES, "2306.99991")
    assert [name.split()[-1] for name in paper.authors] == ["Vass", "Shaw"]
    assert {name: getattr(paper, name) for name in expected} == expected


def test_a_citation_in_plain_text(tmp_path: Path) -> None:
    paper = one(tmp_path, f"- Vass, A., & Shaw, B. (2023). {CRANES}. *Journal of Folding*, 12(3), 1-10. {LINK}")
    assert (paper.title, paper.year, paper.arxiv_id) == (CRANES, 2023, "2306.99991")


def test_a_repository_is_the_papers_code_and_badges_are_dropped(tmp_path: Path) -> None:
    badge = "![stars](https://img.shields.io/github/stars/vass/cranefold.svg)"
    paper = one(tmp_path, f"- :star: {badge} [{CRANES}]({LINK}) [code](https://github.com/vass/cranefold)")
    assert (paper.title, paper.repositories) == (CRANES, ("https://github.com/vass/cranefold",))


def test_categories_of_items_are_no_papers(tmp_path: Path) -> None:
    found, problems = parsed(
        tmp_path,
        f"* Birds\n  * [{CRANES}]({LINK})\n* Boats\n  * [Two Ways to Fold Boats](https://arxiv.org/abs/2306.99992)\n",
    )
    assert [paper.title for paper in found] == [CRANES, "Two Ways to Fold Boats"]
    assert not problems


def test_a_heading_that_is_a_year_dates_what_says_no_year_itself(tmp_path: Path) -> None:
    found, _ = parsed(
        tmp_path,
        "# Papers\n\n## 2019\n\n- [Three Ways to Fold Paper Frogs](https://folds.example/frogs.pdf)\n"
        "- [Four Ways to Fold Paper Hats](https://folds.example/hats.pdf), ACL 2018\n\n"
        "## Since 2017\n\n- [Five Ways to Fold Paper Cups](https://folds.example/cups.pdf)\n",
    )
    assert [paper.year for paper in found] == [2019, 2018, None]


TABLE = """# Papers of Meetings

Papers of the last years.

1. Clone it: `git clone x`

| conf | title | author |
| --- | --- | --- |
| FSE 2030 | Sheets That Fold Themselves Twice | Ann Vass, Bo Shaw, Cy Parr |
| ICSE 2031 | Boats \\| Frogs of Green Paper | Di Wade, Ed Yang |
| ICSE 2031 | A Hat | Flo Sims, Gus Ulm |
"""


def test_a_table_gives_a_paper_a_row(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, TABLE)
    assert [(paper.title, paper.year, paper.venue) for paper in found] == [
        ("Sheets That Fold Themselves Twice", 2030, "FSE 2030"),
        ("Boats | Frogs of Green Paper", 2031, "ICSE 2031"),
        ("A Hat", 2031, "ICSE 2031"),
    ]
    assert found[1].authors == ("Di Wade", "Ed Yang")
    assert [problem.line for problem in problems] == [5]


DAILY = """|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2023-06-12**|**One Way to Fold Paper Cranes**|Ann Vass et.al.|[2306.99991](http://arxiv.org/abs/2306.99991)|**[link](https://github.com/vass/cranefold)**|
|**2023-06-13**|**Two Ways to Fold Paper Boats**|Cy Parr et.al.|[2306.99992](http://arxiv.org/abs/2306.99992)|null|
"""


def test_the_table_of_a_daily_digest(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, DAILY)
    assert not problems
    assert [(paper.title, paper.published, paper.arxiv_id, paper.repositories) for paper in found] == [
        (CRANES, "2023-06-12", "2306.99991", ("https://github.com/vass/cranefold",)),
        ("Two Ways to Fold Paper Boats", "2023-06-13", "2306.99992", ()),
    ]


def test_a_bar_in_a_title_that_was_not_escaped(tmp_path: Path) -> None:
    found, _ = parsed(tmp_path, DAILY.replace("**One Way to Fold Paper Cranes**", "**Cranes at |b|<20 Degrees**"))
    assert (found[0].title, found[0].published, found[0].arxiv_id) == (
        "Cranes at |b|<20 Degrees",
        "2023-06-12",
        "2306.99991",
    )


def test_a_title_may_begin_like_a_label(tmp_path: Path) -> None:
    assert (
        one(tmp_path, f"- **CodeS: Folding Code into Cranes** [[paper]({LINK})]").title
        == "CodeS: Folding Code into Cranes"
    )


def test_cells_of_a_row_without_a_header_are_told_by_what_they_hold() -> None:
    row = "|**2021-10-14**|**One Way to Fold Paper Cranes**|Ann Vass et.al.|[2110.97546](http://arxiv.org/abs/2110.97546)|null|\n"
    record = paper_of_cells(None, cells_of(row))
    assert record
    assert (record["title"], record["date"], record["links"]) == (
        CRANES,
        "2021-10-14",
        ["http://arxiv.org/abs/2110.97546"],
    )
    assert record["authors"].startswith("Ann Vass")


def test_a_long_list_is_read_to_its_end(tmp_path: Path) -> None:
    names = [f"Way {n} to Fold Paper Cranes" for n in range(1, 3001)]
    text = "".join(f"- [{name}](https://arxiv.org/abs/2306.{n:05})\n\n" for n, name in enumerate(names, 1))
    found, problems = parsed(tmp_path, text)
    assert [paper.title for paper in found] == names
    assert not problems


def test_an_item_that_names_no_paper_is_told_of_with_its_line(tmp_path: Path) -> None:
    found, (problem,) = parsed(
        tmp_path,
        f"- [{CRANES}]({LINK})\n- [Two Ways to Fold Boats](https://arxiv.org/abs/2306.99992)\n- A course on folding\n",
    )
    assert len(found) == 2
    assert problem.line == 3
    assert "A course on folding" in problem.message


def test_a_list_of_other_things_with_a_paper_among_them_is_refused(tmp_path: Path) -> None:
    tools = "".join(f"- [Tool {n}](https://folds.example/{n}): folds sheet {n}\n" for n in range(9))
    with pytest.raises(InputError):
        parsed(
            tmp_path,
            f"# Tools\n\n{tools}- [{CRANES}]({LINK})\n- [Two Ways to Fold](https://arxiv.org/abs/2306.99992)\n",
        )
