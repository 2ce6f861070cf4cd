"""Where names begin and end."""

import pytest

from kg.extraction import Extractor
from kg.schema import Entity, Paper

RULES = Extractor.load("rules")


def entities(abstract: str, extractor: Extractor = RULES) -> dict[str, Entity]:
    return {e.name: e for e in extractor.one(Paper(id="p", title="A study", abstract=abstract)).entities}


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("We propose the Quaternion Zebra Network, a new network.", "Quaternion Zebra Network"),
        ("We propose Zebra Stripe Language Models, a family of models.", "Zebra Stripe Language Models"),
        ("We introduce the Stable Zebra Benchmark, a new benchmark.", "Stable Zebra Benchmark"),
        ("We evaluate on the ZorpSet dataset.", "ZorpSet"),
        ("We evaluate on the ZorpSet Dataset.", "ZorpSet"),
        ("We propose the Lazy Zebra Sorting framework, a framework.", "Lazy Zebra Sorting"),
    ],
)
def test_a_noun_is_part_of_a_name_that_would_be_none_without_it(abstract: str, name: str) -> None:
    assert name in entities(abstract)


def test_a_name_without_its_noun_is_as_certain_as_with_it(extractor: Extractor) -> None:
    found = entities("We propose the Lazy Zebra Sorting Framework (LZS), a framework for zebras.", extractor)
    relations = [relation for entity in found.values() for relation in entity.relations]
    assert relations and all(relation.confidence > 0.2 for relation in relations)


def test_formulas_in_names_are_whole(extractor: Extractor) -> None:
    found = entities("We propose ZorpR$^3$, a method for sorting. ZorpR$^3$ outperforms GRPO.", extractor)
    assert all(name.count("$") % 2 == 0 for name in found)


@pytest.mark.parametrize(
    "abstract",
    ["We introduce a Zorp- and Quux-guided network.", "We evaluate on QAPebb- ble and on MTEB."],
)
def test_no_name_ends_with_a_hyphen(extractor: Extractor, abstract: str) -> None:
    assert not [name for pipeline in (RULES, extractor) for name in entities(abstract, pipeline) if name.endswith("-")]


def test_no_name_ends_as_a_possessive(extractor: Extractor) -> None:
    assert not [name for name in entities("We extend Zorp's theory and use Zorp's maps.", extractor) if "'" in name]


@pytest.mark.parametrize(
    ("abstract", "name", "type_"),
    [
        ("We present ZorpTextCap, the first dataset of captions.", "ZorpTextCap", None),
        ("We present ZorpTextCap, a large corpus of captions in two languages.", "ZorpTextCap", "Benchmark"),
        ("We introduce QUUX (Questions of the Usual Unknown), a benchmark designed for agents.", "QUUX", "Benchmark"),
        ("We propose Zorpion, a compact vision transformer that reads.", "Zorpion", "Model"),
        ("We propose ZorpRAG, a knowledge graph question answering framework that reads.", "ZorpRAG", "Method"),
        ("We propose Zorpion, a Model-informed data selection framework for reading.", "Zorpion", "Method"),
        ("We propose Zorpion, an LLM serving system for reading.", "Zorpion", "Method"),
        ("We propose ZorpPO, a model-agnostic method of reading.", "ZorpPO", "Method"),
    ],
)
def test_the_noun_that_a_text_gives_a_name_decides_its_type(
    extractor: Extractor, abstract: str, name: str, type_: str | None
) -> None:
    found = entities(abstract, extractor)[name].type
    assert found == type_ or (type_ is None and found in {"Benchmark", "Dataset"})


@pytest.mark.parametrize("long", ["knowledge graph", "functional magnetic resonance imaging", "digital twin"])
def test_an_acronym_of_a_common_phrase_is_no_entity(long: str) -> None:
    letters = "".join(word[0] for word in long.split()).upper()
    assert not entities(f"We evaluate the {long} ({letters}) of a patient, and then the {letters} alone.")


@pytest.mark.parametrize("thing", ["Apache-2.0", "EU AI Act", "Jetson Orin Nano", "RTX 4090"])
def test_licences_laws_and_devices_are_no_entities(extractor: Extractor, thing: str) -> None:
    found = entities(f"We evaluate ZorpNet with {thing} and others on CIFAR-10. All of it is under {thing}.", extractor)
    assert "CIFAR-10" in found
    assert thing not in found
