"""Bibliographies as people write them and as programs and publishers export them, with their usual mistakes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.schema import Paper
from kg.sources import Problem, read

Read = Callable[..., tuple[list[Paper], list[str]]]


def read_file(file: Path, content: str | bytes) -> tuple[list[Paper], list[str]]:
    """Papers of a file with this content, and problems without the file's name."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[Problem] = []
    papers = list(read([file], problems.append))
    return papers, [str(problem).removeprefix(f"{file}:") for problem in problems]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    def reading(content: str | bytes, name: str = "input.bib") -> tuple[list[Paper], list[str]]:
        return read_file(tmp_path / name, content)

    return reading


def one(reading: Read, content: str | bytes) -> Paper:
    (paper,), problems = reading(content)
    assert not problems
    return paper


def lines(problems: list[str]) -> list[int]:
    return [int(problem.partition(":")[0]) for problem in problems]


WHOLE = "@article{last, title = {Whole Entry at the End}, author = {Parr, Cy}, year = 2020}\n"


# What is a bibliography


def test_any_text_may_come_before_the_first_entry(reading: Read) -> None:
    text = "Papers of the crane group\n=========================\n" + "Kept by Ann, who adds at the end.\n" * 20
    assert one(reading, f"{text}\n{WHOLE}").title == "Whole Entry at the End"


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "% Papers of the crane group\n\n" + WHOLE,
        "Some Program 1.19\nEXPORT DATE: 1 June 2020\n\n" + WHOLE,
        "@string{j = {Journal of Cranes}}\n" + WHOLE,
        "@comment{of Ann}\n" + WHOLE,
        "Cranes\n" + WHOLE * 12,
        "".join(f"Section {number}\n" + WHOLE.replace(", ", ",\n  ") * 5 for number in range(5)),
        '\n"@article{cr, title={On One Line}}"\n'.replace('"', ""),
    ],
)
def test_a_file_of_entries_is_a_bibliography_whatever_its_name(reading: Read, text: str) -> None:
    papers, problems = reading(text, "export")
    assert papers
    assert not problems


@pytest.mark.parametrize(
    "text",
    [
        "# PebbleNet\n\nFolds cranes.\n\n```bibtex\n@article{last,\n  title = {Whole Entry},\n  year = 2020\n}\n```\n",
        "# PebbleNet\n\nFolds cranes.\n\nInstall it with pip.\n\nThen run it.\n\nCite:\n\n" + WHOLE,
        '"""Folds cranes.\n\n@article{last,\n  title = {Whole Entry},\n  year = 2020\n}\n"""\nimport crane\n',
        'BIBTEX = """\n@article{last,\n  title = {Whole Entry},\n  author = {Parr, Cy},\n  year = 2020\n}\n"""\n',
        "import org.crane;\n@Test(expected = Exception.class)\npublic class Crane {\n}\n",
        '@Entity\n@Table(name = "cranes")\npublic class Crane {\n  @Column(name = "title")\n  String title;\n}\n',
        "@media (min-width: 3em) {\n  .crane { color: red; }\n}\n@media {\n  a { b: c; }\n}\n",
        "@Component({\n  selector: 'crane',\n})\nexport class Crane {}\n",
        "<pre>\n" + WHOLE + "</pre>\n",
        "@comment{nothing else}\n",
    ],
)
def test_a_file_with_an_entry_or_two_in_it_is_none(reading: Read, text: str) -> None:
    with pytest.raises(InputError):
        reading(text, "file")


# Entries


