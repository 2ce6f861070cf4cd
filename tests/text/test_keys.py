import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.identifiers import arxiv_id, arxiv_year, doi, work_id
from kg.text.keys import name_key, paper_key, slug, title_key


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
        "doi.org/10.48550/ARXIV.2210.07316",
        "oai:arXiv.org:2210.07316v1",
        "https://arxiv.org/pdf/2210.07316v2#page=3",
        "https://arxiv.org/abs/2210.07316?context=cs",
        "https://ar5iv.labs.arxiv.org/html/2210.07316",
        "https://www.alphaxiv.org/abs/2210.07316v1",
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


@pytest.mark.parametrize(
    "titles",
    [
        ("$\\alpha$-Divergence", "α-divergence", "Alpha Divergence", "𝛼-DIVERGENCE"),
        ("$\\varepsilon$-Greedy at $16\\times16$", "ϵ-greedy at 16×16"),
        ("\\textbf{X} in $\\mathcal{Y}$", "{X} in <i>Y</i>", "X in Y."),
        ('M{\\"u}ller and {\\L}ukasz of Er\\c{s}', "Müller and Łukasz of Erş"),
        ("Q&amp;A on H<sub>2</sub>O", "Q&A on H₂O", "Q&A on H$_2$O"),
        ("$\\ell_1$ Norm", "ℓ1 norm"),
    ],
)
def test_one_title_however_it_is_marked_up_has_one_key(titles: tuple[str, ...]) -> None:
    assert len({title_key(title) for title in titles}) == 1


def test_what_is_no_markup_stays_in_a_title() -> None:
    assert title_key("When p<q and r>s") == "whenpqandrs"
    assert title_key("\\textile and \\starlike") == "textileandstarlike"


@pytest.mark.parametrize(
    "text",
    [
        "10.18653/V1/N19-1423",
        "doi:10.18653/v1/N19-1423.",
        "doi.org/10.18653/v1/N19-1423",
        "https://www.doi.org/10.18653/v1/N19-1423",
        "https://doi.org/10.18653%2Fv1%2FN19-1423",
        "https://example.org/doi/pdf/10.18653/v1/n19-1423?download=true",
    ],
)
def test_dois_are_found_in_addresses(text: str) -> None:
    assert doi(text) == "10.18653/v1/n19-1423"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://api.semanticscholar.org/CorpusID:52967399", "corpusid:52967399"),
        ("https://openalex.org/w123", "openalex:W123"),
        ("https://openreview.net/forum?id=abc_-D&noteId=x", "openreview:abc_-D"),
        ("https://www.aclweb.org/anthology/N19-1423/", "acl:N19-1423"),
    ],
)
def test_works_are_known_by_their_addresses(text: str, expected: str) -> None:
    assert work_id(text) == expected
