"""Corrections of one file that contradict each other."""

from collections.abc import Iterator

from kg.link.corrections.file import Overrides
from kg.link.corrections.verbs import Add, Correction, Hide, Merge, Named, Remove, Rename, Retype
from kg.text.keys import name_key


def conflicts(overrides: Overrides) -> Iterator[str]:
    """Pairs of corrections of which the later undoes the earlier: in words, with the lines of both."""
    said: dict[tuple[str, ...], tuple[object, str]] = {}
    for entry in overrides.entries:
        place = overrides.place(entry)
        for subject, what in _claims(entry.correction):
            before, where = said.setdefault(subject, (what, place))
            if before != what:
                yield f"{place}: says another thing of {subject[-1]} than {where}"


def _claims(correction: Correction) -> Iterator[tuple[tuple[str, ...], object]]:
    """What a correction is about, and what it says of that."""
    match correction:
        case Rename(rename=thing, to=name):
            yield ("name", _key(thing)), name
        case Retype(retype=thing, to=type_):
            yield ("type", _key(thing)), type_
        case Merge(merge=things, into=into):
            for thing in things:
                yield ("place", _key(thing)), ("merge", _key(into))
        case Hide(hide=thing):
            yield ("place", _key(thing)), ("hide",)
        case Add(add=label, source=source, to=target):
            yield ("edge", f"{label} from {_key(source)} to {_key(target)}"), True
        case Remove(remove=label, source=source, to=target):
            yield ("edge", f"{label} from {_key(source)} to {_key(target)}"), False


def _key(reference: str | Named) -> str:
    return f"{reference.type} {name_key(reference.name)}" if isinstance(reference, Named) else reference.strip()