@pytest.mark.parametrize(
    "entry",
    [
        "@article{title={One Title}, author={Vass, Ann}, year=2018}",
        "@article{, title={One Title}, author={Vass, Ann}, year=2018}",
        "@article{\n  title = {One Title},\n  author = {Vass, Ann},\n  year = {2018}\n}",
        "@article{year = 2018, title = {One Title}, author = {Vass, Ann}}",
        "@article{key\n  title = {One Title},\n  author = {Vass, Ann},\n  year = {2018}\n}",
        "@ARTICLE {DBLP:journals/corr/abs-1901-1,\n  TITLE = {One Title},\n  Author = {Vass, Ann},\n  YEAR = {2018},\n}",
        "@article{Vass 2018: odd/key_(a)+b'c\"d&e=f, title = {One Title}, author = {Vass, Ann}, year = 2018}",
        "@article{{Vass2018}, title = {One Title}, author = {Vass, Ann}, year = 2018}",
        "@article{vaß:2018–1, title = {One Title}, author = {Vass, Ann}, year = 2018}",
        '@article(key, title = "One Title", author = "Vass, Ann", year = 2018)',
        '@article(key, title = {One Title}, author = "Vass, Ann", note = "(a)", year = {2018})',
        "@article\n{key,\n  title = {One Title},\n  author = {Vass, Ann},\n  year = 2018\n}",
        " @article{key, title={One Title}, author={Vass, Ann}, year={2018} }",
        "@article{key,,title={One Title},,author={Vass, Ann},,year={2018},,}",
        "@article{key\n,title={One Title}\n,author={Vass, Ann}\n,year={2018}\n}",
        '@article{key, title="One Title", author="Vass, Ann", year=2018, month=jun}',
        '@article{key, title = {One} # { } # "Title", author = "Vass, " # {Ann}, year = "20" # 18}',
        '@string(v = "Vass, Ann")\n@string{T={Title}}\n@article{key, title = "One " # t, author = V, year = 2018}',
        "@article{key, title={One Title}, title={Another}, author={Vass, Ann}, year=2018}",
        "@article{key, title={}, title={One Title}, author={Vass, Ann}, year=2018}",
        "@article{key, % a comment, with {braces\n title={One Title}, % more = {x}\n author={Vass, Ann},\n %year=2011,\n"
        " year=2018}",
        "@article{key, title={One Title}, author={Vass, Ann}, year=2018}}",
        "@article{key, title={{One Title}}, author={Vass, Ann}, publication year = 2018, year=2018}",
        '@preamble{ "\\newcommand{\\noop}[1]{}" }\n@article{key, title={One Title}, author={Vass, Ann}, year=2018}',
        "@article{key,\n  title = One Title,\n  author = {Vass, Ann},\n  year = 2018,\n  pages = 3--5\n}",
        "@article{key, title={One Title}, author={Vass, Ann}, url=https://x.org/a?b=c#d, year=2018}",
        "@article{key, title={One Title}, author={Vass, Ann}, note={Cite as @misc{a, title = {Other}, year = 2011}},"
        " year=2018}",
        "@article{key, title={One Title}, author={Vass, Ann}, note={set \\{ x \\}, and \\{}, file={C\\:\\\\x:PDF}, year=2018}",
        '@article{key, title={One Title}, author={Vass, Ann}, note={a "quoted" word}, year="2018"}',
        "@article{key, title={One Title}, author={Vass, Ann}, email={ann@x.org}, year={2018}}",
    ],
)
def test_entries_in_all_ways_that_they_are_written(reading: Read, entry: str) -> None:
    for text in (entry, f"{entry}\n\n{WHOLE}", f"{entry} {WHOLE}", entry.replace("\n", "\r\n")):
        papers, problems = reading(text)
        assert not problems
        assert (papers[0].title, papers[0].authors, papers[0].year) == ("One Title", ("Ann Vass",), 2018)
        assert [paper.title for paper in papers[1:]] == ["Whole Entry at the End"][: text.count("@article{last")]


@pytest.mark.parametrize(
    "text",
    [
        "% @article{old, title = {Old}, year = 2001}\n",
        "%@article{old,\n%  title = {Old},\n%  year = 2001\n%}\n",
        "%@article{old,\n  title = {Old},\n  year = 2001\n}\n",
        "@comment{@article{old, title = {Old}}}\n",
        "@Comment{\n@article{old,\n  title = {Old},\n}\n@misc{older,\n title = {Older}\n}\n}\n",
        "@comment this is none\n",
        "@Comment{jabref-meta: databaseType:bibtex;}\n@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 A\\;0\\;;\n}\n",
        "@comment{one that is never closed\n",
        "article{old, title = {Old}}\n",
        "Write to ann@x.org {or not}.\n",
        '@xdata{data, publisher = {Press}}\n@IEEEtranBSTCTL{ctl, CTLuse_url = "no"}\n',
    ],
)
def test_what_is_no_entry_of_a_work_is_passed_over(reading: Read, text: str) -> None:
    for content in (text + WHOLE, WHOLE + text + WHOLE):
        papers, problems = reading(content)
        assert not problems
        assert {paper.title for paper in papers} == {"Whole Entry at the End"}
        assert len(papers) == content.count("{last")


def test_entries_within_a_comment_that_is_never_closed_are_read(reading: Read) -> None:
    papers, problems = reading("@comment{Ann:\n" + WHOLE * 3)
    assert len(papers) == 3
    assert not problems


