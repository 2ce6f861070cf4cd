"""Which paper introduced what the catalogue knows."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.knowledge import catalogue
from kg.knowledge.patterns import objects
from kg.text.identifiers import identity


class Origin(NamedTuple):
    """Type and name of a catalogue entry, and the identity of its paper: `arxiv:…` or `title:…`."""

    type: str
    name: str
    identity: str


@cache
def load_origins() -> tuple[Origin, ...]:
    """The origins that the catalogue's files give."""
    return tuple(_origins(Path(catalogue.__file__).with_name("entries")))


def _origins(folder: Path) -> Iterator[Origin]:
    for path in sorted(folder.glob("*.jsonl")):
        for item in objects(path):
            paper = item.get("paper", {})
            for reference in filter(None, (paper.get("arxiv"), paper.get("title"))):
                yield Origin(item["type"], item["name"], identity(reference))
