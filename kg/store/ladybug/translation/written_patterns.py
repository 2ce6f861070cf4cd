"""Writes patterns in the embedded engine's Cypher, so that they match what they match in Neo4j."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from kg.errors import NotUnderstoodError
from kg.interpreter.conditions import element_name, path_name
from kg.interpreter.plans import condition_groups, where_text
from kg.schema import EDGES
from kg.store.ladybug.translation import types
from kg.store.ladybug.translation.fragments import UntranslatableError, quoted, unsupported
from kg.store.ladybug.translation.label_tests import LabelChoice
from kg.store.ladybug.translation.labels import matching_labels
from kg.store.ladybug.translation.scope import BoundVariable, Scope, UniqueNames
from kg.store.ladybug.translation.types import list_of
from kg.syntax import tree

MAX_HOPS = 30
"""Edges in the longest path that the engine finds."""

_FRAGILE_EDGES = 3

_SELECTORS = {"shortestpath": "SHORTEST", "allshortestpaths": "ALL SHORTEST"}


@dataclass(frozen=True, slots=True)
class WrittenPatterns:
    """Patterns, but for the properties and the WHERE in their brackets."""

    texts: list[str]
    """One for each path."""
    conditions: list[str]
    """What has to hold besides."""
    apart: list[str]
    """That an edge matches once."""
    fragile: bool
    """Whether the engine may lose matches if it is given conditions on properties with these patterns.

    LadybugDB 0.22 does from three edges on, unless each node has one label and each edge one type.
    """
    scope: Scope
    """With the patterns' variables; elements without one are there as `kg.interpreter.conditions` calls them."""
    bound: tuple[str, ...]
    """Nodes and edges that were bound before, if they are found anew here."""
    decided: frozenset[str]
    """Variables whose labels are restricted as was asked."""
    possible: bool
    """Whether the schema has edges between such nodes as each pattern asks for; if not, the engine may find some."""
    loops: bool
    """Whether the engine may give a match twice, as it does where an edge without direction is a loop."""
    identity: tuple[str, ...]
    """Ids of all nodes and edges, as expressions; no two matches have the same."""


@dataclass(frozen=True, slots=True)
class _PatternEdge:
    """An edge of a pattern: its variable, whether that is a list of edges, and the types that they may have."""

    variable: str
    many: bool
    types: frozenset[str]

    def ids(self) -> str:
        """The list of its edges' ids, as an expression."""
        return f"properties(rels({self.variable}), '_ID')"


def write_patterns(
    paths: Sequence[tree.PathPattern],
    scope: Scope,
    names: UniqueNames,
    before: Scope | None = None,
    *,
    choices: Mapping[str, LabelChoice] = MappingProxyType({}),
    loops: frozenset[str] = frozenset(),
) -> WrittenPatterns:
    """Writes the patterns of one MATCH.

    Args:
        paths: the patterns.
        scope: variables that the engine knows.
        names: of the engine's variables.
        before: variables that are bound in rows which the engine does not know, and are to be found anew.
        choices: labels that conditions leave to a variable.
        loops: types of the edges in the graph that begin and end at one node.

    Raises:
        RefusedError: the engine has no such pattern; the message says what to write instead.
        NotUnderstoodError: it names what the graph does not have.
        UntranslatableError: a variable is bound to something else than a node.
    """
    return _Writer(scope, names, before, choices, loops).write(paths)


