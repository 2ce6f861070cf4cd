"""Which paper cites which: by its references, or because it uses what the other introduces."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.link.papers.linker import TELLING_WORDS, PaperLinker, free_key
from kg.link.union import UnionFind
from kg.text.identifiers import identity
from kg.text.keys import name_key, paper_key

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
            names = _names(reference)
            cited = next(filter(None, (papers.cited(name) or papers.of_record(name) for name in names)), None)
            if cited is None and (telling := [name for name in names if _tells(name)]):
                standing = [papers.standing(identity(name)) for name in telling]
                for other in standing[1:]:
                    same.join(standing[0], other)
                unknown[standing[0]].add(reference)
                waiting.append((key, standing[0]))
            elif cited and cited != key:
                found[key, cited] = False
    together: dict[str, set[str]] = defaultdict(set)
    for one, references in unknown.items():
        together[same.find(one)] |= references
    stubs: dict[str, Stub] = {}
    taken = set(papers.papers)
    for root in sorted(together):
        stubs[root] = stub = _stub(together[root], taken)
        taken.add(stub.key)
    found.update({(key, stubs[same.find(one)].key): False for key, one in waiting})
    return found, list(stubs.values())


def _names(reference: str) -> list[str]:
    """What a reference is found by: its id, and its title, but beside an id only one that hardly two papers have."""
    name, _, title = reference.partition("\t")
    return [name, title] if len(_WORD.findall(title)) >= TELLING_WORDS else [name]


def _tells(name: str) -> bool:
    """Whether one can tell by it that there is a paper."""
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


def _stub(references: Iterable[str], taken: set[str]) -> Stub:
    """The stub of all that name it: its key by the strongest id, its title the longest of those that are titles."""
    parts = [part for reference in references for part in reference.split("\t", 1)]
    names = sorted({identity(name) for reference in references for name in _names(reference) if _tells(name)})
    titles = [part.removeprefix("title/") for part in parts if identity(part).startswith("title:") and _tells(part)]
    titles += [reference.partition("\t")[2] for reference in references if "\t" in reference]
    title = min(titles, key=lambda text: (-len(text), text), default=None)
    scheme, _, strongest = min(names, key=_strength).partition(":")
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


def _strength(known: str) -> tuple[int, str]:
    scheme = known.partition(":")[0]
    return {"arxiv": 0, "doi": 1, "title": 3}.get(scheme, 2), known
