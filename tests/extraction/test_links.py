import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.links import normalise_url, url_kind
from kg.text.identifiers import repository


@pytest.mark.parametrize(
    ("written", "url", "kind_"),
    [
        ("Code: https://github.com/owner/repo.", "https://github.com/owner/repo", "code"),
        ("(https://github.com/owner/repo)", "https://github.com/owner/repo", "code"),
        (r"\url{https://github.com/owner/my\_repo}.", "https://github.com/owner/my_repo", "code"),
        (r"\href{https://owner.github.io/page}{here}", "https://owner.github.io/page", "page"),
        ("at github.com/owner/repo, free", "https://github.com/owner/repo", "code"),
        ("see www.example.org/x", "https://www.example.org/x", "page"),
        ("https://github.com/o/rhttps://github.com/o/r", "https://github.com/o/r", "code"),
        ("on https://huggingface.co/owner/model", "https://huggingface.co/owner/model", "model"),
        ("on https://huggingface.co/datasets/owner/data!", "https://huggingface.co/datasets/owner/data", "dataset"),
        ("demo https://huggingface.co/spaces/owner/demo", "https://huggingface.co/spaces/owner/demo", "page"),
        ("https://gitlab.com/group/project/-/tree/main", "https://gitlab.com/group/project/-/tree/main", "code"),
        ("wiki https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)", "page"),
        ("http://bit.ly/abc123.", "http://bit.ly/abc123", "page"),
        (
            "on https://cs.example.edu/ somebody/projects/page.",
            "https://cs.example.edu/~somebody/projects/page",
            "page",
        ),
        ("on https://example.org/ and/or elsewhere", "https://example.org/", "page"),
    ],
)
def test_urls_are_normalised_and_told_apart(read, written: str, url: str, kind_: str) -> None:
    assert [(link.url, link.kind) for link in read("A title", f"Something is {written}").links] == [(url, kind_)]


@pytest.mark.parametrize(
    "text",
    [
        "Code is at this https URL.",
        "this http URL",
        "https: //anonymous.this http URL",
        "and/or w/o",
        "GPT-4/BERT",
        "v1.2/v1.3",
    ],
)
def test_what_is_no_link(read, text: str) -> None:
    assert read("A title", text).links == ()


def test_a_repeated_url_is_one_link(read) -> None:
    found = read("A title", "Code: https://github.com/a/b. Again https://github.com/a/b/.")
    assert len(found.links) == 1


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Our code is available at https://github.com/a/b.", True),
        ("Code: https://github.com/a/b", True),
        ("It is based on the code of https://github.com/a/b.", False),
    ],
)
def test_own_code_is_told_from_that_of_others(read, text: str, own: bool) -> None:
    assert [link.own for link in read("A title", text).links] == [own]


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://github.com/Owner/Repo/tree/main", "github.com/owner/repo"),
        ("https://www.github.com/owner/repo.git", "github.com/owner/repo"),
        ("https://github.com/owner", None),
        ("https://example.org/owner/repo", None),
    ],
)
def test_repositories_are_host_owner_name(url: str, place: str | None) -> None:
    assert repository(url) == place


@given(st.text())
def test_any_text_after_the_scheme_is_normalised(rest: str) -> None:
    url = normalise_url(f"https://github.com/{rest}")
    assert normalise_url(url) == url
    url_kind(url)
