"""Simplifies a condition where parameters decide it, as `$year IS NULL OR p.year >= $year` is decided by a null."""

from collections.abc import Mapping
from typing import Any

from kg.syntax import tree


def folded(condition: tree.Expression, parameters: Mapping[str, Any]) -> tree.Expression:
    """The condition without what its parameters and constants decide; it holds for the same rows.

    A part that is null is taken for false, which is the same where rows are filtered, and is not within NOT.
    """
    match condition:
        case tree.Binary(operator="AND" | "OR" as operator):
            left, right = (folded(side, parameters) for side in (condition.left, condition.right))
            for one, other in ((left, right), (right, left)):
                if isinstance(one, tree.Constant) and isinstance(one.value, bool):
                    return one if one.value is (operator == "OR") else other
            return tree.Binary(condition.start, condition.end, operator, left, right)
        case tree.IsNull(of=tree.Parameter() | tree.Constant() as of, negated=negated):
            return tree.Constant(condition.start, condition.end, (_value(of, parameters) is None) is not negated)
        case tree.Comparison(operands=operands) if any(_is_null(operand, parameters) for operand in operands):
            return tree.Constant(condition.start, condition.end, False)
        case tree.Binary(operator="=~" | "CONTAINS" | "STARTS WITH" | "ENDS WITH", left=left, right=right) if _is_null(
            left, parameters
        ) or _is_null(right, parameters):
            return tree.Constant(condition.start, condition.end, False)
        case tree.Binary(operator="IN", right=right) if _is_null(right, parameters):
            return tree.Constant(condition.start, condition.end, False)
        case tree.Parameter() | tree.Constant(value=None):
            value = _value(condition, parameters)
            if value is None or isinstance(value, bool):
                return tree.Constant(condition.start, condition.end, value or False)
    return condition


def _is_null(expression: tree.Expression, parameters: Mapping[str, Any]) -> bool:
    return isinstance(expression, tree.Parameter | tree.Constant) and _value(expression, parameters) is None


def _value(expression: tree.Parameter | tree.Constant, parameters: Mapping[str, Any]) -> Any:
    return expression.value if isinstance(expression, tree.Constant) else parameters[expression.name]
