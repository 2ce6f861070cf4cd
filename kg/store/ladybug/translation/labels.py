"""Label expressions, such as `A|!B`: which labels, or relationship types, match one."""

from kg.errors import NotUnderstoodError
from kg.syntax import tree
from kg.text.similarity import closest


def matching_labels(label: tree.LabelExpression | None, universe: frozenset[str]) -> frozenset[str]:
    """The labels that match an expression; a node or an edge has exactly one.

    Args:
        label: the expression; None matches all.
        universe: all labels of nodes, or all types of edges.

    Raises:
        NotUnderstoodError: the graph has no such label.
    """
    match label:
        case None | tree.LabelName(name="%"):
            return universe
        case tree.LabelName(name=name):
            if name not in universe:
                near = closest(name, universe, 2, 0.5) or closest(name.title(), universe, 2, 0.5)
                near = near or closest(name.upper(), universe, 2, 0.5)
                known = f"did you mean {' or '.join(near)}?" if near else f"there is {', '.join(sorted(universe))}"
                raise NotUnderstoodError(f"the graph has no {name}: {known}", near)
            return frozenset({name})
        case tree.NotLabel(of=of):
            return universe - matching_labels(of, universe)
        case tree.BothLabels(left=left, right=right):
            return matching_labels(left, universe) & matching_labels(right, universe)
        case tree.EitherLabel(left=left, right=right):
            return matching_labels(left, universe) | matching_labels(right, universe)
