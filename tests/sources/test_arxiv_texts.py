"""arXiv's mails, lists and search results as text, saved pages, and lists of ids."""

from pathlib import Path

import pytest

from kg.link.papers.merging import fullest_first
from kg.schema import Paper
from kg.sources import Problem, read


def parsed(folder: Path, text: str, name: str = "input.txt") -> tuple[list[Paper], list[Problem]]:
    file = folder / name
    file.write_text(text)
    problems: list[Problem] = []
    return [paper for paper in read([file], problems.append) if isinstance(paper, Paper)], problems


ABSTRACT = "We fold cranes of paper. They are better than boats on all of the ponds that we looked at."
NEW = f"""Computation and Language
Showing new listings for Tuesday, 13 June 2023
Total of 4 entries
Showing up to 2000 entries per page: fewer | more | all
New submissions (showing 2 of 2 entries)
[1] arXiv:2306.99991 [pdf, html, other]
Title: One Way to Fold Paper Cranes
Ann Vass, Bo Shaw
Comments: 15 pages
Subjects: Computation and Language (cs.CL); Artificial Intelligence (cs.AI)
{ABSTRACT}
[2] arXiv:2306.99992 [pdf, other]
Title: Two Ways to Fold Paper Boats
Cy Parr
Journal-ref: Journal of Boats 3 (2023)
Subjects: Computation and Language (cs.CL)
{ABSTRACT}
Cross submissions (showing 1 of 1 entries)
[3] arXiv:2306.99993 (cross-list from cs.CV) [pdf, html, other]
Title: Three Ways to Fold Paper Frogs
Di Wade, Ed Yang, et al. (12 additional authors not shown)
Subjects: Computer Vision and Pattern Recognition (cs.CV)
{ABSTRACT}
Replacement submissions (showing 1 of 1 entries)
[4] arXiv:1906.99994 (replaced) [pdf, html, other]
Title: Four Ways to Fold Paper Hats
Flo Sims
Subjects: Computation and Language (cs.CL)
{ABSTRACT}
Total of 4 entries
About
Help
contact arXivClick here to contact arXiv
Contact
"""


def test_a_list_of_new_papers(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, NEW)
    assert not problems
    assert [(paper.title, paper.arxiv_id, paper.year) for paper in found] == [
        ("One Way to Fold Paper Cranes", "2306.99991", 2023),
        ("Two Ways to Fold Paper Boats", "2306.99992", 2023),
        ("Three Ways to Fold Paper Frogs", "2306.99993", 2023),
        ("Four Ways to Fold Paper Hats", "1906.99994", 2019),
    ]
    assert {paper.abstract for paper in found} == {ABSTRACT}
    assert [paper.authors for paper in found][:2] == [("Ann Vass", "Bo Shaw"), ("Cy Parr",)]
    assert found[2].authors[:2] == ("Di Wade", "Ed Yang")
    assert [paper.categories for paper in found][:2] == [("cs.CL", "cs.AI"), ("cs.CL",)]
    assert [paper.venue for paper in found] == [None, "Journal of Boats 3 (2023)", None, None]


RECENT = """Authors and titles for recent submissions
Tue, 13 Jun 2023
Mon, 12 Jun 2023
Total of 2 entries
Tue, 13 Jun 2023 (showing 1 of 1 entries )
[1]  arXiv:2306.99991 [pdf, ps, other]
    Title: One Way to Fold Paper Cranes
    Authors: Ann Vass, Bo Shaw
    Comments: In the hall
    Subjects: Computation and Language (cs.CL)

Mon, 12 Jun 2023 (showing 1 of 1 entries )
[2]  arXiv:math/0309136 [pdf, ps, other]
    Title:
    Two Ways to Fold Paper Boats
    Authors: Cy Parr
    Subjects: Geometric Topology (math.GT)

Total of 2 entries
"""


