"""An entry of the catalogue, its normalised key, and its JSON form."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TYPES = ("Benchmark", "Dataset", "Model", "Method")


def key(name: str) -> str:
    """Key of a name: its letters a to z, digits and plus signs, in lower case."""
    return re.sub(r"[^a-z0-9+]", "", name.lower())


@dataclass
class Paper:
    """Facts about the paper that introduced something; each may be unknown."""

    title: str | None = None
    arxiv: str | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        """Takes the year from the arXiv id where nothing else gives one."""
        if self.year is None and self.arxiv:
            self.year = 2000 + int(self.arxiv[:2])

    def fill(self, other: "Paper") -> None:
        """Takes what is missing here from another description of the same paper."""
        if self.arxiv and other.arxiv and self.arxiv != other.arxiv:
            return
        self.title = self.title or other.title
        self.arxiv = self.arxiv or other.arxiv
        self.year = self.year or other.year

    def as_json(self) -> dict[str, Any]:
        """The known facts, in a fixed order."""
        facts = {"title": self.title, "arxiv": self.arxiv, "year": self.year}
        return {name: value for name, value in facts.items() if value}


@dataclass
class Entry:
    """One known name."""

    name: str
    type: str
    source: str
    aliases: list[str] = field(default_factory=list)
    paper: Paper = field(default_factory=Paper)
    context: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """Type and normalised name: what makes two entries one."""
        return self.type, key(self.name)

    def names(self) -> list[str]:
        """The name and its aliases."""
        return [self.name, *self.aliases]

    def add_aliases(self, aliases: Iterable[str]) -> None:
        """Adds the aliases that this entry does not have yet."""
        known = {key(name) for name in self.names()}
        for alias in aliases:
            if key(alias) and key(alias) not in known:
                known.add(key(alias))
                self.aliases.append(alias)

    def as_line(self) -> str:
        """The entry as one JSON line, keys in a fixed order."""
        fields: dict[str, Any] = {"name": self.name, "type": self.type, "aliases": self.aliases}
        if paper := self.paper.as_json():
            fields["paper"] = paper
        if self.context:
            fields["context"] = self.context
        fields["source"] = self.source
        return json.dumps(fields, ensure_ascii=False)


def read(path: Path) -> list[Entry]:
    """The entries of a catalogue file."""
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        entries.append(Entry(**{**fields, "paper": Paper(**fields.get("paper", {}))}))
    return entries


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Writes entries sorted by type and name, one a line."""
    ordered = sorted(entries, key=lambda e: (TYPES.index(e.type), e.name.lower(), e.name))
    path.write_text("".join(entry.as_line() + "\n" for entry in ordered), encoding="utf-8")
