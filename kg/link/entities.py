"""Which names mean one thing, over all papers: catalogue, acronyms with their long forms, and normal forms.

A name with a long form is that long form's; a bare acronym is the long form's that most papers give it, if one
prevails. So two papers that coin the same letters for different words keep two nodes.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.extract.catalogue import Catalogue, Entry
from kg.names import name_key, slug
from kg.schema import DATA_LABELS, Entity

_PREVAILS = 0.6
_ACRONYM = 6

Cluster = tuple[str, str, str]
"""How a cluster is known: `catalogue`, `long` or `form`; type or kind; canonical name or normal form."""


@dataclass(slots=True)
class Statistics:
    """What all papers say of one cluster."""

    types: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    long_forms: Counter[str] = field(default_factory=Counter)
    entry: Entry | None = None

    def add(self, other: "Statistics") -> None:
        """Takes over all counts of another cluster."""
        for mine, theirs in (
            (self.types, other.types),
            (self.names, other.names),
            (self.forms, other.forms),
            (self.long_forms, other.long_forms),
        ):
            mine.update(theirs)


@dataclass(frozen=True, slots=True)
class Linked:
    """A node to be: one thing with all its names."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    origin: str


class EntityLinker:
    """Gathers the entities of all papers (`add`), then says which node each is (`link`, after `close`)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._statistics: dict[Cluster, Statistics] = defaultdict(Statistics)
        self._acronyms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._moved: dict[Cluster, Cluster] = {}
        self._linked: dict[Cluster, Linked] = {}

    def add(self, entity: Entity) -> None:
        """Counts one paper's entity."""
        cluster, entry = self._cluster(entity)
        found = self._statistics[cluster]
        found.entry = entry
        found.types[entity.type] += 1
        found.names[entity.name] += 1
        forms = {mention.text for mention in entity.mentions}
        found.forms.update(forms)
        long = _long_form(entity)
        if long:
            found.long_forms[long] += 1
            if entry is None:
                for form in forms:
                    if _is_acronym(form):
                        self._acronyms[_kind(entity.type), name_key(form)][cluster[2]] += 1

    def close(self) -> None:
        """Decides bare acronyms and gives every cluster its node."""
        for cluster in sorted(self._statistics):
            how, kind, key = cluster
            longs = self._acronyms.get((kind, key))
            if how == "form" and longs:
                best, count = min(longs.items(), key=lambda item: (-item[1], item[0]))
                if count >= _PREVAILS * longs.total():
                    self._moved[cluster] = ("long", kind, best)
        for cluster, target in self._moved.items():
            self._statistics[target].add(self._statistics.pop(cluster))
        taken: set[str] = set()
        order = sorted(self._statistics, key=lambda c: (c[0] != "catalogue", -self._statistics[c].types.total(), c))
        for cluster in order:
            self._linked[cluster] = _node(self._statistics[cluster], taken)

    def link(self, entity: Entity) -> Linked:
        """The node of a paper's entity, which must have been added."""
        cluster, _ = self._cluster(entity)
        return self._linked[self._moved.get(cluster, cluster)]

    def nodes(self) -> list[Linked]:
        """All nodes, by id."""
        return sorted(self._linked.values(), key=lambda linked: linked.id)

    def _cluster(self, entity: Entity) -> tuple[Cluster, Entry | None]:
        kind = _kind(entity.type)
        long = _long_form(entity)
        entry = self._known(entity, long)
        if entry is not None:
            return ("catalogue", entry.type, entry.name), entry
        if long and any(_is_acronym(mention.text) for mention in entity.mentions):
            return ("long", kind, _singular(name_key(long))), None
        return ("form", kind, _singular(name_key(entity.name))), None

    def _known(self, entity: Entity, long: str | None) -> Entry | None:
        kind = _kind(entity.type)
        forms = [entity.name, *(mention.text for mention in entity.mentions)]
        for form in dict.fromkeys(sorted(forms, key=lambda text: (-len(text), text))):
            senses = [entry for entry in self._catalogue.senses(form) if _kind(entry.type) == kind]
            if not senses:
                singular = form.removesuffix("s")
                senses = [entry for entry in self._catalogue.senses(singular) if _kind(entry.type) == kind]
            for entry in sorted(senses, key=lambda e: (e.type != entity.type, e.type, e.name)):
                if not (long and _is_acronym(form) and _contradicts(entry, long)):
                    return entry
        return None


def _node(found: Statistics, taken: set[str]) -> Linked:
    entry = found.entry
    if entry:
        # Whether something is only trained on or evaluated on is said by the papers, not by the list.
        type_ = _prevailing(found.types) if entry.type in DATA_LABELS else entry.type
        name = entry.name
    else:
        type_ = _prevailing(found.types)
        name = min(found.names, key=lambda form: (-found.names[form], -len(form), form))
    base = f"{type_.lower()}/{slug(name)}"
    identifier = base
    if identifier in taken and found.long_forms:
        long = min(found.long_forms, key=lambda form: (-found.long_forms[form], -len(form), form))
        identifier = f"{base}-{slug(long)}"
    number = 2
    while identifier in taken:
        identifier = f"{base}-{number}"
        number += 1
    taken.add(identifier)
    written = sorted(found.forms, key=lambda form: (-found.forms[form], -len(form), form))
    aliases = dict.fromkeys([*written, *(entry.aliases if entry else ())])
    aliases.pop(name, None)
    return Linked(identifier, name, type_, tuple(aliases), entry.source if entry else "extracted")


def _prevailing(types: Counter[str]) -> str:
    """The most frequent type; Benchmark before Dataset wherever one paper evaluates on it."""
    if types["Benchmark"] and types["Dataset"]:
        return "Benchmark"
    return min(types, key=lambda type_: (-types[type_], type_))


def _kind(type_: str) -> str:
    return "data" if type_ in DATA_LABELS else "system"


def _singular(key: str) -> str:
    return key[:-1] if len(key) > 4 and key.endswith("s") and not key.endswith("ss") else key


def _is_acronym(form: str) -> bool:
    return " " not in form and any(ch.isupper() for ch in form)


def _long_form(entity: Entity) -> str | None:
    """The longest form of several words, where the paper also writes a short one."""
    forms = {mention.text for mention in entity.mentions}
    long = sorted((form for form in forms if " " in form.strip()), key=lambda form: (-len(form), form))
    return long[0] if long and any(_is_acronym(form) for form in forms) else None


def _contradicts(entry: Entry, long: str) -> bool:
    """Whether a long form shows that the acronym means something else than the entry."""
    known = [form for form in entry.forms if " " in form or "-" in form]
    key = _singular(name_key(long))
    return bool(known) and not any(
        _singular(name_key(form)) in key or key in _singular(name_key(form)) for form in known
    )
