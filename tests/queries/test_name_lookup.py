"""Names as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.queries import find, near, one


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("MTEB", "benchmark/mteb"),
        ("mteb", "benchmark/mteb"),
        (" m-t e b ", "benchmark/mteb"),
        ("Massive text-embedding benchmark", "benchmark/mteb"),
        ("benchmark/mteb", "benchmark/mteb"),
        ("Benchmark/MTEB", "benchmark/mteb"),
        ("llama2", "model/llama-2"),
        ("SA-1B (validation)", "benchmark/sa-1b-validation"),
        ("humanitys last exam", "benchmark/humanity-s-last-exam"),
        ("2210.07316", "2210.07316"),
        ("arXiv:2210.07316v3", "2210.07316"),
        ("https://arxiv.org/pdf/2210.07316v1", "2210.07316"),
        ("MTEB: massive text embedding benchmark", "2210.07316"),
        ("title/notes-on-embeddings", "title/notes-on-embeddings"),
        ("Notes on Embeddings", "title/notes-on-embeddings"),
        ("Niklas Muennighoff", "author/niklas-muennighoff"),
        ("loic magne", "author/loic-magne"),
        ("contextual ai", "organization/contextual-ai"),
        ("Text Embedding", "task/text-embedding"),
        ("ContextualAI/gritlm", "repository/github.com/contextualai/gritlm"),
        ("https://github.com/ContextualAI/gritlm.git", "repository/github.com/contextualai/gritlm"),
        ("github.com/embeddings-benchmark/mteb/", "repository/github.com/embeddings-benchmark/mteb"),
    ],
)
def test_a_name_is_found_however_it_is_written(store, name, key):
    assert one(store, name).id == key


def test_of_several_the_one_with_the_most_papers_comes_first(store):
    assert [node.label for node in find(store, "sam")] == ["Method", "Model"]
    assert [node.label for node in find(store, "SAM", ["Model"])] == ["Model"]


def test_the_exact_case_comes_first(store):
    first, *_ = find(store, "Sharpness-Aware Minimization")
    assert (first.label, first.name, first.papers) == ("Method", "Sharpness-Aware Minimization", 3)


def test_an_unknown_name_gets_near_ones(store):
    with pytest.raises(NotFoundError, match="nothing is called 'MTBE'") as error:
        one(store, "MTBE")
    assert "MTEB" in error.value.suggestions
    assert near(store, "Lora", ["Method"], 2) == ["LoRA", "QLoRA"]
    assert near(store, "MTEB", ["Method"]) == []


def test_no_node_has_an_empty_name(ladybug):
    assert find(ladybug, " ") == []


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(), max_size=40))
def test_any_text_may_be_looked_for(ladybug, name):
    assert all(node.id for node in find(ladybug, name))