def test_a_list_of_recent_papers_without_abstracts(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, RECENT)
    assert not problems
    assert [(paper.title, paper.arxiv_id, paper.authors, paper.abstract) for paper in found] == [
        ("One Way to Fold Paper Cranes", "2306.99991", ("Ann Vass", "Bo Shaw"), ""),
        ("Two Ways to Fold Paper Boats", "math/0309136", ("Cy Parr",), ""),
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_a_list_may_have_any_number_of_entries(tmp_path: Path, count: int) -> None:
    text = "".join(
        f"[{n}] arXiv:2306.9999{n} [pdf, html, other]\nTitle: Way {n} to Fold Paper Cranes\nAnn Vass\n"
        f"Subjects: Computation and Language (cs.CL)\n{ABSTRACT}\n"
        for n in range(1, count + 1)
    )
    found, problems = parsed(tmp_path, text)
    assert not problems
    assert [paper.title for paper in found] == [f"Way {n} to Fold Paper Cranes" for n in range(1, count + 1)]


SEARCH = """Showing 1-2 of 2 results for all: cranes
1.
arXiv:2306.99991 [pdf, other]
cs.CL cs.AI
doi
10.5555/crane.1
One Way to Fold Paper Cranes
Authors: Ann Vass, Bo Shaw
Abstract: …cranes of paper. They are better… ▽ More We fold cranes of paper. △ Less
Submitted 14 August, 2024; v1 submitted 12 June, 2023; originally announced June 2023.
Comments: 15 pages
2.
arXiv:2306.99992 [pdf, other]
cs.CL
Two Ways to Fold Paper Boats
Authors: Cy Parr
Abstract: We fold boats. △ Less
Submitted 13 June, 2023; originally announced June 2023.
Search v0.5.6 released 2020-02-24
"""


def test_results_of_a_search(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, SEARCH)
    assert not problems
    assert [(paper.title, paper.abstract, paper.published, paper.doi) for paper in found] == [
        ("One Way to Fold Paper Cranes", "We fold cranes of paper.", "2023-06-12", "10.5555/crane.1"),
        ("Two Ways to Fold Paper Boats", "We fold boats.", "2023-06-13", None),
    ]


MAIL = r"""Date: Tue, 13 Jun 2023 04:00:00 +0000
From: no-reply@mails.example
Subject: cs daily Subj-class mailing

Submissions to:
Computation and Language
------------------------------------------------------------------------------
------------------------------------------------------------------------------
\\
arXiv:2306.99991
Date: Mon, 12 Jun 2023 03:30:32 GMT   (300kb,D)

Title: One Way to Fold Paper Cranes That Are Larger than the Boats of the Year
  Before
Authors: Ann Vass, Bo Shaw (1),
  Cy Parr
Categories: cs.CL cs.AI
Comments: 15 pages
Journal-ref: Journal of Cranes 3 (2023)
DOI: 10.5555/crane.1
License: http://licences.example/by/4.0/
\\
  We fold cranes with language models. Our model is evaluated on
ponds.
\\ ( https://arxiv.org/abs/2306.99991 ,  300kb)
------------------------------------------------------------------------------
\\
arXiv:2306.99992 (*cross-listing*)
Date: Sun, 11 Jun 2023 12:00:00 GMT   (3kb)

Title: Two Ways to Fold Paper Boats
Authors: Cy Parr
Categories: cs.CV cs.CL
\\
  We fold boats.
\\ ( https://arxiv.org/abs/2306.99992 ,  3kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
------------------------------------------------------------------------------
\\
arXiv:1906.99994
replaced with revised version Mon, 12 Jun 2023 09:00:00 GMT   (99kb)

Title: Four Ways to Fold Paper Hats
Authors: Flo Sims
Categories: cs.CL
\\ ( https://arxiv.org/abs/1906.99994 ,  99kb)
------------------------------------------------------------------------------
"""


def test_a_daily_mail(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, MAIL)
    assert not problems
    cranes, boats, hats = found
    assert cranes.title == "One Way to Fold Paper Cranes That Are Larger than the Boats of the Year Before"
    assert cranes.abstract == "We fold cranes with language models. Our model is evaluated on ponds."
    assert (cranes.doi, cranes.venue, cranes.categories) == (
        "10.5555/crane.1",
        "Journal of Cranes 3 (2023)",
        ("cs.CL", "cs.AI"),
    )
    assert (cranes.published, boats.published, hats.published, hats.year) == ("2023-06-12", "2023-06-11", None, 2019)
    assert (boats.arxiv_id, boats.abstract, hats.title) == (
        "2306.99992",
        "We fold boats.",
        "Four Ways to Fold Paper Hats",
    )


def test_an_old_mail_and_one_that_was_quoted(tmp_path: Path) -> None:
    old = "\\\\\nPaper: hep-th/9901001\nFrom: Ann Vass <ann@x.example>\nDate: Fri, 1 Jan 1999 00:00:00 GMT   (9kb)\n\n"
    old += "Title: Cranes of Strings\nAuthors: Ann Vass\n\\\\\n  We fold strings.\n\\\\ ( http://arXiv.org/abs/hep-th/9901001 , 9kb)\n"
    for text in (old, "".join(f"> {line}\n" for line in old.splitlines())):
        ((paper,), problems) = parsed(tmp_path, text)
        assert not problems
        assert (paper.title, paper.arxiv_id, paper.year) == ("Cranes of Strings", "hep-th/9901001", 1999)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("2306.99991\nhttps://arxiv.org/abs/2306.99992\n", ["2306.99991", "2306.99992"]),
        ("# to read\n\n- arXiv:2306.99991v2\n- 2306.99992 # later\n", None),
        ("1. arXiv:2306.99991v2\n2. https://arxiv.org/pdf/2306.99992v1.pdf,\n", ["2306.99991", "2306.99992"]),
        ("2306.99991, 2306.99992\n2306.99993", ["2306.99991", "2306.99992", "2306.99993"]),
        ('"2306.99991",\n"2306.99992"\n', ["2306.99991", "2306.99992"]),
    ],
)
def test_a_list_of_ids(tmp_path: Path, text: str, ids: list[str] | None) -> None:
    if ids is None:
        with pytest.raises(Exception, match="no known format"):
            parsed(tmp_path, text)
        return
    found, problems = parsed(tmp_path, text)
    assert not problems
    assert [paper.arxiv_id for paper in found] == ids
    assert [paper.title for paper in found] == [f"arXiv:{one}" for one in ids]