class _Writer:
    def __init__(
        self,
        scope: Scope,
        names: UniqueNames,
        before: Scope | None,
        choices: Mapping[str, LabelChoice],
        loops: frozenset[str],
    ) -> None:
        self._scope = scope
        self._choices = choices
        self._loops = loops
        self._looped = False
        self._possible = True
        self._decided: set[str] = set()
        self._identity: list[str] = []
        self._names = names
        self._before = before.variables if before else {}
        self._conditions: list[str] = []
        self._bound: list[str] = []
        self._edges: set[str] = set()
        self._elements: list[BoundVariable] = []

    def write(self, paths: Sequence[tree.PathPattern]) -> WrittenPatterns:
        texts: list[str] = []
        edges: list[_PatternEdge] = []
        for path in paths:
            selector = _selector(path)
            text = ""
            found: list[BoundVariable] = []
            for element in path.elements:
                match element:
                    case tree.NodePattern():
                        part, bound = self._node(element)
                    case tree.EdgePattern():
                        part, bound, edge = self._edge(element, selector)
                        if selector == "TRAIL":
                            edges.append(edge)
                    case _:
                        raise unsupported(
                            "repeated pattern in brackets", "use -[:TYPE*1..3]-> with the number of edges"
                        )
                if isinstance(element.properties, tree.Parameter):
                    raise unsupported("parameter for all properties", "name the properties: {id: $id}")
                found.append(bound)
                text += part
            _check_empty(path, found)
            self._elements += found
            self._possible &= _is_possible(path, found)
            if path.variable or path.which:
                name = self._names.of(path_name(path))
                self._add(path_name(path), BoundVariable(name, types.PATH))
                text = f"{name} = {text}"
            texts.append(text)
        pairs = combinations(edges, 2)
        apart = [_different(one, other) for one, other in pairs if one.types & other.types]
        if not self._possible:
            self._conditions.append("false")
        return WrittenPatterns(
            texts,
            self._conditions,
            apart,
            self._is_fragile(paths),
            self._scope,
            tuple(self._bound),
            frozenset(self._decided),
            self._possible,
            self._looped,
            tuple(self._identity),
        )

    def _is_fragile(self, paths: Sequence[tree.PathPattern]) -> bool:
        edges = sum(isinstance(element, tree.EdgePattern) for path in paths for element in path.elements)
        kinds = [bound.type.item or bound.type for bound in self._elements]
        return edges >= _FRAGILE_EDGES and any(len(kind.labels) > 1 for kind in kinds)

    def _add(self, name: str, bound: BoundVariable) -> None:
        if name in self._scope.variables or (name in self._before and bound.type.kind != "edge"):
            raise UntranslatableError
        self._scope = self._scope.with_(name, bound)

    def _node(self, element: tree.NodePattern) -> tuple[str, BoundVariable]:
        labels = matching_labels(element.labels, types.LABELS)
        variable = element_name(element)
        known = self._scope.variables.get(variable)
        if known:
            if known.type.kind != "node":
                raise UntranslatableError
            if element.labels and not known.type.labels <= labels:
                raise UntranslatableError
            return f"({known.text})", known
        named = element.labels is not None
        if variable in self._choices:
            labels, named = labels & self._choices[variable](types.LABELS), True
            self._decided.add(variable)
        before = self._before.get(variable)
        if before:
            if before.type.kind not in ("node", "any"):
                raise UntranslatableError
            self._bound.append(variable)
            if before.type.kind == "node" and before.type.labels != types.LABELS:
                labels, named = labels & before.type.labels, True
        if not labels:
            self._conditions.append("false")
        name = self._names.of(element.variable) if element.variable else self._names.new("n")
        bound = BoundVariable(name, types.node(labels or types.LABELS))
        self._scope = self._scope.with_(variable, bound)
        self._identity.append(f"id({name})")
        return f"({name}{_alternatives(labels) if named else ''})", bound

    def _edge(self, element: tree.EdgePattern, selector: str) -> tuple[str, BoundVariable, _PatternEdge]:
        kinds = matching_labels(element.types, types.RELATIONS)
        if not kinds:
            raise NotUnderstoodError("a relationship has one type, so none has all of these")
        named = element.types is not None
        if element.variable is not None and element.variable in self._choices and element.hops is None:
            kinds, named = kinds & self._choices[element.variable](types.RELATIONS), True
            self._decided.add(element.variable)
            if not kinds:
                self._conditions.append("false")
                kinds, named = types.RELATIONS, False
        self._looped |= element.direction == "-" and not kinds.isdisjoint(self._loops)
        name = self._names.of(element.variable) if element.variable else self._names.new("r")
        many = element.hops is not None or selector != "TRAIL"
        if many and element.where:
            raise unsupported("WHERE within a relationship of several steps", "write the condition after the pattern")
        one = types.edge(kinds)
        bound = BoundVariable(f"rels({name})", list_of(one)) if many else BoundVariable(name, one)
        if element.variable in self._edges:
            # An edge matches once in a MATCH, so that none is in two places of it.
            self._conditions.append("false")
            name = self._names.new("r")
            bound = replace(bound, text=name)
        else:
            if element.variable in self._before and not many:
                self._bound.append(element.variable)
            self._add(element_name(element), bound)
            self._edges.add(element_name(element))
        hops = f"* {selector} {_bounds(element.hops, selector)}" if many else ""
        left, right = "<" if element.direction == "<" else "", ">" if element.direction == ">" else ""
        text = f"{left}-[{name}{_alternatives(kinds) if named else ''}{hops}]-{right}"
        edge = _PatternEdge(name, many, kinds)
        self._identity.append(edge.ids() if many else f"id({name})")
        return text, bound, edge