@pytest.mark.parametrize(
    "entry",
    [
        "@article{a,\n  title = {One Title},\n  author = {Vass, Ann}\n  year = {2018},\n}",
        '@article{a,\n  title = "One Title"\n  author = "Vass, Ann",\n  year = 2018\n}',
        "@article{a,\n  year = 2018\n  title = {One Title}\n  author = {Vass, Ann}\n}",
        "@article{a, title = {One Title} author = {Vass, Ann} year = 2018}",
        "@article{a, year = 2018 month = jun title = {One Title}, author = {Vass, Ann}}",
        "@article{a,\n  title = {One Title},\n  author = {Vass, Ann},\n  year = {2018}\n",
        "@article{a,\n  title = {One Title},\n  author = {Vass, Ann},\n  year = {2018},\n\n",
        "@article{a,\n  title = {One Title},\n  author = {Vass, Ann},\n  year = {2018\n}",
        "@article{a; title = {One Title}; author = {Vass, Ann}; year = {2018}}".replace("a;", "a,"),
    ],
)
def test_a_missing_comma_or_last_brace_that_leaves_no_doubt_costs_nothing(reading: Read, entry: str) -> None:
    papers, problems = reading(f"{entry}\n{WHOLE}")
    assert not problems
    assert [(paper.title, paper.authors, paper.year) for paper in papers] == [
        ("One Title", ("Ann Vass",), 2018),
        ("Whole Entry at the End", ("Cy Parr",), 2020),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "@article{a,\n  title = {One Title,\n  author = {Vass, Ann},\n  year = {2018}\n}",
        "@article{a,\n  title = {One Title},\n  author = {Vass, Ann,\n  year = 2018\n}",
        "@article{a,\n  title = {One Title,\n  author = {Vass, Ann}},\n  year = 2018\n}",
        "@article{a,\n  title = {One {T}itle}},\n  author = {Vass, Ann},\n  year = 2018\n}",
        "@article{a,\n  title = One Title},\n  author = {Vass, Ann},\n  year = 2018\n}",
        '@article{a,\n  title = "One Title,\n  author = "Vass, Ann",\n  year = "2018"\n}',
        '@article{a,\n  title = "The "One" Title",\n  author = "Vass, Ann",\n  year = "2018"\n}',
        '@article{a,\n  title = {One Title",\n  author = "Vass, Ann",\n  year = "2018"\n}',
        '@article{a,\n  title = "One Title},\n  author = {Vass, Ann},\n  year = {2018}\n}',
        "@article{a,\n  title {One Title},\n  author = {Vass, Ann},\n  year = {2018}\n}",
        "@article{a,\n  title = {One Title},\n  author = {Vass, Ann} and {Shaw, Bo},\n  year = {2018}\n}",
        "@article{a,\n  title = {One} {Title},\n  author = {Vass, Ann},\n  year = {2018}\n}",
        "@article{a,\n  title = One Title, and Another,\n  author = {Vass, Ann},\n  year = {2018}\n}",
        "@article{a,\n  keywords = {cranes,\n  author = {Vass, Ann},\n  title = {One Title}\n}",
        "@article{a,\n  title = {One Title},\n  abstract = {We fold {cranes.\n  author = {Vass, Ann},\n}",
        "@article{a,\n  title = {One",
    ],
)
def test_a_missing_brace_or_quote_costs_its_entry_with_a_word(reading: Read, entry: str) -> None:
    papers, problems = reading(f"\n{WHOLE}{entry}\n{WHOLE}")
    assert [(paper.title, paper.authors) for paper in papers] == [("Whole Entry at the End", ("Cy Parr",))] * 2
    assert lines(problems) == [3]
    assert "entry left out" in problems[0]


def test_entries_on_one_line_are_read_and_told_apart(reading: Read) -> None:
    good = (
        "@article{Vass_2018, title={One Title}, volume={3}, author={Vass, Ann}, year={2018}, month=June, pages={1–2}}"
    )
    broken = "@article{Shaw_2018, title={Broken Title, author={Shaw, Bo}, year={2018}}"
    papers, problems = reading(" " + f"{good} {good}{good}")
    assert [paper.title for paper in papers] == ["One Title"] * 3
    assert not problems
    papers, problems = reading(f"{good} {broken} {good}{good}")
    assert [paper.authors for paper in papers] == [("Ann Vass",)] * 3
    assert lines(problems) == [1]


def test_every_entry_is_a_paper_or_a_problem_with_its_line(reading: Read) -> None:
    pieces = [
        WHOLE,
        "@misc{a}\n",
        "@misc{b, title = {Open\n}\n",
        "% a comment\n",
        "Plain text.\n",
        "@misc{c, note = {x}}\n",
    ]
    papers, problems = reading("".join(pieces * 3))
    assert len(papers) == 3
    assert lines(problems) == [2, 3, 7, 9, 10, 14, 16, 17, 21]


# Values


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{E}tale {\'e}tale and \'etale", "Etale étale and étale"),
        (
            r"G{\"o}del, {\o}re, Stra{\ss}e, \L{}\'od\'z, \c{c}a, \v{s}i, na{\"\i}ve",
            "Gödel, øre, Straße, Łódź, ça, ši, naïve",
        ),
        (r"Rock \& Roll, 5\% and 5%, a\_b, \#1", "Rock & Roll, 5% and 5%, a_b, #1"),
        (r"by 2\\% on average", "by 2% on average"),
        ("pages 1--2 --- and ``quoted''~text", "pages 1–2 — and “quoted” text"),
        (r"\emph{Homo} \textit{sapiens} {\it et al}", "Homo sapiens et al"),
        ("Over\n   two lines", "Over two lines"),
        (r"$k$-means in $\mathcal{O}(n)$", r"$k$-means in $\mathcal{O}(n)$"),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater} {\&}amp; more", "E. coli & more"),
        (r"$\less$i$\greater$E. coli$\less$/i$\greater$ {\&}amp$\mathsemicolon$ more", "E. coli & more"),
        ("A <i>Tag</i> &amp; CO<sub>2</sub>", "A Tag & CO2"),
        (r"caf\'{e} \textendash\ d{\'{e}}j{\`a} vu", "café – déjà vu"),
    ],
)
def test_tex_and_tags_become_text(reading: Read, tex: str, text: str) -> None:
    paper = one(reading, f"@misc{{a, title = {{A Title}}, abstract = {{{tex}}}}}")
    assert " ".join(paper.abstract.split()) == text


