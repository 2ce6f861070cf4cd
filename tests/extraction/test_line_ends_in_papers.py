"""Papers whose texts have hard line ends: the same is found as without, where it stands in the stored text."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.schema import Extraction, Paper
from kg.sources.extractions import extracted
from kg.text.keys import name_key

ENDS = st.sampled_from(["\n", "\r\n", " \n  ", "\r"])


def found(extraction: Extraction) -> object:
    """What was found, without where."""
    entities = [
        (
            entity.name,
            entity.type,
            [(" ".join(mention.text.split()), mention.field) for mention in entity.mentions],
            [(r.type, r.confidence, r.by, " ".join(r.evidence.split())) for r in entity.relations],
        )
        for entity in extraction.entities
    ]
    results = [(r.model, r.benchmark, r.metric, " ".join(r.value.split())) for r in extraction.results]
    return entities, results, extraction.tasks, extraction.links


def check_places(extraction: Extraction) -> None:
    texts = {"title": extraction.title, "abstract": extraction.abstract}
    for entity in extraction.entities:
        assert entity.name.splitlines() == [entity.name]
        for mention in entity.mentions:
            assert texts[mention.field][mention.start : mention.end] == mention.text
        for relation in entity.relations:
            assert texts[relation.field][relation.start : relation.end] == relation.evidence
    for result in extraction.results:
        assert texts[result.field][result.start : result.end].lstrip("+-") == result.value.lstrip("+-")
    plain = Paper(**{name: getattr(extraction, name) for name in Paper.model_fields})
    assert list(extracted([plain], extraction.model_dump(mode="json"), "found.jsonl", 1)) == [extraction]


def wrapped(paper: Paper, width: int, end: str, *, at_hyphens: bool) -> Paper:
    lines = textwrap.wrap(paper.abstract, width, break_long_words=False, break_on_hyphens=at_hyphens)
    return paper.model_copy(update={"abstract": end.join(lines)})


@settings(max_examples=80)
@given(data=st.data(), width=st.integers(20, 120), end=ENDS)
def test_wrapping_changes_nothing_but_places(
    extractor: Extractor, sample: list[Paper], data: st.DataObject, width: int, end: str
) -> None:
    paper = data.draw(st.sampled_from(sample))
    one = extractor.one(wrapped(paper, width, end, at_hyphens=False))
    check_places(one)
    assert found(one) == found(extractor.one(paper))


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 72, 80])
def test_lines_that_end_in_hyphens_lose_no_name(extractor: Extractor, sample: list[Paper], width: int) -> None:
    for paper in sample:
        one = extractor.one(wrapped(paper, width, "\n", at_hyphens=True))
        check_places(one)
        assert {entity.name for entity in one.entities} == {entity.name for entity in extractor.one(paper).entities}


def test_a_name_across_a_line_end_has_a_blank_and_its_mention_the_line_end(read) -> None:
    extraction = read(
        "On cranes", "We evaluate on Natural\n   Questions and on GSM8K, where we reach 57.1\n% accuracy."
    )
    check_places(extraction)
    (entity,) = [entity for entity in extraction.entities if entity.name == "Natural Questions"]
    assert [mention.text for mention in entity.mentions] == ["Natural\n   Questions"]


@pytest.mark.parametrize("text", ["We evaluate on SQu-\nAD today.", "We evaluate on Natural Ques-\ntions today."])
def test_a_word_that_the_layout_breaks_is_one_name(read, text: str) -> None:
    names = {name_key(entity.name) for entity in read("A study of SQuAD", text).entities}
    assert names & {"squad", "naturalquestions"}
    assert not any("-" in entity.name for entity in read("A study of SQuAD", text).entities)


def test_a_blank_line_ends_a_sentence(read) -> None:
    extraction = read("On cranes", "Much was folded before on\nMTEB\n\nWe introduce CraneBench here.")
    (entity,) = [entity for entity in extraction.entities if entity.name == "CraneBench"]
    assert [relation.evidence for relation in entity.relations] == ["We introduce CraneBench here."]


def test_the_title_may_have_line_ends_too(read) -> None:
    extraction = read("CraneBench:\nA Benchmark for\r\nPaper Cranes", "We fold.\nThen we unfold.")
    check_places(extraction)
    assert "CraneBench" in {entity.name for entity in extraction.entities}
