"""The long forms that papers give with acronyms: which of them are the same, and which one prevails."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from kg.link.names.expansions import contains, is_typo, words_key
from kg.link.names.linked_entity import by_count
from kg.link.names.name_groups import NameGroups, NameKey

PREVAILING_SHARE = 0.6
"""A bare acronym means a long form if at least this share of the papers with a long form give that one."""


class Prevailing(NamedTuple):
    """The long form that most papers give with an acronym.

    Attributes:
        key: of the long form.
        papers: number of papers that give it.
        prevails: whether they are at least PREVAILING_SHARE of all papers that give one.
    """

    key: NameKey
    papers: int
    prevails: bool


class LongForms:
    """The long forms of every acronym. First `add` all, then `join`, then `compare` each acronym's."""

    def __init__(self, groups: NameGroups) -> None:
        """Starts empty; `groups` holds every acronym and long form, and gets the joins."""
        self._groups = groups
        self._papers: dict[NameKey, Counter[str]] = defaultdict(Counter)
        self._users: Counter[tuple[NameKey, str]] = Counter()
        self._containing: dict[tuple[NameKey, NameKey], NameKey] = {}

    def __iter__(self) -> Iterator[NameKey]:
        """The acronyms, in the order of their keys."""
        return iter(sorted(self._papers))

    def add(self, acronym: NameKey, long_form: str, papers: int, introduces: bool) -> None:
        """Counts papers that give a long form with an acronym; `introduces` if they introduce the entity."""
        self._papers[acronym][long_form] += papers
        self._users[acronym, long_form] += 0 if introduces else papers

    def join(self) -> None:
        """Makes long forms of the same acronym one name if they have the same words, or one is the other mistyped."""
        papers: dict[NameKey, Counter[str]] = defaultdict(Counter)
        users: Counter[tuple[NameKey, str]] = Counter()
        for acronym, counts in self._papers.items():
            root = self._groups.find(acronym)
            papers[root].update(counts)
            users.update({(root, long): self._users[acronym, long] for long in counts})
        self._papers, self._users = papers, users
        for (kind, _), counts in self._papers.items():
            first: dict[str, str] = {}
            for long in counts:
                self._groups.join(first.setdefault(words_key(long), long), long, kind)
            # Who mistypes is alone: of two that differ by a letter, the rare one is the typo.
            rare = [long for long in first.values() if counts[long] == 1]
            for long, other in product(rare, first.values()):
                if counts[other] > 1 and is_typo(long, other):
                    self._groups.join(other, long, kind)

    def compare(self, acronym: NameKey) -> Prevailing:
        """Takes long forms of an acronym together if one contains the other, and finds the most frequent.

        "Segment Anything" is "Segment Anything Model" where both are SAM, but not where it stands without SAM.
        """
        kind = acronym[0]
        written = self._papers[acronym]
        counts: Counter[NameKey] = Counter()
        for long, papers in sorted(written.items()):
            counts[self._groups.representative(long, kind)] += papers
        for long, other in combinations(sorted(written, key=lambda form: (-written[form], form)), 2):
            one, two = (self._groups.representative(form, kind) for form in (long, other))
            if one != two and (acronym, two) not in self._containing and contains(long, other):
                self._containing[acronym, two] = self.key(acronym, one)
        for two in list(counts):
            one = self.key(acronym, two)
            if one != two:
                counts[one] += counts.pop(two)
        best, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
        return Prevailing(best, most, most >= PREVAILING_SHARE * counts.total())

    def key(self, acronym: NameKey, long: NameKey) -> NameKey:
        """The key of a long form, or of the one that it was taken together with for this acronym."""
        return self._containing.get((acronym, long), long)

    def of(self, acronym: NameKey) -> list[str]:
        """The long forms that papers give with an acronym, as written."""
        return list(self._papers.get(acronym, ()))

    def has_user(self, acronym: NameKey, long: NameKey) -> bool:
        """Whether a paper that does not introduce the entity gives this long form with the acronym."""
        forms = (form for form in self.of(acronym) if self._groups.representative(form, acronym[0]) == long)
        return any(self._users[acronym, form] for form in forms)

    def counted(self, acronym: NameKey) -> list[tuple[str, int]]:
        """The different long forms of an acronym as most papers write them, with the number of papers, most first."""
        counts: dict[NameKey, Counter[str]] = defaultdict(Counter)
        for long, papers in self._papers.get(acronym, {}).items():
            counts[self.key(acronym, self._groups.representative(long, acronym[0]))][long] += papers
        found = [(by_count(written)[0], written.total()) for written in counts.values()]
        return sorted(found, key=lambda item: (-item[1], item[0]))
