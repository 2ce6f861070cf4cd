"""Which names mean one entity, over all papers: catalogue, normal forms, acronyms with long forms, and coined names.

A name that a paper gives with a long form means what the long form means. A bare acronym means the long form that
prevails among papers, if one does. A name that several papers introduce, each without a long form, means a different
entity in each of them, unless more papers use it than introduce it. So two papers that coin the same letters for
different words get two nodes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from kg.knowledge.catalogue import Catalogue, CatalogueEntry
from kg.link.names.entity_ids import assign_ids
from kg.link.names.expansions import expands, same_words
from kg.link.names.forms import is_plural
from kg.link.names.kinds import DATA, SYSTEM, kind_of
from kg.link.names.linked_entity import LinkedEntity, Meaning
from kg.link.names.long_forms import LongForms
from kg.link.names.name_groups import NameGroups, NameKey
from kg.link.names.name_use import NameUse
from kg.text.keys import name_key

_ONE_KIND_SHARE = 0.8
_ONE_KIND_PAPERS = 5
# Few papers with the other kind are mistaken also where not many have the name, if it is unlikely to mean two things.
_FEW_PAPERS = 2
_ONE_KIND_SHARE_BUT_FEW = 2 / 3
_LONG_NAME = 5

# What a thing is may follow its name: "the CLIP model". Only coined names stay the same.
_KIND_WORDS = {
    DATA: re.compile(r"(?P<name>\S+(?: \d[\d.]*)?) (?:benchmark|corpus|data ?set)s?", re.IGNORECASE),
    SYSTEM: re.compile(
        r"(?P<name>\S+(?: \d[\d.]*)?) (?:algorithm|architecture|framework|method|model)s?", re.IGNORECASE
    ),
}
_COINED = re.compile(r".*(?:[A-Z]{2}|[a-z\d][A-Z]|\d)")


class EntityLinker:
    """Decides what names mean: `add` the name uses of all papers, then `decide`, then ask and `assign_ids`.

    Attributes:
        entities: every entity that was asked for, by what its names mean.
    """

    def __init__(self, catalogue: Catalogue, origins: Mapping[str, Collection[tuple[str, str]]]) -> None:
        """Starts with the catalogue alone.

        Args:
            catalogue: known entities.
            origins: for the key of a paper the type and name of each catalogue entry that it introduced.
        """
        self.entities: dict[Meaning, LinkedEntity] = {}
        self._catalogue = catalogue
        self._origins = origins
        self._groups, self._catalogue_names = _catalogue_groups(catalogue)
        self._long_forms = LongForms(self._groups)
        self._papers: Counter[NameKey] = Counter()
        self._introduced: Counter[NameKey] = Counter()
        self._plurals: set[str] = set()
        self._with_kind_word: set[tuple[str, str, str]] = set()
        self._entries: dict[NameKey, list[CatalogueEntry]] = defaultdict(list)
        # Catalogue entries by long forms that papers give with an acronym of the catalogue.
        self._learned: dict[NameKey, CatalogueEntry] = {}
        self._prevailing: dict[NameKey, NameKey] = {}
        self._coined: set[NameKey] = set()
        self._other_kind: dict[NameKey, str] = {}

    def add(self, use: NameUse, introduces: bool, papers: int) -> None:
        """Counts papers that name an entity like this; `introduces` if they introduce it."""
        kind = use.kind
        name = self._groups.add(use.acronym or use.name, kind)
        self._papers[name] += papers
        self._introduced[name] += papers if introduces else 0
        if use.long_form:
            self._groups.add(use.long_form, kind)
            self._long_forms.add(name, use.long_form, papers, introduces)
        for form in use.forms:
            if form[-1:] == "s" and " " not in form and is_plural(form):
                self._plurals.add(form)
            if " " in form and (found := _KIND_WORDS[kind].fullmatch(form)) and _COINED.match(found["name"]):
                self._with_kind_word.add((found["name"], form, kind))

    def decide(self) -> None:
        """Decides which forms are one name, and what each name means."""
        self._join_plurals()
        self._join_kind_words()
        self._long_forms.join()
        for name, entry in self._catalogue_names:
            known = self._entries[self._groups.find(name)]
            if entry not in known:
                known.append(entry)
        self._papers, self._introduced = self._grouped(self._papers), self._grouped(self._introduced)
        for acronym in self._long_forms:
            self._decide_acronym(acronym)
        for name, introduced in self._introduced.items():
            if introduced > 1 and 2 * introduced >= self._papers[name]:
                self._coined.add(name)
        self._decide_kinds()

    def meaning(self, use: NameUse, introduces: bool, paper: str, *, clearly: bool = True) -> Meaning:
        """What a paper means by a name; after `decide`.

        Args:
            use: how the paper names the entity.
            introduces: whether its text says that it introduces the entity.
            paper: its key.
            clearly: whether that is sure; if not, it means by an ordinary word what others mean by it.
        """
        kind = use.kind
        name = self._groups.representative(use.acronym or use.name, kind)
        if not use.long_form and name in self._other_kind:
            kind = self._other_kind[name]
            name = self._groups.representative(use.name, kind)
        if introduces:
            entry = self._introduced_entry(paper, use, kind)
            if entry:
                return _in_catalogue(entry)
        if use.long_form:
            long = self._long_forms.key(name, self._groups.representative(use.long_form, kind))
            entry = self._learned.get(long) or self._entry(long, use.type)
            return _in_catalogue(entry) if entry else Meaning("name", *long)
        if introduces and name in self._coined:
            return Meaning("coined", *name, paper)
        for form in use.forms:
            entry = self._entry(self._groups.representative(form, kind), use.type)
            if entry and self._may_mean(form, entry, introduces and clearly):
                return _in_catalogue(entry)
        return self._prevailing_meaning(name, use.type)

    def coined_meaning(self, use: NameUse, paper: str) -> Meaning:
        """What a paper means by a name that others use for something else, and that it coins for its own."""
        return Meaning("coined", *self._groups.representative(use.acronym or use.name, use.kind), paper)

    def has_origins(self, paper: str) -> bool:
        """Whether a paper introduced something in the catalogue, so that its names depend on which paper it is."""
        return paper in self._origins

    def entity(self, meaning: Meaning) -> LinkedEntity:
        """The entity with this meaning, the same object each time."""
        entity = self.entities.get(meaning)
        if entity is None:
            entry = self._catalogue_entry(meaning) if meaning.how == "catalogue" else None
            entity = self.entities[meaning] = LinkedEntity(meaning, entry)
        return entity

    def entity_named(self, name: NameKey, type_: str) -> LinkedEntity | None:
        """The entity that a bare name means, if there is one and it has this type; after `assign_ids`."""
        entity = self.entities.get(self._bare_meaning(self._groups.find(name), type_))
        return entity if entity and entity.type == type_ else None

    def catalogue_entity(self, form: str, type_: str, *, certain: bool) -> LinkedEntity | None:
        """The catalogue's entity of this type that is written exactly so, or None; after `assign_ids`.

        Unless it is `certain` that the form means it, forms that are also ordinary words give None.
        """
        entity = self.entity_named(self._groups.representative(form, kind_of(type_)), type_)
        if entity is None or entity.entry is None or form not in entity.entry.names:
            return None
        return entity if certain or self._catalogue.rule(form) == "any" else None

    def is_one_name(self, one: str, other: str, kind: str) -> bool:
        """Whether two forms are the same name, also where plural or spelling of their words differ."""
        return self._groups.representative(one, kind) == self._groups.representative(other, kind)

    def bare_meaning(self, form: str, kind: str) -> Meaning:
        """What a form means where it stands alone, without a long form."""
        return self._bare_meaning(self._groups.representative(form, kind), "")

    def long_forms(self, form: str, kind: str) -> list[tuple[str, int]]:
        """The long forms that papers give with an acronym, each with the number of papers, most first."""
        return self._long_forms.counted(self._groups.representative(form, kind))

    def assign_ids(self) -> None:
        """Sets type, name and id of every entity."""
        assign_ids(self.entities.values())

    def _grouped(self, counts: Counter[NameKey]) -> Counter[NameKey]:
        grouped: Counter[NameKey] = Counter()
        for name, count in counts.items():
            grouped[self._groups.find(name)] += count
        return grouped

    def _join_plurals(self) -> None:
        """Joins a plural with its singular, where papers or the catalogue have the singular."""
        written = {*self._papers, *(name for name, _ in self._catalogue_names)}
        for form in self._plurals:
            for kind in (DATA, SYSTEM):
                if self._groups.add(form[:-1], kind) in written:
                    self._groups.join(form[:-1], form, kind)

    def _join_kind_words(self) -> None:
        """Joins a coined name followed by what it is with the bare name, where papers or the catalogue have that."""
        written = {*self._papers, *(name for name, _ in self._catalogue_names)}
        for name, form, kind in self._with_kind_word:
            if self._groups.add(name, kind) in written:
                self._groups.join(name, form, kind)

    def _decide_acronym(self, acronym: NameKey) -> None:
        """Decides which of its long forms mean a catalogue entry, and what the bare acronym means."""
        kind = acronym[0]
        best, papers, prevails = self._long_forms.compare(acronym)
        for entry in self._entries.get(acronym, ()):
            known = [form for form in entry.names for short in entry.names if expands(short, form)]
            if known:
                for long in self._long_forms.of(acronym):
                    if any(same_words(long, form) for form in known):
                        self._learned.setdefault(self._groups.representative(long, kind), entry)
            elif prevails and best not in self._entries and (papers > 1 or self._is_credible(entry, acronym, best)):
                self._learned.setdefault(best, entry)
        if prevails and best != acronym:
            self._prevailing[acronym] = best

    def _is_credible(self, entry: CatalogueEntry, acronym: NameKey, long: NameKey) -> bool:
        """Whether one paper is enough to learn an entry's long form: it uses the entity, and the acronym is no word."""
        used = self._long_forms.has_user(acronym, long)
        return used and len(acronym[1]) > 2 and self._catalogue.rule(entry.name) == "any"

    def _decide_kinds(self) -> None:
        """If at least 80 % of at least five papers use one type, the rest take it too, unless catalogued or introduced.

        Two thirds are enough where at most two papers use the other, and the name has one meaning. Type means kind
        here: data (benchmark or dataset) or system (model or method).
        """
        by_key: dict[str, list[NameKey]] = defaultdict(list)
        for name in self._papers:
            by_key[name[1]].append(name)
        for names in by_key.values():
            if len(names) < 2:
                continue
            total = sum(self._papers[name] for name in names)
            best = max(sorted(names), key=lambda name: self._papers[name])
            most = self._papers[best]
            many = total >= _ONE_KIND_PAPERS and most >= _ONE_KIND_SHARE * total
            few = total - most <= _FEW_PAPERS and most >= _ONE_KIND_SHARE_BUT_FEW * total
            if many or (few and self._has_one_meaning(best)):
                for name in names:
                    if name != best and not self._entries.get(name) and not self._introduced[name]:
                        self._other_kind[name] = best[0]

    def _has_one_meaning(self, name: NameKey) -> bool:
        """Whether a name is long enough to be coined once, no two papers introduce it, and it is no acronym."""
        return len(name[1]) >= _LONG_NAME and name not in self._coined and not self._long_forms.of(name)

    def _entry(self, name: NameKey, type_: str) -> CatalogueEntry | None:
        """The catalogue entry with this name; of several one of this type, if there is one."""
        known = self._entries.get(name)
        if not known:
            return None
        return min(known, key=lambda e: (e.type != type_, e.type, e.name), default=None)

    def _introduced_entry(self, paper: str, use: NameUse, kind: str) -> CatalogueEntry | None:
        """The catalogue entry that this paper introduced, if the paper writes one of its names here."""
        known = self._origins.get(paper)
        if not known:
            return None
        names = (self._groups.representative(form, kind) for form in use.forms)
        entries = (entry for name in names for entry in self._entries.get(name, ()))
        return next((entry for entry in entries if (entry.type, entry.name) in known), None)

    def _may_mean(self, form: str, entry: CatalogueEntry, introduces: bool) -> bool:
        """Whether a form may mean an entry: one that is an ordinary word must be written exactly as the entry.

        For a paper that introduces something under the form this also holds for words that need a cue.
        """
        rules = {self._catalogue.rule(known) for known in entry.names if name_key(known) == name_key(form)}
        if "never" not in rules and not (introduces and "cued" in rules):
            return True
        written = _letters(form)
        return any(_letters(known) in {written, written.removesuffix("s")} for known in entry.names)

    def _bare_meaning(self, name: NameKey, type_: str) -> Meaning:
        """What a bare name means: its catalogue entry, else its most frequent long form."""
        entry = self._entry(name, type_)
        return _in_catalogue(entry) if entry else self._prevailing_meaning(name, type_)

    def _prevailing_meaning(self, name: NameKey, type_: str) -> Meaning:
        """Meaning of a name outside the catalogue: that of its most frequent long form, if there is one."""
        long = self._prevailing.get(name, name)
        entry = self._learned.get(long) or (self._entry(long, type_) if long != name else None)
        return _in_catalogue(entry) if entry else Meaning("name", *long)

    def _catalogue_entry(self, meaning: Meaning) -> CatalogueEntry:
        kind = kind_of(meaning.kind)
        return next(
            entry
            for entry in self._entries[self._groups.representative(meaning.key, kind)]
            if (entry.type, entry.name) == (meaning.kind, meaning.key)
        )


def _catalogue_groups(catalogue: Catalogue) -> tuple[NameGroups, list[tuple[NameKey, CatalogueEntry]]]:
    """The groups of the catalogue's names, in a copy that may grow, and the key of every name with its entry."""
    groups, names = _shared_catalogue_groups(catalogue)
    return groups.copy(), names


@lru_cache(maxsize=1)
def _shared_catalogue_groups(catalogue: Catalogue) -> tuple[NameGroups, list[tuple[NameKey, CatalogueEntry]]]:
    groups = NameGroups()
    return groups, [
        (groups.add(form, kind_of(entry.type)), entry) for entry in catalogue.entries for form in entry.names
    ]


def _in_catalogue(entry: CatalogueEntry) -> Meaning:
    return Meaning("catalogue", entry.type, entry.name)


def _letters(form: str) -> str:
    return "".join(ch for ch in form if ch.isalnum())
