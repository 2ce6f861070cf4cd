"""Cue patterns: what the words around a name say about it. The patterns are data (patterns/*.jsonl)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.contexts import Context
from kg.knowledge.patterns import objects, pattern_file

_MACRO = re.compile(r"\{([A-Z_]+)\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern: where it matches, it gives a type or a relation with a confidence."""

    id: str
    gives: str
    confidence: float
    types: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    title: bool | None
    """True: only in titles; False: only in abstracts; None: in both."""

    def matches(self, context: Context) -> bool:
        """Whether the pattern holds in this context."""
        if self.title is not None and self.title != context.in_title:
            return False
        if self.before and not self.before.search(context.before):
            return False
        return not (self.after and not self.after.match(context.after))


@cache
def macros() -> dict[str, str]:
    """The named parts of patterns, each of which may use those above it."""
    known: dict[str, str] = {}
    for item in objects(pattern_file("macros.jsonl")):
        known[item["name"]] = f"(?:{_expand(item['pattern'], known)})"
    return known


def _expand(pattern: str, known: dict[str, str]) -> str:
    return _MACRO.sub(lambda match: known[match.group(1)], pattern)


class CueSet:
    """The cues of one file."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)

    def matching(self, context: Context, type_: str) -> Iterator[Cue]:
        """The cues that hold for a name of this type ('' for an unknown one) in this context."""
        for cue in self.cues:
            if (not cue.types or not type_ or type_ in cue.types) and cue.matches(context):
                yield cue


@cache
def load_cues(*files: str) -> CueSet:
    """Reads pattern files.

    Raises:
        ValueError: a pattern is wrong; the message names file, id and fault.
    """
    return CueSet(cue for file in files for cue in _read(file))


def _read(file: str) -> Iterator[Cue]:
    for item in objects(pattern_file(file)):
        try:
            before, after = item.get("before"), item.get("after")
            yield Cue(
                id=item["id"],
                gives=item["gives"],
                confidence=float(item["confidence"]),
                types=frozenset(item.get("types", ())),
                before=re.compile(f"(?:{_expand(before, macros())})$") if before else None,
                after=re.compile(_expand(after, macros())) if after else None,
                title=item.get("title"),
            )
        except (KeyError, re.error) as error:
            raise ValueError(f"{file}: pattern {item.get('id')!r}: {error!r}") from error