def test_a_list_of_ids_with_titles_beside_them(tmp_path: Path) -> None:
    found, problems = parsed(
        tmp_path,
        "2306.99991\tOne Way to Fold\n10.5555/boat.1\tTwo Ways to Fold\nThree Ways: https://arxiv.org/abs/2306.99993\n",
    )
    assert not problems
    assert [(paper.title, paper.arxiv_id, paper.doi) for paper in found] == [
        ("One Way to Fold", "2306.99991", None),
        ("Two Ways to Fold", None, "10.5555/boat.1"),
        ("Three Ways", "2306.99993", None),
    ]


@pytest.mark.parametrize(
    "text", ["3.14\n2.71\n", "12345\n67890\n", "https://folds.example\nhttps://boats.example\n", "1.2.3\n"]
)
def test_other_lists_of_numbers_and_links_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Exception, match="no known format"):
        parsed(tmp_path, text)


def test_a_title_that_is_only_an_id_gives_way_to_any_other() -> None:
    def record(title: str, abstract: str = "") -> dict[str, object]:
        return {"title": title, "abstract": abstract, "id": title, "digest": 0}

    records = [record("arXiv:2306.99991"), record("Cranes"), record("doi:10.5555/crane.1")]
    assert sorted(records, key=fullest_first)[0]["title"] == "Cranes"


