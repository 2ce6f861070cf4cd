"""Inferred citations are shown as such, and no figure counts them."""

from kg.queries import run
from kg.queries.citation_notes import ALL_INFERRED, NONE_COUNTED
from kg.questions import ask
from kg.store import GraphReader


def test_a_figure_counts_references_alone(store: GraphReader) -> None:
    cited = run(store, "most_cited", since=0, until=9999)
    assert [(row["id"], row["citing"]) for row in cited.rows] == [("2106.09685", 1), ("2210.07316", 1)]
    assert cited.note is None


def test_an_answer_says_that_there_are_no_references(store: GraphReader) -> None:
    inferred = run(store, "citing", paper="2202.08904")
    assert [row["inferred"] for row in inferred.rows] == [True]
    assert inferred.note == ALL_INFERRED
    counted = ask(store, "how many papers cite SGPT: GPT Sentence Embeddings for Semantic Search")
    assert counted.note == NONE_COUNTED
