"""An entity over all papers: what identifies it, and how often papers write it in which way."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.knowledge.catalogue import CatalogueEntry
from kg.link.names.expansions import expands, says_little
from kg.link.names.kinds import kind_of
from kg.link.names.name_use import NameUse
from kg.link.names.parts import without_possessive

# TeX and brackets without their partner are left over from the sentence around a name, clauses are part of it.
_LEFT_OVER = re.compile(
    r"[\\{}\[\]]|^[^$]*\$[^$]*$|^[^(]*\)|\([^)]*$|[;:]\s|, (?:an?|the|and an?|which|that|where|while|it|we) "
)
_LIST = re.compile(r"[,!?]\s")


class Meaning(NamedTuple):
    """Meaning of a name: equal for all names of one entity, different for those of others.

    Attributes:
        how: `catalogue`; `name`; `coined` for what one paper introduces under a name that others introduce too; or
            `override` for what a correction made.
        kind: `data` or `system`; for `catalogue` the entry's type.
        key: for `catalogue` the entry's name, else a normal form.
        paper: key of the paper that coined it, else empty.
    """

    how: str
    kind: str
    key: str
    paper: str = ""


@dataclass(slots=True)
class LinkedEntity:
    """An entity of the graph to be, and what papers say about it, as counts.

    `id`, `name` and `type` are empty until `kg.link.names.entity_ids.assign_ids` sets them.

    Attributes:
        meaning: what its names mean.
        entry: its entry in the catalogue, if it has one.
        types: number of papers by the type that they give it.
        names: number of papers by the name that they use, acronyms in the singular.
        forms: number of papers by written form.
        long_forms: number of papers by the long form that they give with an acronym.
    """

    meaning: Meaning
    entry: CatalogueEntry | None
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
        if self.type:
            return kind_of(self.type)
        return self.meaning.kind if self.meaning.how != "catalogue" else kind_of(self.meaning.kind)

    @property
    def origin(self) -> str:
        """The source of its catalogue entry; without one `override` if a correction made it, else `extracted`."""
        if self.entry and self.entry.source:
            return self.entry.source
        return "override" if self.meaning.how == "override" else "extracted"

    @property
    def has_one_form(self) -> bool:
        """Whether it is always written as its name, so that it has no aliases."""
        return self.entry is None and len(self.forms) == 1 and self.name in self.forms

    @property
    def aliases(self) -> list[str]:
        """All other names: forms that papers write and that can be names, most frequent first, then the catalogue's."""
        known = self.entry.names if self.entry else ()
        found = dict.fromkeys(form for form in by_count(self.forms) if form in known or self._can_be_alias(form))
        found.update(dict.fromkeys(known))
        found.pop(self.name, None)
        return list(found)

    def count(self, use: NameUse, papers: int = 1) -> None:
        """Counts papers that name it like this; a negative number takes them out again."""
        _add(self.types, use.type, papers)
        _add(self.names, _singular(use.name), papers)
        for form in use.forms:
            _add(self.forms, form, papers)
        if use.long_form:
            _add(self.long_forms, use.long_form, papers)

    def absorb(self, other: "LinkedEntity") -> None:
        """Adds the counts of another entity that is the same as this one; its name becomes an alias."""
        for counts, more in (
            (self.types, other.types),
            (self.names, other.names),
            (self.forms, other.forms),
            (self.long_forms, other.long_forms),
        ):
            counts.update(more)
        for form in (other.name, *(other.entry.names if other.entry else ())):
            self.forms.setdefault(form, 0)

    def _can_be_alias(self, form: str) -> bool:
        """Whether a form can be another name: nothing of a sentence is left on it, and it says which thing is meant.

        Plain words and lists are names where they are what its acronym stands for.
        """
        if _LEFT_OVER.search(form):
            return False
        if form != self.name and expands(self.name, form):
            return True
        return not _LIST.search(form) and (not says_little(form) or says_little(self.name))


def by_count(counts: Counter[str]) -> list[str]:
    """The keys, most frequent first; ties by the longer, then by the first in the alphabet."""
    if len(counts) == 1:
        return list(counts)
    return sorted(counts, key=lambda form: (-counts[form], -len(form), form))


def _add(counts: Counter[str], form: str, papers: int) -> None:
    # Counter calls a Python method for a missing key: too slow for half a million keys.
    total = counts.get(form, 0) + papers
    if total:
        counts[form] = total
    else:
        counts.pop(form, None)


def _singular(name: str) -> str:
    """The name without a possessive; if it ends as the plural of an acronym, without the s."""
    name = without_possessive(name)
    return name[:-1] if len(name) > 2 and name.endswith("s") and name[-2].isupper() else name
