"""What the nodes are that a correction speaks of."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from kg.link.corrections import Named, Reference, is_entity
from kg.link.names.things import Thing
from kg.link.papers.linker import PaperLinker
from kg.text.identifiers import identity
from kg.text.keys import name_key


class MissingError(Exception):
    """There is no such node; the message says so, and what to do."""


class References:
    """Finds papers at once, and things from when they are there; ids that corrections take away lead on."""

    def __init__(self, papers: PaperLinker, handed_out: Callable[[str], str | None]) -> None:
        """Takes the papers, and what gives for an id of an earlier graph the id that has taken its place."""
        self.things: dict[str, Thing] = {}
        self.moved: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        """Ids of things and papers that a correction hides, with the place of the correction."""
        self._papers = papers
        self._handed_out = handed_out
        self._records: dict[str, str] | None = None
        self._names: dict[tuple[str, str], list[Thing]] | None = None

    def take(self, things: Iterable[Thing]) -> None:
        """The things, with their ids."""
        self.things = {thing.id: thing for thing in things}
        self._names = None

    def paper(self, reference: Reference) -> str:
        """The key of the paper that a reference names by any id, URL, DOI or title.

        Raises:
            MissingError: there is none.
        """
        if isinstance(reference, Named):
            raise MissingError(f"{reference} is no paper: name it by an id or its title")
        key = self.known_paper(reference)
        if key is None:
            raise MissingError(f"there is no paper {reference}: check the id, or read the paper first")
        if key in self.hidden:
            raise MissingError(f"paper {reference} is hidden by {self.hidden[key]}: keep one of the two")
        return key

    def read_paper(self, reference: Reference) -> str:
        """The key of the paper that a reference names, of which there is a record of its own.

        Raises:
            MissingError: there is none.
        """
        key = self.paper(reference)
        said = str(reference)
        if {name_key(said), name_key(identity(said).partition(":")[2])}.isdisjoint(self._papers.identities[key]):
            raise MissingError(f"there is no paper {said}: check the id, or read the paper first")
        return key

    def known_paper(self, reference: str) -> str | None:
        """The key of a paper, hidden or not, or None."""
        if reference in self._papers.papers:
            return reference
        key = self._papers.cited(reference)
        if key is None:
            if self._records is None:
                # The first of two papers that share an id of their sources, in the order of keys.
                known = sorted(self._papers.identities.items(), reverse=True)
                self._records = {identity: paper for paper, identities in known for identity in identities}
            key = self._records.get(name_key(reference))
        return key

    def thing(self, reference: Reference) -> Thing:
        """The benchmark, dataset, model or method that a reference names.

        Raises:
            MissingError: there is none, or there are several of this name.
        """
        thing = self.named(reference) if isinstance(reference, Named) else self._by_id(reference)
        if thing is None:
            kind = "" if is_entity(reference) else "benchmark, dataset, model or method "
            raise MissingError(f"there is no {kind}{reference}: take an id that `kg show` gives, or delete this entry")
        return thing

    def named(self, reference: Named, but: Thing | None = None) -> Thing | None:
        """The thing of a type that has a name, or else an alias, or None; `but` is not meant.

        Raises:
            MissingError: several things have it.
        """
        key = name_key(reference.name)
        found = [
            thing
            for thing in self._called(reference.type, key)
            if thing is not but and thing.type == reference.type and self.things.get(thing.id) is thing
        ]
        found = [thing for thing in found if name_key(thing.name) == key] or found
        if len(found) > 1:
            ids = ", ".join(sorted(thing.id for thing in found))
            raise MissingError(f"several nodes are called {reference}: name one by its id, {ids}")
        return found[0] if found else None

    def note(self, thing: Thing) -> None:
        """Finds a thing that is new or has changed by the names and the type that it has now."""
        self.things[thing.id] = thing
        if self._names is not None:
            for form in {name_key(form) for form in (thing.name, *thing.aliases)}:
                known = self._names[thing.type, form]
                if not any(other is thing for other in known):
                    known.append(thing)

    def move(self, old: str, new: str) -> None:
        """An id that a thing has no longer leads to another."""
        self.things.pop(old, None)
        self.moved[old] = new
        self.moved.pop(new, None)

    def hide(self, identifier: str, place: str) -> None:
        """An id leads nowhere."""
        self.things.pop(identifier, None)
        self.hidden[identifier] = place

    def _by_id(self, identifier: str) -> Thing | None:
        seen: set[str] = set()
        current: str | None = identifier
        while current is not None and current not in seen:
            if current in self.things:
                return self.things[current]
            if current in self.hidden:
                raise MissingError(f"{identifier} is hidden by {self.hidden[current]}: keep one of the two")
            seen.add(current)
            current = self.moved.get(current) or self._handed_out(current)
        return None

    def _called(self, type_: str, key: str) -> list[Thing]:
        if self._names is None:
            self._names = defaultdict(list)
            for thing in self.things.values():
                for form in {name_key(form) for form in (thing.name, *thing.aliases)}:
                    self._names[thing.type, form].append(thing)
        return self._names.get((type_, key), [])
