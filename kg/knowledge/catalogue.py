"""The catalogue of known benchmarks, datasets, models and methods."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.knowledge.patterns import objects
from kg.text.keys import name_key

CATALOGUE_VERSION = 2
"""Raised whenever an entry or exception of the catalogue changes."""

ENTRIES = Path(__file__).parent / "entries"
"""Folder with the files of the catalogue."""
_FILES = ("curated.jsonl", "packages.jsonl")
_LONGEST = 14
"""Tokens that a name may have."""
_NOT_FIRST = frozenset({"a", "an", "the", "or", "and", "in", "on", "to", "of", "is", "as"})
"""Words with which no match of several words begins."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A known benchmark, dataset, model or method.

    Attributes:
        name: its canonical name.
        type: Benchmark, Dataset, Model or Method.
        aliases: other names.
        context: words that speak for this entry where another has the same name.
        source: the package that it was taken from; "" for one written by hand.
    """

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    source: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a name means: an entry, and the name as the entry writes it."""

    written: str
    entry: CatalogueEntry


class Catalogue:
    """Entries by the keys of their names."""

    def __init__(self, entries: Iterable[CatalogueEntry], exceptions: Iterable[dict[str, Any]] = ()) -> None:
        """Takes entries, and names with the way in which each may be matched, as in `exceptions.jsonl`.

        Of entries with the same name and type the first counts.
        """
        self.entries = tuple(entries)
        self._exceptions: dict[str, dict[str, str]] = {}
        for item in exceptions:
            self._exceptions.setdefault(name_key(item["form"]), {})[item["form"]] = item["match"]
        self._senses: dict[str, list[_Sense]] = {}
        for entry in self.entries:
            for name in entry.names:
                senses = self._senses.setdefault(name_key(name), [])
                if not any(known.entry.type == entry.type for known in senses):
                    senses.append(_Sense(name, entry))
        self._prefixes = {key[:cut] for key in self._senses for cut in range(1, len(key) + 1)}

    def senses(self, name: str) -> list[CatalogueEntry]:
        """All entries with this name or alias, whatever its case, hyphens and spaces."""
        return [sense.entry for sense in self._senses.get(name_key(name), ())]

    def entry(self, name: str, type_: str) -> CatalogueEntry | None:
        """The entry with this name or alias and this type, or None."""
        return next((entry for entry in self.senses(name) if entry.type == type_), None)

    def rule(self, written: str) -> str:
        """In which spellings a name may be matched: `any`, `exact`, `cued` (exact, where a cue is) or `never`."""
        known = self._exceptions.get(name_key(written))
        if known is None:
            return "any"
        # Where some spellings of a name are exceptions, the others are ordinary words.
        return known.get(written, "never")

    def find(self, words: list[str], keys: list[str]) -> Iterator[tuple[int, int, list[CatalogueEntry], bool]]:
        """The longest matches among tokens: start, end, the entries, and whether they need a cue.

        Args:
            words: tokens as written.
            keys: their keys; "" for a token that is in no name.
        """
        position = 0
        while position < len(words):
            best: tuple[int, list[CatalogueEntry], bool] | None = None
            joined = ""
            for end in range(position, min(len(words), position + _LONGEST)):
                if not keys[end]:
                    if end == position or words[end] not in {"-", "–"}:
                        break
                    continue
                joined += keys[end]
                if joined not in self._prefixes:
                    # A plural of the last word is the same name.
                    if joined.endswith("s") and joined[:-1] in self._senses and len(joined) > 3:
                        best = self._match(words[position : end + 1], joined[:-1], end, plural=True) or best
                    break
                if joined in self._senses:
                    best = self._match(words[position : end + 1], joined, end) or best
                elif joined.endswith("s") and joined[:-1] in self._senses and len(joined) > 3:
                    best = self._match(words[position : end + 1], joined[:-1], end, plural=True) or best
            if best:
                yield position, best[0] + 1, best[1], best[2]
                position = best[0] + 1
            else:
                position += 1

    def _match(
        self, words: list[str], key: str, last: int, *, plural: bool = False
    ) -> tuple[int, list[CatalogueEntry], bool] | None:
        """The entries that words with this key may name, with the index of the last word; None without any."""
        written = _joined(words)
        if plural:
            written = written[:-1]
        if len(words) > 1 and words[0].lower() in _NOT_FIRST:
            return None
        rule = self.rule(written)
        if rule == "never":
            return None
        entries = [sense.entry for sense in self._senses[key] if _fits(words, sense.written, rule, plural)]
        return (last, entries, rule == "cued") if entries else None


def _joined(words: list[str]) -> str:
    """Words as written, hyphens and dots without the spaces that tokenising put around them."""
    return " ".join(words).replace(" - ", "-").replace(" -", "-")


def _breaks(name: str) -> set[int]:
    """Where a name may be parted: after how many letters and digits a separator, a digit or a capital begins."""
    found, count, before = set(), 0, ""
    for ch in name:
        if ch.isalnum() or ch == "+":
            if before and (
                not (before.isalnum() or before == "+")
                or before.isdigit() != ch.isdigit()
                or (before.islower() and ch.isupper())
            ):
                found.add(count)
            count += 1
        before = ch
    return found


def _fits(words: list[str], name: str, rule: str, plural: bool) -> bool:
    """Whether words may stand for a name, by their case and by where they part it."""
    text = "".join(words)
    if plural:
        text = text[:-1]
    bare = name.replace(" ", "").replace("-", "")
    if len(words) > 1:
        position, places = 0, _breaks(name)
        for word in words[:-1]:
            position += sum(ch.isalnum() or ch == "+" for ch in word)
            if position not in places:
                return False
    if rule in {"exact", "cued"}:
        return text.replace("-", "") == bare
    if text.replace("-", "") == bare:
        return True
    if len(words) == 1 and "-" not in text and not any(ch.isdigit() for ch in text):
        # One plain word is a name by its capitals, so there must be some where the name has some.
        if name.islower():
            return text[1:].islower()
        return any(ch.isupper() for ch in text) and (len(bare) > 3 or text.isupper() == name.isupper())
    # Several words or digits are distinctive enough in any case, but not short ones like "o 1".
    return len(bare) > 3 or any(ch.isupper() for ch in text)


@cache
def load_catalogue(folder: Path = ENTRIES) -> Catalogue:
    """The catalogue that ships with citegraph, or that of another folder; each is read once.

    Raises:
        ValueError: a file is not as it should be; the message names file and line.
    """
    entries = [
        CatalogueEntry(
            item["name"],
            item["type"],
            tuple(item.get("aliases", ())),
            tuple(item.get("context", ())),
            item.get("source", ""),
        )
        for name in _FILES
        if (folder / name).exists()
        for item in objects(folder / name)
    ]
    exceptions = folder / "exceptions.jsonl"
    return Catalogue(entries, objects(exceptions) if exceptions.exists() else ())
