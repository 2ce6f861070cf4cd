"""What the process that plans a statement and the one that runs it read from its tree alike."""

from collections.abc import Iterator, Sequence

from kg.interpreter.plans import Matched
from kg.syntax import tree


def paths_of(part: Matched) -> tuple[tree.PathPattern, ...]:
    """The paths of a part."""
    return part.paths if isinstance(part, tree.Match) else (part.path,)


def conditions_of(part: Matched) -> list[tree.Expression]:
    """What has to hold: the properties and the WHERE of nodes and edges in their brackets, then the WHERE of the part.

    An element without a variable is called as `element_name` says.
    """
    found: list[tree.Expression] = []
    for path in paths_of(part):
        for element in path.elements:
            if isinstance(element, tree.RepeatedPattern):
                continue
            if isinstance(element.properties, tree.MapOf):
                found += _of_properties(element, element.properties)
            if element.where:
                found += _conjuncts(element.where)
    where = None if isinstance(part, tree.PatternValue) else part.where
    return found + (list(_conjuncts(where)) if where else [])


def element_name(element: tree.NodePattern | tree.EdgePattern) -> str:
    """The variable of an element, or a name for it that no variable has."""
    return element.variable or f"\0{element.start}"


def path_name(path: tree.PathPattern) -> str:
    """The variable of a path, or a name for it that no variable has."""
    return path.variable or f"\0path {path.start}"


def imports_of(clause: tree.CallSubquery, names: Sequence[str]) -> tuple[str, ...]:
    """The variables that a CALL { } takes in."""
    if clause.imports is not None:
        return tuple(names) if clause.imports == ("*",) else clause.imports
    found: dict[str, None] = {}
    for single in clause.query.queries:
        first = single.clauses[0]
        if isinstance(first, tree.ProjectionClause) and first.clause == "WITH":
            found |= dict.fromkeys(names if first.everything else ())
            found |= dict.fromkeys(item.value.name for item in first.items if isinstance(item.value, tree.Variable))
    return tuple(found)


def _of_properties(element: tree.NodePattern | tree.EdgePattern, properties: tree.MapOf) -> Iterator[tree.Expression]:
    several = isinstance(element, tree.EdgePattern) and element.hops is not None
    name = element_name(element)
    for entry in properties.entries:
        place = (entry.start, entry.end)
        of = tree.Variable(*place, f"\0each {name}" if several else name)
        equal = tree.Comparison(*place, ("=",), (tree.PropertyAccess(*place, of, entry.name), entry.value))
        yield tree.Quantifier(*place, "all", of.name, tree.Variable(*place, name), equal) if several else equal


def _conjuncts(condition: tree.Expression) -> Iterator[tree.Expression]:
    if isinstance(condition, tree.Binary) and condition.operator == "AND":
        yield from _conjuncts(condition.left)
        yield from _conjuncts(condition.right)
    else:
        yield condition
