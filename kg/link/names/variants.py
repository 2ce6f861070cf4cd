"""Which model or benchmark is a version, size or descendant of which, by the structure of names."""

import re
from collections.abc import Iterator
from itertools import combinations

from kg.link.memo import Remembered
from kg.link.names.parts import Parts, parts_of_data, parts_of_system

# A word before a benchmark's capitals makes a descendant: FinMTEB, SuperGLUE. Tasks are no benchmarks: MedMCQA.
_PREFIXED = re.compile(r"[A-Z][a-z]{1,8}-?(?P<rest>(?!VQA|MCQA|CLIP)[A-Z]{4,})")
_SMALLER = re.compile(r"(?:C-(?=[A-Z]{4})|(?:[Tt]iny|[Mm]ini|[Ff]ashion|[Ss]uper)[- ]?(?=[A-Z]))(?P<rest>\w.{3,})")
# Words that follow a model's name and tell how it was tuned, the first to be left out.
_TUNED = frozenset("instruct chat it hf thinking preview distill zero dpo sft rl uncased cased".split())


def parents(name: str, type_: str) -> list[str]:
    """Normal forms of the names that a name may be a variant of, nearest first.

    "Llama-3.1-8B-Instruct" gives those of "Llama-3.1-8B", "Llama-3.1 Instruct", "Llama-3.1" and so on to "Llama".
    """
    if type_ == "Model":
        return model_parents(name)
    return benchmark_parents(name) if type_ == "Benchmark" else []


@Remembered
def model_parents(name: str) -> list[str]:
    """What `parents` gives for a model."""
    return [parts.key for parts in _shorter(parts_of_system(name))]


@Remembered
def benchmark_parents(name: str) -> list[str]:
    """What `parents` gives for a benchmark."""
    return [parts.key for parts in _shorter(parts_of_data(name)) if sum(map(len, parts.head)) > 2]


def adapted(name: str) -> tuple[str, bool] | None:
    """The benchmark that a benchmark's name says it adapts, as written, and whether the name says so for certain.

    TinyImageNet gives ImageNet for certain; FinMTEB gives MTEB, if there is nothing else that these letters mean.
    """
    smaller = _SMALLER.fullmatch(name)
    found = smaller or _PREFIXED.fullmatch(name)
    return (found["rest"], smaller is not None) if found else None


def _shorter(parts: Parts) -> Iterator[Parts]:
    """All names with fewer numbers or words: those with most of them first, then those that keep what says most.

    A number goes only with all that follow it: Llama 2 7B is a Llama 2, but no Llama 7B, which was another model.
    """
    words = sorted(parts.words)
    choices = [
        Parts(parts.head, parts.numbers[:count], frozenset(kept))
        for count in range(len(parts.numbers) + 1)
        for size in range(len(words) + 1)
        for kept in combinations(words, size)
        if count + size < len(parts.numbers) + len(words)
    ]
    return iter(sorted(choices, key=lambda kept: (-len(kept.numbers) - len(kept.words), -_weight(kept), kept.key)))


def _weight(parts: Parts) -> int:
    """How much numbers and words say: versions most, then what a model is for, its size, and how it was tuned."""
    numbers = sum(2 if number[-1].isalpha() and number[0].isdigit() else 4 for number in parts.numbers)
    return numbers + sum(1 if word in _TUNED else 3 for word in parts.words)
