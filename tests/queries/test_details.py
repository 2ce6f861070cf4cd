"""Everything about one node."""

import pytest

from kg.errors import NotFoundError
from kg.queries import show


def test_a_paper(store):
    paper = show(store, "2402.09906")
    assert (paper.label, paper.name) == ("Paper", "Generative Representational Instruction Tuning")
    assert paper.properties["year"] == 2024
    assert paper.authors == ["Niklas Muennighoff", "Hongjin Su"]
    assert paper.organizations == ["Contextual AI"]
    assert paper.tasks == ["text embedding"]
    assert [row["repository"] for row in paper.repositories] == ["ContextualAI/gritlm"]
    assert [row["name"] for row in paper.entities][:2] == ["GritLM", "MTEB"]
    assert [(row["benchmark"], row["value"]) for row in paper.results] == [
        ("MTEB", "66.8"),
        ("MTEB", "+2.1"),
        ("MMLU", "66.7%"),
    ]
    assert paper.citing == []


def test_an_entity(store):
    entity = show(store, "massive text embedding benchmark")
    assert (entity.id, entity.name) == ("benchmark/mteb", "MTEB")
    assert entity.properties["aliases"] == ["Massive Text Embedding Benchmark"]
    assert entity.relations == {"EVALUATES_ON": 2, "INTRODUCES": 1, "MENTIONS": 1, "TRAINS_ON": 1}
    assert [row["id"] for row in entity.introduced_by] == ["2210.07316"]
    assert [row["repository"] for row in entity.repositories] == ["embeddings-benchmark/mteb"]
    assert [row["id"] for row in entity.citing] == ["2402.09906"]
    assert [(row["name"], row["variant"]) for row in entity.variants] == [("FinMTEB", True)]
    assert len(entity.results) == 3


def test_any_other_node(store):
    author = show(store, "niklas muennighoff")
    assert author.label == "Author"
    assert [row["id"] for row in author.papers] == ["2402.09906", "2202.08904", "2210.07316"]
    assert show(store, "result/2402.09906/abstract/120").properties["value"] == "66.8"


def test_a_venue_and_a_category(store):
    venue = show(store, "international conference on learning representations")
    assert (venue.label, venue.name) == ("Venue", "ICLR")
    assert [(row["id"], row["edition"]) for row in venue.papers] == [
        ("2402.09906", 2025),
        ("2106.09685", 2022),
        ("2010.01412", None),
    ]
    category = show(store, "cs.CL")
    assert (category.id, [row["id"] for row in category.papers]) == ("category/cs.cl", ["2402.09906", "2210.07316"])
    assert show(store, "2210.07316").venues == ["EACL 2023"]
    assert show(store, "2210.07316").categories == ["cs.CL", "cs.IR"]


def test_an_unknown_name(ladybug):
    with pytest.raises(NotFoundError):
        show(ladybug, "no such thing")
