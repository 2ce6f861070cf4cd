"""The first step of corrections: entities, their relations with papers, and what results are on and of.

Corrections come in two steps, each in the order of the file. The first comes before variants, inferred citations and
numbers of papers, which depend on it. The second (`edges.py`) changes all other nodes and edges.
"""

from collections.abc import Callable

from kg.link.corrections.file import CorrectionEntry, Overrides
from kg.link.corrections.references import NotAppliedError, References
from kg.link.corrections.relation_index import RelationIndex
from kg.link.corrections.split_papers import SplitPaper, split_papers
from kg.link.corrections.verbs import (
    BY_CORRECTION,
    Add,
    Hide,
    Merge,
    NameReference,
    Remove,
    Rename,
    Retype,
    Split,
    is_entity,
)
from kg.link.names.entity_ids import free_id
from kg.link.names.kinds import kind_of
from kg.link.names.linked_entity import LinkedEntity, Meaning, by_count
from kg.link.names.resolved import ResolvedEntities
from kg.link.papers.paper_linker import PaperLinker
from kg.link.relations import Evidence, RelationKey, ResultEdge, relation_to
from kg.schema import EDGES, RELATIONS, EntityType
from kg.sources.problems import Problem
from kg.text.keys import name_key


class EntityCorrector:
    """Applies a file of corrections in one linking.

    Attributes:
        warnings: of corrections that were not applied, or gave two nodes the same name; complete after both steps.
        references: finds what corrections name, and knows which ids they took away.
        lost_results: ids of results that are not on a benchmark any more; known after the first step.
    """

    def __init__(
        self, overrides: Overrides, papers: PaperLinker, current_id: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """Takes the corrections; nothing is changed yet.

        Args:
            overrides: the corrections.
            papers: after `merge`.
            current_id: gives for an id of an earlier graph the id that has replaced it, or None.
        """
        self.warnings: list[Problem] = []
        self.references = References(papers, current_id)
        self.lost_results: set[str] = set()
        self._overrides = overrides
        self._index = RelationIndex({}, ())
        self._split_papers: list[SplitPaper] = []
        self._absorbed: list[tuple[LinkedEntity, LinkedEntity]] = []
        self._new: list[LinkedEntity] = []
        self._removed: set[RelationKey] = set()
        self._repeated = False

    def correct(
        self,
        resolved: ResolvedEntities,
        entities: list[LinkedEntity],
        relations: dict[RelationKey, Evidence],
        result_edges: list[ResultEdge],
    ) -> tuple[list[LinkedEntity], list[ResultEdge]]:
        """Takes the first step.

        Args:
            resolved: which entity each name means.
            entities: all, with their ids.
            relations: changed in place.
            result_edges: what results are on and of.

        Returns:
            All entities and result edges there are now.
        """
        if not self._overrides:
            return entities, result_edges
        self._split_papers = split_papers(self._overrides, self.references, resolved)
        self.references.set_entities(entities)
        self._index = RelationIndex(relations, result_edges)
        done: set[str] = set()
        for entry in self._overrides.entries:
            content = entry.correction.model_dump_json(exclude={"who", "why", "when"})
            self._repeated = content in done
            done.add(content)
            try:
                self._apply(entry)
            except NotAppliedError as reason:
                self.warn(entry, str(reason))
        self._repeated = False
        for entity, into in reversed(self._absorbed):
            entity.id, entity.name, entity.type = into.id, into.name, into.type
        self._index.remove_papers(self.references.hidden)
        self.lost_results = self._index.lost_results
        by_identity = {id(entity): entity for entity in (*entities, *self._new)}
        return list(self.references.entities.values()), self._index.result_edges(by_identity)

    def has_second_step(self) -> bool:
        """Whether corrections change more than entities and relations; after the first step."""
        others = (
            (isinstance(correction, Add) and correction.add not in RELATIONS)
            or (isinstance(correction, Remove) and correction.remove not in RELATIONS)
            or (isinstance(correction, Hide) and not is_entity(correction.hide))
            for correction in (entry.correction for entry in self._overrides.entries)
        )
        return bool(self.lost_results) or any(others)

    def warn(self, entry: CorrectionEntry, reason: str) -> None:
        """Adds a warning that a correction was not applied, unless the same correction came before."""
        if not self._repeated:
            self.warnings.append(Problem(self._overrides.file, entry.line, f"not applied, {reason}"))

    def _apply(self, entry: CorrectionEntry) -> None:
        match entry.correction:
            case Merge() as merge if is_entity(merge.into):
                self._merge(entry, merge)
            case Merge() as merge:
                # Papers were merged before all else; here it is checked that there are such papers.
                for reference in (*merge.merge, merge.into):
                    self.references.paper_with_record(reference)
            case Split() as split:
                self._split(entry, split)
            case Rename() as rename:
                self._rename(entry, self.references.entity(rename.rename), rename.to)
            case Retype() as retype:
                self._retype(entry, self.references.entity(retype.retype), retype.to)
            case Hide() as hide:
                self._hide(entry, hide)
            case Add() as add if add.add in RELATIONS:
                self._add(add)
            case Remove() as remove if remove.remove in RELATIONS:
                self._remove(remove)

    def _merge(self, entry: CorrectionEntry, merge: Merge) -> None:
        into = self.references.entity(merge.into)
        for reference in merge.merge:
            try:
                entity = self.references.entity(reference)
            except NotAppliedError as reason:
                self.warn(entry, str(reason))
                continue
            if entity is into:
                continue
            into.absorb(entity)
            for paper in self._split_papers:
                paper.entities[:] = [into if known is entity else known for known in paper.entities]
            self._index.move(entity, into)
            self._absorbed.append((entity, into))
            self.references.replace(entity.id, into.id)
        self.references.update(into)

    def _rename(self, entry: CorrectionEntry, entity: LinkedEntity, name: str) -> None:
        if entity.name != name:
            entity.forms.setdefault(entity.name, 0)
            entity.name = name
            self._set_id(entry, entity)

    def _retype(self, entry: CorrectionEntry, entity: LinkedEntity, type_: EntityType) -> None:
        if entity.type != type_:
            entity.type = type_
            self._index.fit_type(entity)
            self._set_id(entry, entity)

    def _set_id(self, entry: CorrectionEntry, entity: LinkedEntity) -> None:
        """Gives an entity the id of its type and name; the old id leads to it."""
        old = entity.id
        del self.references.entities[old]
        entity.id = free_id(entity, self.references.entities)
        if entity.id != old:
            self.references.replace(old, entity.id)
        plain = free_id(entity, ())
        if entity.id != plain:
            message = f"{plain} has this name too, so this one is {entity.id}: if they are one, merge them"
            self.warnings.append(Problem(self._overrides.file, entry.line, message))
        self.references.update(entity)

    def _hide(self, entry: CorrectionEntry, hide: Hide) -> None:
        place = self._overrides.place(entry)
        if is_entity(hide.hide):
            entity = self.references.entity(hide.hide)
            self._index.remove_entity(entity)
            self.references.hide(entity.id, place)
        elif isinstance(hide.hide, str) and (paper := self.references.known_paper(hide.hide)):
            self.references.hide(paper, place)

    def _split(self, entry: CorrectionEntry, split: Split) -> None:
        source = self.references.entity(split.split)
        papers = self._papers_of(entry, split)
        if split.papers and not papers:
            return
        forms = set(split.forms)
        parts = [
            (
                paper,
                [
                    place
                    for place, (use, entity) in enumerate(zip(paper.uses, paper.entities, strict=True))
                    if entity is source and (not forms or not forms.isdisjoint(use.forms))
                ],
            )
            for paper in self._split_papers
            if not papers or paper.key in papers
        ]
        parts = [(paper, places) for paper, places in parts if places]
        target = self._split_target(split, source, create=bool(parts))
        if target is None:
            raise NotAppliedError(f"no such paper writes {source.id} in such a form: check `papers` and `forms`")
        for paper, places in parts:
            self._move_part(paper, places, source, target)
        if source.name in forms and source.names and not source.entry:
            source.name = by_count(source.names)[0]
        self._index.fit_results(target)
        self.references.update(target)
        self.references.update(source)

    def _papers_of(self, entry: CorrectionEntry, split: Split) -> set[str]:
        """The keys of the papers that a split names; warns of those that are missing."""
        papers = set()
        for reference in split.papers:
            try:
                papers.add(self.references.paper(reference))
            except NotAppliedError as reason:
                self.warn(entry, str(reason))
        return papers

    def _split_target(self, split: Split, source: LinkedEntity, *, create: bool) -> LinkedEntity | None:
        if not isinstance(split.off, NameReference):
            return self.references.entity(split.off)
        found = self.references.entity_named(split.off, but=source)
        return found or (self._create(split.off) if create else None)

    def _move_part(self, paper: SplitPaper, places: list[int], source: LinkedEntity, target: LinkedEntity) -> None:
        """Moves what a paper says about the source at some places of its entities to the target."""
        for place in places:
            source.count(paper.uses[place], -1)
            target.count(paper.uses[place])
            paper.entities[place] = target
        # The source keeps the relations of its other names in this paper, so all are rebuilt.
        self._index.remove_extracted(paper.key, source)
        staying: set[str] = set()
        going: set[str] = set()
        for place, entity in enumerate(paper.entities):
            if entity is source or place in places:
                names = {name_key(form) for form in paper.uses[place].forms}
                (staying if entity is source else going).update(names)
                for label, evidence in paper.relations[place]:
                    if (relation_to(source.kind, label), paper.key, id(source)) not in self._removed:
                        self._index.put((relation_to(entity.kind, label), paper.key, id(entity)), evidence)
        going -= staying
        edges = {
            (label, result)
            for result, benchmark, model in paper.results
            for label, name in (("ON", benchmark), ("OF", model))
            if name_key(name) in going
        }
        self._index.move_results(edges, source, target)

    def _add(self, add: Add) -> None:
        paper = self.references.paper(add.source)
        if isinstance(add.to, NameReference):
            entity = self.references.entity_named(add.to)
            type_: str = entity.type if entity else add.to.type
        else:
            entity = self.references.entity(add.to)
            type_ = entity.type
        if ("Paper", type_) not in EDGES[add.add].ends:
            raise NotAppliedError(f"{add.add} cannot lead to a {type_}: use another relation")
        if entity is None and isinstance(add.to, NameReference):
            entity = self._create(add.to)
        key = (add.add, paper, id(entity))
        if key not in self._index:
            self._index.put(key, Evidence(1.0, f"{add.why} ({add.who})", None, None, None, BY_CORRECTION))

    def _remove(self, remove: Remove) -> None:
        key = (remove.remove, self.references.paper(remove.source), id(self.references.entity(remove.to)))
        self._removed.add(key)
        if key in self._index:
            self._index.remove(key)

    def _create(self, reference: NameReference) -> LinkedEntity:
        meaning = Meaning("override", kind_of(reference.type), name_key(reference.name))
        entity = LinkedEntity(meaning, None, name=reference.name, type=reference.type)
        entity.id = free_id(entity, self.references.entities)
        self._new.append(entity)
        self.references.update(entity)
        return entity