PAGE = """<!DOCTYPE html><html><head><title>Papers of a workshop</title><style>p {color: red}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/call">Call for papers</a></li></ul></nav>
<h2>Accepted papers</h2>
<ul>
<li><b>One Way to Fold Paper Cranes</b><br><i>Ann Vass, Bo Shaw</i></li>
<li><a href="boats.pdf">Two Ways to Fold Paper Boats</a><br><i>Cy Parr and Di Wade</i></li>
<li><strong>Three Ways to Fold Paper Frogs</strong> <em>Ed Yang (University of Oslo)*; Flo Sims (Olm)</em></li>
</ul></body></html>
"""


def test_the_page_of_a_workshop(tmp_path: Path) -> None:
    found, problems = parsed(tmp_path, PAGE, "accepted.html")
    assert not problems
    assert [(paper.title, paper.authors) for paper in found] == [
        ("One Way to Fold Paper Cranes", ("Ann Vass", "Bo Shaw")),
        ("Two Ways to Fold Paper Boats", ("Cy Parr", "Di Wade")),
        ("Three Ways to Fold Paper Frogs", ("Ed Yang", "Flo Sims")),
    ]


PAGES = {
    "table": """<table><tr><td>Paper</td><td>Authors</td><td>Session</td></tr>
<tr><td>One Way to Fold Paper Cranes</td><td>Ann Vass, Bo Shaw</td><td>1A</td></tr>
<tr><td>Two Ways to Fold Paper Boats</td><td>Cy Parr, Di Wade</td><td>1B</td></tr></table>""",
    "classes": """<html><body><div class="paper"><p class="title">One Way to Fold Paper Cranes</p>
<p class="details"><span class="authors">Ann Vass, Bo Shaw</span>; <span class="info">Folds 1:1-10, 2023</span></p>
<p class="links">[<a href="https://papers.example/vass.pdf">pdf</a>]</p></div>
<div class="paper"><p class="title">Two Ways to Fold Paper Boats</p><p><span class="authors">Cy Parr, Di Wade</span></p>
<p class="links">[<a href="https://papers.example/parr.pdf">pdf</a>]</p></div></body></html>""",
    "definitions": """<!doctype html><html><body><h3>Papers</h3><dl><dt class="ptitle"><a href="/vass.html">One Way to Fold
Paper Cranes</a></dt><dd><form class="authsearch"><a href="#">Ann Vass</a>, </form><form><a href="#">Bo Shaw</a></form></dd>
<dd>[<a href="/vass.pdf">pdf</a>]</dd><dt class="ptitle"><a href="/parr.html">Two Ways to Fold Paper Boats</a></dt>
<dd><form><a href="#">Cy Parr</a>,</form><form><a href="#">Di Wade</a></form></dd><dd>[<a href="/parr.pdf">pdf</a>]</dd></dl>""",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_proceedings(tmp_path: Path, name: str) -> None:
    found, problems = parsed(tmp_path, PAGES[name], "page.html")
    assert not problems
    assert [(paper.title, paper.authors) for paper in found] == [
        ("One Way to Fold Paper Cranes", ("Ann Vass", "Bo Shaw")),
        ("Two Ways to Fold Paper Boats", ("Cy Parr", "Di Wade")),
    ]


def test_other_pages_are_refused(tmp_path: Path) -> None:
    page = "<html><body><h1>Cranefold</h1><p>Cranefold folds cranes; see our "
    page += "<a href='https://arxiv.org/abs/2306.99991'>paper on folding cranes</a>.</p>"
    page += "<ul><li>Fast</li><li>Small</li></ul><table><tr><th>Name</th><th>Licence</th></tr><tr><td>A</td><td>Elm</td></tr></table>"
    with pytest.raises(Exception, match="no known format"):
        parsed(tmp_path, page + "</body></html>", "index.html")
