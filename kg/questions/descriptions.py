"""Describes in words what a question was taken to mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.queries.answers import Found
from kg.questions import dates

_MOST_OTHERS = 3


def described(node: Found) -> str:
    """A node by type and name: `the benchmark MTEB`."""
    return f"the {node.label.lower()} {node.name}" if node.label != "Paper" else f"the paper “{node.name}”"


def with_article(label: str) -> str:
    """A node type with its article: `an author`."""
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


def any_of_types(labels: Iterable[str]) -> str:
    """Node types joined by or: `a benchmark or a dataset`."""
    *others, last = dict.fromkeys(with_article(label) for label in labels)
    return f"{', '.join(others)} or {last}" if others else last


def plural(labels: Iterable[str]) -> str:
    """Node types in the plural, joined by and: `models and methods`."""
    names = [f"{label.lower()}s" for label in labels]
    return ", ".join([*names[:-2], " and ".join(names[-2:])])


def either(descriptions: Sequence[str]) -> str:
    """Conditions of which one must hold: `either use LoRA or cite MTEB`."""
    return f"either {' or '.join(descriptions)}" if len(descriptions) > 1 else descriptions[0]


def negated(description: str) -> str:
    """The opposite of a condition: `do not use LoRA` for `use LoRA`."""
    is_are = description.startswith("are ")
    return f"are not {description.removeprefix('are ')}" if is_are else f"do not {description}"


def period(bounds: Mapping[str, Any]) -> str:
    """A period by its bounds, `since`, `before`, `until` or `seen`: `of 2023`, `since March 2024, before 2025`."""
    match bounds:
        case {"since": int(first), "until": int(last)} if first == last:
            return f"of {first}"
        case _:
            words = {"seen": "added since"}
            return ", ".join(f"{words.get(name, name)} {dates.in_words(str(value))}" for name, value in bounds.items())


def not_meant(others: Sequence[Found]) -> str:
    """Note that other nodes with the same name were not meant; empty if there are none."""
    if not others:
        return ""
    return f"; not {', '.join(f'{described(other)} ({other.id})' for other in others[:_MOST_OTHERS])}"


def corrected(corrections: Mapping[str, str]) -> str:
    """Note that typing errors were corrected; empty if there are none."""
    return "".join(f"; “{word}” read as “{meant}”" for word, meant in corrections.items())
