"""The variables that a part of a statement may use, with their types."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.store.ladybug.static_grouping import Shape
from kg.store.ladybug.static_types import StaticType


@dataclass(frozen=True, slots=True)
class StaticScope:
    """The variables that a part of a statement may use."""

    variables: Mapping[str, StaticType] = field(default_factory=dict)
    """Those of the query itself, which `*` stands for."""
    outer: Mapping[str, StaticType] = field(default_factory=dict)
    """Those that a subquery has from the query around it. It cannot define them anew."""
    within_expression: bool = False
    """Whether the query stands in EXISTS { }, COUNT { } or COLLECT { }."""
    columns: Mapping[Shape, StaticType] = field(default_factory=dict)
    """In ORDER BY and WHERE of a WITH or RETURN: expressions that are columns, and may stand there as they do above."""
    lost: frozenset[str] = frozenset()
    """Variables from before a WITH or RETURN with DISTINCT or aggregates, which are gone after it."""

    def find(self, name: str) -> StaticType | None:
        """The type of a variable; None if there is none with this name."""
        return self.variables.get(name) or self.outer.get(name)

    def visible(self) -> dict[str, StaticType]:
        """All variables."""
        return {**self.outer, **self.variables}

    def with_variables(self, added: Mapping[str, StaticType]) -> "StaticScope":
        """A scope with more variables of the query."""
        return replace(self, variables={**self.variables, **added})

    def within(self, added: Mapping[str, StaticType]) -> "StaticScope":
        """The scope within an expression over a list, with the expression's own variables."""
        return replace(self, variables={**self.variables, **added}, columns={})

    def without(self, name: str) -> "StaticScope":
        """A scope that lacks a variable."""
        variables, outer = (
            {each: type_ for each, type_ in known.items() if each != name} for known in (self.variables, self.outer)
        )
        return replace(self, variables=variables, outer=outer)

    def subquery(self) -> "StaticScope":
        """The scope at the start of EXISTS { }, COUNT { } or COLLECT { }."""
        return StaticScope(outer=self.visible(), within_expression=True, lost=self.lost)
