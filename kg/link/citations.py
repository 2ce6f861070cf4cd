"""Which paper cites which: by its references, or because it uses what the other introduces."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.link.papers import TELLING_WORDS, PaperLinker, identity
from kg.link.union import UnionFind
from kg.names import name_key, paper_key

# What has fewer words and is no id of a known kind is a source's own number or a key, no title.
_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")

Citations = dict[tuple[str, str], bool]
"""Key of the citing and of the cited paper, and whether that is inferred."""


class Stub(NamedTuple):
    """A paper that is cited and has not been read."""

    key: str
    title: str | None
    keys: list[str]

    def row(self) -> dict[str, Any]:
        """Its node."""
        return {"id": self.key, "title": self.title, "stub": True, "keys": self.keys}


def referred(papers: PaperLinker) -> tuple[Citations, list[Stub]]:
    """What papers refer to, and a stub for each paper that only references know."""
    found: Citations = {}
    same: UnionFind[str] = UnionFind()
    unknown: dict[str, set[str]] = defaultdict(set)
    waiting: list[tuple[str, str]] = []
    for key, references in papers.table.select("key", "references").iter_rows():
        for reference in references:
            cited, named = _cited(papers, reference)
            if cited and cited != key:
                found[key, cited] = False
            elif named:
                standing = [papers.standing(identity(name)) for name in named]
                for one, name in zip(standing, named, strict=True):
                    unknown[one].add(name)
                    same.join(standing[0], one)
                waiting.append((key, standing[0]))
    groups: dict[str, list[str]] = defaultdict(list)
    for standing_ in sorted(unknown):
        groups[same.find(standing_)].append(standing_)
    stubs: dict[str, Stub] = {}
    taken = set(papers.papers)
    for root, group in sorted(groups.items(), key=lambda item: item[1][0]):
        stubs[root] = stub = _stub(sorted(set().union(*(unknown[standing_] for standing_ in group))), taken)
        taken.add(stub.key)
    found.update({(key, stubs[same.find(one)].key): False for key, one in waiting})
    return found, list(stubs.values())


def _cited(papers: PaperLinker, reference: str) -> tuple[str | None, list[str]]:
    """The key of the paper that a reference names, or None and the names by which a stub stands for it."""
    first, *titles = reference.split("\t", 1)
    # A title that several papers may have says nothing beside an id.
    names = [first, *(title for title in titles if len(_WORD.findall(title)) >= TELLING_WORDS)]
    for name in names:
        cited = papers.cited(name) or papers.of_record(name)
        if cited:
            return cited, []
    return None, [name for name in names if _tells(name)]


def _tells(name: str) -> bool:
    return not identity(name).startswith("title:") or len(_WORD.findall(name)) >= _WORDS


def inferred(
    relations: Iterable[tuple[str, str, str]], years: Mapping[str, int | None], known: Citations
) -> Iterator[tuple[str, str]]:
    """Papers that use what one other introduces, not before that, with this other, where no reference says so.

    Args:
        relations: label, paper and thing.
        years: of papers.
        known: citations by references.
    """
    said = list(relations)
    introduced: dict[str, list[str]] = defaultdict(list)
    for label, paper, thing in said:
        if label == "INTRODUCES":
            introduced[thing].append(paper)
    for label, paper, thing in said:
        origin = introduced.get(thing, ())
        if label in {"INTRODUCES", "MENTIONS"} or len(origin) != 1 or paper == origin[0]:
            continue
        before, after = years[origin[0]], years[paper]
        if (before is None or after is None or before <= after) and (paper, origin[0]) not in known:
            yield paper, origin[0]


def _stub(references: list[str], taken: set[str]) -> Stub:
    """The stub of all that name it: its key by the strongest id, its title the longest of those that are titles."""
    scheme, _, strongest = min(map(identity, references), key=_strength).partition(":")
    titles = [reference.removeprefix("title/") for reference in references if identity(reference).startswith("title:")]
    title = min(titles, key=lambda text: (-len(text), text), default=None)
    match scheme:
        case "arxiv" | "doi":
            key = strongest
        case "title":
            key = paper_key(title or "")
        case _:
            key = f"{scheme}:{strongest}"
    free, number = key, 2
    while free in taken:
        free = f"{key}-{number}"
        number += 1
    keys = {name_key(identity(reference).partition(":")[2]) for reference in references} | {name_key(free)}
    return Stub(free, title, sorted(keys - {""}))


def _strength(known: str) -> tuple[int, str]:
    scheme = known.partition(":")[0]
    return {"arxiv": 0, "doi": 1, "title": 3}.get(scheme, 2), known
