"""Corrections, applied to what linking found.

They come in two steps, each in the order of the file: first which things there are and what papers say of them, before
what follows from that (variants, inferred citations, numbers of papers) is worked out; then all other nodes and edges.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.link.corrections import BY, Add, Entry, Hide, Merge, Named, Overrides, Remove, Rename, Retype, Split, is_entity
from kg.link.corrections.references import MissingError, References
from kg.link.names.kinds import DATA, kind_of
from kg.link.names.readings import Reading
from kg.link.names.things import Found, Sense, Thing, by_count, identifier, relation_to
from kg.link.papers.linker import PaperLinker
from kg.schema import EDGES, RELATIONS, Entity, EntityType, Extraction, Result
from kg.text.keys import name_key

Place = tuple[str, str, int]
"""A relation's label, its paper, and `id()` of its thing."""

Claim = tuple[str, str, Thing]
"""`ON` or `OF`, the id of a result, and the thing."""


class _Told(NamedTuple):
    """What a paper says that a split names: its entities, the thing of each, and its results by id."""

    key: str
    extraction: Extraction
    things: list[Thing]
    results: Mapping[str, Result]


class Corrector:
    """Applies a file of corrections in one linking; `warnings` is complete at its end.

    Attributes:
        warnings: of each correction that could not be applied: file, line, why, and what to do.
        references: what the corrections speak of, and where ids lead that they took away.
        lost: ids of results that are on nothing any more.
    """

    def __init__(
        self, overrides: Overrides, papers: PaperLinker, handed_out: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """Takes the corrections.

        Args:
            overrides: the file.
            papers: closed, so that it knows every paper.
            handed_out: for an id of an earlier graph the id that has taken its place, or None.
        """
        self.warnings: list[str] = []
        self.references = References(papers, handed_out)
        self._overrides = overrides
        self._told: list[_Told] = []
        self._relations: dict[Place, Found] = {}
        self._places: dict[int, set[Place]] = {}
        self._claims: dict[int, set[tuple[str, str]]] = {}
        self._things: dict[int, Thing] = {}
        self._absorbed: list[tuple[Thing, Thing]] = []
        self._removed: set[Place] = set()
        self._repeated = False
        self.lost: set[str] = set()
        splits = [entry.correction for entry in overrides.entries if isinstance(entry.correction, Split)]
        self._watched_forms = {form for split in splits for form in split.forms}
        self._watched_papers = {self.references.known_paper(paper) for split in splits for paper in split.papers}

    def wants(self, key: str, forms: Iterable[str]) -> bool:
        """Whether a split is about a paper, or about something that it writes in one of these ways."""
        return key in self._watched_papers or not self._watched_forms.isdisjoint(forms)

    def watch(self, key: str, extraction: Extraction, things: list[Thing], results: Mapping[str, Result]) -> None:
        """Keeps what a paper says; to be told of every paper that it `wants`, before the first step.

        Args:
            key: the paper's.
            extraction: what was found in it.
            things: what each of its entities is.
            results: its results by the id of their nodes.
        """
        self._told.append(_Told(key, extraction, things, results))

    def correct(
        self, things: Iterable[Thing], relations: dict[Place, Found], claims: list[Claim]
    ) -> tuple[list[Thing], list[Claim]]:
        """The first step, on things that have their ids; `relations` is changed in place.

        Returns:
            All things there are now, and what results are of and on.
        """
        if not self._overrides:
            return list(things), claims
        self.references.take(things)
        self._things = {id(thing): thing for thing in self.references.things.values()}
        self._relations = relations
        for place in relations:
            self._places.setdefault(place[2], set()).add(place)
        for label, node, thing in claims:
            self._claims.setdefault(id(thing), set()).add((label, node))
        done: set[str] = set()
        for entry in self._overrides.entries:
            said = entry.correction.model_dump_json(exclude={"who", "why", "when"})
            self._repeated = said in done
            done.add(said)
            try:
                self._apply(entry)
            except MissingError as reason:
                self.warn(entry, str(reason))
        self._repeated = False
        for thing, into in reversed(self._absorbed):
            thing.id, thing.name, thing.type = into.id, into.name, into.type
        hidden = self.references.hidden
        for place in [place for place in relations if place[1] in hidden]:
            del relations[place]
        kept = [
            (label, node, self._things[thing])
            for thing, known in self._claims.items()
            for label, node in known
            if node not in self.lost
        ]
        return list(self.references.things.values()), kept

    def has_second_step(self) -> bool:
        """Whether there is anything to correct beyond things and relations; known after the first step."""
        others = (
            (isinstance(said, Add) and said.add not in RELATIONS)
            or (isinstance(said, Remove) and said.remove not in RELATIONS)
            or (isinstance(said, Hide) and not is_entity(said.hide))
            for said in (entry.correction for entry in self._overrides.entries)
        )
        return bool(self.lost) or any(others)

    def warn(self, entry: Entry, reason: str) -> None:
        """Notes that a correction was not applied, unless it only says again what was done before."""
        if not self._repeated:
            self.warnings.append(f"{self._overrides.place(entry)}: not applied, {reason}")

    def _apply(self, entry: Entry) -> None:
        match entry.correction:
            case Merge() as merge if is_entity(merge.into):
                self._merge(entry, merge)
            case Merge() as merge:
                # They were made one before all else; here it shows whether there are such papers.
                for reference in (*merge.merge, merge.into):
                    self.references.read_paper(reference)
            case Split() as split:
                self._split(entry, split)
            case Rename() as rename:
                self._rename(entry, self.references.thing(rename.rename), rename.to)
            case Retype() as retype:
                self._retype(entry, self.references.thing(retype.retype), retype.to)
            case Hide() as hide:
                self._hide(entry, hide)
            case Add() as add if add.add in RELATIONS:
                self._add(add)
            case Remove() as remove if remove.remove in RELATIONS:
                self._remove(remove)

    def _merge(self, entry: Entry, merge: Merge) -> None:
        into = self.references.thing(merge.into)
        for reference in merge.merge:
            try:
                thing = self.references.thing(reference)
            except MissingError as reason:
                self.warn(entry, str(reason))
                continue
            if thing is into:
                continue
            into.take(thing)
            for told in self._told:
                told.things[:] = [into if known is thing else known for known in told.things]
            self._move(thing, into)
            self._claims.setdefault(id(into), set()).update(self._claims.pop(id(thing), ()))
            self._absorbed.append((thing, into))
            self.references.move(thing.id, into.id)
        self._fit_claims(into)
        self.references.note(into)

    def _rename(self, entry: Entry, thing: Thing, name: str) -> None:
        if thing.name != name:
            thing.forms.setdefault(thing.name, 0)
            thing.name = name
            self._identify(entry, thing)

    def _retype(self, entry: Entry, thing: Thing, type_: EntityType) -> None:
        if thing.type != type_:
            thing.type = type_
            self._move(thing, thing)
            self._fit_claims(thing)
            self._identify(entry, thing)

    def _identify(self, entry: Entry, thing: Thing) -> None:
        """Gives a thing the id that its type and name ask for; the old one leads to it."""
        old = thing.id
        del self.references.things[old]
        thing.id = identifier(thing, self.references.things)
        if thing.id != old:
            self.references.move(old, thing.id)
        plain = identifier(thing, ())
        if thing.id != plain:
            self.warnings.append(
                f"{self._overrides.place(entry)}: {plain} is called so as well, so this one is {thing.id}: "
                "if they are one, merge them"
            )
        self.references.note(thing)

    def _hide(self, entry: Entry, hide: Hide) -> None:
        place = self._overrides.place(entry)
        if is_entity(hide.hide):
            thing = self.references.thing(hide.hide)
            for gone in self._places.pop(id(thing), ()):
                del self._relations[gone]
            self.lost.update(node for label, node in self._claims.pop(id(thing), ()) if label == "ON")
            self.references.hide(thing.id, place)
        elif isinstance(hide.hide, str) and (paper := self.references.known_paper(hide.hide)):
            self.references.hide(paper, place)

    def _split(self, entry: Entry, split: Split) -> None:
        source = self.references.thing(split.split)
        papers = set()
        for reference in split.papers:
            try:
                papers.add(self.references.paper(reference))
            except MissingError as reason:
                self.warn(entry, str(reason))
        if split.papers and not papers:
            return
        forms = set(split.forms)

        def goes(told: _Told, number: int) -> bool:
            written = Reading.of(told.extraction.entities[number]).forms
            return told.things[number] is source and (not forms or not forms.isdisjoint(written))

        parts = [
            (told, [number for number in range(len(told.things)) if goes(told, number)])
            for told in self._told
            if not papers or told.key in papers
        ]
        parts = [(told, numbers) for told, numbers in parts if numbers]
        target = self._target(split, source, create=bool(parts))
        if target is None:
            raise MissingError(f"none of these papers writes {source.id} so: check `papers` and `forms`")
        for told, numbers in parts:
            self._split_paper(told, numbers, source, target)
        if source.name in forms and source.names and not source.entry:
            source.name = by_count(source.names)[0]
        self._fit_claims(target)
        self.references.note(target)
        self.references.note(source)

    def _target(self, split: Split, source: Thing, *, create: bool) -> Thing | None:
        if not isinstance(split.off, Named):
            return self.references.thing(split.off)
        found = self.references.named(split.off, but=source)
        return found or (self._new(split.off) if create else None)

    def _split_paper(self, told: _Told, numbers: list[int], source: Thing, target: Thing) -> None:
        """Moves what some entities of a paper say from one thing to another."""
        for number in numbers:
            reading = Reading.of(told.extraction.entities[number])
            source.count(reading, -1)
            target.count(reading)
            told.things[number] = target
        for place in [place for place in self._places.get(id(source), ()) if place[1] == told.key]:
            if self._relations[place].by != BY:
                self._take_out(place)
        staying: set[str] = set()
        going: set[str] = set()
        for number, entity in enumerate(told.extraction.entities):
            thing = told.things[number]
            if thing is source or number in numbers:
                (staying if thing is source else going).update(name_key(form) for form in _forms(entity))
                for relation in entity.relations:
                    if (relation_to(source.kind, relation.type), told.key, id(source)) not in self._removed:
                        self._put((relation_to(thing.kind, relation.type), told.key, id(thing)), Found.of(relation))
        going -= staying
        moved = {
            (label, node)
            for node, result in told.results.items()
            for label, name in (("ON", result.benchmark), ("OF", result.model))
            if name_key(name) in going
        }
        moved &= self._claims.get(id(source), set())
        self._claims.get(id(source), set()).difference_update(moved)
        self._claims.setdefault(id(target), set()).update(moved)

    def _add(self, add: Add) -> None:
        paper = self.references.paper(add.source)
        thing = self.references.named(add.to) if isinstance(add.to, Named) else self.references.thing(add.to)
        type_ = thing.type if thing else add.to.type if isinstance(add.to, Named) else ""
        if ("Paper", type_) not in EDGES[add.add].ends:
            raise MissingError(f"{add.add} leads to no {type_}: use another relation")
        if thing is None and isinstance(add.to, Named):
            thing = self._new(add.to)
        place = (add.add, paper, id(thing))
        if place not in self._relations:
            self._put(place, Found(1.0, f"{add.why} ({add.who})", None, None, None, BY))

    def _remove(self, remove: Remove) -> None:
        place = (remove.remove, self.references.paper(remove.source), id(self.references.thing(remove.to)))
        self._removed.add(place)
        if place in self._relations:
            self._take_out(place)

    def _new(self, named: Named) -> Thing:
        thing = Thing(Sense(BY, kind_of(named.type), name_key(named.name)), None, name=named.name, type=named.type)
        thing.id = identifier(thing, self.references.things)
        self._things[id(thing)] = thing
        self.references.note(thing)
        return thing

    def _move(self, thing: Thing, into: Thing) -> None:
        """All relations of a thing become those of another, or its own anew after it became another type."""
        for place in list(self._places.get(id(thing), ())):
            found = self._take_out(place)
            self._put((relation_to(into.kind, place[0]), place[1], id(into)), found)

    def _take_out(self, place: Place) -> Found:
        self._places[place[2]].discard(place)
        return self._relations.pop(place)

    def _put(self, place: Place, found: Found) -> None:
        self._places.setdefault(place[2], set()).add(place)
        known = self._relations.get(place)
        self._relations[place] = max(known, found, key=Found.strength) if known else found

    def _fit_claims(self, thing: Thing) -> None:
        """Leaves of a thing's results those that it can have; a result that is on nothing any more goes as a whole."""
        fitting = "ON" if thing.kind == DATA else "OF"
        claims = self._claims.get(id(thing), set())
        self.lost.update(node for label, node in claims if label == "ON" != fitting)
        self._claims[id(thing)] = {claim for claim in claims if claim[0] == fitting}


def _forms(entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from (mention.text for mention in entity.mentions)
