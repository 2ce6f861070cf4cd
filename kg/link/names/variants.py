"""Which model or benchmark is a version, size or descendant of which, by the structure of names."""

import re
from collections.abc import Iterator
from itertools import combinations

from kg.link.memo import Memo
from kg.link.names.parts import NameParts, parts_of_data, parts_of_system

# A word before a benchmark's capitals makes a descendant: FinMTEB, SuperGLUE. Tasks are no benchmarks: MedMCQA.
_PREFIXED = re.compile(r"[A-Z][a-z]{1,8}-?(?P<rest>(?!VQA|MCQA|CLIP)[A-Z]{4,})")
_SMALLER = re.compile(r"(?:C-(?=[A-Z]{4})|(?:[Tt]iny|[Mm]ini|[Ff]ashion|[Ss]uper)[- ]?(?=[A-Z]))(?P<rest>\w.{3,})")
# Words after a model's name that say how it was tuned; they are left out first.
_TUNED = frozenset("instruct chat it hf thinking preview distill zero dpo sft rl uncased cased".split())


def parents(name: str, type_: str) -> list[str]:
    """The normal forms of the names that a name may be a variant of, nearest first; only for models and benchmarks.

    "Llama-3.1-8B-Instruct" gives those of "Llama-3.1-8B", "Llama-3.1 Instruct", "Llama-3.1" and so on to "Llama".
    """
    if type_ == "Model":
        return model_parents(name)
    return benchmark_parents(name) if type_ == "Benchmark" else []


@Memo
def model_parents(name: str) -> list[str]:
    """The names that a model's name may be a variant of; see `parents`."""
    return [parts.key for parts in _shorter(parts_of_system(name))]


@Memo
def benchmark_parents(name: str) -> list[str]:
    """The names that a benchmark's name may be a variant of; see `parents`."""
    return [parts.key for parts in _shorter(parts_of_data(name)) if sum(map(len, parts.head)) > 2]


def adapted(name: str) -> tuple[str, bool] | None:
    """The benchmark that a benchmark adapts according to its name, as written, and whether that is certain; or None.

    TinyImageNet certainly adapts ImageNet; FinMTEB adapts MTEB unless the letters MTEB mean something else.
    """
    smaller = _SMALLER.fullmatch(name)
    found = smaller or _PREFIXED.fullmatch(name)
    return (found["rest"], smaller is not None) if found else None


def _shorter(parts: NameParts) -> Iterator[NameParts]:
    """All names with fewer numbers or words, sorted: most of them first, then those that keep the weightiest.

    A number is left out only together with all that follow it: Llama 2 7B is a variant of Llama 2, but not of Llama 7B,
    which is another model.
    """
    words = sorted(parts.words)
    choices = [
        NameParts(parts.head, parts.numbers[:count], frozenset(left))
        for count in range(len(parts.numbers) + 1)
        for size in range(len(words) + 1)
        for left in combinations(words, size)
        if count + size < len(parts.numbers) + len(words)
    ]
    return iter(sorted(choices, key=lambda name: (-len(name.numbers) - len(name.words), -_weight(name), name.key)))


def _weight(parts: NameParts) -> int:
    """Weight of a name's numbers and words: versions count most, then purpose, then size, then tuning."""
    numbers = sum(2 if number[-1].isalpha() and number[0].isdigit() else 4 for number in parts.numbers)
    return numbers + sum(1 if word in _TUNED else 3 for word in parts.words)
