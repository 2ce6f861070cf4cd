"""Cue patterns: what the words around a name say about it. They are data: `kg/knowledge/lexicon`, the .jsonl files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.contexts import Context
from kg.knowledge.patterns import objects, pattern_file

_MACRO = re.compile(r"\{([A-Z_]+)\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern.

    Attributes:
        id: its name, which is unique in its file.
        gives: the type or relation that it speaks for; "" where it only says that there is a name.
        confidence: how often it is right, 0 to 1.
        types: types of entities that it is for; empty for all.
        before: must match at the end of what stands before the name.
        after: must match at the beginning of what stands after it.
        title: True for titles only, False for abstracts only, None for both.
    """

    id: str
    gives: str
    confidence: float
    types: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    title: bool | None

    def matches(self, context: Context) -> bool:
        """Whether the pattern holds in this context."""
        if self.title is not None and self.title != context.in_title:
            return False
        if self.before and not self.before.search(context.before):
            return False
        return not (self.after and not self.after.match(context.after))


@cache
def macros() -> dict[str, str]:
    """The named parts of patterns, by name; each may use those before it in `macros.jsonl`."""
    known: dict[str, str] = {}
    for item in objects(pattern_file("macros.jsonl")):
        known[item["name"]] = f"(?:{_expand(item['pattern'], known)})"
    return known


def _expand(pattern: str, known: dict[str, str]) -> str:
    """The pattern with its macros, such as {DET}, replaced."""
    return _MACRO.sub(lambda match: known[match.group(1)], pattern)


class CueSet:
    """The cues of one or several files."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)

    def matching(self, context: Context, type_: str) -> Iterator[Cue]:
        """The cues that hold for a name of this type ('' for an unknown one) in this context."""
        for cue in self.cues:
            if (not cue.types or not type_ or type_ in cue.types) and cue.matches(context):
                yield cue


@cache
def load_cues(*files: str) -> CueSet:
    """The cues of pattern files, by their paths under `kg/knowledge/lexicon`.

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
