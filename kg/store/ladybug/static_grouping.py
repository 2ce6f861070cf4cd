"""Where aggregates may stand in a statement, and what may stand beside them."""

from collections.abc import Set
from dataclasses import fields
from typing import Any

from kg.errors import NotUnderstoodError
from kg.syntax import tree
from kg.syntax.functions import FUNCTIONS

Shape = tuple[Any, ...]
"""What a part says, wherever it stands: equal for equal parts."""


def shape(part: Any) -> Shape:
    """The shape of a part of the tree."""
    if isinstance(part, tree.Call):
        return ("Call", part.name.lower(), part.distinct, shape(part.arguments))
    if isinstance(part, tree.Index) and isinstance(part.index, tree.Constant) and isinstance(part.index.value, str):
        return shape(tree.PropertyAccess(part.start, part.end, part.of, part.index.value))
    if isinstance(part, tree.Part):
        values = (getattr(part, each.name) for each in fields(part) if each.name not in ("start", "end"))
        return (type(part).__name__, *(shape(value) for value in values))
    if isinstance(part, tuple):
        return tuple(shape(item) for item in part)
    return (type(part).__name__, part)


def is_aggregate(part: tree.Part) -> bool:
    """Whether it is calculated over several rows itself."""
    if isinstance(part, tree.Call):
        function = FUNCTIONS.get(part.name.lower())
        return function is not None and function.aggregate
    return isinstance(part, tree.CountRows)


def has_aggregate(part: tree.Part) -> bool:
    """Whether it or a part of it is calculated over several rows; those within a subquery are the subquery's."""
    if is_aggregate(part):
        return True
    return not isinstance(part, tree.Subquery) and any(has_aggregate(child) for child in part.parts())


def misplaced_aggregate(part: tree.Part) -> tuple[tree.Part, str] | None:
    """An aggregate within another, or within an expression over a list, and where it stands in words."""
    if is_aggregate(part):
        within = next((each for child in part.parts() for each in child.walk() if is_aggregate(each)), None)
        return (within, "within another aggregate") if within else None
    outside: tuple[tree.Part | None, ...]
    match part:
        case tree.Subquery():
            return None
        case tree.Comprehension(source=source) | tree.Quantifier(source=source):
            outside = (source,)
        case tree.Reduce(initial=initial, source=source):
            outside = (initial, source)
        case tree.PatternComprehension():
            outside = ()
        case _:
            return next(filter(None, map(misplaced_aggregate, part.parts())), None)
    for child in part.parts():
        if not any(child is each for each in outside) and has_aggregate(child):
            found = next(each for each in child.walk() if is_aggregate(each))
            return found, "within what is done over a list"
    return next(filter(None, (misplaced_aggregate(child) for child in outside if child)), None)


def grouping_keys(values: tuple[tree.Expression, ...]) -> frozenset[Shape]:
    """The values by which rows are grouped that may stand beside an aggregate: variables and their properties."""
    return frozenset(
        shape(value)
        for value in values
        if isinstance(value, tree.Variable)
        or (
            (isinstance(value, tree.PropertyAccess | tree.Index) and isinstance(value.of, tree.Variable))
            and shape(value)[0] == "PropertyAccess"
        )
    )


def ungrouped(part: tree.Part, keys: Set[Shape], variables: Set[str]) -> tree.Part | None:
    """A part that has several values in a group of rows.

    Args:
        part: an expression beside an aggregate.
        keys: shapes of the values by which rows are grouped.
        variables: names of the variables that have a value in each row.
    """
    if is_aggregate(part) or shape(part) in keys:
        return None
    match part:
        case tree.Variable(name=name):
            return part if name in variables else None
        case tree.NodePattern(variable=str(name)) | tree.EdgePattern(variable=str(name)):
            if name in variables and shape(tree.Variable(0, 0, name)) not in keys:
                return part
        case tree.Comprehension(variable=name, source=source) | tree.Quantifier(variable=name, source=source):
            rest = tuple(child for child in part.parts() if child is not source)
            return _first(source, *rest, keys=keys, variables=variables, local=frozenset({name}))
        case tree.Reduce(accumulator=accumulator, variable=name, initial=initial, source=source, value=value):
            within = ungrouped(initial, keys, variables)
            local = frozenset({accumulator, name})
            return within or _first(source, value, keys=keys, variables=variables, local=local)
    return next(filter(None, (ungrouped(child, keys, variables) for child in part.parts())), None)


def _first(
    source: tree.Part, *rest: tree.Part, keys: Set[Shape], variables: Set[str], local: frozenset[str]
) -> tree.Part | None:
    """The first ungrouped part of an expression over a list: its own variables have their values anywhere."""
    inner = frozenset(variables) - local
    return ungrouped(source, keys, variables) or next(
        filter(None, (ungrouped(child, keys, inner) for child in rest)), None
    )


def check_no_aggregate(part: tree.Part | None, clause: str, where: str = "") -> None:
    """Checks that a part of a clause that sees one row at a time has no aggregate.

    Args:
        part: the part; None has none.
        clause: what it is called in the message.
        where: line and column of the statement, for the message.

    Raises:
        NotUnderstoodError: it has one.
    """
    if part is not None and has_aggregate(part):
        raise NotUnderstoodError(f"{where}{clause} takes no aggregate such as count(): calculate it in a WITH before")
