"""Every format: what is written is read again, whatever wraps it."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writers import BERT, GLUE, MTEB, PAPERS, WRITERS, Written

from kg.link.papers.identities import identities
from kg.schema import Paper
from kg.sources import Problem, read
from kg.sources.registry import OWN
from kg.sources.streams import zstd
from kg.text.identifiers import arxiv_month, identity
from kg.text.markup import without_markup

Writer = Callable[[Sequence[Written]], bytes]
ALL = [pytest.param(name, writer, id=writer.__name__) for name, writers in WRITERS.items() for writer in writers]
HAS_REFERENCES = {"crossref", "csv", "json", "openalex", "parquet", "pubmed-xml", "semantic-scholar", "web-of-science"}
NO_REFERENCES = WRITERS.keys() - HAS_REFERENCES
NO_ABSTRACT = {"arxiv-daily", "dblp-json", "dblp-xml"}
NO_ARXIV = {"acl-anthology", "jats", "listing", "nbib", "openreview", "pubmed-xml", "web-of-science"}
# Crossref has a DOI for each, also of arXiv.
NO_DOI = {"arxiv-daily", "crossref", "daily-papers", "listing", "openreview"}


def read_bytes(folder: Path, content: bytes, **options: Any) -> tuple[list[Paper], list[Problem]]:
    file = folder / "input"
    file.write_bytes(content)
    problems: list[Problem] = []
    return list(read([file], problems.append, **options)), problems


def check(paper: Paper, written: Written, format_: str, writer: Writer) -> None:
    if format_ == "id-list":
        assert (paper.title, paper.arxiv_id) == (f"arXiv:{written.arxiv}", written.arxiv)
        return
    conference = writer.__name__ == "conference"
    abstract = "" if format_ in NO_ABSTRACT else written.abstract
    assert (paper.title, paper.abstract, paper.source) == (written.title, abstract, format_)
    if format_ == "listing":
        assert paper.author_count == len(written.authors)
    elif format_ == "arxiv-daily":
        assert paper.authors == written.authors[:1]
    else:
        assert paper.authors == written.authors
    if format_ not in NO_ARXIV:
        assert paper.arxiv_id == written.arxiv
    if format_ == "arxiv-rss":
        assert paper.published == arxiv_month(written.arxiv)
    elif not conference:
        assert paper.year == written.day.year
        assert written.day.isoformat().startswith(paper.published or ("" if format_ == "dblp-json" else "none"))
    if format_ not in NO_DOI:
        assert paper.doi == written.doi


@pytest.mark.parametrize(("format_", "writer"), ALL)
def test_what_is_written_is_read(tmp_path: Path, format_: str, writer: Writer) -> None:
    papers, problems = read_bytes(tmp_path, writer(PAPERS))
    assert not problems
    assert len(papers) == len(PAPERS)
    for paper, written in zip(papers, PAPERS, strict=True):
        check(paper, written, format_, writer)


words = st.text(st.characters(categories=["L", "N"], include_characters="'-:,.!?;()[]<>&\"@"), min_size=1, max_size=12)
# What TeX makes a dash or quotes of is not the same afterwards.
plain = words.filter(lambda word: "--" not in word and "''" not in word)
texts = st.lists(plain, min_size=4, max_size=30).map(" ".join).filter(lambda text: any(map(str.isalpha, text)))
# OpenAlex has tags and character references in texts.
texts = texts.filter(lambda text: without_markup(text) == text)
# PubMed and DBLP put a full stop behind every title.
texts = texts.filter(lambda text: not text.endswith("."))


@st.composite
def any_papers(draw: st.DrawFn) -> list[Written]:
    days = st.dates(date(1992, 1, 1), date(2025, 12, 31))
    return [
        replace(BERT, title=draw(texts), abstract=draw(texts), day=draw(days), cites=(), arxiv=f"2401.{number + 1:05}")
        for number in range(draw(st.integers(1, 4)))
    ]


# Formats in which a text has no marks around it have tests of their own.
UNMARKED = {"arxiv-daily", "arxiv-mails", "arxiv-pages", "html", "id-list", "listing", "markdown"}


@pytest.mark.slow
@pytest.mark.parametrize(("format_", "writer"), [each for each in ALL if each.values[0] not in UNMARKED])
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listed=any_papers())
def test_any_text_is_read_as_it_was_written(
    tmp_path: Path, format_: str, writer: Writer, listed: list[Written]
) -> None:
    papers, problems = read_bytes(tmp_path, writer(listed))
    assert not problems
    assert [paper.source for paper in papers] == [format_] * len(listed)
    for paper, written in zip(papers, listed, strict=True):
        check(paper, written, format_, writer)


def test_every_format_of_ours_is_tested() -> None:
    assert {each.NAME for each in OWN} == WRITERS.keys()


@pytest.mark.parametrize(("format_", "writer"), [each for each in ALL if each.values[0] not in NO_REFERENCES])
def test_references_lead_to_the_papers(tmp_path: Path, format_: str, writer: Writer) -> None:
    papers, _ = read_bytes(tmp_path, writer(PAPERS))
    named = {known: paper.title for paper in papers for known in identities(paper)}
    cited = {
        paper.title: {named[identity(reference.split("\t")[0])] for reference in paper.references} for paper in papers
    }
    assert cited == {BERT.title: {GLUE.title}, GLUE.title: set(), MTEB.title: {BERT.title, GLUE.title}}


@pytest.mark.parametrize(("format_", "writer"), ALL)
@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress])
def test_compressed_files_are_read_alike(
    tmp_path: Path, format_: str, writer: Writer, compress: Callable[[bytes], bytes]
) -> None:
    content = writer(PAPERS)
    plain, _ = read_bytes(tmp_path, content)
    assert read_bytes(tmp_path, compress(content)) == (plain, [])


@pytest.mark.parametrize(("format_", "writer"), [each for each in ALL if each.values[0] != "parquet"])
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, format_: str, writer: Writer) -> None:
    content = writer(PAPERS)
    plain, _ = read_bytes(tmp_path, content)
    assert read_bytes(tmp_path, b"\xef\xbb\xbf" + content) == (plain, [])


@pytest.mark.parametrize(("format_", "writer"), [each for each in ALL if each.values[0] != "parquet"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_unicode_encodings_are_read_alike(tmp_path: Path, format_: str, writer: Writer, encoding: str) -> None:
    content = writer(PAPERS)
    plain, _ = read_bytes(tmp_path, content)
    assert read_bytes(tmp_path, content.decode().encode(encoding)) == (plain, [])


@pytest.mark.parametrize(("format_", "writer"), ALL)
def test_a_format_can_be_named(tmp_path: Path, format_: str, writer: Writer) -> None:
    content = writer(PAPERS)
    assert read_bytes(tmp_path, content, format_=format_) == read_bytes(tmp_path, content)


@pytest.mark.parametrize(("format_", "writer"), ALL)
@pytest.mark.parametrize("other", sorted(WRITERS))
def test_a_format_that_does_not_fit_is_no_crash(tmp_path: Path, format_: str, writer: Writer, other: str) -> None:
    read_bytes(tmp_path, writer(PAPERS), format_=other)


# What is left of a list of ids are so few lines that they might be anything.
@pytest.mark.parametrize(("format_", "writer"), [each for each in ALL if each.values[0] != "id-list"])
def test_a_file_that_is_cut_gives_what_stands_before_the_cut(tmp_path: Path, format_: str, writer: Writer) -> None:
    listed = [replace(each, arxiv=f"2401.{number:05}") for number, each in enumerate([BERT, GLUE] * 40)]
    content = writer(listed)
    if format_ == "parquet":
        papers, (problem,) = read_bytes(tmp_path, content[:-99])
        assert not papers and problem.whole
    else:
        papers, problems = read_bytes(tmp_path, gzip.compress(content)[:-9])
        assert len(papers) > 70
        assert any("cannot be read from here on" in problem.message and problem.whole for problem in problems)
