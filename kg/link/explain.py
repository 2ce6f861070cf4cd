"""Why written forms mean one entity, and why similar ones mean another; the same of records and papers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from pydantic import BaseModel

from kg.link.analysis import Analysis
from kg.link.names.entity_linker import EntityLinker
from kg.link.names.expansions import is_acronym
from kg.link.names.forms import form_key
from kg.link.names.kinds import DATA
from kg.link.names.linked_entity import LinkedEntity
from kg.link.names.long_forms import PREVAILING_SHARE
from kg.link.names.name_use import NameUse
from kg.link.names.parts import parts_of_data, parts_of_system
from kg.link.names.resolved import ResolvedEntities
from kg.link.papers.paper_explanation import PaperExplanation, explain_papers
from kg.link.papers.paper_linker import PaperLinker
from kg.schema import Extraction
from kg.text.keys import name_key
from kg.text.similarity import closest

_EXAMPLES = 3
_NEAR = 10


class LinkCause(StrEnum):
    """Why a form means an entity, or a similar name another one."""

    NORMAL_FORM = "same normal form"
    NUMBER = "singular, plural or other spelling of the same words"
    LONG_FORM = "long form"
    CATALOGUE = "catalogue"
    PREVAILING = "prevailing meaning"
    ONE_PAPER = "named together"
    OTHER_LONG_FORM = "another long form"
    OTHER_TYPE = "another type"
    COINED = "introduced by another paper"
    BARE = "no long form given"
    VERSION = "another version or size"
    LETTERS = "other letters"


class Reason(BaseModel):
    """A cause, the facts behind it, and the keys of a few papers that show them."""

    cause: LinkCause
    detail: str
    papers: list[str] = []


class JoinedForm(BaseModel):
    """A written form of an entity, the number of papers that use it, and why it means this entity."""

    form: str
    papers: int
    reasons: list[Reason]


class OtherEntity(BaseModel):
    """Another entity with a similar name, and why it is another one."""

    id: str
    name: str
    papers: int
    reason: Reason


class Explanation(BaseModel):
    """An entity that a name may mean, why its forms mean it, and why similar names do not."""

    id: str
    name: str
    type: str
    origin: str
    papers: int
    joined: list[JoinedForm]
    apart: list[OtherEntity]


class Explanations(BaseModel):
    """All entities that a name may mean, those of most papers first, and all papers with this id or title."""

    nodes: list[Explanation]
    papers: list[PaperExplanation] = []


class _WrittenForms:
    """How papers write one entity.

    Attributes:
        papers: number of papers by form.
        long_forms: for a form the other form of a pair of acronym and long form, and the papers that have the pair.
        names: for a form the name that a paper uses beside it, and the paper.
    """

    def __init__(self) -> None:
        self.papers: Counter[str] = Counter()
        self.long_forms: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.names: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def add(self, paper: str, use: NameUse) -> None:
        self.papers.update(use.forms)
        if use.long_form:
            for one, other in ((use.long_form, use.acronym), (use.acronym, use.long_form)):
                self.long_forms[one][other].append(paper)
        for form in use.forms:
            if form != use.name:
                self.names[form].append((use.name, paper))


def explain_name(extractions: Iterable[Extraction], name: str) -> Explanations:
    """Why linking, before corrections, takes written forms for entities and records for papers.

    Args:
        extractions: of all papers.
        name: any written form or the id of an entity; the title or any id of a paper.

    Returns:
        An explanation for each entity and each paper that has this name; none where there is none.
    """
    analysis = Analysis.of(extractions)
    papers = PaperLinker(analysis.tables["records"])
    papers.merge()
    resolved = ResolvedEntities(analysis, papers)
    linker = resolved.linker
    linker.assign_ids()
    asked = name_key(name)
    meant = [entity for entity in linker.entities.values() if entity.id == name or asked in _keys(entity)]
    written = {entity.meaning: _WrittenForms() for entity in meant}
    for occurrence, entity in zip(resolved.occurrences, resolved.entities, strict=True):
        if entity.meaning in written:
            written[entity.meaning].add(occurrence.paper, analysis.name_uses[occurrence.use])
    meant.sort(key=_most_papers_first)
    nodes = [
        Explanation(
            id=entity.id,
            name=entity.name,
            type=entity.type,
            origin=entity.origin,
            papers=entity.types.total(),
            joined=list(_joined_forms(entity, written[entity.meaning], linker)),
            apart=list(_other_entities(entity, linker)),
        )
        for entity in meant
    ]
    return Explanations(nodes=nodes, papers=explain_papers(papers, name))


def _joined_forms(entity: LinkedEntity, written: _WrittenForms, linker: EntityLinker) -> Iterator[JoinedForm]:
    for form in (entity.name, *entity.aliases):
        reasons = list(_reasons(form, entity, written, linker))
        yield JoinedForm(form=form, papers=written.papers[form], reasons=reasons)


def _reasons(form: str, entity: LinkedEntity, written: _WrittenForms, linker: EntityLinker) -> Iterator[Reason]:
    explained = False
    data = entity.kind == DATA
    if form != entity.name:
        key = form_key(form, data=data)
        if key == form_key(entity.name, data=data):
            explained = True
            yield Reason(cause=LinkCause.NORMAL_FORM, detail=f"“{form}” and “{entity.name}” are both {key}")
        elif linker.is_one_name(form, entity.name, entity.kind):
            explained = True
            yield Reason(cause=LinkCause.NUMBER, detail=f"“{form}” has the words of “{entity.name}”")
    if entity.entry:
        alias = next((a for a in entity.entry.names if linker.is_one_name(form, a, entity.kind)), None)
        if alias:
            explained = True
            yield Reason(cause=LinkCause.CATALOGUE, detail=f"“{alias}” is in the catalogue ({entity.entry.source})")
    for other, papers in sorted(written.long_forms.get(form, {}).items(), key=lambda item: (-len(item[1]), item[0])):
        explained = True
        short, long = (form, other) if is_acronym(form) else (other, form)
        detail = f"{_count(papers)} that “{short}” stands for “{long}”"
        yield Reason(cause=LinkCause.LONG_FORM, detail=detail, papers=sorted(papers)[:_EXAMPLES])
        break
    long_forms = linker.long_forms(form, entity.kind)
    if is_acronym(form) and len(long_forms) > 1:
        prevailing, most = long_forms[0]
        papers_with_one = sum(count for _, count in long_forms)
        share = f"{most} of {papers_with_one} papers with a long form say “{prevailing}”"
        known = linker.bare_meaning(form, entity.kind) == entity.meaning
        if known and most >= PREVAILING_SHARE * papers_with_one:
            explained = True
            yield Reason(cause=LinkCause.PREVAILING, detail=f"where “{form}” stands alone: {share}")
    if not explained and written.names[form]:
        names = Counter(name for name, _ in written.names[form])
        name = min(names, key=lambda n: (-names[n], n))
        papers = sorted(paper for known, paper in written.names[form] if known == name)
        detail = f"{_count(papers)} “{form}” for “{name}”"
        yield Reason(cause=LinkCause.ONE_PAPER, detail=detail, papers=papers[:_EXAMPLES])


def _other_entities(entity: LinkedEntity, linker: EntityLinker) -> Iterator[OtherEntity]:
    """Other entities with the same letters, of the same family, or with nearly the same letters."""
    key, head = name_key(entity.name), _head(entity)
    others = sorted((other for other in linker.entities.values() if other is not entity), key=_most_papers_first)
    same = [other for other in others if _keys(entity) & {name_key(other.name)} or key in _keys(other)]
    family = [other for other in others if other not in same and head and _head(other) == head]
    by_key = {name_key(other.name): other for other in reversed(others)}
    near = [by_key[found] for found in closest(key, by_key, _NEAR, 0.8)]
    letters = [other for other in near if other not in same and other not in family]
    for other in same[:_NEAR]:
        yield _other_entity(other, _same_letters(entity, other))
    for other in family[:_NEAR]:
        yield _other_entity(
            other, Reason(cause=LinkCause.VERSION, detail=f"“{other.name}” is another of {' '.join(head)}")
        )
    for other in letters:
        keys = f"{name_key(other.name)} is not {key}"
        yield _other_entity(other, Reason(cause=LinkCause.LETTERS, detail=keys))


def _other_entity(other: LinkedEntity, reason: Reason) -> OtherEntity:
    return OtherEntity(id=other.id, name=other.name, papers=other.types.total(), reason=reason)


def _same_letters(entity: LinkedEntity, other: LinkedEntity) -> Reason:
    coined = next((known for known in (other, entity) if known.meaning.paper), None)
    if coined:
        paper = coined.meaning.paper
        detail = f"{paper} introduces a “{coined.name}” of its own"
        return Reason(cause=LinkCause.COINED, detail=detail, papers=[paper])
    if entity.kind != other.kind:
        return Reason(cause=LinkCause.OTHER_TYPE, detail=f"“{other.name}” is a {other.type} there, not a {entity.type}")
    if other.long_forms:
        long = min(other.long_forms, key=lambda form: (-other.long_forms[form], form))
        return Reason(cause=LinkCause.OTHER_LONG_FORM, detail=f"“{other.name}” is “{long}” there")
    if other.entry and entity.entry:
        return Reason(cause=LinkCause.CATALOGUE, detail="the catalogue has both")
    return Reason(cause=LinkCause.BARE, detail=f"its papers do not say what “{other.name}” stands for")


def _most_papers_first(entity: LinkedEntity) -> tuple[int, str]:
    """Sort key: more papers first, then the id."""
    return -entity.types.total(), entity.id


def _head(entity: LinkedEntity) -> tuple[str, ...]:
    return (parts_of_data if entity.kind == DATA else parts_of_system)(entity.name).head


def _keys(entity: LinkedEntity) -> set[str]:
    return {name_key(form) for form in (entity.name, *entity.aliases)}


def _count(papers: list[str]) -> str:
    return "one paper writes" if len(papers) == 1 else f"{len(papers)} papers write"
