import io
import json
import textwrap
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages import ORGANIZATIONS, Layout, Listed, layouts, papers, render, telling

from kg.schema import Paper
from kg.sources import Head, Problem, Source, read
from kg.sources.formats import listing

ABSTRACT = (
    "We ask what a page of papers looks like once it is saved as text. It looks like a line and a longer one. " * 3
)
OTHER = "Another abstract stands here, long enough to be told from a title by anybody who reads it. It ends here. " * 3


def parsed(text: str | bytes) -> tuple[list[Paper], list[Problem]]:
    raw = text.encode() if isinstance(text, str) else text
    items = list(listing.read(Source("page.txt", io.BufferedReader(io.BytesIO(raw)), None)))
    return [i for i in items if isinstance(i, Paper)], [i for i in items if isinstance(i, Problem)]


def lines(*parts: str) -> str:
    return "\n".join(parts)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(st.data(), layouts)
def test_every_layout_gives_the_papers_again(data: st.DataObject, layout: Layout) -> None:
    listed = data.draw(st.lists(papers(layout), min_size=2, max_size=7))
    page = render(listed, layout)
    found, problems = parsed(page.removeprefix(b"\xef\xbb\xbf"))

    assert not problems
    assert [(p.title, p.abstract) for p in found] == [(p.title, p.abstract) for p in listed]
    assert [p.author_count for p in found] == [p.authors for p in listed]
    assert [p.upvotes for p in found] == [p.upvotes for p in listed]
    assert [p.organizations for p in found] == [
        (ORGANIZATIONS[p.organization],) if p.organization else () for p in listed
    ]
    for paper, original in zip(found, listed, strict=True):
        if original.day and original.with_year:
            assert (paper.published, paper.year) == (original.day.isoformat(), original.day.year)
    assert listing.recognises(Head(page.removeprefix(b"\xef\xbb\xbf"))) or not telling(listed, layout)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.data(), layouts)
def test_reading_through_the_registry_is_the_same(tmp_path_factory, data: st.DataObject, layout: Layout) -> None:
    listed = data.draw(st.lists(papers(layout), min_size=2, max_size=4).filter(lambda page: telling(page, layout)))
    file = tmp_path_factory.mktemp("listing") / "page.txt"
    file.write_bytes(render(listed, layout))
    found = list(read([file], pytest.fail))
    assert [(p.title, p.abstract, p.source) for p in found] == [(p.title, p.abstract, "listing") for p in listed]


@settings(deadline=None)
@given(st.text() | st.binary())
@example("\n")
@example("· · ·")
@example("Feb 30\nJan 1\n1\nJan 1 " + "9" * 5000)
def test_any_text_is_read_without_a_crash(text: str | bytes) -> None:
    parsed(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("page_date", "shown", "published"),
    [
        ("Dec 4", "Sep 11", None),
        ("Dec 4, 2025", "Sep 11", "2025-09-11"),
        ("Dec 4, 2025", "Dec 4", "2025-12-04"),
        ("Feb 11, 2026", "Sep 11", None),
        ("Dec 4", "Sep 11, 2024", "2024-09-11"),
        ("Dec 4, 2025", "September 11, 2024", "2024-09-11"),
        ("Dec 4, 2025", "Feb 29", None),
    ],
)
def test_a_year_is_never_invented(page_date: str, shown: str, published: str | None) -> None:
    (paper,), _ = parsed(lines("Daily Papers", page_date, "A Title", ABSTRACT, "• 5 authors", "·", shown))
    assert paper.published == published
    assert paper.year == (int(published[:4]) if published else None)


@pytest.mark.parametrize("title", ["1984", "May 18", "Mayflower 2", "Upvotes", "9" * 5000])
def test_a_title_may_look_like_metadata(title: str) -> None:
    page = lines("One Title", OTHER, "• 2 authors", "May 1, 2020", title, ABSTRACT, "• 3 authors", "May 2, 2020")
    found, _ = parsed(page)
    assert [(p.title, p.author_count) for p in found] == [("One Title", 2), (title, 3)]


def test_a_title_may_follow_a_paper_without_metadata() -> None:
    pair = ("• 2 authors", "·", "May 1, 2020")
    page = lines("One", OTHER, *pair, "Two", ABSTRACT, "Three", OTHER, *pair, "Four", ABSTRACT, *pair)
    found, _ = parsed(page)
    assert [(p.title, p.author_count) for p in found] == [("One", 2), ("Two", None), ("Three", 2), ("Four", 2)]


def test_an_abstract_may_lack_its_full_stop() -> None:
    found, _ = parsed(lines("One", ABSTRACT + " and no stop", "Two Things", OTHER))
    assert [p.title for p in found] == ["One", "Two Things"]


