"""Which names are variants of which."""

from hypothesis import given
from random_papers import NAMES

from kg.link.names.forms import form_key
from kg.link.names.variants import adapted, parents


@given(NAMES)
def test_parents_have_fewer_parts_and_never_the_name_itself(name: str) -> None:
    for type_ in ("Model", "Benchmark"):
        assert form_key(name, data=type_ == "Benchmark") not in parents(name, type_)


def test_parents_go_from_the_nearest_to_the_family() -> None:
    found = parents("Llama-3.1-8B-Instruct", "Model")
    keys = [form_key(name, data=False) for name in ("Llama 3.1 8B", "Llama 3.1", "Llama")]
    assert [key for key in found if key in keys] == keys
    assert form_key("Llama 8B", data=False) not in found
    assert parents("LoRA+", "Method") == []


def test_benchmarks_that_adapt_another() -> None:
    assert adapted("FinMTEB") == ("MTEB", False)
    assert adapted("TinyImageNet") == ("ImageNet", True)
    assert adapted("MedMCQA") is None
    assert adapted("ImageNet") is None
