"""Type, name and id of every entity, from what papers say about it."""

from collections.abc import Container, Iterable, Iterator, Mapping

from kg.link.names.kinds import DATA, SYSTEM, kind_of
from kg.link.names.linked_entity import LinkedEntity, by_count
from kg.text.keys import name_key, slug

_BETTER_KNOWN = 3
"""How many times as many papers name an entity that is better known by an acronym than another."""
# Something is a benchmark if at least this share of the papers that name it take it for one.
_BENCHMARK_SHARE = 0.2


def assign_ids(entities: Iterable[LinkedEntity]) -> None:
    """Sets type, name and id of all entities, in place. Ids are unique and do not depend on the order of papers."""
    taken: set[str] = set()
    claimed: dict[tuple[str, str], int] = {}
    for entity in sorted(entities, key=_precedence):
        entity.type = _type(entity)
        entity.name = _name(entity, claimed)
        papers = entity.types.total()
        for form in _claims(entity):
            key = entity.kind, name_key(form)
            claimed[key] = max(papers, claimed.get(key, 0))
        entity.id = free_id(entity, taken)
        taken.add(entity.id)


def free_id(entity: LinkedEntity, taken: Container[str]) -> str:
    """The id `type/slug` of an entity's type and name.

    Where that is taken, the paper that coined the name or a long form follows, or else a number.
    """
    plain = f"{entity.type.lower()}/{slug(entity.name)}"
    if plain not in taken:
        return plain
    return next(longer for longer in _longer_ids(plain, entity) if longer not in taken)


def _name(entity: LinkedEntity, claimed: Mapping[tuple[str, str], int]) -> str:
    """The name by which an entity is shown: its long form where a better known one has its acronym.

    Multi-party computation is not shown as MPC, which model predictive control is called too.
    """
    if entity.entry:
        return entity.entry.name
    name = by_count(entity.names)[0]
    known = claimed.get((entity.kind, name_key(name)), 0)
    if entity.long_forms and known >= _BETTER_KNOWN * entity.types.total():
        return by_count(entity.long_forms)[0]
    return name


def _claims(entity: LinkedEntity) -> Iterator[str]:
    """The names that no other entity is shown by: its own, the catalogue's, and what several papers write."""
    yield entity.name
    yield from entity.entry.names if entity.entry else ()
    yield from (form for form, papers in entity.forms.items() if papers > 1)


def _type(entity: LinkedEntity) -> str:
    if entity.entry and entity.kind == SYSTEM:
        return entity.entry.type
    kind = entity.kind
    types = {type_: papers for type_, papers in entity.types.items() if kind_of(type_) == kind}
    # Papers decide between benchmark and dataset, also for what is in the catalogue.
    if types.get("Benchmark", 0) >= _BENCHMARK_SHARE * sum(types.values()) > 0:
        return "Benchmark"
    if not types:
        return "Benchmark" if entity.kind == DATA else "Method"
    return min(types, key=lambda type_: (-types[type_], type_))


def _precedence(entity: LinkedEntity) -> tuple[bool, bool, bool, int, str, str, str]:
    """Sort key: who gets the plain id of several with the same type and name.

    The catalogue's first, then names without long forms, then names that are not coined, then what more papers have.
    """
    meaning = entity.meaning
    return (
        meaning.how != "catalogue",
        bool(entity.long_forms),
        meaning.how == "coined",
        -entity.types.total(),
        meaning.kind,
        meaning.key,
        meaning.paper,
    )


def _longer_ids(plain: str, entity: LinkedEntity) -> Iterator[str]:
    if entity.meaning.paper:
        yield f"{plain}-{slug(entity.meaning.paper)}"
    elif entity.long_forms:
        yield f"{plain}-{slug(by_count(entity.long_forms)[0])}"
    number = 2
    while True:
        yield f"{plain}-{number}"
        number += 1