def test_the_button_is_taken_off_the_first_title_only_where_it_is_glued() -> None:
    assert [p.title for p in parsed(lines("Subscribexlstm Everywhere", ABSTRACT))[0]] == ["xlstm Everywhere"]
    assert [p.title for p in parsed(lines("Subscribers Like Papers", ABSTRACT))[0]] == ["Subscribers Like Papers"]
    assert [p.title for p in parsed(lines("Subscribe: A Study", ABSTRACT))[0]] == ["Subscribe: A Study"]
    found, _ = parsed(lines("One Title", ABSTRACT, "SubscribeNet", OTHER))
    assert [p.title for p in found] == ["One Title", "SubscribeNet"]


def test_pages_may_follow_each_other_in_one_file() -> None:
    top = ("new", "Subscribe", "Daily Papers", "byAK and the research community")
    page = lines(*top, "Mar 4, 2025", "One", OTHER, "Mar 1 5", *top, "Apr 5, 2024", "Two", ABSTRACT, "Apr 2")
    found, problems = parsed(page)
    assert not problems
    assert [(p.title, p.published, p.upvotes) for p in found] == [("One", "2025-03-01", 5), ("Two", "2024-04-02", None)]


topped = layouts.map(lambda layout: replace(layout, top="lines"))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.data(), st.lists(topped, min_size=2, max_size=3), st.sampled_from(["", "\n", "\r\n\n\n"]))
def test_pages_of_any_layouts_in_one_file_give_what_each_gives_alone(
    data: st.DataObject, several: list[Layout], between: str
) -> None:
    pages = [render(data.draw(st.lists(papers(one), min_size=2, max_size=4)), one) for one in several]
    alone = [paper for page in pages for paper in parsed(page.removeprefix(b"\xef\xbb\xbf"))[0]]
    assert parsed(between.encode().join(pages)) == (alone, [])


WAYS = {
    "blank lines and metadata": Layout(top="none"),
    "blank lines": Layout(top="none", metadata=False),
    "line by line": Layout(top="none", metadata=False, blank="none"),
    "line by line with metadata": Layout(top="none", blank="none"),
}


@pytest.mark.parametrize("ways", list(permutations(WAYS, 2)), ids=" then ".join)
def test_pages_without_their_tops_are_told_apart_by_what_each_does(ways: tuple[str, str]) -> None:
    parts = [
        [
            Listed(f"{way.title()} as Number {n}", (ABSTRACT.strip(),), authors=n, day=date(2025, 1, n))
            for n in range(1, 9)
        ]
        for way in ways
    ]
    page = b"\n".join(render(listed, WAYS[way]) for way, listed in zip(ways, parts, strict=True))
    found, problems = parsed(page)
    assert not problems
    assert [paper.title for paper in found] == [listed.title for part in parts for listed in part]
    assert [bool(paper.published) for paper in found] == [WAYS[way].metadata for way in ways for _ in range(8)]


def test_a_page_broken_to_a_width_may_stand_beside_one_that_is_not() -> None:
    top = ("new", "Subscribe", "Daily Papers")
    broken = textwrap.wrap(OTHER.strip(), 70)
    page = lines(*top, "One", "", *broken, "", "Two", "", *broken, "", *top, "Three", "", ABSTRACT)
    assert [(p.title, p.abstract) for p in parsed(page)[0]] == [
        ("One", OTHER.strip()),
        ("Two", OTHER.strip()),
        ("Three", ABSTRACT.strip()),
    ]


@pytest.mark.slow
@pytest.mark.shared
def test_seeds_pasted_into_one_file_give_what_each_gives_alone(shared_folder: Path) -> None:
    texts = [file.read_bytes() for file in sorted(shared_folder.glob("seeds/*.txt"))]
    alone = {text: parsed(text)[0] for text in texts}
    for order in permutations(texts, 2):
        for between in (b"", b"\n", b"\n\n\n"):
            assert parsed(between.join(order)) == ([paper for text in order for paper in alone[text]], [])


def test_lines_broken_to_a_width_are_joined() -> None:
    text = "this abstract was broken into lines by whoever saved the page as text, so that it fits a screen. " * 4
    words, broken = text.split(), [""]
    for word in words:
        if len(broken[-1]) + len(word) < 70:
            broken[-1] = f"{broken[-1]} {word}".strip()
        else:
            broken.append(word)
    page = lines("First Title", "", *broken, "", "• 2 authors", "May 1, 2020", "", "Second Title", "", *broken)
    found, _ = parsed(page)
    assert [(p.title, p.abstract) for p in found] == [("First Title", text.strip()), ("Second Title", text.strip())]


