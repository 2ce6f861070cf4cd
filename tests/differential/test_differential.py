"""Statements on both engines over one graph: each has Neo4j's answer on the embedded one, or is refused in words.

This is a part of the seeds and of the generated statements; `python benchmarks/differential.py` runs them all, and as
many new ones as one likes.
"""

from collections import Counter

import pytest
from both_engines import both_engines, forget
from compare import FAULTS, SEEDS, Kind, Outcome, Seed, compare, of_file
from grammar import generated

from kg.syntax.functions import FUNCTIONS

WRITTEN = list(of_file(SEEDS / "written.txt"))
QUESTIONS = list(of_file(SEEDS / "questions.txt"))
TCK = list(of_file(SEEDS / "tck.txt"))
CHOSEN = [*WRITTEN, *QUESTIONS[::3], *TCK[::6], *generated(13, 200)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, neo4j_uri: str) -> list[Outcome]:
    with both_engines(tmp_path_factory.mktemp("odd"), neo4j_uri) as (here, there):
        found = [compare(here, there, seed) for seed in CHOSEN]
    # Without marks, its nodes are nobody's, and no other graph would take their place.
    forget(neo4j_uri)
    return found


@pytest.mark.slow
@pytest.mark.neo4j
def test_every_statement_has_neo4js_answer_or_is_refused_in_words(outcomes):
    assert len(outcomes) >= 1000
    assert not [str(outcome) for outcome in outcomes if outcome.kind in FAULTS]


@pytest.mark.slow
@pytest.mark.neo4j
def test_most_statements_that_neo4j_answers_are_answered(outcomes):
    kinds = Counter(outcome.kind for outcome in outcomes)
    assert kinds[Kind.SAME] > 10 * (kinds[Kind.REFUSED] + kinds[Kind.ERROR] + kinds[Kind.EXHAUSTED])


def test_generated_statements_call_every_function_that_may_be_called():
    texts = " ".join(seed.statement.lower() for seed in generated(1, 8000))
    # Ids differ on each engine, as do the server's clock and the keys of a node that it has marked.
    differ = {"id", "elementid", "timestamp", "datetime", "localdatetime", "duration"}
    assert not [name for name in FUNCTIONS.keys() - differ if f"{name}(" not in texts]


def test_generated_statements_are_the_same_for_a_seed():
    first, again = list(generated(5, 20)), list(generated(5, 30))
    assert first == again[:20]
    assert first != list(generated(6, 20))


def test_a_line_is_a_statement_or_json_with_parameters(tmp_path):
    file = tmp_path / "some.txt"
    file.write_text('# about\nRETURN 1\n\n{"statement": "RETURN $x", "parameters": {"x": null}}\n', encoding="utf-8")
    assert list(of_file(file)) == [Seed("RETURN 1", source="some"), Seed("RETURN $x", {"x": None}, "some")]
