"""Which paper cites which: by its references, or inferred because it uses what the other introduced."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.link.papers.appearance import Appearance
from kg.link.papers.identities import TELLING_WORDS, free_key
from kg.link.papers.paper_linker import PaperLinker
from kg.text.identifiers import identity
from kg.text.keys import name_key, paper_key
from kg.union_find import UnionFind

# A reference with fewer words that is no id of a known kind is a source's own number or key, not a title.
_TITLE_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")

_LEAST_INTRODUCED = 0.95
"""Confidence of INTRODUCES from which citations are inferred where neither title nor catalogue says it."""
_CERTAIN, _LIKELY = 0.95, 0.8
"""Confidence of inferred citations with and without title or catalogue: shares that readers of samples called right."""
_PLAIN = re.compile(r"[A-Z]?[a-z]+(?:[ -][A-Za-z]?[a-z]+)*")

Citations = set[tuple[str, str]]
"""Key of the citing and of the cited paper."""


class Stub(NamedTuple):
    """A paper that is known only because others cite it.

    Attributes:
        key: of the paper.
        title: the longest that a reference gives, or None.
        keys: normal forms of its ids and titles, by which it is found.
    """

    key: str
    title: str | None
    keys: list[str]

    def row(self) -> dict[str, Any]:
        """Its Paper node."""
        return {"id": self.key, "title": self.title, "stub": True, "keys": self.keys}


def citations_by_reference(papers: PaperLinker) -> tuple[Citations, list[Stub]]:
    """The citations that references give, and a stub for each cited paper that has no record.

    References to a paper without a record are grouped by union-find over the ids and titles in them.
    """
    found: Citations = set()
    groups: UnionFind[str] = UnionFind()
    references_to: dict[str, set[str]] = defaultdict(set)
    unresolved: list[tuple[str, str]] = []
    for key, references in papers.table.select("key", "references").iter_rows():
        for reference in references:
            names = _names(reference)
            if len(names) > 1 and papers.is_contested(identity(names[0])):
                # Chapters may have the DOI of their book: the title says which is meant.
                names.reverse()
            cited = next(
                filter(None, (papers.key_of_reference(name) or papers.key_of_record(name) for name in names)), None
            )
            if cited is None and (telling := [name for name in names if _names_a_paper(name)]):
                first, *others = [papers.representative(identity(name)) for name in telling]
                for other in others:
                    groups.join(first, other)
                references_to[first].add(reference)
                unresolved.append((key, first))
            elif cited and cited != key:
                found.add((key, cited))
    grouped: dict[str, set[str]] = defaultdict(set)
    for one, references in references_to.items():
        grouped[groups.find(one)] |= references
    stubs: dict[str, Stub] = {}
    taken = set(papers.papers)
    for root in sorted(grouped):
        stubs[root] = stub = _stub(grouped[root], taken)
        taken.add(stub.key)
    found.update((key, stubs[groups.find(one)].key) for key, one in unresolved)
    return found, list(stubs.values())


class EntityUse(NamedTuple):
    """A paper's relation to an entity, for inferring citations.

    Attributes:
        label: of the relation.
        paper: key of the paper.
        entity: id of the entity.
        origin: of INTRODUCES, how sure it is that this is the paper to cite for the entity, 0 to 1; 0 for no citation.
    """

    label: str
    paper: str
    entity: str
    origin: float = 0.0


def origin_confidence(certain: bool, catalogued: bool, confidence: float, name: str) -> float:
    """How sure it is that a paper is the one to cite for an entity that it introduces; 0 where it is not sure enough.

    Args:
        certain: whether the paper's title or the catalogue says that it introduced the entity.
        catalogued: whether the entity is in the catalogue.
        confidence: of INTRODUCES, 0 to 1.
        name: of the entity. A name in plain letters, such as Compass, may be another thing's in another paper.
    """
    if certain:
        return _CERTAIN
    return _LIKELY if not catalogued and confidence >= _LEAST_INTRODUCED and not _PLAIN.fullmatch(name) else 0.0


def inferred_citations(
    uses: Iterable[EntityUse], appeared: Mapping[str, Appearance], known: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str, float]]:
    """Inferred citations: a paper that uses an entity cites the one paper that introduced it.

    Nothing is inferred where it is in doubt which paper that is: another may have introduced the entity too, a paper
    uses it before, or it is in the catalogue and neither title nor catalogue names this paper.

    Args:
        uses: all relations of papers to entities.
        appeared: when papers appeared, by key.
        known: citations by references, which are not given again.

    Yields:
        Key of the citing and of the cited paper, and the confidence, 0 to 1.
    """
    by_entity: dict[str, list[EntityUse]] = defaultdict(list)
    for use in uses:
        by_entity[use.entity].append(use)
    for entity in sorted(by_entity):
        origins = [use for use in by_entity[entity] if use.label == "INTRODUCES"]
        if len(origins) != 1 or not origins[0].origin:
            continue
        origin = origins[0]
        since = appeared.get(origin.paper)
        others = [use for use in by_entity[entity] if use.paper != origin.paper]
        if any(_is_before(appeared.get(use.paper), since) for use in others):
            continue
        for use in others:
            is_new = (use.paper, origin.paper) not in known
            if use.label != "MENTIONS" and is_new and _is_before(since, appeared.get(use.paper)):
                yield use.paper, origin.paper, origin.origin


def _is_before(one: Appearance | None, other: Appearance | None) -> bool:
    return one is not None and other is not None and one.is_before(other)


def _names(reference: str) -> list[str]:
    """Lookup keys of a reference: its id or title; beside an id also its title, if that is long enough to be unique."""
    name, _, title = reference.partition("\t")
    return [name, title] if len(_WORD.findall(title)) >= TELLING_WORDS else [name]


def _names_a_paper(name: str) -> bool:
    """Whether a name is an id of a known kind or looks like a title."""
    return not identity(name).startswith("title:") or len(_WORD.findall(name)) >= _TITLE_WORDS


def _stub(references: Iterable[str], taken: set[str]) -> Stub:
    """The stub of all references to one paper: its key by the strongest id, its title the longest."""
    parts = [part for reference in references for part in reference.split("\t", 1)]
    names = sorted({identity(name) for reference in references for name in _names(reference) if _names_a_paper(name)})
    titles = [
        part.removeprefix("title/") for part in parts if identity(part).startswith("title:") and _names_a_paper(part)
    ]
    titles += [reference.partition("\t")[2] for reference in references if "\t" in reference]
    title = min(titles, key=lambda text: (-len(text), text), default=None)
    scheme, _, strongest = min(names, key=_strongest_first).partition(":")
    match scheme:
        case "arxiv" | "doi":
            key = strongest
        case "title":
            key = paper_key(title or "")
        case _:
            key = f"{scheme}:{strongest}"
    free = free_key(key, taken)
    keys = {name_key(name.partition(":")[2]) for name in names} | {name_key(text) for text in (free, title or "")}
    return Stub(free, title, sorted(keys - {""}))


def _strongest_first(identity: str) -> tuple[int, str]:
    """Sort key for identities: arXiv id, DOI, other ids, title."""
    scheme = identity.partition(":")[0]
    return {"arxiv": 0, "doi": 1, "title": 3}.get(scheme, 2), identity