@pytest.mark.parametrize(
    ("fields", "year", "published"),
    [
        ("year = 2018", 2018, None),
        ("year = {{2018}}", 2018, None),
        ("year = {2018a}", 2018, None),
        ("year = {[2018]}", 2018, None),
        ("year = {c2018}", 2018, None),
        ("year = {in press}", None, None),
        ("year = {n.d.}", None, None),
        ("year = {12018}", None, None),
        ("year = {2018}, month = dec", 2018, "2018-12"),
        ("year = {2018}, month = {Dec.}", 2018, "2018-12"),
        ("year = {2018}, month = {12}", 2018, "2018-12"),
        ('year = "2018", month = "1~" # dec', 2018, "2018-12-01"),
        ('year = "2018", month = dec # "~1"', 2018, "2018-12-01"),
        ("year = {2018}, month = dec, day = 1", 2018, "2018-12-01"),
        ("year = {2018-12-01}", 2018, "2018-12-01"),
        ("year = {2018}, month = {13}", 2018, None),
        ("date = {2018}", 2018, "2018"),
        ("date = {2018-12}", 2018, "2018-12"),
        ("date = {2018-12-01T10:00:00Z}", 2018, "2018-12-01"),
        ("date = {2018-12-01/2019-01-02}", 2018, "2018-12-01"),
        ("date = {2018-12-01}, year = {2018}, month = dec", 2018, "2018-12-01"),
        ("date = {forthcoming}, year = {2018}", 2018, None),
        ("date = {2018}, month = dec", 2018, "2018-12"),
        ("date = {2018~}", 2018, "2018"),
        ("urldate = {2018-12-01}", None, None),
        ("origdate = {1950}, date = {2018}", 2018, "2018"),
    ],
)
def test_years_and_dates(reading: Read, fields: str, year: int | None, published: str | None) -> None:
    paper = one(reading, f"@misc{{a, title = {{A Title}}, {fields}}}")
    assert (paper.year, paper.published) == (year, published)


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1901.11402}",
        "eprint = {1901.11402v2}, archivePrefix = {arXiv}, primaryClass = {cs.CL}",
        "eprint = {arXiv:1901.11402}",
        "eprint = {https://arxiv.org/pdf/1901.11402}",
        "eprinttype = {arxiv}, eprint = {1901.11402}, eprintclass = {cs.CL}",
        "journal = {arXiv preprint arXiv:1901.11402, 2019}",
        "journal = {CoRR abs/1901.11402}",
        "journal = {CoRR}, volume = {abs/1901.11402}",
        "journal = {ArXiv}, volume = {abs/1901.11402}",
        "journal = {arXiv}, number = {1901.11402}",
        "journal = {arXiv e-prints}, pages = {arXiv:1901.11402}, eid = {arXiv:1901.11402}",
        "journaltitle = {arXiv preprint arXiv:1901.11402}",
        "note = {arXiv:1901.11402 [cs]\nversion: 5}",
        "note = {\\url{https://arxiv.org/abs/1901.11402}}",
        "howpublished = {\\url{https://arxiv.org/abs/1901.11402}}",
        "howpublished = {arXiv:1901.11402}",
        "howpublished = {Preprint, arXiv:1901.11402}",
        "arxivId = {1901.11402}",
        "arxiv = {1901.11402}",
        "archivePrefix = {arXiv:1901.11402}",
        "doi = {10.48550/arXiv.1901.11402}",
        "url = {http://arxiv.org/abs/1901.11402v3}",
        "url = {https://doi.org/10.48550/arXiv.1901.11402}",
        "number = {arXiv:1901.11402}, publisher = {arXiv}",
    ],
)
def test_arxiv_ids_stand_in_many_places(reading: Read, fields: str) -> None:
    assert one(reading, f"@misc{{a, title = {{A Title}}, {fields}}}").arxiv_id == "1901.11402"


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {hal-01901114}, eprinttype = {hal}",
        "eprint = {12345678}, eprinttype = {pubmed}",
        "volume = {1901.11402}, journal = {Journal of Cranes}",
        "note = {Comment on arXiv:1901.11402}",
        "pages = {1901--1912}",
        "eprint = {9913.11402}",
    ],
)
def test_other_numbers_are_no_arxiv_ids(reading: Read, fields: str) -> None:
    assert one(reading, f"@misc{{a, title = {{A Title}}, {fields}}}").arxiv_id is None


def test_old_arxiv_ids_may_have_their_archive_in_a_field_of_its_own(reading: Read) -> None:
    assert one(reading, '@misc{a, title="A", archivePrefix="hep-th", eprint="9711200"}').arxiv_id == "hep-th/9711200"
    assert one(reading, '@misc{a, title="A", eprint="hep-th/9711200"}').arxiv_id == "hep-th/9711200"


