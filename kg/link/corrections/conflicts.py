"""Corrections of one file that contradict each other."""

from collections.abc import Iterator

from kg.link.corrections.file import Overrides
from kg.link.corrections.verbs import Add, Correction, Hide, Merge, NameReference, Remove, Rename, Retype
from kg.sources.problems import Problem
from kg.text.keys import name_key


def find_conflicts(overrides: Overrides) -> Iterator[Problem]:
    """A problem for each correction that contradicts an earlier one; it names the lines of both."""
    first: dict[tuple[str, str], tuple[object, str]] = {}
    for entry in overrides.entries:
        place = overrides.place(entry)
        for subject, value in _statements(entry.correction):
            known, where = first.setdefault(subject, (value, place))
            if known != value:
                yield Problem(overrides.file, entry.line, f"contradicts {where} about {subject[-1]}")


def _statements(correction: Correction) -> Iterator[tuple[tuple[str, str], object]]:
    """(subject, value) pairs: what a correction decides (an aspect of a node or edge), and the value it sets."""
    match correction:
        case Rename(rename=node, to=name):
            yield ("name", _key(node)), name
        case Retype(retype=node, to=type_):
            yield ("type", _key(node)), type_
        case Merge(merge=nodes, into=into):
            for node in nodes:
                yield ("place", _key(node)), ("merge", _key(into))
        case Hide(hide=node):
            yield ("place", _key(node)), ("hide",)
        case Add(add=label, source=source, to=target):
            yield ("edge", f"{label} from {_key(source)} to {_key(target)}"), True
        case Remove(remove=label, source=source, to=target):
            yield ("edge", f"{label} from {_key(source)} to {_key(target)}"), False


def _key(reference: str | NameReference) -> str:
    return f"{reference.type} {name_key(reference.name)}" if isinstance(reference, NameReference) else reference.strip()
