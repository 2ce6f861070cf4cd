"""Conditions that say which labels a node, or which types a relationship may have, and so belong into its pattern.

As a condition beside the pattern, LadybugDB 0.22 loses matches: with `(o)<--()<--(x)-->()-->(a)`, `label(o) = 'Paper'`
leaves fewer rows than the pattern with `(o:Paper)`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from kg.store.ladybug.translation.labels import matching_labels
from kg.syntax import tree

LabelChoice: TypeAlias = Callable[[frozenset[str]], frozenset[str]]
"""Which of all labels, or of all types, a condition leaves."""


def label_choice(condition: tree.Expression, parameters: Mapping[str, Any]) -> tuple[str, LabelChoice] | None:
    """The variable that a condition is on, and the labels that it leaves; None if it is none of labels alone."""
    match condition:
        case tree.LabelTest(of=tree.Variable(name=name), labels=labels):
            return name, lambda universe: matching_labels(labels, universe)
        case tree.Binary(operator="OR", left=left, right=right):
            one, other = label_choice(left, parameters), label_choice(right, parameters)
            if one is None or other is None or one[0] != other[0]:
                return None
            first, second = one[1], other[1]
            return one[0], lambda universe: first(universe) | second(universe)
        case tree.Comparison(operators=("=",), operands=(one_side, other_side)):
            return _of_type(one_side, [_text(other_side, parameters)]) or _of_type(
                other_side, [_text(one_side, parameters)]
            )
        case tree.Binary(operator="IN", left=left, right=tree.ListOf(items=items)):
            return _of_type(left, [_text(item, parameters) for item in items])
        case tree.Binary(operator="IN", left=left, right=tree.Parameter(name=name)):
            given = parameters[name]
            return _of_type(left, given) if isinstance(given, list | tuple) else None
    return None


def choices_by_variable(choices: Sequence[tuple[str, LabelChoice] | None]) -> dict[str, LabelChoice]:
    """What all choices together leave to each variable."""
    found: dict[str, LabelChoice] = {}
    for choice in choices:
        if choice:
            variable, leaves = choice
            found[variable] = _both(found[variable], leaves) if variable in found else leaves
    return found


def is_decided(choice: tuple[str, LabelChoice] | None, variables: frozenset[str]) -> bool:
    """Whether a condition, by its choice, is on one of the variables whose pattern has the choice in it."""
    return choice is not None and choice[0] in variables


def _both(one: LabelChoice, other: LabelChoice) -> LabelChoice:
    return lambda universe: one(universe) & other(universe)


def _of_type(expression: tree.Expression, wanted: Sequence[Any]) -> tuple[str, LabelChoice] | None:
    """The choice of `type(r) IN wanted`."""
    match expression:
        case tree.Call(arguments=(tree.Variable(name=variable),)) if expression.name.lower() == "type":
            if all(isinstance(each, str) for each in wanted):
                return variable, lambda universe: universe & frozenset(wanted)
    return None


def _text(expression: tree.Expression, parameters: Mapping[str, Any]) -> Any:
    match expression:
        case tree.Constant(value=value):
            return value
        case tree.Parameter(name=name):
            return parameters[name]
    return None