def test_a_last_title_without_abstract_is_a_problem_with_its_line() -> None:
    found, (problem,) = parsed(lines("One", OTHER, "", "A Title That Was Cut"))
    assert [p.title for p in found] == ["One"]
    assert (problem.file, problem.line) == ("page.txt", 4)
    assert "A Title That Was Cut" in problem.message


def test_bytes_that_are_no_text_are_told_of_and_the_rest_is_read() -> None:
    found, (problem,) = parsed(b"One Title\n" + ABSTRACT.encode() + b"\xff.\nTwo\n" + OTHER.encode())
    assert problem.line == 2
    assert [p.title for p in found] == ["One Title", "Two"]


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return x\n\n\ndef g(y):\n    return f(y) + 1\n",
        "<html><body>One</body></html>",
        "@article{one, title={One}}",
        "id,title,abstract\n1,One,Two\n2,Three,Four\n",
        "%PDF-1.7\n1 0 obj",
        "A single line",
        "",
    ],
)
def test_other_texts_are_no_listing(text: str) -> None:
    assert not listing.recognises(Head(text.encode()))


SECTION = "Here a paragraph goes on for a while about what was done, as paragraphs below a heading will do. " * 4


@pytest.mark.parametrize(
    "headings",
    [
        ("Introduction", "Related Work", "Method", "Conclusion"),
        ("1 Why We Build Things Here", "1.1 How We Built Them Then", "2. What Came of It in the End"),
        ("# A readme of a project", "## Installation", "## Usage", "## License"),
        ("Getting started", "Running the server", "Deploying it", "Questions"),
        ("Chapter 1: The Long Way to the North", "Chapter 2: The Short Way Back Home"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_prose_with_headings_is_no_listing(headings: tuple[str, ...], gap: str) -> None:
    text = gap.join(f"{heading}{gap}{SECTION}" for heading in headings)
    assert not listing.recognises(Head(text.encode()))


def test_chapters_of_several_paragraphs_are_no_listing() -> None:
    headings = ("What the Weather Was Like That Summer", "How the Boats Came Back to the Harbour")
    text = "\n\n".join(part for heading in headings for part in (heading, SECTION, SECTION, SECTION))
    assert not listing.recognises(Head(text.encode()))


def test_a_long_file_is_read_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (
        ("Daily Papers", "Dec 4, 2025"),
        *((f"Title Number {n}", OTHER, "• 2 authors", "Dec 1") for n in range(200)),
    )
    page = lines(*(line for part in parts for line in part))
    whole = parsed(page)
    monkeypatch.setattr(listing, "_BLOCK", 5_000)
    assert parsed(page) == whole
    assert {paper.published for paper in whole[0]} == {"2025-12-01"}


def test_an_account_before_an_organization_is_left_off() -> None:
    def organization(line: str) -> tuple[str, ...]:
        (paper,), _ = parsed(lines("One", ABSTRACT, line, "·", "Feb 25, 2025 2"))
        return paper.organizations

    assert organization("deepseek-ai DeepSeek") == ("DeepSeek",)
    assert organization("facebook AI at Meta") == ("AI at Meta",)
    assert organization("Google DeepMind") == ("Google DeepMind",)
    assert organization("University of Oslo") == ("University of Oslo",)


def test_the_id_is_the_title() -> None:
    (paper,), _ = parsed(lines("One, Two!", ABSTRACT))
    assert (paper.id, paper.arxiv_id, paper.authors) == ("title/one-two", None, ())


def test_a_paper_of_a_page_is_as_rendered() -> None:
    listed = [Listed("One", (ABSTRACT.strip(),))]
    assert parsed(render(listed, Layout(metadata=False)))[0][0].abstract == ABSTRACT.strip()


@pytest.mark.shared
@pytest.mark.parametrize(("seed", "count"), [("000", 54), ("001", 78), ("003", 41), ("004", 60)])
def test_the_seeds_are_read_exactly(shared_folder: Path, seed: str, count: int) -> None:
    (file,) = shared_folder.glob(f"seeds/{seed}_*.txt")
    found = list(read([file], lambda problem: pytest.fail(str(problem))))
    assert len(found) == count

    gold = map(json.loads, (shared_folder / "gold/dev.papers.jsonl").read_text("utf-8").splitlines())
    expected = {(paper["title"], paper["abstract"]) for paper in gold if paper["id"].startswith(f"s{int(seed)}-")}
    assert expected
    assert expected <= {(paper.title, paper.abstract) for paper in found}
