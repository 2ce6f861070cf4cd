"""Which paper or entity a correction names."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from kg.link.corrections.verbs import NameReference, Reference, is_entity
from kg.link.names.linked_entity import LinkedEntity
from kg.link.papers.paper_linker import PaperLinker
from kg.text.identifiers import identity
from kg.text.keys import name_key


class NotAppliedError(Exception):
    """A correction cannot be applied; the message says why, and what to do."""


class References:
    """Finds the papers and entities that corrections name, also by ids that corrections took away.

    Attributes:
        entities: all entities there are now, by id.
        replaced: ids that corrections took away, each with the id that replaces it.
        hidden: ids of entities and papers that a correction hides, each with file and line of the correction.
    """

    def __init__(self, papers: PaperLinker, current_id: Callable[[str], str | None]) -> None:
        """Knows papers; entities only after `set_entities`.

        Args:
            papers: after `merge`.
            current_id: gives for an id of an earlier graph the id that has replaced it, or None.
        """
        self.entities: dict[str, LinkedEntity] = {}
        self.replaced: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        self._papers = papers
        self._current_id = current_id
        self._paper_by_key: dict[str, str] | None = None
        self._entities_by_name: dict[tuple[str, str], list[LinkedEntity]] | None = None

    def set_entities(self, entities: Iterable[LinkedEntity]) -> None:
        """Takes the entities, which have their ids."""
        self.entities = {entity.id: entity for entity in entities}
        self._entities_by_name = None

    def paper(self, reference: Reference) -> str:
        """The key of the paper that a reference names by any of its ids, its URL, DOI or title.

        Raises:
            NotAppliedError: there is none.
        """
        if isinstance(reference, NameReference):
            raise NotAppliedError(f"{reference} is not a paper: name a paper by an id or its title")
        key = self.known_paper(reference)
        if key is None:
            raise NotAppliedError(f"there is no paper {reference}: check the id, or read the paper first")
        if key in self.hidden:
            raise NotAppliedError(f"paper {reference} is hidden by {self.hidden[key]}: keep one of the two")
        return key

    def paper_with_record(self, reference: Reference) -> str:
        """The key of the paper that a reference names, where a record has that id, URL, DOI or title.

        Raises:
            NotAppliedError: there is none.
        """
        key = self.paper(reference)
        text = str(reference)
        if {name_key(text), name_key(identity(text).partition(":")[2])}.isdisjoint(self._papers.search_keys[key]):
            raise NotAppliedError(f"there is no paper {text}: check the id, or read the paper first")
        return key

    def known_paper(self, reference: str) -> str | None:
        """The key of the paper that a reference names, hidden or not, or None."""
        if reference in self._papers.papers:
            return reference
        key = self._papers.key_of_reference(reference)
        if key is None:
            if self._paper_by_key is None:
                # Of two papers that share a source's id the first in the order of keys.
                papers = sorted(self._papers.search_keys.items(), reverse=True)
                self._paper_by_key = {known: paper for paper, keys in papers for known in keys}
            key = self._paper_by_key.get(name_key(reference))
        return key

    def entity(self, reference: Reference) -> LinkedEntity:
        """The entity that a reference names.

        Raises:
            NotAppliedError: there is none, or several have this name.
        """
        entity = self.entity_named(reference) if isinstance(reference, NameReference) else self._by_id(reference)
        if entity is None:
            kind = "" if is_entity(reference) else "benchmark, dataset, model or method "
            raise NotAppliedError(
                f"there is no {kind}{reference}: take an id that `kg show` gives, or delete this entry"
            )
        return entity

    def entity_named(self, reference: NameReference, but: LinkedEntity | None = None) -> LinkedEntity | None:
        """The entity of a type with a name, else the one with this alias, or None; `but` is left out.

        Raises:
            NotAppliedError: several entities have it.
        """
        key = name_key(reference.name)
        found = [
            entity
            for entity in self._with_name(reference.type, key)
            if entity is not but and entity.type == reference.type and self.entities.get(entity.id) is entity
        ]
        found = [entity for entity in found if name_key(entity.name) == key] or found
        if len(found) > 1:
            ids = ", ".join(sorted(entity.id for entity in found))
            raise NotAppliedError(f"several nodes are called {reference}: name one by its id, {ids}")
        return found[0] if found else None

    def update(self, entity: LinkedEntity) -> None:
        """Adds an entity that is new or has changed, so that it is found by its id, names and type of now."""
        self.entities[entity.id] = entity
        if self._entities_by_name is not None:
            for key in _name_keys(entity):
                known = self._entities_by_name[entity.type, key]
                if not any(other is entity for other in known):
                    known.append(entity)

    def replace(self, old: str, new: str) -> None:
        """Makes an id that no entity has any more lead to another."""
        self.entities.pop(old, None)
        self.replaced[old] = new
        self.replaced.pop(new, None)

    def hide(self, identifier: str, place: str) -> None:
        """Makes an id lead nowhere, because of the correction at this place."""
        self.entities.pop(identifier, None)
        self.hidden[identifier] = place

    def _by_id(self, identifier: str) -> LinkedEntity | None:
        seen: set[str] = set()
        current: str | None = identifier
        while current is not None and current not in seen:
            if current in self.entities:
                return self.entities[current]
            if current in self.hidden:
                raise NotAppliedError(f"{identifier} is hidden by {self.hidden[current]}: keep one of the two")
            seen.add(current)
            current = self.replaced.get(current) or self._current_id(current)
        return None

    def _with_name(self, type_: str, key: str) -> list[LinkedEntity]:
        if self._entities_by_name is None:
            self._entities_by_name = defaultdict(list)
            for entity in self.entities.values():
                for known in _name_keys(entity):
                    self._entities_by_name[entity.type, known].append(entity)
        return self._entities_by_name.get((type_, key), [])


def _name_keys(entity: LinkedEntity) -> set[str]:
    return {name_key(form) for form in (entity.name, *entity.aliases)}
