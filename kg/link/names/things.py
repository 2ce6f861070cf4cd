"""The nodes to be: what papers say of each thing, and the type, name and id that follow."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.knowledge.catalogue import CatalogueEntry
from kg.link.names.kinds import DATA, SYSTEM, kind_of
from kg.schema import Relation, Value
from kg.text.keys import slug

if TYPE_CHECKING:
    from kg.link.names.readings import Reading

_BENCHMARK = 0.2

# What a relation to a benchmark or dataset is where the thing turns out to be a system, and the other way round.
_OF_SYSTEM = {"EVALUATES_ON": "EVALUATES", "TRAINS_ON": "USES"}
_OF_DATA = {"EVALUATES": "EVALUATES_ON", "COMPARES_WITH": "MENTIONS"}


class Found(NamedTuple):
    """What says that a paper has a relation to a thing; a correction has no place in the text."""

    confidence: float
    evidence: str
    field: str | None
    start: int | None
    end: int | None
    by: str

    @classmethod
    def of(cls, relation: Relation) -> "Found":
        """What extraction found."""
        return cls(relation.confidence, relation.evidence, relation.field, relation.start, relation.end, relation.by)

    def strength(self) -> tuple[bool, "Found"]:
        """The order in which one is kept of several: what a text says goes before a correction."""
        return self.field is not None, self

    def properties(self) -> dict[str, Value]:
        """The properties of the edge."""
        return dict(self._asdict())


class Sense(NamedTuple):
    """What a name means.

    Attributes:
        how: `catalogue`, `name`, `coined` for what one paper introduces under a name that others introduce too, or
            `override` for what a correction made.
        kind: `data` or `system`; for `catalogue` the entry's type.
        key: canonical name for `catalogue`, else a normal form.
        paper: key of the paper that coined it.
    """

    how: str
    kind: str
    key: str
    paper: str = ""


@dataclass(slots=True)
class Thing:
    """A node to be, with all that the papers say of it; `id`, `name` and `type` are there after `assign`."""

    sense: Sense
    entry: CatalogueEntry | None
    types: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    long_forms: Counter[str] = field(default_factory=Counter)
    id: str = ""
    name: str = ""
    type: str = ""

    @property
    def kind(self) -> str:
        """`data` or `system`."""
        if self.type:
            return kind_of(self.type)
        return self.sense.kind if self.sense.how != "catalogue" else kind_of(self.sense.kind)

    @property
    def origin(self) -> str:
        """The source of its catalogue entry, else `override` for what a correction made, or `extracted`."""
        if self.entry and self.entry.source:
            return self.entry.source
        return "override" if self.sense.how == "override" else "extracted"

    @property
    def has_one_form(self) -> bool:
        """Whether it is written in no other way than its name."""
        return self.entry is None and len(self.forms) == 1 and self.name in self.forms

    @property
    def aliases(self) -> list[str]:
        """Every other written form, most frequent first, then those of the catalogue."""
        found = dict.fromkeys([*by_count(self.forms), *(self.entry.forms if self.entry else ())])
        found.pop(self.name, None)
        return list(found)

    def count(self, reading: "Reading", times: int = 1) -> None:
        """Counts what a paper says of it; with `times` -1 takes that back."""
        _add(self.types, reading.type, times)
        _add(self.names, _singular(reading.name), times)
        for form in reading.forms:
            _add(self.forms, form, times)
        if reading.long_form:
            _add(self.long_forms, reading.long_form, times)

    def take(self, other: "Thing") -> None:
        """Counts all that papers say of another thing, which is this one."""
        for counts, more in (
            (self.types, other.types),
            (self.names, other.names),
            (self.forms, other.forms),
            (self.long_forms, other.long_forms),
        ):
            counts.update(more)
        for form in (other.name, *(other.entry.forms if other.entry else ())):
            self.forms.setdefault(form, 0)


def _add(counts: Counter[str], form: str, times: int) -> None:
    # A missing key of a Counter costs a call of Python, and there are half a million.
    total = counts.get(form, 0) + times
    if total:
        counts[form] = total
    else:
        counts.pop(form, None)


def relation_to(kind: str, type_: str) -> str:
    """What a relation is where it leads to a thing of this kind."""
    return (_OF_DATA if kind == DATA else _OF_SYSTEM).get(type_, type_)


def assign(things: Iterable[Thing]) -> None:
    """Gives every thing its type, name and id."""
    taken: set[str] = set()
    for thing in sorted(things, key=_precedence):
        thing.type = _type(thing)
        thing.name = thing.entry.name if thing.entry else by_count(thing.names)[0]
        thing.id = identifier(thing, taken)
        taken.add(thing.id)


def identifier(thing: Thing, taken: Container[str]) -> str:
    """type/slug; where another thing has it, what tells them apart follows: long form, paper, or a number."""
    base = f"{thing.type.lower()}/{slug(thing.name)}"
    if base not in taken:
        return base
    return next(longer for longer in _longer(base, thing) if longer not in taken)


def by_count(counts: Counter[str]) -> list[str]:
    """Most frequent first; of equals the longer, then the first in the alphabet."""
    if len(counts) == 1:
        return list(counts)
    return sorted(counts, key=lambda form: (-counts[form], -len(form), form))


def _type(thing: Thing) -> str:
    if thing.entry and thing.kind == SYSTEM:
        return thing.entry.type
    kind = thing.kind
    types = {type_: count for type_, count in thing.types.items() if kind_of(type_) == kind}
    # Whether something is only trained on or evaluated on is said by the papers, not by the list.
    if types.get("Benchmark", 0) >= _BENCHMARK * sum(types.values()) > 0:
        return "Benchmark"
    if not types:
        return "Benchmark" if thing.kind == DATA else "Method"
    return min(types, key=lambda type_: (-types[type_], type_))


def _precedence(thing: Thing) -> tuple[bool, bool, bool, int, str, str, str]:
    """Who gets the plain id: the catalogue's, a name without long forms, one not coined; then what most papers have."""
    sense = thing.sense
    return (
        sense.how != "catalogue",
        bool(thing.long_forms),
        sense.how == "coined",
        -thing.types.total(),
        sense.kind,
        sense.key,
        sense.paper,
    )


def _longer(base: str, thing: Thing) -> Iterator[str]:
    if thing.sense.paper:
        yield f"{base}-{slug(thing.sense.paper)}"
    elif thing.long_forms:
        yield f"{base}-{slug(by_count(thing.long_forms)[0])}"
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _singular(name: str) -> str:
    """An acronym without the plural's s."""
    return name[:-1] if len(name) > 2 and name.endswith("s") and name[-2].isupper() else name
