"""Which paper cites which: by its references, or because it uses what the other introduces."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.link.papers import PaperLinker, identity
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
    unknown: dict[str, set[str]] = defaultdict(set)
    waiting: list[tuple[str, str]] = []
    for key, references in papers.table.select("key", "references").iter_rows():
        for reference in references:
            known = identity(reference)
            cited = papers.known(known) or papers.of_record(reference)
            if cited is None and (not known.startswith("title:") or len(_WORD.findall(reference)) >= _WORDS):
                standing = papers.standing(known)
                unknown[standing].add(reference)
                waiting.append((key, standing))
            elif cited and cited != key:
                found[key, cited] = False
    stubs: dict[str, Stub] = {}
    taken = set(papers.papers)
    for standing in sorted(unknown):
        stub = _stub(sorted(unknown[standing]), taken)
        stubs[standing] = stub
        taken.add(stub.key)
    found.update({(key, stubs[standing].key): False for key, standing in waiting})
    return found, list(stubs.values())


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
    title = max(titles, key=lambda text: (len(text), text), default=None)
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
