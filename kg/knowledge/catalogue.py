"""The catalogue of known benchmarks, datasets, models and methods."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.knowledge.patterns import objects
from kg.text.keys import name_key

CATALOGUE_VERSION = 1
"""Raised whenever an entry or exception of the catalogue changes."""

_FOLDER = Path(__file__).parent / "entries"
_FILES = ("curated.jsonl", "packages.jsonl")
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A known thing; `context` are words that point to this sense of a name that has several."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    source: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    entry: CatalogueEntry


class Catalogue:
    """Entries by the normal form of each of their names."""

    def __init__(self, entries: Iterable[CatalogueEntry], exceptions: Iterable[dict[str, Any]] = ()) -> None:
        self.entries = tuple(entries)
        self._exceptions: dict[str, dict[str, str]] = {}
        for item in exceptions:
            self._exceptions.setdefault(name_key(item["form"]), {})[item["form"]] = item["match"]
        self._forms: dict[str, list[_Form]] = {}
        for entry in self.entries:
            for form in entry.forms:
                senses = self._forms.setdefault(name_key(form), [])
                if not any(known.entry.type == entry.type for known in senses):
                    senses.append(_Form(form, entry))
        self._prefixes = {key[:cut] for key in self._forms for cut in range(1, len(key) + 1)}

    def senses(self, name: str) -> list[CatalogueEntry]:
        """All entries that have this name or alias, whatever its case, hyphens and spaces."""
        return [form.entry for form in self._forms.get(name_key(name), ())]

    def entry(self, name: str, type_: str) -> CatalogueEntry | None:
        """The entry of this name or alias and type, if there is one."""
        return next((entry for entry in self.senses(name) if entry.type == type_), None)

    def rule(self, written: str) -> str:
        """How a written form may be matched: `any`, `exact`, `cued` (where words around it say its type) or `never`."""
        known = self._exceptions.get(name_key(written))
        if known is None:
            return "any"
        # Where some writings of a form are exceptions, the others are ordinary words.
        return known.get(written, "never")

    def find(self, words: list[str], keys: list[str]) -> Iterator[tuple[int, int, list[CatalogueEntry], bool]]:
        """Longest matches in a token sequence: start, end, the senses, and whether the form needs a cue.

        Args:
            words: tokens as written.
            keys: their normal forms, '' for a token that ends any name.
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
                    if joined.endswith("s") and joined[:-1] in self._forms and len(joined) > 3:
                        best = self._accept(words[position : end + 1], joined[:-1], end, plural=True) or best
                    break
                if joined in self._forms:
                    best = self._accept(words[position : end + 1], joined, end) or best
                elif joined.endswith("s") and joined[:-1] in self._forms and len(joined) > 3:
                    best = self._accept(words[position : end + 1], joined[:-1], end, plural=True) or best
            if best:
                yield position, best[0] + 1, best[1], best[2]
                position = best[0] + 1
            else:
                position += 1

    def _accept(
        self, words: list[str], key: str, last: int, *, plural: bool = False
    ) -> tuple[int, list[CatalogueEntry], bool] | None:
        written = _joined(words)
        if plural:
            written = written[:-1]
        if len(words) > 1 and words[0].lower() in _NO_FIRST:
            return None
        rule = self.rule(written)
        if rule == "never":
            return None
        senses = [form.entry for form in self._forms[key] if _fits(words, form.text, rule, plural)]
        return (last, senses, rule == "cued") if senses else None


_NO_FIRST = frozenset({"a", "an", "the", "or", "and", "in", "on", "to", "of", "is", "as"})


def _joined(words: list[str]) -> str:
    """Words as written, hyphens and dots without the spaces that tokenising put around them."""
    return " ".join(words).replace(" - ", "-").replace(" -", "-")


def _pieces(text: str) -> set[int]:
    """Where a form can be parted: after how many letters and digits a separator, a digit or a capital begins."""
    found, count, before = set(), 0, ""
    for ch in text:
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


def _fits(words: list[str], form: str, rule: str, plural: bool) -> bool:
    """Whether the written words may stand for the form, by their case."""
    text = "".join(words)
    if plural:
        text = text[:-1]
    bare = form.replace(" ", "").replace("-", "")
    if len(words) > 1:
        position, places = 0, _pieces(form)
        for word in words[:-1]:
            position += sum(ch.isalnum() or ch == "+" for ch in word)
            if position not in places:
                return False
    if rule in {"exact", "cued"}:
        return text.replace("-", "") == bare
    if text.replace("-", "") == bare:
        return True
    if len(words) == 1 and "-" not in text and not any(ch.isdigit() for ch in text):
        # One plain word: capitals are what tells a name, so those of the form must be there in some way.
        if form.islower():
            return text[1:].islower()
        return any(ch.isupper() for ch in text) and (len(bare) > 3 or text.isupper() == form.isupper())
    # Several words or digits are distinctive enough in any case, but not short ones like "o 1".
    return len(bare) > 3 or any(ch.isupper() for ch in text)


@cache
def load_catalogue(folder: Path = _FOLDER) -> Catalogue:
    """The catalogue that ships with citegraph.

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
