"""What programs and services write that is a format of ours only nearly."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.schema import Paper
from kg.sources import Problem, read

Read = Callable[[str | bytes], tuple[list[Paper], list[str]]]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    """Reads a file of this content: papers, and problems without the file's name."""

    def reading(content: str | bytes) -> tuple[list[Paper], list[str]]:
        file = tmp_path / "input"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        papers = list(read([file], problems.append))
        return papers, [str(problem).removeprefix(f"{file}:") for problem in problems]

    return reading


@pytest.mark.parametrize(
    "table",
    [
        "title,abstract\nOne; or Two,A text\n",
        '"title", "abstract"\n"One; or Two", "A text"\n',
        'sep=,\n"title","abstract"\n"One; or Two","A text"\n',
        "title\tabstract\nOne; or Two\tA text\n",
        'title;abstract\r\n"One; or Two";A text\r\n',
        b"title,abstract\rOne; or Two,A text\r",
        "Key|Title|Abstract Note\n1|One; or Two|A text\n",
    ],
)
def test_tables_of_many_dialects(reading: Read, table: str | bytes) -> None:
    (paper,), problems = reading(table)
    assert (paper.title, paper.abstract, problems) == ("One; or Two", "A text", [])


def test_a_quote_that_is_not_closed_costs_its_row_alone(reading: Read) -> None:
    papers, problems = reading(
        'title,abstract\nOne,A a\n"Two,B b\nThree,"C, c"\nFour,"D\nd"\n"Five" and,E e\n"Six,F f\nSeven,G g\n'
    )
    assert [paper.title for paper in papers] == ["One", "Three", "Four", "Five and", "Seven"]
    assert [problem.partition(":")[0] for problem in problems] == ["3", "8"]


def test_lines_of_a_row_that_cannot_be_read_are_no_papers(reading: Read) -> None:
    papers, problems = reading('title,abstract\nOne,"A text\nwith a "word" in it\nand an end."\nTwo,"B, c"\n')
    assert [(paper.title, paper.abstract) for paper in papers] == [("Two", "B, c")]
    assert [problem.partition(":")[0] for problem in problems] == ["2", "3", "4"]


def test_a_table_of_quotes_that_are_not_closed_is_neither_held_nor_read_for_ever(
    reading: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.sources.formats.csv._PATIENCE", 1000)
    monkeypatch.setattr("kg.sources.formats.csv._MOST_LINES", 50)
    papers, problems = reading(
        "title,abstract\n" + "First,a text\n" * 30 + 'a","b\n' * 1000 + '"\n' * 51 + "Last,text\n"
    )
    assert [paper.title for paper in papers] == [*["First"] * 30, "Last"]
    assert "more than 50 lines" in problems[0]
    assert any("up to line" in problem for problem in problems)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Lovelace, Ada; Babbage, Charles; ", ("Ada Lovelace", "Charles Babbage")),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("van der Maaten, Laurens", ("Laurens van der Maaten",)),
        ("Ada Lovelace, Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("Ada Lovelace; Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("Ada Lovelace, Charles Babbage and Mary Shelley", ("Ada Lovelace", "Charles Babbage", "Mary Shelley")),
    ],
)
def test_authors_in_one_cell(reading: Read, authors: str, expected: tuple[str, ...]) -> None:
    (paper,), _ = reading(f'title,authors\nOne,"{authors}"\n')
    assert paper.authors == expected


def bibtex(reading: Read, fields: str) -> Paper:
    (paper,), problems = reading(f"@article{{key,\n  title = {{One Title}}, {fields}\n}}\n")
    assert not problems
    return paper


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1810.04805}, archivePrefix = {arXiv}",
        "journal = {arXiv preprint arXiv:1810.04805}",
        "journal = {CoRR}, volume = {abs/1810.04805}",
        "publisher = {arXiv}, number = {arXiv:1810.04805}",
        "note = {arXiv:1810.04805 [cs]}",
        "howpublished = {arXiv:1810.04805v2}",
        "doi = {10.48550/ARXIV.1810.04805}",
        "url = {http://arxiv.org/abs/1810.04805}",
    ],
)
def test_bibliographies_hide_arxiv_ids_in_many_places(reading: Read, fields: str) -> None:
    assert bibtex(reading, fields).arxiv_id == "1810.04805"


def test_an_arxiv_id_of_another_paper_in_a_note_is_not_taken(reading: Read) -> None:
    assert bibtex(reading, "note = {Extended version of arXiv:1810.04805}").arxiv_id is None


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2019, month = jun", "2019-06"),
        ("year = {2019}, month = {June}", "2019-06"),
        ("year = 2019, month = 6", "2019-06"),
        ("date = {2019-06-02}", "2019-06-02"),
        ("date = {2019-06-02/2019-06-07}", "2019-06-02"),
    ],
)
def test_bibliographies_give_dates_in_many_ways(reading: Read, fields: str, published: str) -> None:
    paper = bibtex(reading, fields)
    assert (paper.published, paper.year) == (published, 2019)


