"""Questions in English: what they are taken to mean, what they are answered with, and what is not answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotUnderstoodError
from kg.questions import ask
from kg.questions.grammar import load_grammar
from kg.questions.typos import correct_typos
from kg.schema import EDGES, NODES, RELATIONS
from kg.statements import conditions, queries, returns

E, T, U = "EVALUATES_ON", "TRAINS_ON", "USES"

PAPERS = {
    ("benchmark/mteb", (E,)): [
        "which papers evaluate on MTEB",
        "what papers are evaluated on MTEB?",
        "papers evaluating on mteb",
        "who uses MTEB for evaluation",
        "papers tested on MTEB",
        "list papers that report results on MTEB",
        "show me papers benchmarked on MTEB",
        "Which papers evaluate on the MTEB benchmark?",
        "which papers report scores on MTEB",
        "papers with MTEB results",
        "who evaluates on MTEB?",
        "Which  studies evaluate their models on “MTEB” ?",
        "give me all papers that use MTEB as a benchmark",
        "which papers was MTEB used for evaluation in",
        "please list the papers with evaluations on MTEB",
        "Can you tell me which papers evaluate on the Massive Text Embedding Benchmark?",
        "WHICH PAPERS EVALUATE ON MTEB",
        "what is evaluated on MTEB",
        "which publications have been tested on massive text embedding benchmark",
        "evaluations on MTEB",
        "which papers evaluate on benchmark/mteb",
    ],
    ("benchmark/gsm8k", (E,)): [
        "which papers evaluate on GSM-8K",
        "papers evaluated on grade school math 8k",
        "what papers test on the gsm8k dataset",
    ],
    ("benchmark/sa-1b-validation", (E,)): ["which papers evaluate on SA-1B (validation)?"],
    ("benchmark/humanity-s-last-exam", RELATIONS): ["papers about Humanity's Last Exam", "papers on HLE"],
    ("dataset/c4", (T,)): [
        "which papers train on C4",
        "papers pretrained on C4",
        "who uses C4 for training?",
        "what papers fine-tune their models on the Colossal Clean Crawled Corpus",
        "which models are trained on C4",
    ],
    ("method/lora", (U,)): [
        "which papers use LoRA",
        "papers using lora",
        "who uses LoRA?",
        "what papers apply low-rank adaptation",
        "in which papers is LoRA used",
        "where is LoRA used",
        "show papers that build on LoRA",
        "what builds on LoRA",
        "papers based on the method LoRA",
    ],
    ("benchmark/mteb", (E, T, U)): ["which papers use MTEB", "who uses MTEB", "papers using the MTEB benchmark"],
    ("benchmark/mteb", (T, U)): ["papers that build on MTEB"],
    ("model/sgpt", ("COMPARES_WITH",)): [
        "which papers compare with SGPT",
        "papers comparing themselves to SGPT",
        "what papers use SGPT as a baseline",
        "who compares against SGPT?",
        "papers that compare their model with SGPT",
    ],
    ("model/gpt-3", ("EVALUATES",)): [
        "which papers evaluate GPT-3",
        "papers that study GPT-3",
        "who evaluates gpt 3",
        "which papers analyse the model GPT3?",
        "in what papers is GPT-3 evaluated",
    ],
    ("model/gpt-3", ("MENTIONS",)): ["which papers only mention GPT-3", "papers that mention GPT-3 as background"],
    ("model/gpt-3", RELATIONS): [
        "which papers mention GPT-3",
        "papers about GPT-3",
        "anything about GPT-3",
        "what papers are there on GPT-3?",
        "show me everything about GPT-3",
        "GPT-3 papers",
    ],
}

OTHERS = {
    ("introduced_by", "benchmark/mteb"): [
        "who introduced MTEB",
        "which paper introduces MTEB?",
        "what paper proposed MTEB",
        "where was MTEB introduced",
        "where does MTEB come from",
        "who created the MTEB benchmark",
        "what is the original paper of MTEB",
        "who is behind MTEB?",
        "when was MTEB released",
        "who are the authors of MTEB",
        "who came up with MTEB",
    ],
    ("authors_of_paper", "2210.07316"): ["who wrote MTEB: Massive Text Embedding Benchmark?", "authors of 2210.07316"],
    ("neighbourhood", "benchmark/mteb"): [
        "what is around MTEB",
        "neighbours of MTEB",
        "neighbors of mteb",
        "show me the neighbourhood of MTEB",
        "what is connected to MTEB?",
        "MTEB neighborhood",
        "tell me about MTEB",
    ],
    ("code_of_entity", "benchmark/mteb"): [
        "where is the code of MTEB",
        "code for MTEB",
        "where can I find the source code for MTEB?",
        "does MTEB have code",
        "github repository of MTEB",
        "is there an implementation of MTEB",
    ],
    ("code_of_paper", "2402.09906"): ["where is the code of 2402.09906", "code of the paper 2402.09906"],
    ("citing", "2210.07316"): ["which papers cite 2210.07316", "who cites MTEB: Massive Text Embedding Benchmark?"],
    ("citing_entity", "benchmark/mteb"): ["which papers cite MTEB", "what cites MTEB?", "citations of MTEB"],
    ("cited", "2402.09906"): ["what does 2402.09906 cite", "references of 2402.09906"],
    ("leaderboard", "benchmark/mteb"): [
        "leaderboard of MTEB",
        "show me the leaderboard for mteb",
        "MTEB leaderboard",
        "best results on MTEB",
        "what is the state of the art on MTEB?",
        "top models on MTEB",
    ],
    ("results_of_paper", "2402.09906"): ["what results does 2402.09906 report"],
    ("variants", "model/llama-2"): ["variants of Llama 2", "what versions of LLaMA-2 are there?", "sizes of llama2"],
    ("papers_of", "author/niklas-muennighoff"): [
        "papers by Niklas Muennighoff",
        "what has niklas muennighoff written?",
        "which papers are written by Niklas Muennighoff",
    ],
    ("papers_of", "organization/contextual-ai"): ["papers from Contextual AI"],
    ("papers_of", "task/text-embedding"): ["papers on text embedding", "which papers address text embedding"],
}

OF_A_PAPER = {
    (E,): [
        "what does {x} evaluate on",
        "what is {x} evaluated on?",
        "on which benchmarks is {x} evaluated",
        "on what does {x} evaluate",
        "which benchmarks are used for evaluation in {x}",
        "where is {x} evaluated",
    ],
    (E, T, U): ["what benchmarks does {x} use", "which benchmarks are used in {x}", "what does {x} use"],
    (U, T): ["what does {x} build on", "what is {x} based on?"],
    (T,): ["what is {x} trained on", "which datasets does {x} train on", "training data of {x}"],
    ("COMPARES_WITH",): ["what does {x} compare with?", "baselines of {x}", "which models does {x} compare itself to"],
    ("INTRODUCES",): ["what does {x} introduce", "what benchmarks does {x} propose", "what is introduced in {x}"],
    ("EVALUATES",): ["which models does {x} evaluate", "what does {x} study"],
    RELATIONS: ["what is in {x}", "entities in {x}", "what methods are mentioned in {x}", "benchmarks in {x}"],
}
NAMES = ("2402.09906", "the paper 2402.09906v2", "Generative representational instruction-tuning", "arXiv:2402.09906")

TOP = [
    ("top 10 benchmarks", 10, E, ["Benchmark"]),
    ("what are the most evaluated benchmarks", 25, E, ["Benchmark"]),
    ("most popular benchmarks", 25, E, ["Benchmark"]),
    ("the 3 most used benchmarks?", 3, E, ["Benchmark"]),
    ("list the top 5 most widely used benchmarks", 5, E, ["Benchmark"]),
    ("which benchmarks are used most often", 25, E, ["Benchmark"]),
    ("which benchmark is most popular", 25, E, ["Benchmark"]),
    ("most used datasets", 25, E, ["Benchmark", "Dataset"]),
    ("what do most papers evaluate on", 25, E, ["Benchmark"]),
    ("top 10 models", 10, U, ["Model"]),
    ("most used methods", 25, U, ["Method"]),
    ("most common baselines", 25, "COMPARES_WITH", ["Model", "Method"]),
    ("most evaluated models", 25, "EVALUATES", ["Model"]),
    ("which datasets are most often trained on", 25, T, ["Benchmark", "Dataset"]),
]


def flat(table):
    return [(key, question) for key, questions in table.items() for question in questions]


@pytest.mark.parametrize(("meaning", "question"), flat(PAPERS))
def test_papers_by_relation(ladybug, meaning, question):
    answer = ask(ladybug, question)
    assert (answer.query, answer.parameters["entity"]) == ("papers_by_relation", meaning[0])
    label = meaning[0].partition("/")[0].title()
    assert answer.parameters["relations"] == [r for r in meaning[1] if ("Paper", label) in EDGES[r].ends]
    assert answer.question == question


@pytest.mark.parametrize(("meaning", "question"), flat(OTHERS))
def test_other_questions(ladybug, meaning, question):
    answer = ask(ladybug, question)
    assert answer.query == meaning[0]
    assert meaning[1] in answer.parameters.values()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("relations", "question"), flat(OF_A_PAPER))
def test_what_a_paper_does(ladybug, relations, question, name):
    answer = ask(ladybug, question.format(x=name))
    assert (answer.query, answer.parameters["paper"]) == ("entities_of_paper", "2402.09906")
    assert tuple(answer.parameters["relations"]) == relations


@pytest.mark.parametrize(
    ("relations", "question"), [pair for pair in flat(OF_A_PAPER) if pair[0][0] in {E, T, U, "COMPARES_WITH"}]
)
def test_what_the_paper_behind_something_does(ladybug, relations, question):
    answer = ask(ladybug, question.format(x="GritLM"))
    assert (answer.query, answer.parameters["entity"]) == ("entities_of_introducing", "model/gritlm")
    assert tuple(answer.parameters["relations"]) == relations


@pytest.mark.parametrize(("question", "limit", "relation", "types"), TOP)
def test_what_is_foremost(ladybug, question, limit, relation, types):
    answer = ask(ladybug, question)
    assert answer.query == "top_entities"
    given = answer.parameters
    assert (given["limit"], given["relations"], given["types"]) == (limit, [relation], types)


def test_there_are_many_wordings():
    assert len(flat(PAPERS)) + len(flat(OTHERS)) + len(flat(OF_A_PAPER)) + len(TOP) >= 100


def test_a_paper_that_only_mentions_it_is_not_in_the_answer(store):
    answer = ask(store, "which papers evaluate on MTEB")
    assert [row["id"] for row in answer.rows] == ["2402.09906", "title/notes-on-embeddings"]
    assert answer.understood == "papers that report an evaluation on the benchmark MTEB"
    assert "MTEB" in answer.rows[0]["evidence"]


def test_what_a_paper_does_is_answered_by_relation(store):
    names = [row["name"] for row in ask(store, "what does 2402.09906 evaluate on").rows]
    assert names == ["MTEB", "GSM8K", "MMLU"]
    assert [row["name"] for row in ask(store, "what benchmarks does GritLM use").rows] == ["MTEB", "GSM8K", "MMLU"]
    assert [row["name"] for row in ask(store, "what does QLoRA build on").rows] == ["LoRA", "fine-tuning"]


def test_the_answer_in_json_has_the_contracts_keys(store):
    answer = ask(store, "top 2 benchmarks").model_dump(mode="json")
    contract = {"question", "query", "cypher", "parameters", "columns", "rows", "truncated"}
    assert answer.keys() == contract | {"understood"}
    assert answer["cypher"] == queries()["top_entities"].text(store.engine)
    assert [(row["name"], row["papers"]) for row in answer["rows"]] == [("GSM8K", 3), ("MMLU", 3)]
    assert answer["truncated"]


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("since 2023", 2023, 9999),
        ("from 2023 on", 2023, 9999),
        ("from 2023", 2023, 2023),
        ("from 2022 to 2023", 2022, 2023),
        ("between 2022 and 2023", 2022, 2023),
        ("in 2024", 2024, 2024),
        ("after 2022", 2023, 9999),
        ("before 2024", 1, 2023),
        ("published in 2024", 2024, 2024),
        ("until 2023", 1, 2023),
    ],
)
def test_a_time_narrows_the_answer(ladybug, words, since, until):
    for question in (f"which papers evaluate on MMLU {words}", f"{words}, which papers evaluate on MMLU?"):
        answer = ask(ladybug, question)
        assert (answer.parameters["since"], answer.parameters["until"]) == (since, until)
        assert all(since <= row["year"] <= until for row in answer.rows)
        assert str(since if since > 1 else until) in answer.understood


def test_of_two_nodes_with_a_name_the_fitting_one_is_taken_and_the_other_named(ladybug):
    answer = ask(ladybug, "which papers use SAM")
    assert answer.parameters["entity"] == "method/sharpness-aware-minimization"
    assert "model/segment-anything-model" in answer.understood
    assert ask(ladybug, "which papers use the model SAM").parameters["entity"] == "model/segment-anything-model"
    assert ask(ladybug, "papers that use the SAM model").parameters["entity"] == "model/segment-anything-model"


@pytest.mark.parametrize(
    "question",
    [
        "papers that use LoRA and evaluate on GSM8K or have code",
        "papers that do not use LoRA and QLoRA",
        "papers that evaluate on MTEB, MMLU or GSM8K and not HLE",
        "is MTEB better than MMLU",
        "why does MTEB matter",
        "MTEB",
        "which papers",
        "which papers outperform SGPT",
        "papers or use LoRA",
        "papers since 2023 or use LoRA",
        "what is the meaning of life",
        "'; MATCH (n) DETACH DELETE n; //",
        "which papers evaluate on {name}",
        "<name>",
        "which papers use \udc80",
        "",
        " ?! ",
    ],
)
def test_what_is_not_understood_is_said_and_not_guessed(ladybug, question):
    with pytest.raises(NotUnderstoodError) as error:
        ask(ladybug, question)
    assert error.value.suggestions
    assert "\n" not in str(error.value)
    for suggestion in error.value.suggestions:
        assert ask(ladybug, suggestion).question == suggestion


@pytest.mark.parametrize(
    ("question", "suggestion"),
    [
        ("which papers evaluate on MTBE", "which papers evaluate on MTEB"),
        ("papers tested on GMS8K", "papers tested on GSM8K"),
        ("which papers use Lora2", "which papers use LoRA"),
        ("who introduced the grade school maths 8k", "who introduced GSM8K"),
        ("which papers evaluate on LoRA", "which papers evaluate LoRA"),
        ("which papers train on GPT-3", "which papers evaluate GPT-3"),
        ("is there a leaderboard that covers MMLU somewhere", "leaderboard of MMLU"),
    ],
)
def test_the_nearest_question_is_suggested(ladybug, question, suggestion):
    with pytest.raises(NotUnderstoodError) as error:
        ask(ladybug, question)
    assert suggestion in error.value.suggestions


def test_a_wrong_type_is_said(ladybug):
    with pytest.raises(NotUnderstoodError, match="LoRA is a method here, and this asks about a benchmark or a dataset"):
        ask(ladybug, "which papers evaluate on LoRA")


def test_a_very_long_question_is_not_read(ladybug):
    with pytest.raises(NotUnderstoodError, match="at most"):
        ask(ladybug, "which papers evaluate on " + "the " * 200)


def test_the_patterns_fit_the_queries_and_the_schema():
    for pattern in load_grammar().patterns:
        for sense in pattern.sense:
            declared = {parameter.name for parameter in queries()[sense.query].parameters}
            given = {*sense.parameters, *filter(None, [sense.name, sense.other])}
            assert given <= declared
            assert declared - given <= {"since", "until", "earlier", "later", "each", "types", "limit"}
            assert set(sense.types) <= NODES.keys()
            assert set(sense.parameters.get("relations", ())) <= set(RELATIONS)
        matches = load_grammar().matches(pattern.example.format(name="X1", other="X2"))
        assert next(m.pattern for m in matches if m.slots.get("name", "X1") == "X1") == pattern


def test_the_conditions_and_heads_fit_their_statements():
    for condition in load_grammar().conditions:
        for sense in condition.sense:
            behind_the_name = {"edition"} if sense.condition == "published_in_edition" else set()
            names = {parameter.name for parameter in conditions()[sense.condition].parameters}
            assert len(names - behind_the_name) == bool(sense.types)
            assert set(sense.types) <= NODES.keys()
            if sense.query:
                assert sense.name in {parameter.name for parameter in queries()[sense.query].parameters}
    for head in load_grammar().heads:
        declared = {parameter.name for parameter in returns()[head.returns].parameters}
        assert head.parameters.keys() <= declared <= {*head.parameters, "entities", "relations", "without", "limit"}


@pytest.mark.parametrize("head", load_grammar().heads, ids=lambda head: head.example)
def test_each_example_of_a_head_is_understood(ladybug, head):
    assert ask(ladybug, head.example.format(name="LoRA")).query.startswith((head.returns, "papers_by_relation"))


def test_every_noun_has_types():
    for noun in ("benchmark", "datasets", "test sets", "baselines", "libraries", "entities"):
        assert load_grammar().types(noun)


WORDS = "which papers that use evaluate on and or not but since 2024 have code LoRA MTEB , how many by do compare with".split()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_words_of_questions_in_any_order_are_answered_or_not_understood(ladybug, words):
    try:
        answer = ask(ladybug, " ".join(words))
    except NotUnderstoodError as error:
        assert "\n" not in str(error)
    else:
        assert answer.understood


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_matched_in_peace(text):
    for match in load_grammar().matches(text):
        assert match.slots.get("name") != ""
    load_grammar().rewritings(correct_typos(text, load_grammar().vocabulary)[0])
    load_grammar().possible_names(text)
