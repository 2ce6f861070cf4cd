"""The research tasks that a paper addresses, with their evidence."""

import pytest
from linked_graph import link

from kg.extraction import PIPELINES, Extractor
from kg.schema import Extraction, Paper


def found(title: str, abstract: str, pipeline: str = "default") -> Extraction:
    return Extractor.load(pipeline).one(Paper(id="1", title=title, abstract=abstract))


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_the_title_says_what_a_paper_is_about(pipeline: str) -> None:
    assert "semantic segmentation" in found("ZorbSeg: Semantic Segmentation of Barns", "We label cows.", pipeline).tasks


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_other_names_and_acronyms_are_one_task(pipeline: str) -> None:
    for title in ("Better NER for Old Letters", "Named-Entity Recognition for Old Letters"):
        assert "named entity recognition" in found(title, "We tag names in letters of 1850.", pipeline).tasks


def test_each_task_has_the_sentence_that_names_it() -> None:
    extraction = found("ZorbNet", "Cows are fun. We propose ZorbNet for question answering over tables. It works.")
    (address,) = extraction.addresses
    assert (address.task, extraction.tasks) == ("question answering", ("question answering",))
    assert address.evidence == "We propose ZorbNet for question answering over tables."
    assert extraction.abstract[address.start : address.end] == address.evidence
    assert 0.5 <= address.confidence <= 1


def test_what_is_only_part_of_a_name_is_no_task() -> None:
    extraction = found(
        "Training Zorbs with Group Relative Policy Optimization",
        "We train zorbs with Group Relative Policy Optimization (GRPO). They stack bricks better than before.",
    )
    assert not any("optimization" in task for task in extraction.tasks)


def test_a_fragment_of_a_title_is_no_task() -> None:
    extraction = found("Unleashing Reasoning in Zorbs", "Zorbs think. We make them think more about sums and proofs.")
    assert not any(task.startswith("unleashing") for task in extraction.tasks)


def test_a_task_is_found_by_its_other_names_and_its_edge_has_evidence() -> None:
    graph = link([found("Question Answering over Barns", "We answer questions about barns.")])
    task = graph.nodes["Task"]["task/question-answering"]
    assert "QA" in task["aliases"] and "qa" in task["keys"]
    (edge,) = graph.edges["ADDRESSES"]
    assert edge.properties["evidence"] == "Question Answering over Barns"
    assert edge.properties["confidence"] > 0.5


def test_extractions_of_earlier_versions_have_tasks_without_evidence() -> None:
    graph = link([Extraction(id="1", title="On barns", tasks=("textual entailment",))])
    (edge,) = graph.edges["ADDRESSES"]
    assert edge.target == "task/natural-language-inference"
    assert edge.properties.get("confidence") is None