def match_text(written: WrittenPatterns, conditions: Sequence[str], subordinate: bool) -> str:
    """A MATCH with its conditions, in an order in which the engine loses no matches.

    Args:
        written: the patterns.
        conditions: on their properties.
        subordinate: whether it is optional or within a subquery, where no WITH can follow.

    Raises:
        UntranslatableError: it cannot be written there.
    """
    groups = condition_groups(conditions, written.apart, written.fragile)
    if subordinate and len(groups) > 1:
        raise UntranslatableError
    return f"MATCH {', '.join(written.texts)}{where_text(groups)}"


def check_shortest(paths: Sequence[tree.PathPattern], where: tree.Expression | None) -> None:
    """Refuses a condition on a shortest path.

    Neo4j finds the shortest path for which the condition holds; the engine finds the shortest path of all.

    Raises:
        RefusedError: there is one.
    """
    within = {path.variable for path in paths if path.which and path.variable}
    within.update(
        element.variable
        for path in paths
        if path.which
        for element in path.elements
        if isinstance(element, tree.EdgePattern) and element.variable
    )
    for path in paths:
        for element in path.elements:
            if path.which and isinstance(element, tree.EdgePattern) and element.properties is not None:
                raise unsupported("shortest path by properties of its relationships", "name their types in the pattern")
    for part in where.walk() if where else ():
        if isinstance(part, tree.Variable) and part.name in within:
            raise unsupported(
                "condition on a shortest path in its own MATCH",
                f"name the types in the pattern, or write WITH {part.name} WHERE … to filter the paths found",
            )


def _alternatives(labels: frozenset[str]) -> str:
    return f":{'|'.join(quoted(label) for label in sorted(labels))}" if labels else ""


def _selector(path: tree.PathPattern) -> str:
    if not path.which:
        return "TRAIL"
    if path.which not in _SELECTORS:
        raise unsupported(f"{path.which} in a pattern", "use shortestPath(…) or allShortestPaths(…)")
    if len(path.elements) != 3:
        raise unsupported("shortest path over more than two nodes", "name its two ends only")
    return _SELECTORS[path.which]


def _bounds(hops: tree.Hops | None, selector: str) -> str:
    if hops is None:
        return "1..1"
    if hops.high is None or hops.high > MAX_HOPS:
        raise unsupported(
            f"path of more than {MAX_HOPS} edges", f"give an upper bound: *{hops.low}..{MAX_HOPS} at most"
        )
    if selector != "TRAIL" and hops.low != 1:
        raise unsupported("shortest path of a least length", f"write *1..{hops.high}")
    if hops.low is not None and hops.low > hops.high:
        raise NotUnderstoodError("the lower bound of a path is not above its upper bound")
    return f"{hops.low}..{hops.high}"


def _check_empty(path: tree.PathPattern, bounds: list[BoundVariable]) -> None:
    """Refuses `*0..`, a path that may have no edge, at nodes that have no such edge: the engine does not find it."""
    for place, element in enumerate(path.elements):
        if not isinstance(element, tree.EdgePattern) or element.hops is None or element.hops.low != 0:
            continue
        ends = [pair for kind in matching_labels(element.types, types.RELATIONS) for pair in EDGES[kind].ends]
        sources, targets = ({pair[side] for pair in ends} for side in (0, 1))
        same = bounds[place - 1].type.labels & bounds[place + 1].type.labels
        if not same <= (sources | targets if element.direction == "-" else sources & targets):
            raise unsupported(
                "path without an edge between such nodes", "use *1.. and UNION, or name labels that have them"
            )


def _is_possible(path: tree.PathPattern, bounds: list[BoundVariable]) -> bool:
    """Whether the schema has edges for every single edge of a path."""
    for place, element in enumerate(path.elements):
        if not isinstance(element, tree.EdgePattern) or bounds[place].type.kind != "edge":
            continue
        left, right = bounds[place - 1].type.labels, bounds[place + 1].type.labels
        ends = {pair for kind in bounds[place].type.labels for pair in EDGES[kind].ends}
        forward = any(source in left and target in right for source, target in ends)
        backward = any(source in right and target in left for source, target in ends)
        if not {">": forward, "<": backward, "-": forward or backward}[element.direction]:
            return False
    return True


def _different(one: _PatternEdge, other: _PatternEdge) -> str:
    """The condition that two edges of a pattern are not the same, as Neo4j has it within one MATCH."""
    if not one.many and not other.many:
        return f"id({one.variable}) <> id({other.variable})"
    if one.many and other.many:
        return f"none(`_y` IN {one.ids()} WHERE list_contains({other.ids()}, `_y`))"
    single, several = (one, other) if other.many else (other, one)
    return f"NOT list_contains({several.ids()}, id({single.variable}))"