@pytest.mark.parametrize(
    "fields",
    [
        "doi = {10.1000/ab_c}",
        "doi = {10.1000/ab\\_c}",
        "doi = {10.1000/ab{\\_}c}",
        "doi = {https://doi.org/10.1000/ab_c}",
        "DOI = {doi:10.1000/AB_C}",
        "url = {https://doi.org/10.1000/ab_c}",
        "url = {http://dx.doi.org/10.1000/ab\\_c}",
        "howpublished = {\\url{https://doi.org/10.1000/ab_c}}",
        "note = {doi: 10.1000/ab_c}",
    ],
)
def test_dois_stand_in_some_places(reading: Read, fields: str) -> None:
    assert one(reading, f"@misc{{a, title = {{A Title}}, {fields}}}").doi == "10.1000/ab_c"


@pytest.mark.parametrize(
    ("field", "url"),
    [
        ("url = {https://x.org/~ann/a_b--c%20d}", "https://x.org/~ann/a_b--c%20d"),
        ("url = {https://x.org/\\~{}ann/a\\_b\\%20c\\&d\\#e}", "https://x.org/~ann/a_b%20c&d#e"),
        ("url = {https://x.org/{\\textasciitilde}ann}", "https://x.org/~ann"),
        ("url = {\\url{https://x.org/a}}", "https://x.org/a"),
        ("howpublished = {Available at \\url{https://x.org/a}.}", "https://x.org/a"),
        ("howpublished = {\\href{https://x.org/a}{here}}", "https://x.org/a"),
        ("url = {https://x.org/a https://x.org/b}", "https://x.org/a"),
        ("url = {https://x.org/a_(b)}", "https://x.org/a_(b)"),
        ("adsurl = {https://ads.org/abs/2019}", "https://ads.org/abs/2019"),
        ("link = {https://x.org/a}", "https://x.org/a"),
    ],
)
def test_addresses_keep_their_signs(reading: Read, field: str, url: str) -> None:
    assert one(reading, f"@misc{{a, title = {{A Title}}, {field}}}").url == url


@pytest.mark.parametrize(
    ("entry", "venue"),
    [
        ("@article{a, title={A}, journal={Journal of {Cranes}}}", "Journal of Cranes"),
        ("@article{a, title={A}, journaltitle={Journal of Cranes}, shortjournal={J. Cranes}}", "Journal of Cranes"),
        ("@inproceedings{a, title={A}, booktitle={Proc.\\ of the 3rd Fold}}", "Proc. of the 3rd Fold"),
        ("@inproceedings{a, title={A}, eventtitle={Third Fold}}", "Third Fold"),
        ("@inproceedings{a, title={A}, series={FOLD '19}}", "FOLD '19"),
        ("@inproceedings{a, title={A}, booktitle={Proc. Fold}, series={LNCS}}", "Proc. Fold"),
        ("@book{a, title={A}, series={Books of Cranes}}", None),
        ("@article{a, title={A}, journal={arXiv preprint arXiv:1901.11402}}", None),
        ("@article{a, title={A}, journal={CoRR}, volume={abs/1901.11402}}", None),
        ("@article{a, title={A}, journal={ArXiv}}", None),
        ("@article{a, title={A}, journal={arXiv e-prints}, booktitle={Proc. Fold}}", "Proc. Fold"),
        ("@article{a, title={A}, journal={\\apj}}", "The Astrophysical Journal"),
        ("@article{a, title={A}, journal={{\\mnras}}}", "Monthly Notices of the Royal Astronomical Society"),
        ("@string{jc={Journal of Cranes}}@article{a, title={A}, journal=jc}", "Journal of Cranes"),
        ("@article{a, title={A}, journal={Cranes \\& Boats}}", "Cranes & Boats"),
    ],
)
def test_venues(reading: Read, entry: str, venue: str | None) -> None:
    assert one(reading, entry).venue == venue


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("article", "article"),
        ("InProceedings", "article"),
        ("conference", "article"),
        ("book", "book"),
        ("collection", "book"),
        ("proceedings", "proceedings"),
        ("incollection", "chapter"),
        ("INBOOK", "chapter"),
        ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"),
        ("thesis", "thesis"),
        ("techreport", "report"),
        ("report", "report"),
        ("misc", None),
        ("online", None),
        ("software", None),
        ("unpublished", None),
    ],
)
def test_the_type_of_an_entry_says_what_kind_of_work_it_is(reading: Read, type_: str, kind: str | None) -> None:
    assert one(reading, f"@{type_}{{a, title={{A Title}}, year=2019}}").kind == kind


def test_an_editor_is_no_author(reading: Read) -> None:
    assert one(reading, "@book{a, title={Handbook of Cranes}, editor={Itor, Ed}, year=2020}").authors == ()


