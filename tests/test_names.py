import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import arxiv_id, arxiv_year, doi, name_key, paper_key, slug, title_key


@pytest.mark.parametrize("name", ["CIFAR-10", "Cifar 10", "CIFAR10", "cifar_10", "ＣＩＦＡＲ－１０"])
def test_written_forms_share_a_key(name: str) -> None:
    assert name_key(name) == "cifar10"


def test_a_key_tells_names_apart_that_differ_in_more_than_form() -> None:
    assert len({name_key(name) for name in ("C", "C++", "C+", "Qwen2", "Qwen2.5", "T5", "mT5", "???", "!")}) == 9
    assert name_key("Poincaré") == name_key("Poincare")


@given(st.text())
def test_keys_are_stable(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert name_key(text.upper().lower()) == name_key(text.lower()) or not text.isascii()
    assert slug(slug(text)) == slug(text) != ""


@given(st.text(st.characters(codec="ascii")))
def test_a_slug_is_safe_in_a_path(text: str) -> None:
    assert not set(slug(text)) & set(" /\\?#%&:\n")
    assert slug(text) not in (".", "..")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Llama 3.1", "llama-3.1"),
        ("C++", "c++"),
        ("GPT-4o mini", "gpt-4o-mini"),
        ("U.S. census", "u-s-census"),
        ("a_ b", "a-b"),
        ("...", "-"),
        ("Große Straße", "grosse-strasse"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2210.07316",
        "2210.07316v3",
        " arXiv:2210.07316 ",
        "arxiv: 2210.07316v1",
        "arXiv:2210.07316 [cs.CL]",
        "https://arxiv.org/abs/2210.07316v2",
        "http://www.arxiv.org/pdf/2210.07316.pdf",
        "https://export.arxiv.org/abs/2210.07316",
        "https://huggingface.co/papers/2210.07316",
        "10.48550/arXiv.2210.07316",
        "https://doi.org/10.48550/arXiv.2210.07316",
    ],
)
def test_arxiv_ids_are_found_without_version(text: str) -> None:
    assert arxiv_id(text) == "2210.07316"


@pytest.mark.parametrize(
    "text", ["", "2213.07316", "2210.073", "12210.07316", "x2210.07316", "10.1145/2210.07316", "s0-001"]
)
def test_other_texts_are_no_arxiv_ids(text: str) -> None:
    assert arxiv_id(text) is None


def test_old_arxiv_ids_lose_their_subject_class() -> None:
    assert arxiv_id("math.GT/0309136v1") == arxiv_id("https://arxiv.org/abs/math/0309136") == "math/0309136"
    assert arxiv_id("cond-mat/9901001") == "cond-mat/9901001"


@pytest.mark.parametrize(
    ("arxiv", "year"), [("2210.07316", 2022), ("cs/0501001", 2005), ("hep-th/9901001", 1999), ("0704.0001", 2007)]
)
def test_an_arxiv_id_has_its_year(arxiv: str, year: int) -> None:
    assert arxiv_year(arxiv) == year


def test_dois() -> None:
    assert doi("https://doi.org/10.1145/3292500.ABC") == doi("doi:10.1145/3292500.abc.") == "10.1145/3292500.abc"
    assert doi("2210.07316") is None


def test_a_papers_key_is_its_strongest_id() -> None:
    assert paper_key("A: Title!", "2210.07316", "10.1/x") == "2210.07316"
    assert paper_key("A: Title!", None, "10.1/x") == "10.1/x"
    assert paper_key("A: Title!") == "title/a-title"
    assert title_key("A: Title!") == title_key("a title")
