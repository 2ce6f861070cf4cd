"""What an entity is also called: names, not words for any model and not what a sentence left over."""

import pytest

from kg.link.names.linked_entity import LinkedEntity, Meaning
from kg.link.names.name_use import NameUse


def aliases(*forms: str) -> list[str]:
    found = LinkedEntity(Meaning("name", "system", "zorpnet"), None, name="ZorpNet")
    found.count(NameUse("system", "Model", "ZorpNet", ("ZorpNet", *forms), "", ""))
    return found.aliases


@pytest.mark.parametrize("form", ["LLMs", "models", "the proposed method", "ZorpNet, which", "$ZorpNet", "(ZorpNet"])
def test_what_is_no_name_is_no_alias(form: str) -> None:
    assert aliases(form) == []


def test_other_names_are_aliases() -> None:
    assert set(aliases("Zorp Network", "ZorpNet (large)")) == {"Zorp Network", "ZorpNet (large)"}


def test_plain_words_are_an_alias_of_the_acronym_that_stands_for_them() -> None:
    found = LinkedEntity(Meaning("name", "system", "mllm"), None, name="MLLM")
    found.count(NameUse("system", "Model", "MLLM", ("MLLM", "MLLMs", "multimodal large language models"), "", ""))
    assert set(found.aliases) == {"MLLMs", "multimodal large language models"}
