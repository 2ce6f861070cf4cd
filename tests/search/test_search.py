"""What is found by what is typed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import NotUnderstoodError
from kg.schema import NODES
from kg.search import search


def ids(store, text, types=None, limit=10):
    return [hit.id for hit in search(store, text, types, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("MTEB", "benchmark/mteb"),
        ("mteb", "benchmark/mteb"),
        ("M-T E.B", "benchmark/mteb"),
        ("low rank adaptation", "method/lora"),
        ("opt 1.3b", "model/opt-1.3b"),
        ("c++ coder", "model/c++-coder"),
        ("GMS8K", "benchmark/gsm8k"),
        ("MTBE", "benchmark/mteb"),
        ("brt", "model/bert"),
        ("Muenninghof", "author/niklas-muennighoff"),
        ("loic magne", "author/loic-magne"),
        ("MAGNE, Loïc", "author/loic-magne"),
        ("小明", None),
        ("王小明", "author/王小明"),
        ("naive bayes a la carte", "10.1000/182"),
        ("Embedding Text Massive", "benchmark/mteb"),
        ("need all attention", "1706.03762"),
        ("atention is al you ned", "1706.03762"),
        ("finetuning tiny", "title/fine-tuning-notes"),
        ("tiny fine tuning", "title/fine-tuning-notes"),
        ("mteb benchmark", "benchmark/mteb"),
        ("arxiv 2210.07316", None),
        ("2210.07316", "2210.07316"),
        ("hugging", "organization/hugging-face"),
        ("embeddings-benchmark", "repository/github.com/embeddings-benchmark/mteb"),
        ("text embed", "task/text-embedding"),
    ],
)
def test_the_first_hit(store, typed, first):
    found = ids(store, typed)
    if first:
        assert found[0] == first
    else:
        assert len(found) <= 1


def test_a_better_match_comes_before_more_papers_and_more_papers_before_fewer(store):
    assert ids(store, "lora")[0] == "method/lora"
    assert ids(store, "SAM")[:2] == ["method/sam", "model/sam"]
    assert ids(store, "bert")[:2] == ["model/bert", "model/bert-large"]
    assert ids(store, "BERT-larg")[0] == "model/bert-large"


def test_each_letter_more_narrows_down_to_what_is_being_typed(store):
    name = "Massive Text Embedding"
    assert all("benchmark/mteb" in ids(store, name[:length]) for length in range(2, len(name) + 1))


def test_a_hit_tells_by_which_name_it_was_found(store):
    hit, *_ = search(store, "sharpness aware")
    assert (hit.id, hit.label, hit.name) == ("method/sam", "Method", "SAM")
    assert (hit.matched, hit.papers) == ("Sharpness-Aware Minimization", 8)
    assert search(store, "Attention is all you need")[0].papers == 1, "of a paper, those that cite it"
    assert search(store, "Niklas Muennighoff")[0].papers == 1


def test_only_types_that_are_asked_for(store):
    assert ids(store, "mteb", ["paper"]) == ["2210.07316"]
    assert {hit.label for hit in search(store, "mteb", ["Benchmark", "repository"])} == {"Benchmark", "Repository"}
    with pytest.raises(NotUnderstoodError, match="no type is called 'banana': there are paper, author"):
        search(store, "mteb", ["banana"])


def test_no_more_hits_than_asked_for(store):
    assert len(ids(store, "mteb", limit=2)) == 2
    assert ids(store, "mteb", limit=0) == []


@pytest.mark.parametrize("nothing", ["", "  ", "\t\n", "qqqqqqqqzzzz", "\ud800"])
def test_nothing_is_like_nothing(store, nothing):
    assert ids(store, nothing) == []


SYNTAX = st.sampled_from(
    ["AND", "OR", "NOT", "key:", "id:*", "+", "-", "~2", "^9", '"', "(", ")", "[a TO z]", "\\", "*", "?"]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(st.characters(), max_size=80), st.lists(SYNTAX | st.text(max_size=4)).map(" ".join)))
@example("x" * 5000)
@example("a " * 5000)
@example("\x00")
@example("ﷺ" * 50)
@example("word:* OR id:[* TO *]")
def test_any_text_may_be_typed_and_none_is_a_query(ladybug, typed):
    hits = search(ladybug, typed)
    assert len(hits) <= 10 and all(hit.label in NODES for hit in hits)
    assert hits == sorted(hits, key=lambda hit: -hit.score)


@pytest.mark.neo4j
def test_both_engines_find_the_same(ladybug, neo4j):
    for typed in ("m", "mteb", "lor", "tuning", "embedding benchmark", "magne", "sam"):
        assert search(ladybug, typed, limit=100) == search(neo4j, typed, limit=100)