def test_a_percent_sign_ends_no_text(reading: Read) -> None:
    paper = bibtex(
        reading,
        r"abstract = {Gains of 12% or 12\%, {\'e}tale, in $5%$ of cases},"
        " url = {https://x.org/a%20b}, doi = {10.1000/a%3C1%3E}, author = {Lovelace, Ada}",
    )
    assert paper.abstract == "Gains of 12% or 12%, étale, in $5%$ of cases"
    assert (paper.url, paper.authors) == ("https://x.org/a%20b", ("Ada Lovelace",))
    assert paper.doi == "10.1000/a%3c1%3e"


def test_no_word_of_tex_is_lost(reading: Read) -> None:
    abstract = (
        r"\texttt{bert} at p {\textless} 0.05, \mbox{as one} \textup{and} {\textbar}x{\textbar} in $\mathcal{O}(n)$"
    )
    assert bibtex(reading, f"abstract = {{{abstract}}}").abstract == (
        r"bert at p < 0.05, as one and |x| in $\mathcal{O}(n)$"
    )
    links = r"\href{https://github.com/a/b}{here}, \href{https://x.org/}{https://x.org/}, \url{https://x.org/a_b}"
    assert bibtex(reading, f"abstract = {{{links}}}").abstract == (
        "here (https://github.com/a/b), https://x.org/, https://x.org/a_b"
    )


def test_pieces_of_a_value_are_put_together(reading: Read) -> None:
    papers, problems = reading(
        '@string{v = "Venue"}\n@misc{a, title = "On " # {the } # v # " of " # 2020, month = jun # "~2--7", year = 2020}\n'
        '@misc{b, title = {A "quoted" # sign}}\n'
    )
    assert not problems
    assert [(paper.title, paper.published) for paper in papers] == [
        ("On the Venue of 2020", "2020-06"),
        ('A "quoted" # sign', None),
    ]


def test_a_program_may_sign_its_bibliography(reading: Read) -> None:
    (paper,), _ = reading("Written by Some Program 1.19\nAny changes will be lost\n\n@misc{a, title = {One Title}}\n")
    assert paper.source == "bibtex"


ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><id>http://rss.arxiv.org/atom/cs.CL</id>
<entry>{}</entry>
</feed>"""


def test_feeds_of_new_papers_are_read_as_answers_of_the_api_are(reading: Read) -> None:
    (paper,), _ = reading(
        ATOM.format(
            "<id>oai:arXiv.org:2511.00001v1</id><title>One Title</title>"
            "<summary>arXiv:2511.00001v1 Announce Type: replace-cross \nAbstract: A text.</summary>"
            "<dc:creator>Ada Lovelace, Charles Babbage</dc:creator>"
        )
    )
    assert (paper.arxiv_id, paper.abstract) == ("2511.00001", "A text.")
    assert paper.authors == ("Ada Lovelace", "Charles Babbage")


def test_a_feed_that_declares_an_entity_is_told_of_and_left_out(reading: Read) -> None:
    feed = ATOM.format("<id>http://arxiv.org/abs/2511.00001</id><title>&name;</title><summary>A text.</summary>")
    papers, (problem,) = reading(feed.replace("<feed", '<!DOCTYPE feed [<!ENTITY name "One Title">]>\n<feed', 1))
    assert not papers
    assert "XML that is not safe to read" in problem


def test_an_error_of_arxivs_is_no_paper(reading: Read) -> None:
    papers, (problem,) = reading(
        ATOM.format("<id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary>")
    )
    assert not papers
    assert problem == "4: arXiv answered with an error: bad id"


def test_tags_in_works_of_openalex_are_no_text(reading: Read) -> None:
    index = {"We": [0], "drink": [1], "H<sub>2</sub>O": [2], "&amp;": [3], "tea.": [4]}
    (paper,), _ = reading(
        json.dumps({"id": "https://openalex.org/W1", "title": "On <i>H</i>", "abstract_inverted_index": index})
    )
    assert (paper.title, paper.abstract) == ("On H", "We drink H2O & tea.")


@pytest.mark.parametrize(
    "document", ["[]", ' {"meta": {"count": 0}, "results": []}\n', '{"total": 0, "offset": 0, "data": []}']
)
def test_an_answer_without_records_is_of_a_known_format(reading: Read, document: str) -> None:
    assert reading(document) == ([], [" holds no records"])


def test_what_is_no_record_is_called_as_json_calls_it(reading: Read) -> None:
    _, problems = reading('[{"title": "One", "authors": ["Ann Vass"]}, null, 3, "x", true, [1]]')
    assert [problem.split("not ")[1] for problem in problems] == [
        "null; left out",
        "a number; left out",
        "a text; left out",
        "true; left out",
        "an array; left out",
    ]
