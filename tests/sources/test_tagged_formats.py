"""RIS, nbib, EndNote and Web of Science as exporters write them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.schema import Paper
from kg.sources import Problem, read

Read = Callable[..., tuple[list[Paper], list[str]]]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    """Reads a file of this content: papers, and problems without the file's name."""

    def reading(content: str | bytes, **options: str) -> tuple[list[Paper], list[str]]:
        file = tmp_path / "input"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        papers = list(read([file], problems.append, **options))
        return papers, [str(problem).removeprefix(f"{file}:") for problem in problems]

    return reading


CRANE = "TY  - JOUR\nTI  - One Way to Fold Paper Cranes\nAU  - Vass, Ann\nPY  - 2023\n{}ER  - \n"


def test_ris_with_a_long_abstract_first_and_no_blank_at_the_end(reading: Read) -> None:
    (paper,), problems = reading(
        "TY  - JOUR\nAB  - We fold cranes.\nPY  - 2023\nTI  - One Way to Fold: A Study\nER  -\n"
    )
    assert (paper.title, paper.year, paper.kind, paper.source) == ("One Way to Fold: A Study", 2023, "article", "ris")
    assert not problems


def test_the_last_record_of_ris_may_lack_its_end(reading: Read) -> None:
    papers, problems = reading(
        "TY  - JOUR\nTI  - One Way\nPY  - 2020\nER  -\n\nTY  - JOUR\nTI  - Two Ways\nPY  - 2021\n"
    )
    assert [(paper.title, paper.year) for paper in papers] == [("One Way", 2020), ("Two Ways", 2021)]
    assert not problems


def test_a_record_of_ris_in_the_middle_may_lack_its_end(reading: Read) -> None:
    papers, _ = reading("TY  - JOUR\nTI  - One Way\nAU  - Vass, A\nTY  - BOOK\nTI  - Two Ways\nER  -\n")
    assert [(paper.title, paper.kind) for paper in papers] == [("One Way", "article"), ("Two Ways", "book")]


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        ("PY  - 2019///\n", 2019),
        ("Y1  - 2013/02/15/\n", 2013),
        ("PY  - 2015/10//received\nPY  - 2016/01//\n", 2016),
        ("PY  -2018\n", 2018),
        ("DA  - 2014/12/12\n", 2014),
        ("PY  - 2017\nDA  - 2024/01/01\n", 2017),
    ],
)
def test_years_of_ris(reading: Read, lines: str, year: int) -> None:
    (paper,), _ = reading(f"TY  - JOUR\nTI  - One Way\n{lines}ER  -\n")
    assert paper.year == year


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DO  - 10.5555/Crane.1\n", "10.5555/crane.1"),
        ("DO  - doi:10.5555/crane.1\n", "10.5555/crane.1"),
        ("M3  - doi: 10.5555/crane.1\n", "10.5555/crane.1"),
        ("UR  - https://doi.org/10.5555/crane.1\n", "10.5555/crane.1"),
        ("N1  - 10.5555/crane.1\n", "10.5555/crane.1"),
    ],
)
def test_places_of_a_doi_in_ris(reading: Read, line: str, doi: str) -> None:
    (paper,), _ = reading(CRANE.format(line))
    assert paper.doi == doi


@pytest.mark.parametrize(
    "line",
    [
        "UR  - https://arxiv.org/abs/2306.11111\n",
        "UR  - https://example.org/a;https://arxiv.org/abs/2306.11111\n",
        "JO  - arXiv preprint arXiv:2306.11111\n",
        "DO  - 10.48550/arXiv.2306.11111\n",
    ],
)
def test_places_of_an_arxiv_id_in_ris(reading: Read, line: str) -> None:
    (paper,), _ = reading(CRANE.format(line))
    assert paper.arxiv_id == "2306.11111"


def test_scopus_writes_ris(reading: Read) -> None:
    (paper,), problems = reading(
        "TY  - CONF\nTI  - One Way\nT2  - Proceedings of Cranes\nJ2  - Proc. Cranes\nPY  - 2020\n"
        "DO  - 10.5555/crane.1\nAU  - Vass, A.\nAU  - Shaw, N.B.\nAB  - We fold.\nN1  - Export Date: 1 May 2023\n"
        + "".join(f"Shaw, N.B., Fold {number} of Many, (2019) J. Folds;\n" for number in range(40))
        + "C2  - 37000001\nDB  - Scopus\nER  -\n\n"
    )
    assert (paper.venue, paper.year, paper.ids) == ("Proceedings of Cranes", 2020, ("pmid:37000001",))
    assert not problems


def test_values_of_ris_go_on_without_a_tag(reading: Read) -> None:
    (paper,), _ = reading("TY  - JOUR\nTI  - One Way\nto Fold\nAB  - We fold\ncranes.\nPY  - 2020\nER  -\n")
    assert (paper.title, paper.abstract) == ("One Way to Fold", "We fold cranes.")


def test_ris_may_begin_with_what_wrote_it_and_have_links_between_records(reading: Read) -> None:
    papers, problems = reading(
        f"Provider: Fold Library\nContent: text/plain\n\n1.\n{CRANE.format('')}NL  - Cranes\n\n"
        f"Link to the text: https://example.org/1\n\n2.\n{CRANE.format('')}"
    )
    assert [paper.title for paper in papers] == ["One Way to Fold Paper Cranes"] * 2
    assert not problems


def test_ris_without_the_second_blank_and_with_a_type_in_words(reading: Read) -> None:
    (paper,), _ = reading("TY - JOUR\nTI - One Way\nAU - Vass, Ann\nPY - 2020\nER - \n")
    assert (paper.title, paper.year) == ("One Way", 2020)
    (paper,), _ = reading("TY  - Journal Article\nTI  - One Way\nAU  - Vass, Ann\nER  -\n")
    assert paper.title == "One Way"