def test_braces_hold_a_name_together(reading: Read) -> None:
    paper = one(
        reading, "@misc{a, title={A}, author={{Crane and Boat Team} and Vass, Ann and {\\'E}mile Parr and others}}"
    )
    assert paper.authors == ("Crane and Boat Team", "Ann Vass", "Émile Parr")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("A. Vass, N. Shaw, and P. Parr", ("A. Vass", "N. Shaw", "P. Parr")),
        ("Vass, Ann; Shaw, Nora; Parr, Pia", ("Ann Vass", "Nora Shaw", "Pia Parr")),
        ("Vass, Ann \\& Shaw, Nora", ("Ann Vass", "Nora Shaw")),
        ("Vass, Ann and et al.", ("Ann Vass",)),
        ("Vass*, Ann and Nora Shaw$^1$", ("Ann Vass", "Nora Shaw")),
        ("Bo Shaw 0001 and Ann Vass", ("Bo Shaw", "Ann Vass")),
        ("{Vass}, A. and {Parr}, {\\'E}mile", ("A. Vass", "Émile Parr")),
        ("C\\^ot\\'e, Ann and J{\\'e}r{\\^o}me Parr", ("Ann Côté", "Jérôme Parr")),
        ("Shaw, {Jr.}, B. A. and Vass, Ann and Parr, Cy", ("B. A. Shaw Jr.", "Ann Vass", "Cy Parr")),
        (
            "family=Oost, given=Anna, prefix=van den, useprefix=true and Dieter, Sam",
            ("Anna van den Oost", "Sam Dieter"),
        ),
        ("{{Crane Team}}", ("Crane Team",)),
        ("{Vass, Ann and Shaw, Bo and Parr, Cy}", ("Ann Vass", "Bo Shaw", "Cy Parr")),
    ],
)
def test_authors(reading: Read, author: str, names: tuple[str, ...]) -> None:
    assert one(reading, f"@misc{{a, title={{A}}, author={{{author}}}}}").authors == names


def test_subtitles_belong_to_titles(reading: Read) -> None:
    assert one(reading, "@book{a, title={Cranes}, subtitle={A History}}").title == "Cranes: A History"
    assert one(reading, "@book{a, title={Cranes: A History}, subtitle={A History}}").title == "Cranes: A History"
    assert one(reading, "@proceedings{a, booktitle={Proc. Fold}, year=2019}").title == "Proc. Fold"


def test_repositories_and_categories(reading: Read) -> None:
    paper = one(
        reading,
        "@misc{a, title={A}, eprint={1901.11402}, primaryclass={cs.CL}, keywords={cranes, boats},"
        " code={https://github.com/vass/crane}, github={vass/boat}}",
    )
    assert paper.categories == ("cs.CL",)
    assert paper.repositories == ("https://github.com/vass/crane", "https://github.com/vass/boat")


PARENT = "@proceedings{fold19,\n  title={Proceedings of the Third Fold}, editor={Itor, Ed}, year=2019, doi={10.1000/all}\n}\n"
CHILD = "@inproceedings{vass,\n  title={On Cranes}, author={Vass, Ann}, crossref={Fold19}\n}\n"


@pytest.mark.parametrize("text", [PARENT + CHILD, CHILD + PARENT, CHILD + WHOLE + PARENT])
def test_an_entry_inherits_from_the_one_that_it_names(reading: Read, text: str) -> None:
    papers, problems = reading(text)
    assert not problems
    child = next(paper for paper in papers if paper.title == "On Cranes")
    assert (child.venue, child.year, child.authors, child.doi) == (
        "Proceedings of the Third Fold",
        2019,
        ("Ann Vass",),
        None,
    )
    assert len(papers) == text.count("@")


def test_what_an_entry_says_itself_is_not_inherited(reading: Read) -> None:
    papers, _ = reading(PARENT + CHILD.replace("On Cranes}", "On Cranes}, booktitle={Fold Notes}, date={2020-01-02}"))
    assert (papers[1].venue, papers[1].year, papers[1].published) == ("Fold Notes", 2020, "2020-01-02")


def test_an_entry_whose_parent_is_nowhere_is_read_without_it(reading: Read) -> None:
    papers, problems = reading(CHILD + WHOLE)
    assert {paper.title for paper in papers} == {"On Cranes", "Whole Entry at the End"}
    assert not problems


def test_data_that_entries_share_is_no_work(reading: Read) -> None:
    paper = one(reading, "@misc{a, title={A}, xdata={d, e}}\n@xdata{d, date={2019-05}}\n@xdata{e, eprint={1901.11402}}")
    assert (paper.published, paper.arxiv_id) == ("2019-05", "1901.11402")


