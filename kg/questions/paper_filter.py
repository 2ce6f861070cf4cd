"""Conditions of a question on papers: single clauses, and all of them joined by and, or and not."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.answers import Found
from kg.questions.composed_query import Atom
from kg.questions.descriptions import either
from kg.questions.grammar import ConditionPattern, Sense


class JoinError(ValueError):
    """Clauses or names that cannot be joined, or in more than one way; the message says why."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a question on papers; its `groups` are an AND of OR-groups.

    `joined` is the word that joins it to what comes before: `and`, `or` or none. A clause on time has no `condition`.
    `others` are other nodes with the same name as the one that was chosen.
    """

    groups: Sequence[Sequence[Atom]]
    description: str
    joined: str = ""
    condition: ConditionPattern | None = None
    sense: Sense | None = None
    node: Found | None = None
    others: Sequence[Found] = ()

    @property
    def stands_beside_noun(self) -> bool:
        """Whether a clause that may only stand beside the noun may still follow this one."""
        return self.condition is None or self.condition.beside or self.condition.first


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """All conditions of a question on papers: an AND of OR-groups."""

    clauses: Sequence[Clause]
    groups: Sequence[Sequence[Atom]]
    description: str
    """As it follows the word papers: ` that use the method LoRA, since 2023`."""

    @property
    def only_clause(self) -> Clause | None:
        """The clause, if there is only one apart from times, and it has one name and no negation."""
        clauses = [clause for clause in self.clauses if clause.condition]
        single = len(clauses) == 1 and len(clauses[0].groups) == 1 and len(clauses[0].groups[0]) == 1
        return clauses[0] if single and not clauses[0].groups[0][0].negated else None

    @property
    def times(self) -> list[Atom]:
        """The conditions on time."""
        return [atom for clause in self.clauses if not clause.condition for group in clause.groups for atom in group]

    @property
    def others(self) -> list[Found]:
        """Other nodes with the same name."""
        return [other for clause in self.clauses for other in clause.others]


def join(clauses: Sequence[Clause]) -> PaperFilter:
    """Joins clauses, those with `or` to the one before them.

    Raises:
        JoinError: there is nothing before an `or`, or it may join more or fewer of them.
    """
    _check_joins([clause for clause in clauses if clause.condition])
    groups: list[list[Atom]] = []
    descriptions: list[str] = []
    times: list[str] = []
    for clause in clauses:
        if clause.condition and clause.joined == "or":
            groups[-1] = [*groups[-1], *clause.groups[0]]
            descriptions[-1] = either([descriptions[-1].removeprefix("either "), clause.description])
        else:
            groups += [list(group) for group in clause.groups]
            (descriptions if clause.condition else times).append(clause.description)
    that = f" that {' and '.join(descriptions)}" if descriptions else ""
    return PaperFilter(clauses, groups, that + "".join(f", {time}" for time in times))


def years(atoms: Sequence[Atom]) -> dict[str, int] | None:
    """First (`since`) and last year (`until`) of conditions on time; None unless all are on whole years,
    each bound once.
    """
    given = [(name, value) for atom in atoms for name, value in atom.parameters.items()]
    found = {name: value for name, value in given if isinstance(value, int)}
    return found if len(found) == len(given) else None


def _check_joins(clauses: Sequence[Clause]) -> None:
    choices = [place for place, clause in enumerate(clauses) if clause.joined == "or"]
    if choices and choices[0] == 0:
        raise JoinError("there is nothing before “or” that it could join")
    if choices and (
        any(clause.joined == "and" for clause in clauses)
        or choices[-1] != len(clauses) - 1
        or choices != list(range(choices[0], len(clauses)))
        or any(len(clause.groups) > 1 or clause.groups[0][0].negated for clause in clauses[choices[0] - 1 :])
    ):
        raise JoinError("“and”, “or” and “not” together can be read in two ways")
