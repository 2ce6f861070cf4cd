"""Why written forms are one node, and why near ones are not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import StrEnum

from pydantic import BaseModel

from kg.link.analysis import Analysis
from kg.link.graph import Reader
from kg.link.names.entities import PREVAILS, EntityLinker
from kg.link.names.forms import form_key, is_acronym
from kg.link.names.kinds import DATA
from kg.link.names.parts import parts_of_data, parts_of_system
from kg.link.names.readings import Reading
from kg.link.names.things import Thing
from kg.link.papers.linker import PaperLinker
from kg.schema import Extraction
from kg.text.keys import name_key

_EXAMPLES = 3
_NEAR = 10


class Cause(StrEnum):
    """What joins a form to a node, or keeps another node apart."""

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
    """A cause and what it rests on; `papers` are keys of some of the papers that say so."""

    cause: Cause
    detail: str
    papers: list[str] = []


class Joined(BaseModel):
    """A written form of a node, the number of papers that write it so, and why it is this node."""

    form: str
    papers: int
    reasons: list[Reason]


class Apart(BaseModel):
    """A near node, and why it is another one."""

    id: str
    name: str
    papers: int
    reason: Reason


class Explanation(BaseModel):
    """A node that a name may mean, why its forms are joined and why its neighbours are not."""

    id: str
    name: str
    type: str
    origin: str
    papers: int
    joined: list[Joined]
    apart: list[Apart]


class Explanations(BaseModel):
    """All nodes that a name may mean, those that most papers have first."""

    nodes: list[Explanation]


class _Evidence:
    """What the papers of one node write."""

    def __init__(self) -> None:
        self.written: Counter[str] = Counter()
        self.long_forms: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.together: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def add(self, paper: str, reading: Reading) -> None:
        self.written.update(reading.forms)
        if reading.long_form:
            for one, other in ((reading.long_form, reading.acronym), (reading.acronym, reading.long_form)):
                self.long_forms[one][other].append(paper)
        for form in reading.forms:
            if form != reading.name:
                self.together[form].append((reading.name, paper))


def explain(extractions: Iterable[Extraction], name: str) -> list[Explanation]:
    """Why the forms of the nodes that a name may mean are joined; those that most papers have first.

    Args:
        extractions: of all papers.
        name: any written form, or the id of a node.

    Returns:
        An explanation for each node; none where no node is called so.
    """
    analysis = Analysis.of(extractions)
    papers = PaperLinker(analysis.tables["records"])
    papers.close()
    reader = Reader(analysis, papers)
    linker = reader.entities
    linker.assign()
    asked = name_key(name)
    meant = [thing for thing in linker.things.values() if thing.id == name or asked in _keys(thing)]
    evidence = {thing.sense: _Evidence() for thing in meant}
    for said, thing in zip(reader.said, reader.things, strict=True):
        if thing.sense in evidence:
            evidence[thing.sense].add(said.paper, analysis.readings[said.reading])
    meant.sort(key=lambda thing: (-thing.types.total(), thing.id))
    return [
        Explanation(
            id=thing.id,
            name=thing.name,
            type=thing.type,
            origin=thing.origin,
            papers=thing.types.total(),
            joined=list(_joined(thing, evidence[thing.sense], linker)),
            apart=list(_apart(thing, linker)),
        )
        for thing in meant
    ]


def _joined(thing: Thing, evidence: _Evidence, linker: EntityLinker) -> Iterator[Joined]:
    for form in (thing.name, *thing.aliases):
        yield Joined(form=form, papers=evidence.written[form], reasons=list(_reasons(form, thing, evidence, linker)))


def _reasons(form: str, thing: Thing, evidence: _Evidence, linker: EntityLinker) -> Iterator[Reason]:
    told = False
    data = thing.kind == DATA
    if form != thing.name:
        key = form_key(form, data=data)
        if key == form_key(thing.name, data=data):
            told = True
            yield Reason(cause=Cause.NORMAL_FORM, detail=f"“{form}” and “{thing.name}” are both {key}")
        elif linker.is_one_name(form, thing.name, thing.kind):
            told = True
            yield Reason(cause=Cause.NUMBER, detail=f"“{form}” has the words of “{thing.name}”")
    if thing.entry:
        alias = next((a for a in thing.entry.forms if linker.is_one_name(form, a, thing.kind)), None)
        if alias:
            told = True
            yield Reason(cause=Cause.CATALOGUE, detail=f"“{alias}” is in the catalogue ({thing.entry.source})")
    for other, papers in sorted(evidence.long_forms.get(form, {}).items(), key=lambda item: (-len(item[1]), item[0])):
        told = True
        short, long = (form, other) if is_acronym(form) else (other, form)
        detail = f"{_count(papers)} that “{short}” stands for “{long}”"
        yield Reason(cause=Cause.LONG_FORM, detail=detail, papers=sorted(papers)[:_EXAMPLES])
        break
    meanings = linker.meanings(form, thing.kind)
    if is_acronym(form) and len(meanings) > 1:
        meant, most = meanings[0]
        share = f"{most} of {sum(count for _, count in meanings)} papers with a long form say “{meant}”"
        known = linker.meaning(form, thing.kind) == thing.sense
        if known and most >= PREVAILS * sum(count for _, count in meanings):
            told = True
            yield Reason(cause=Cause.PREVAILING, detail=f"where “{form}” stands alone: {share}")
    if not told and evidence.together[form]:
        names = Counter(name for name, _ in evidence.together[form])
        name = min(names, key=lambda n: (-names[n], n))
        papers = sorted(paper for known, paper in evidence.together[form] if known == name)
        detail = f"{_count(papers)} “{form}” for “{name}”"
        yield Reason(cause=Cause.ONE_PAPER, detail=detail, papers=papers[:_EXAMPLES])


def _apart(thing: Thing, linker: EntityLinker) -> Iterator[Apart]:
    """Other things with the same letters, of the same family, and with nearly the same letters."""
    key, head = name_key(thing.name), _head(thing)
    others = sorted(
        (other for other in linker.things.values() if other is not thing), key=lambda t: (-t.types.total(), t.id)
    )
    same = [other for other in others if _keys(thing) & {name_key(other.name)} or key in _keys(other)]
    family = [other for other in others if other not in same and head and _head(other) == head]
    by_key = {name_key(other.name): other for other in reversed(others)}
    near = [by_key[found] for found in get_close_matches(key, by_key, n=_NEAR, cutoff=0.8)]
    letters = [other for other in near if other not in same and other not in family]
    for other in same[:_NEAR]:
        yield _apart_from(other, _same_letters(thing, other))
    for other in family[:_NEAR]:
        yield _apart_from(other, Reason(cause=Cause.VERSION, detail=f"“{other.name}” is another of {' '.join(head)}"))
    for other in letters:
        keys = f"{name_key(other.name)} is not {key}"
        yield _apart_from(other, Reason(cause=Cause.LETTERS, detail=keys))


def _apart_from(other: Thing, reason: Reason) -> Apart:
    return Apart(id=other.id, name=other.name, papers=other.types.total(), reason=reason)


def _same_letters(thing: Thing, other: Thing) -> Reason:
    coined = next((known for known in (other, thing) if known.sense.paper), None)
    if coined:
        paper = coined.sense.paper
        detail = f"{paper} introduces a “{coined.name}” of its own"
        return Reason(cause=Cause.COINED, detail=detail, papers=[paper])
    if thing.kind != other.kind:
        return Reason(cause=Cause.OTHER_TYPE, detail=f"“{other.name}” is a {other.type} there, no {thing.type}")
    if other.long_forms:
        long = min(other.long_forms, key=lambda form: (-other.long_forms[form], form))
        return Reason(cause=Cause.OTHER_LONG_FORM, detail=f"“{other.name}” is “{long}” there")
    if other.entry and thing.entry:
        return Reason(cause=Cause.CATALOGUE, detail="the catalogue has both")
    return Reason(cause=Cause.BARE, detail=f"its papers do not say what “{other.name}” stands for")


def _head(thing: Thing) -> tuple[str, ...]:
    return (parts_of_data if thing.kind == DATA else parts_of_system)(thing.name).head


def _keys(thing: Thing) -> set[str]:
    return {name_key(form) for form in (thing.name, *thing.aliases)}


def _count(papers: list[str]) -> str:
    return "one paper writes" if len(papers) == 1 else f"{len(papers)} papers write"