def test_the_year_of_a_conference(reading: Read) -> None:
    paper = one(
        reading, "@inproceedings{a, title={A}, date={2020-02}, eventtitle={Fold}, eventdate={2019-06-02/2019-06-07}}"
    )
    assert (paper.year, paper.venue_year) == (2020, 2019)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("% Encoding: ISO8859_1", "latin-1"),
        ("% Encoding: Cp1252", "cp1252"),
        ("% This file was created with a program.\n% Encoding: windows-1252", "cp1252"),
        ("This file was created with a program.\nEncoding: MacRoman", "mac-roman"),
        ("%% Saved with string encoding Western (ISO Latin 1) ", "latin-1"),
        ("% -*- coding: latin-1 -*-", "latin-1"),
        ("% !TEX encoding = IsoLatin", "latin-1"),
        ("% Encoding: GBK", "gbk"),
        ("% Encoding: UTF-8", "utf-8"),
        ("% Encoding: Cp1252", "utf-8"),
        ("% Encoding: klingon", "utf-8"),
        ("% Encoding: utf-16", "utf-8"),
    ],
)
def test_an_encoding_that_is_declared_is_honoured(reading: Read, declared: str, encoding: str) -> None:
    name = "王伟" if encoding == "gbk" else "Zoé"
    paper = one(reading, f"{declared}\n\n@misc{{a, title={{On {name}}}}}\n".encode(encoding))
    assert paper.title == f"On {name}"


def test_what_is_in_no_declared_encoding_costs_its_entry(reading: Read) -> None:
    papers, problems = reading("Notes of Zoé\n@misc{a, title={On Zoé}}\n".encode("latin-1") + WHOLE.encode())
    assert len(papers) == 1
    assert lines(problems) == [2]
    assert "Encoding" in problems[0]


def test_an_entry_that_is_too_long_costs_itself_alone(reading: Read) -> None:
    papers, problems = reading(f"@misc{{a, title={{A}}, abstract={{{'x' * (1 << 18)}}}}}\n" + WHOLE)
    assert [paper.title for paper in papers] == ["Whole Entry at the End"]
    assert lines(problems) == [1]


EXPORTS = {
    "Google Scholar": """@article{vass2018folding,
  title={Folding cranes with nets},
  author={Vass, Ann and Parr, Cy},
  journal={Journal of Cranes},
  volume={3},
  year={2018},
  publisher={Press}
}""",
    "DBLP": """@article{DBLP:journals/jc/VassP18,
  author       = {Ann Vass and
                  Cy Parr},
  title        = {Folding cranes with nets},
  journal      = {Journal of Cranes},
  volume       = {3},
  year         = {2018},
  url          = {https://doi.org/10.1000/jc.3},
  doi          = {10.1000/JC.3},
  timestamp    = {Mon, 04 Mar 2019 12:00:00 +0100},
  biburl       = {https://dblp.org/rec/journals/jc/VassP18.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}""",
    "Crossref": """ @article{Vass_2018, title={Folding cranes with nets}, volume={3}, ISSN={1234-5678}, """
    """url={http://dx.doi.org/10.1000/jc.3}, DOI={10.1000/jc.3}, number={1}, journal={Journal of Cranes}, """
    """publisher={Press}, author={Vass, Ann and Parr, Cy}, year={2018}, month=June, pages={1–2} }""",
    "Mendeley": """Automatically generated by Mendeley Desktop 1.19.4
Any changes to this file will be lost if it is regenerated by Mendeley.

BibTeX export options can be customized via Options -> BibTeX in Mendeley Desktop

@article{Vass2018,
author = {Vass, Ann and Parr, Cy},
doi = {10.1000/jc.3},
file = {:home/ann/a{\\_}b.pdf:pdf},
journal = {Journal of Cranes},
keywords = {cranes,nets},
mendeley-groups = {cranes},
number = {1},
title = {{Folding cranes with nets}},
volume = {3},
year = {2018}
}""",
    "Better BibTeX": """
@article{vassFoldingCranesNets2018,
  title = {Folding Cranes with Nets},
  author = {Vass, Ann and Parr, Cy},
  date = {2018-06-02},
  journaltitle = {Journal of Cranes},
  shortjournal = {J. Cranes},
  volume = {3},
  number = {1},
  pages = {1--2},
  issn = {1234-5678},
  doi = {10.1000/jc.3},
  url = {https://x.org/a_b},
  urldate = {2020-01-01},
  langid = {english},
  file = {/home/ann/Zotero/storage/A/Vass et al. - 2018.pdf;/home/ann/b.html}
}
""",
    "JabRef": """% Encoding: UTF-8

@Article{vass18,
  author    = {Vass, Ann and Parr, Cy},
  date      = {2018},
  title     = {Folding cranes with nets},
  journal   = {Journal of Cranes},
  groups    = {cranes},
  priority  = {prio1},
}

@Comment{jabref-meta: databaseType:biblatex;}
""",
    "ADS": """@ARTICLE{2018ApJ...000....1V,
       author = {{Vass}, Ann and {Parr}, Cy},
        title = "{Folding cranes with nets}",
      journal = {\\apj},
     keywords = {cranes, Astrophysics - Cranes},
         year = 2018,
        month = jun,
       volume = {3},
          eid = {1},
        pages = {1},
          doi = {10.1000/jc.3},
archivePrefix = {arXiv},
       eprint = {1806.00001},
 primaryClass = {astro-ph.CO},
       adsurl = {https://ui.adsabs.harvard.edu/abs/2018ApJ...000....1V},
      adsnote = {Provided by the SAO/NASA Astrophysics Data System}
}""",
    "INSPIRE": """@article{Vass:2018abc,
    author = "Vass, Ann and Parr, Cy",
    collaboration = "CRANE",
    title = "{Folding cranes with nets}",
    eprint = "1806.00001",
    archivePrefix = "arXiv",
    primaryClass = "hep-ex",
    reportNumber = "CERN-EP-2018-001",
    doi = "10.1000/jc.3",
    journal = "Journal of Cranes",
    volume = "3",
    year = "2018"
}""",
    "arXiv": """@misc{vass2018foldingcranesnets,
      title={Folding cranes with nets}, 
      author={Ann Vass and Cy Parr},
      year={2018},
      eprint={1806.00001},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/1806.00001}, 
}""",
    "ACL Anthology": """@inproceedings{vass-parr-2018-folding,
    title = "Folding cranes with nets",
    author = "Vass, Ann  and
      Parr, Cy",
    editor = "Itor, Ed",
    booktitle = "Proceedings of the Third Fold",
    month = jun,
    year = "2018",
    address = "Fold City",
    publisher = "Association for Cranes",
    url = "https://aclanthology.org/N18-0001/",
    doi = "10.1000/jc.3",
    pages = "1--2"
}""",
    "IEEE": """@INPROCEEDINGS{8000001,
  author={Vass, Ann and Parr, Cy},
  booktitle={2018 IEEE Conference on Cranes (CC)}, 
  title={Folding cranes with nets}, 
  year={2018},
  volume={},
  number={},
  pages={1-2},
  keywords={Cranes;Nets},
  doi={10.1000/jc.3}}
""",
    "ACM": """@inproceedings{10.1145/1000.1,
author = {Vass, Ann and Parr, Cy},
title = {Folding cranes with nets},
year = {2018},
isbn = {1234567890},
publisher = {Association for Cranes},
url = {https://doi.org/10.1145/1000.1},
doi = {10.1145/1000.1},
abstract = {We fold 5% of all cranes.},
booktitle = {Proceedings of the Third Fold},
pages = {1–2},
numpages = {2},
series = {FOLD '18}
}""",
    "OpenReview": """@inproceedings{
vass2018folding,
title={Folding cranes with nets},
author={Ann Vass and Cy Parr},
booktitle={Third Fold},
year={2018},
url={https://openreview.net/forum?id=abcDEF}
}""",
    "Semantic Scholar": """@article{Vass2018FoldingCW,
  title={Folding cranes with nets},
  author={Ann Vass and Cy Parr},
  journal={ArXiv},
  year={2018},
  volume={abs/1806.00001},
  url={https://api.semanticscholar.org/CorpusID:1234}
}""",
    "Springer": """@Article{Vass2018,
author="Vass, Ann
and Parr, Cy",
title="Folding cranes with nets",
journal="Journal of Cranes",
year="2018",
month="Jun",
day="02",
volume="3",
number="1",
doi="10.1000/jc.3",
url="https://doi.org/10.1000/jc.3"
}

""",
    "Scopus": """Scopus
EXPORT DATE: 12 June 2019

@ARTICLE{Vass2018,
author={Vass, A. and Parr, C.},
title={Folding cranes with nets},
journal={Journal of Cranes},
year={2018},
note={cited By 12},
document_type={Article},
source={Scopus},
}
""",
}


