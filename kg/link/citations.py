"""Which paper cites which: by its references, or inferred because it uses what the other introduced."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.link.papers.identities import TELLING_WORDS, free_key
from kg.link.papers.paper_linker import PaperLinker
from kg.text.identifiers import identity
from kg.text.keys import name_key, paper_key
from kg.union_find import UnionFind

# A reference with fewer words that is no id of a known kind is a source's own number or key, not a title.
_TITLE_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")

Citations = dict[tuple[str, str], bool]
"""Key of the citing and of the cited paper, and whether the citation is inferred."""


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
    found: Citations = {}
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
                found[key, cited] = False
    grouped: dict[str, set[str]] = defaultdict(set)
    for one, references in references_to.items():
        grouped[groups.find(one)] |= references
    stubs: dict[str, Stub] = {}
    taken = set(papers.papers)
    for root in sorted(grouped):
        stubs[root] = stub = _stub(grouped[root], taken)
        taken.add(stub.key)
    found.update({(key, stubs[groups.find(one)].key): False for key, one in unresolved})
    return found, list(stubs.values())


def inferred_citations(
    relations: Iterable[tuple[str, str, str]], years: Mapping[str, int | None], known: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Inferred citations: a paper that uses an entity cites the one earlier paper that introduced it.

    Args:
        relations: label, key of the paper and id of the entity.
        years: of papers, by key.
        known: citations by references, which are not given again.

    Yields:
        Key of the citing and of the cited paper.
    """
    relations = list(relations)
    introduced_by: dict[str, list[str]] = defaultdict(list)
    for label, paper, entity in relations:
        if label == "INTRODUCES":
            introduced_by[entity].append(paper)
    for label, paper, entity in relations:
        origins = introduced_by.get(entity, ())
        if label in {"INTRODUCES", "MENTIONS"} or len(origins) != 1 or paper == origins[0]:
            continue
        before, after = years[origins[0]], years[paper]
        if (before is None or after is None or before <= after) and (paper, origins[0]) not in known:
            yield paper, origins[0]


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
