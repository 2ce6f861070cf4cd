"""The nodes to be: what papers say of each thing, and the type, name and id that follow."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.catalogue import Entry
from kg.names import slug
from kg.schema import DATA_LABELS

DATA, SYSTEM = "data", "system"

_BENCHMARK = 0.2


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means.

    Attributes:
        how: `catalogue`, `name`, or `coined` for what one paper introduces under a name that others introduce too.
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
    entry: Entry | None
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
        return self.sense.kind if self.sense.how != "catalogue" else kind_of(self.sense.kind)

    @property
    def aliases(self) -> list[str]:
        """Every other written form, most frequent first, then those of the catalogue."""
        found = dict.fromkeys([*by_count(self.forms), *(self.entry.forms if self.entry else ())])
        found.pop(self.name, None)
        return list(found)


def kind_of(type_: str) -> str:
    """`data` for benchmarks and datasets, `system` for models and methods."""
    return DATA if type_ in DATA_LABELS else SYSTEM


def assign(things: Iterable[Thing]) -> None:
    """Gives every thing its type, name and id."""
    taken: set[str] = set()
    for thing in sorted(things, key=_precedence):
        thing.type = _type(thing)
        thing.name = thing.entry.name if thing.entry else by_count(thing.names)[0]
        thing.id = _identifier(thing, taken)
        taken.add(thing.id)


def by_count(counts: Counter[str]) -> list[str]:
    """Most frequent first; of equals the longer, then the first in the alphabet."""
    return sorted(counts, key=lambda form: (-counts[form], -len(form), form))


def _type(thing: Thing) -> str:
    if thing.entry and thing.kind == SYSTEM:
        return thing.entry.type
    types = Counter({type_: count for type_, count in thing.types.items() if kind_of(type_) == thing.kind})
    # Whether something is only trained on or evaluated on is said by the papers, not by the list.
    if types["Benchmark"] and types["Benchmark"] >= _BENCHMARK * types.total():
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


def _identifier(thing: Thing, taken: set[str]) -> str:
    """type/slug; where another thing has it, what tells them apart follows: long form, paper, or a number."""
    base = f"{thing.type.lower()}/{slug(thing.name)}"
    if base not in taken:
        return base
    return next(identifier for identifier in _longer(base, thing) if identifier not in taken)


def _longer(base: str, thing: Thing) -> Iterator[str]:
    if thing.sense.paper:
        yield f"{base}-{slug(thing.sense.paper)}"
    elif thing.long_forms:
        yield f"{base}-{slug(by_count(thing.long_forms)[0])}"
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
