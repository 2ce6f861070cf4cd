"""Which names mean one thing, over all papers: catalogue, normal forms, acronyms with their long forms, and coinings.

A name with a long form is that long form's. A bare acronym is the long form's that most papers give it, if one
prevails. A name that several papers introduce, each without a long form, is another thing in each of them, unless more
papers use it than introduce it. So two papers that coin the same letters for different words keep two nodes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import combinations

from kg.knowledge.catalogue import Catalogue, CatalogueEntry
from kg.link.names.forms import contains, expands, is_plural, same_words, words_key
from kg.link.names.kinds import DATA, SYSTEM, kind_of
from kg.link.names.readings import Reading
from kg.link.names.spelling import Name, Spelling
from kg.link.names.things import Sense, Thing, assign, by_count
from kg.text.keys import name_key

PREVAILS = 0.6
"""Share of the papers giving an acronym a long form above which a bare acronym means that long form."""

_ONE_KIND = 0.8
_ENOUGH = 5


class EntityLinker:
    """Gathers the readings of all papers (`add`), decides (`close`), says which thing each is (`link`, `assign`)."""

    def __init__(self, catalogue: Catalogue, origins: Mapping[str, Collection[tuple[str, str]]]) -> None:
        """Takes the list of known things.

        Args:
            catalogue: what is known.
            origins: of what each paper, by key, introduced: type and name in the catalogue.
        """
        self._catalogue = catalogue
        self._origins = origins
        self._spelling, self._catalogue_names = _spelled(catalogue)
        self._papers: Counter[Name] = Counter()
        self._introduced: Counter[Name] = Counter()
        self._plurals: set[str] = set()
        self._longs: dict[Name, Counter[str]] = defaultdict(Counter)
        self._used: Counter[tuple[Name, str]] = Counter()
        self._entries: dict[Name, list[CatalogueEntry]] = defaultdict(list)
        self._learned: dict[Name, CatalogueEntry] = {}
        self._within: dict[tuple[Name, Name], Name] = {}
        self._meanings: dict[Name, Name] = {}
        self._coined: set[Name] = set()
        self._other_kind: dict[Name, str] = {}
        self.things: dict[Sense, Thing] = {}

    def add(self, reading: Reading, introduces: bool, times: int) -> None:
        """Counts what some papers say, all in the same way; `introduces` where they introduce it."""
        kind = reading.kind
        name = self._spelling.note(reading.acronym or reading.name, kind)
        self._papers[name] += times
        self._introduced[name] += times if introduces else 0
        if reading.long_form:
            self._spelling.note(reading.long_form, kind)
            self._longs[name][reading.long_form] += times
            self._used[name, reading.long_form] += 0 if introduces else times
        for form in reading.forms:
            if form[-1:] == "s" and " " not in form and is_plural(form):
                self._plurals.add(form)

    def close(self) -> None:
        """Decides what is one name, and what each name means."""
        self._join_plurals()
        self._join_long_forms()
        for name, entry in self._catalogue_names:
            known = self._entries[self._spelling.root(name)]
            if entry not in known:
                known.append(entry)
        self._papers, self._introduced = self._rooted(self._papers), self._rooted(self._introduced)
        for name in sorted(self._longs):
            self._decide_acronym(name)
        for name, introduced in self._introduced.items():
            if introduced > 1 and 2 * introduced >= self._papers[name]:
                self._coined.add(name)
        self._decide_kinds()

    def sense(self, reading: Reading, introduces: bool, paper: str) -> Sense:
        """What a paper's reading is, after `close`."""
        kind = reading.kind
        name = self._spelling.name(reading.acronym or reading.name, kind)
        if not reading.long_form and name in self._other_kind:
            kind = self._other_kind[name]
            name = self._spelling.name(reading.name, kind)
        if introduces:
            entry = self._origin(paper, reading, kind)
            if entry:
                return _known(entry)
        if reading.long_form:
            long = self._spelling.name(reading.long_form, kind)
            long = self._within.get((name, long), long)
            entry = self._learned.get(long) or self._entry(long, reading)
            return _known(entry) if entry else Sense("name", *long)
        if introduces and name in self._coined:
            return Sense("coined", *name, paper)
        for form in reading.forms:
            entry = self._entry(self._spelling.name(form, kind), reading)
            if entry and self._fits(entry, form, introduces):
                return _known(entry)
        return self._prevailing(name, reading)

    def has_origins(self, paper: str) -> bool:
        """Whether a paper introduced what the catalogue knows, so that what it says must be seen with it."""
        return paper in self._origins

    def thing(self, sense: Sense) -> Thing:
        """The thing of a sense, the same each time."""
        thing = self.things.get(sense)
        if thing is None:
            entry = self._catalogue_entry(sense) if sense.how == "catalogue" else None
            thing = self.things[sense] = Thing(sense, entry)
        return thing

    def named(self, name: Name, type_: str) -> Thing | None:
        """The thing that a bare name of this kind means, if there is one of this type."""
        thing = self.things.get(self._meaning(self._spelling.root(name), Reading(name[0], type_, "", (), "", "")))
        return thing if thing and thing.type == type_ else None

    def known(self, form: str, type_: str, *, certain: bool) -> Thing | None:
        """The catalogue's thing that is written so; unless it is `certain` that it is meant, no ordinary word."""
        thing = self.named(self._spelling.name(form, kind_of(type_)), type_)
        if thing is None or thing.entry is None or form not in thing.entry.forms:
            return None
        return thing if certain or self._catalogue.rule(form) == "any" else None

    def is_one_name(self, one: str, other: str, kind: str) -> bool:
        """Whether two forms are the same name: by normal form, number or spelling of their words."""
        return self._spelling.name(one, kind) == self._spelling.name(other, kind)

    def meaning(self, form: str, kind: str) -> Sense:
        """What a bare form means."""
        return self._meaning(self._spelling.name(form, kind), Reading(kind, "", form, (form,), "", ""))

    def meanings(self, form: str, kind: str) -> list[tuple[str, int]]:
        """The long forms that papers give an acronym, each with the number of papers, most first."""
        counts: dict[Name, Counter[str]] = defaultdict(Counter)
        name = self._spelling.name(form, kind)
        for long, count in self._longs.get(name, {}).items():
            known = self._spelling.name(long, kind)
            counts[self._within.get((name, known), known)][long] += count
        found = [(by_count(written)[0], written.total()) for written in counts.values()]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def assign(self) -> None:
        """Gives every thing its type, name and id."""
        assign(self.things.values())

    def _rooted(self, counts: Counter[Name]) -> Counter[Name]:
        rooted: Counter[Name] = Counter()
        for name, count in counts.items():
            rooted[self._spelling.root(name)] += count
        return rooted

    def _join_plurals(self) -> None:
        """A word in the plural is the word, where papers or the catalogue have it in the singular."""
        written = {*self._papers, *(name for name, _ in self._catalogue_names)}
        for form in self._plurals:
            for kind in (DATA, SYSTEM):
                if self._spelling.note(form[:-1], kind) in written:
                    self._spelling.join(form[:-1], form, kind)

    def _join_long_forms(self) -> None:
        """Long forms of the same acronym that have the same words are one name."""
        longs: dict[Name, Counter[str]] = defaultdict(Counter)
        used: Counter[tuple[Name, str]] = Counter()
        for name, counts in self._longs.items():
            root = self._spelling.root(name)
            longs[root].update(counts)
            used.update({(root, long): self._used[name, long] for long in counts})
        self._longs, self._used = longs, used
        for (kind, _), counts in self._longs.items():
            first: dict[str, str] = {}
            for long in counts:
                self._spelling.join(first.setdefault(words_key(long), long), long, kind)

    def _decide_acronym(self, name: Name) -> None:
        """Which long forms are the catalogue's meaning of an acronym, and which one a bare acronym has."""
        kind = name[0]
        written = self._longs[name]
        counts: Counter[Name] = Counter()
        for long, count in sorted(written.items()):
            counts[self._spelling.name(long, kind)] += count
        # "Segment Anything" is "Segment Anything Model" where both are SAM, not wherever they stand.
        for long, other in combinations(sorted(written, key=lambda form: (-written[form], form)), 2):
            one, two = (self._spelling.name(form, kind) for form in (long, other))
            if one != two and (name, two) not in self._within and contains(long, other):
                self._within[name, two] = self._within.get((name, one), one)
        for two in list(counts):
            one = self._within.get((name, two), two)
            if one != two:
                counts[one] += counts.pop(two)
        best, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
        prevails = most >= PREVAILS * counts.total()
        for entry in self._entries.get(name, ()):
            known = [form for form in entry.forms for short in entry.forms if expands(short, form)]
            if known:
                for long in written:
                    if any(same_words(long, form) for form in known):
                        self._learned.setdefault(self._spelling.name(long, kind), entry)
            elif prevails and best not in self._entries and (most > 1 or self._is_told(entry, name, best)):
                self._learned.setdefault(best, entry)
        if prevails and best != name:
            self._meanings[name] = best

    def _is_told(self, entry: CatalogueEntry, name: Name, long: Name) -> bool:
        """Whether a single paper's long form of a known name can be trusted: it uses the name, and no word is meant."""
        forms = (form for form in self._longs[name] if self._spelling.name(form, name[0]) == long)
        used = any(self._used[name, form] for form in forms)
        return used and len(name[1]) > 2 and self._catalogue.rule(entry.name) == "any"

    def _decide_kinds(self) -> None:
        """A name that nearly all papers use for one kind of thing is no other kind where nothing says so."""
        by_key: dict[str, list[Name]] = defaultdict(list)
        for name in self._papers:
            by_key[name[1]].append(name)
        for names in by_key.values():
            if len(names) < 2:
                continue
            total = sum(self._papers[name] for name in names)
            best = max(sorted(names), key=lambda name: self._papers[name])
            if total >= _ENOUGH and self._papers[best] >= _ONE_KIND * total:
                for name in names:
                    if name != best and not self._entries.get(name) and not self._introduced[name]:
                        self._other_kind[name] = best[0]

    def _entry(self, name: Name, reading: Reading) -> CatalogueEntry | None:
        """The catalogue's entry of a name, of several that of the paper's type."""
        known = self._entries.get(name)
        if not known:
            return None
        return min(known, key=lambda e: (e.type != reading.type, e.type, e.name), default=None)

    def _origin(self, paper: str, reading: Reading, kind: str) -> CatalogueEntry | None:
        """The entry that this paper introduced, if it is one of the names that the paper gives this thing."""
        known = self._origins.get(paper)
        if not known:
            return None
        entries = (entry for form in reading.forms for entry in self._entries.get(self._spelling.name(form, kind), ()))
        return next((entry for entry in entries if (entry.type, entry.name) in known), None)

    def _fits(self, entry: CatalogueEntry, form: str, introduces: bool) -> bool:
        """Whether a form can be the entry: an ordinary word must be written as it, above all where it is introduced."""
        rules = {self._catalogue.rule(known) for known in entry.forms if name_key(known) == name_key(form)}
        if "never" not in rules and not (introduces and "cued" in rules):
            return True
        written = _letters(form)
        return any(_letters(known) in {written, written.removesuffix("s")} for known in entry.forms)

    def _meaning(self, name: Name, reading: Reading) -> Sense:
        """What a bare name means: what the catalogue says, else what prevails."""
        entry = self._entry(name, reading)
        return _known(entry) if entry else self._prevailing(name, reading)

    def _prevailing(self, name: Name, reading: Reading) -> Sense:
        """What a name means that the catalogue does not have, or not written so."""
        long = self._meanings.get(name, name)
        entry = self._learned.get(long) or (self._entry(long, reading) if long != name else None)
        return _known(entry) if entry else Sense("name", *long)

    def _catalogue_entry(self, sense: Sense) -> CatalogueEntry:
        kind = kind_of(sense.kind)
        return next(
            entry
            for entry in self._entries[self._spelling.name(sense.key, kind)]
            if (entry.type, entry.name) == (sense.kind, sense.key)
        )


def _spelled(catalogue: Catalogue) -> tuple[Spelling, list[tuple[Name, CatalogueEntry]]]:
    """The spelling of all that is known, to go on from, and every name with its entry."""
    spelling, names = _prepared(catalogue)
    return spelling.copy(), names


@lru_cache(maxsize=1)
def _prepared(catalogue: Catalogue) -> tuple[Spelling, list[tuple[Name, CatalogueEntry]]]:
    spelling = Spelling()
    return spelling, [
        (spelling.note(form, kind_of(entry.type)), entry) for entry in catalogue.entries for form in entry.forms
    ]


def _known(entry: CatalogueEntry) -> Sense:
    return Sense("catalogue", entry.type, entry.name)


def _letters(form: str) -> str:
    return "".join(ch for ch in form if ch.isalnum())