def test_a_record_of_ris_without_a_title_is_named_with_its_line(reading: Read) -> None:
    papers, problems = reading(f"{CRANE.format('')}TY  - JOUR\nAU  - Shaw, Nora\nER  -\n")
    assert len(papers) == 1
    assert problems == ["6: no title; record left out"]


def test_what_is_not_utf8_costs_its_record_alone(reading: Read) -> None:
    content = (CRANE.format("N1  - \xe9\n")).encode("latin-1") + CRANE.format("").encode()
    papers, problems = reading(content)
    assert len(papers) == 1
    assert problems == ["5: not UTF-8, record left out"]


@pytest.mark.parametrize(
    "text",
    [
        "# How to Write RIS\n\nA file looks so:\n\n    TY  - JOUR\n    ER  -\n\nEach line has a tag.\n",
        "Reading RIS\n" + "We read it line by line.\n" * 20 + "TY  - JOUR\nTI  - One\nER  -\n",
        "%Programs may begin like this.\n%They are no bibliographies.\nx = 1;\n",
        "%A file of Prolog\nfolds(crane).\n%T is a tag too\nfolds(boat).\n",
        "PT boats are fast.\nThey are made of paper.\n",
        "PMID- is a tag of PubMed.\nIt is followed by a number.\n",
    ],
)
def test_text_about_a_format_is_no_file_of_it(reading: Read, text: str) -> None:
    with pytest.raises(InputError):
        reading(text)


def test_nbib(reading: Read) -> None:
    (paper, book), problems = reading(
        "PMID- 37000001\nOWN - NLM\nDCOM- 20240101\nDP  - 2023 Jun 12\nTI  - One way to fold\n      paper cranes.\n"
        "AB  - We evaluate on\n      MTEB.\nFAU - Vass, Ann\nAU  - Vass A\nCN  - Crane Group\nJT  - Journal of Cranes\n"
        "AID - S1 [pii]\nAID - 10.5555/crane.1 [doi]\n\nPMID- 37000002\nDP  - 2020\nBTI - Handbook of Folds\n"
    )
    assert (paper.title, paper.abstract) == ("One way to fold paper cranes", "We evaluate on MTEB.")
    assert (paper.id, paper.year, paper.venue) == ("pmid:37000001", 2023, "Journal of Cranes")
    assert (paper.doi, paper.ids, paper.kind) == ("10.5555/crane.1", ("pmid:37000001",), "article")
    assert (book.title, book.year, book.kind) == ("Handbook of Folds", 2020, "book")
    assert not problems


def test_enw_of_endnote_and_of_the_acl_anthology(reading: Read) -> None:
    papers, problems = reading(
        "%0 Journal Article\n%T One Way\n%A Vass, Ann\n%J J. Folds\n%D 2023\n%X First part.\n\nSecond part.\n"
        "%R 10.5555/crane.1\n\n%0 Conference Proceedings\n%T Two Ways\n%A Shaw, Nora\n%Y Itor, Ed\n"
        "%S Proceedings of Cranes\n%D 2024\n%8 June\n%U https://aclanthology.org/2024.crane-1.2\n"
    )
    one, two = papers
    assert (one.abstract, one.doi, one.venue) == ("First part. Second part.", "10.5555/crane.1", "J. Folds")
    assert (two.venue, two.year, two.ids) == ("Proceedings of Cranes", 2024, ("acl:2024.crane-1.2",))
    assert not problems


def test_refer_has_no_types_but_blank_lines(reading: Read) -> None:
    papers, _ = reading("%A Ann Vass\n%T One Way\n%D 2020\n\n%A Nora Shaw\n%T Two Ways\n%D 2021\n")
    assert [(paper.title, paper.year) for paper in papers] == [("One Way", 2020), ("Two Ways", 2021)]


def test_web_of_science(reading: Read) -> None:
    (paper,), problems = reading(
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Vass, A\n   Shaw, N\nAF Vass, Ann\n   Shaw, Nora\n"
        "TI One Way to Fold\n   Paper Cranes\nSO JOURNAL OF FOLDS\nDT Article\nAB We fold.\nPD JUN 12\nPY 2020\n"
        "CR Parr C, 2019, FOLDS, V1, DOI 10.5555/boat.1\n   Olm T, 2018, KITES\nDI 10.5555/crane.1\nWC Arts; Folding\n"
        "UT WOS:000000001\nPM 37000001\nER\n\nEF\n"
    )
    assert (paper.title, paper.year, paper.venue) == ("One Way to Fold Paper Cranes", 2020, "JOURNAL OF FOLDS")
    assert (paper.doi, paper.references, paper.ids) == ("10.5555/crane.1", ("10.5555/boat.1",), ("pmid:37000001",))
    assert (paper.categories, paper.kind, paper.id) == (("Arts", "Folding"), "article", "WOS:000000001")
    assert not problems


lines = st.lists(
    st.one_of(
        st.sampled_from(
            ["TY  - JOUR", "ER  -", "TI  - One", "", "PMID- 1", "PT J", "ER", "EF", "%0 Book", "%T One", "UK  - x"]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ),
    max_size=20,
)


@pytest.mark.parametrize("format_", ["ris", "nbib", "enw", "web-of-science"])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines)
def test_no_lines_are_a_crash(reading: Read, format_: str, lines: list[str]) -> None:
    papers, problems = reading("\n".join(lines), format_=format_)
    assert all(paper.source == format_ for paper in papers)
    assert all(":" in problem or "empty" in problem for problem in problems)
