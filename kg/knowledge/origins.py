"""The papers that introduced the entries of the catalogue."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.knowledge.catalogue import ENTRIES
from kg.knowledge.patterns import objects
from kg.text.identifiers import identity


class Origin(NamedTuple):
    """An entry of the catalogue, and the identity of the paper that introduced it: `arxiv:…` or `title:…`."""

    type: str
    name: str
    identity: str


@cache
def load_origins() -> tuple[Origin, ...]:
    """The origins in the files of the catalogue; one for each id and title of a paper. They are read once."""
    return tuple(_origins(ENTRIES))


def _origins(folder: Path) -> Iterator[Origin]:
    for path in sorted(folder.glob("*.jsonl")):
        for item in objects(path):
            paper = item.get("paper", {})
            for reference in filter(None, (paper.get("arxiv"), paper.get("title"))):
                yield Origin(item["type"], item["name"], identity(reference))
