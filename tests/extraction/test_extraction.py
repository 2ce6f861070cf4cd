import json

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import PIPELINES, Extractor
from kg.schema import Extraction, Paper


def relations(found: Extraction) -> dict[str, set[str]]:
    return {entity.name: {relation.type for relation in entity.relations} for entity in found.entities}


def types(found: Extraction) -> dict[str, str]:
    return {entity.name: entity.type for entity in found.entities}


@pytest.mark.parametrize(
    ("abstract", "name", "relation"),
    [
        ("We introduce ZorbNet, a network for counting birds.", "ZorbNet", "INTRODUCES"),
        ("In this paper, we propose a novel framework called ZorbFlow.", "ZorbFlow", "INTRODUCES"),
        ("Experiments on MTEB and BEIR show clear gains.", "MTEB", "EVALUATES_ON"),
        ("Our model reaches 57.1% on GSM8K.", "GSM8K", "EVALUATES_ON"),
        ("It is evaluated on CIFAR-10, CIFAR-100 and ImageNet.", "CIFAR-100", "EVALUATES_ON"),
        ("The encoder is pre-trained on LAION-5B before use.", "LAION-5B", "TRAINS_ON"),
        ("It outperforms GPT-4 by 7.6 points.", "GPT-4", "COMPARES_WITH"),
        ("We fine-tune Llama 2 7B with LoRA.", "LoRA", "USES"),
        ("We fine-tune Llama 2 7B with LoRA.", "Llama 2 7B", "USES"),
        ("We evaluate GPT-4 and Claude on hard puzzles.", "GPT-4", "EVALUATES"),
        ("While benchmarks like MTEB have standardised comparison, chemistry is left out.", "MTEB", "MENTIONS"),
    ],
)
def test_what_a_paper_does_with_a_thing(read, abstract: str, name: str, relation: str) -> None:
    assert relation in relations(read("On things", abstract)).get(name, set())


def test_a_mention_is_no_evaluation(read) -> None:
    found = read("Fine soups", "Although benchmarks such as MMLU have become popular, cooking is not covered.")
    assert relations(found)["MMLU"] == {"MENTIONS"}


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_what_is_introduced_says_what_else_the_paper_may_do_with_it(pipeline: str) -> None:
    text = "We introduce ZorbBench, a benchmark. We evaluate GPT-4 on ZorbBench and on MMLU."
    found = Extractor.load(pipeline).one(Paper(id="p", title="On things", abstract=text))
    instead = {
        (entity.name, relation.type): relation.instead for entity in found.entities for relation in entity.relations
    }
    assert instead["ZorbBench", "INTRODUCES"] == "EVALUATES_ON"
    assert {other for (_, type_), other in instead.items() if type_ != "INTRODUCES"} == {None}


@pytest.mark.parametrize(
    ("title", "abstract", "name", "type_"),
    [
        ("ZorbBench: A Benchmark for Birds", "", "ZorbBench", "Benchmark"),
        ("On birds", "We present ZorbSet, a dataset of 10,000 birds.", "ZorbSet", "Benchmark"),
        ("On birds", "We present ZorbLM, a language model for birds.", "ZorbLM", "Model"),
        ("On birds", "We present ZorbPrune, a pruning algorithm for birds.", "ZorbPrune", "Method"),
        ("On birds", "We use Qwen9.5-72B-Instruct here.", "Qwen9.5-72B-Instruct", "Model"),
    ],
)
def test_types(read, title: str, abstract: str, name: str, type_: str) -> None:
    assert types(read(title, abstract)).get(name) == type_


def test_long_form_and_acronym_are_one_thing_and_the_short_one_names_it(read) -> None:
    found = read("On birds", "We propose Guided Bird Counting (GBC). GBC is fast.")
    (entity,) = [entity for entity in found.entities if entity.name == "GBC"]
    assert {mention.text for mention in entity.mentions} == {"Guided Bird Counting", "GBC"}
    assert len(entity.mentions) == 3


def test_sense_is_told_by_context(read) -> None:
    vision = read("Masks", "We use SAM, the Segment Anything model, to segment images and obtain masks.")
    training = read("Optimisers", "Sharpness-aware minimization (SAM) finds flat minima; we train with SAM.")
    assert types(vision)["SAM"] == "Model"
    assert types(training)["SAM"] == "Method"


@pytest.mark.parametrize(
    "text",
    ["large language models (LLMs)", "natural language processing (NLP)", "an F1 score on the GPU", "deep learning"],
)
def test_fields_and_measures_are_no_entities(read, text: str) -> None:
    assert read("On things", f"We think about {text} a lot.").entities == ()


WORDS = st.sampled_from(
    "We propose ZorbNet , a model (ZN) . evaluated on MTEB and CIFAR-10 with LoRA outperforms GPT-4 by 3.2% \n https://github.com/a/b é 𝔸 “x” \\textbf{Q}".split(" ")
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(title=st.lists(WORDS, min_size=1).map(" ".join), abstract=st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_offsets_are_exact(extractor: Extractor, title: str, abstract: str) -> None:
    found = extractor.one(Paper(id="p", title=title, abstract=abstract))
    fields = {"title": title, "abstract": abstract}
    for entity in found.entities:
        assert entity.mentions and entity.relations
        for mention in entity.mentions:
            assert fields[mention.field][mention.start : mention.end] == mention.text
        for relation in entity.relations:
            assert fields[relation.field][relation.start : relation.end] == relation.evidence
            assert 0 <= relation.confidence <= 1 and relation.by


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same(extractor: Extractor, sample: list[Paper]) -> None:
    one = [found.model_dump_json() for found in extractor.extract(sample)]
    two = [found.model_dump_json() for found in extractor.extract(sample, processes=2)]
    assert one == two
    assert [json.loads(line)["id"] for line in one] == [paper.id for paper in sample]


def test_components_work_in_another_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for component in ("links", "acronyms", "catalogue", "candidates", "names", "entities", "relations"):
        nlp.add_pipe(f"citegraph_{component}")
    doc = nlp("We evaluate our parser on GSM8K today. Code: https://github.com/a/b")
    assert [entity.name for entity in doc._.citegraph_entities] == ["GSM8K"]
    assert [span.text for span in doc.ents] == ["GSM8K"]
    assert doc._.citegraph_links[0].kind == "code"


@pytest.mark.slow
@pytest.mark.parametrize(
    "mark", ["$", "(", "[(", "a$", "\\textbf{", "a-based", "https://a.b/", "GPT-4 ", "X (Y) ", "1.2% "]
)
def test_endless_text_is_read_in_bounded_time(extractor: Extractor, mark: str) -> None:
    # Without the limit on length this would take hours, which no test run waits for.
    extractor.one(Paper(id="p", title="A title", abstract=mark * 100_000))
