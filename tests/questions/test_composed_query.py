"""Statements composed of conditions and returns: the same rows on both engines, and no more than was asked."""

import pytest

from kg.questions import ask
from kg.questions.composed_query import Atom, ComposedQuery
from kg.statements import conditions, returns

LORA, SGPT = {"entity": "method/lora"}, {"entity": "model/sgpt"}
GSM8K, MMLU, MTEB = ({"entity": f"benchmark/{name}"} for name in ("gsm8k", "mmlu", "mteb"))

COMBINATIONS = {
    "and": [[Atom("uses", LORA)], [Atom("evaluates_on", MMLU)]],
    "and not": [[Atom("evaluates_on", MMLU)], [Atom("evaluates_on", MTEB, True)]],
    "or": [[Atom("evaluates_on", MTEB), Atom("introduces", SGPT)]],
    "or and": [[Atom("evaluates_on", MTEB), Atom("evaluates_on", GSM8K)], [Atom("has_code")]],
    "not": [[Atom("about", MTEB, True)]],
    "not or": [[Atom("has_code", {}, True), Atom("evaluates_on", MMLU)]],
    "twice": [[Atom("about", MTEB)], [Atom("about", GSM8K)], [Atom("since_year", {"since": 2024})]],
    "years": [[Atom("since_year", {"since": 2022})], [Atom("until_year", {"until": 2023})]],
    "not a year": [[Atom("since_year", {"since": 2022}, True)]],
    "all": [],
}
DETAILS = {"relations": ["EVALUATES_ON", "USES"], "types": ["Benchmark", "Method"]}


def ids(answer):
    return [row["id"] for row in answer.rows]


@pytest.mark.parametrize("name", sorted(conditions()))
def test_a_condition_is_the_same_on_both_sides_of_not(store, name):
    atom = Atom(name, conditions()[name].example)
    holding = ComposedQuery("papers", [[atom]]).run(store, 100)
    others = ComposedQuery("papers", [[Atom(name, atom.parameters, True)]]).run(store, 100)
    assert holding.rows, "an example shows something"
    assert set(ids(holding)).isdisjoint(ids(others))
    known = len(ComposedQuery("papers", []).run(store, 100).rows)
    unknown = name in ("since_year", "until_year", "since", "before")
    assert len(holding.rows) + len(others.rows) == known - unknown, "a paper of unknown year is on no side"


@pytest.mark.parametrize("name", sorted(returns()))
def test_a_return_has_the_declared_columns(store, name):
    answer = ComposedQuery(name, [[Atom("about", MTEB)]], DETAILS).run(store, 10)
    assert answer.columns == [column.name for column in returns()[name].columns]
    assert answer.rows
    assert {f"${parameter}" for parameter in answer.parameters} == {
        word for word in answer.cypher.replace(")", " ").replace("}", " ").split() if word.startswith("$")
    }


@pytest.mark.neo4j
@pytest.mark.parametrize("limit", [2, 25])
@pytest.mark.parametrize("returned", sorted(returns()))
@pytest.mark.parametrize("groups", COMBINATIONS.values(), ids=COMBINATIONS)
def test_both_engines_give_the_same_rows_in_the_same_order(ladybug, neo4j, groups, returned, limit):
    query = ComposedQuery(returned, groups, DETAILS)
    here, there = query.run(ladybug, limit), query.run(neo4j, limit)
    assert here.model_dump() == there.model_dump()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("papers that use LoRA and evaluate on MMLU", ["2305.14314"]),
        ("papers since 2024 that evaluate on GSM8K and have code", ["2402.09906"]),
        ("papers that evaluate on MMLU but not on MTEB", ["2307.09288", "2305.14314"]),
        ("papers that evaluate on MTEB or introduce MTEB", ["2402.09906", "2210.07316", "title/notes-on-embeddings"]),
        ("papers by Niklas Muennighoff with code", ["2402.09906", "2210.07316"]),
        ("papers by Niklas Muennighoff and Nils Reimers", ["2210.07316"]),
        ("papers on text embedding that do not evaluate on MTEB", ["2210.07316", "2202.08904"]),
        ("papers that neither evaluate on GSM8K nor on MMLU since 2023", ["2304.02643"]),
        ("papers since May 2023 that evaluate on MMLU", ["2402.09906", "2307.09288", "2305.14314"]),
        ("papers that use SAM and evaluate on MMLU", ["2307.09288"]),
        ("papers at ICLR 2025", ["2402.09906"]),
        # Of the edition, and not of the year of the preprint.
        ("which papers were published at ICLR 2022", ["2106.09685"]),
        ("papers accepted at ICLR in 2022", ["2106.09685"]),
        # The edition is unknown, so the paper's year counts.
        ("papers at ICLR 2020", ["2010.01412"]),
        ("papers at ICLR", ["2402.09906", "2106.09685", "2010.01412"]),
        ("NIPS papers", ["2305.14314"]),
        ("NeurIPS 2023 papers that evaluate on MMLU", ["2305.14314"]),
        ("papers in the International Conference on Learning Representations that evaluate on MMLU", ["2402.09906"]),
        ("papers that evaluate on MMLU but not at ICLR 2025", ["2307.09288", "2305.14314"]),
        ("papers at EACL or NeurIPS 2023", ["2305.14314", "2210.07316"]),
        ("papers in cs.CL since 2023", ["2402.09906"]),
        ("cs.CL papers that evaluate on MTEB", ["2402.09906"]),
        ("papers by Niklas Muennighoff at ICLR", ["2402.09906"]),
    ],
)
def test_a_combined_question_is_answered(store, question, expected):
    assert ids(ask(store, question)) == expected


def test_a_combined_answer_shows_the_sentences_and_the_code(store):
    (row,) = ask(store, "papers that use Llama 2 7B and evaluate on MTEB").rows
    assert row["evidence"] == ["In this work, MTEB is there: evaluates_on.", "In this work, Llama 2 7B is there: uses."]
    assert row["code"] == ["https://github.com/ContextualAI/gritlm"]


def test_counts_and_entities_of_papers(store):
    assert ask(store, "how many papers evaluate on MMLU").rows == [{"papers": 3}]
    rows = ask(store, "which benchmarks do papers that use LoRA evaluate on").rows
    assert [(row["name"], row["papers"]) for row in rows] == [("MMLU", 1)]
    years = ask(store, "how many papers evaluate on MTEB per year").rows
    assert years == [{"year": 2024, "papers": 1}, {"year": None, "papers": 1}]


def test_venues_are_counted_and_asked_for(store):
    assert ask(store, "how many papers at ICLR 2022").rows == [{"papers": 1}]
    assert [row["name"] for row in ask(store, "which venues publish papers on text embedding").rows] == ["EACL", "ICLR"]
    assert [(row["venue"], row["edition"]) for row in ask(store, "where was MTEB published").rows] == [("EACL", 2023)]
    rows = ask(store, "where was Segment Anything published").rows
    assert rows == [] or [row["venue"] for row in rows] == [None]
    assert [row["name"] for row in ask(store, "top 2 venues").rows] == ["ICLR", "EACL"]


def test_a_name_is_a_parameter_and_never_a_part_of_the_statement(store):
    answer = ask(store, "papers that use LoRA and evaluate on MMLU")
    assert "lora" not in answer.cypher and "mmlu" not in answer.cypher
    assert {"method/lora", "benchmark/mmlu"} <= {v for v in answer.parameters.values() if isinstance(v, str)}