@pytest.mark.parametrize("exporter", EXPORTS)
def test_exports_of_programs_and_publishers(reading: Read, exporter: str) -> None:
    for text in (EXPORTS[exporter], EXPORTS[exporter] + "\n" + WHOLE):
        papers, problems = reading(text, "export")
        assert not problems
        assert (papers[0].title.lower(), papers[0].year) == ("folding cranes with nets", 2018)
        assert [name.split()[-1] for name in papers[0].authors] == ["Vass", "Parr"]
        assert len(papers) == 1 + text.count("{last")


# What nobody writes


anything = st.text(st.sampled_from('@article{}"=,#%\\( )\n\tab1$~^'), max_size=120)


@settings(deadline=None, max_examples=150)
@given(anything, anything)
def test_nothing_harms_a_whole_entry_on_a_line_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str
) -> None:
    file = tmp_path_factory.mktemp("any") / "input.bib"
    papers, _ = read_file(file, f"{WHOLE}-{before}\n{WHOLE}-{after}")
    assert [paper.title for paper in papers].count("Whole Entry at the End") == 2


words = st.text(st.characters(categories=["L", "N"], include_characters="-':."), min_size=1, max_size=8)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=6), st.sampled_from(["{}", '""']))
def test_what_is_written_as_bibtex_is_read_so(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, str, str]], marks: str
) -> None:
    left, right = marks
    text = "".join(
        f"@misc{{key{number},\n  note = {left}{note}{right},\n  title = {left}A {title}, {more}{right}\n}}\n"
        for number, (note, title, more) in enumerate(entries)
    )
    file = tmp_path_factory.mktemp("any") / "input.bib"
    papers, problems = read_file(file, text)
    assert not problems
    assert len(papers) == len(entries)
