"""BibTeX: bibliographies, the ACL Anthology, exports of reference managers."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, Record, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.identifiers import arxiv_id
from kg.text.tex import decoding, links_shown

if TYPE_CHECKING:
    from bibtexparser.middlewares.middleware import Middleware
    from bibtexparser.model import Entry

NAME = "bibtex"
DESCRIPTION = "BibTeX"

_MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_BEGINS = re.compile(r"\s*@[ \t]*[A-Za-z]+[ \t]*[{(]")
_TEX = re.compile(r"[\\{}$~%^_]|--|``|''")
_PIECE = re.compile(r'"[^"]*"|\{[^{}]*\}|[^\s"#{}]+')
_PIECES = re.compile(rf"(?:{_PIECE.pattern})(?:\s*#\s*(?:{_PIECE.pattern}))*")
_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_STAND_IN = "\ufdd0"
"""For a percent sign while TeX is decoded: BibTeX has no comments in fields, and TeX would end the text there."""
_LONGEST = 1 << 18
"""Longest entry that is read, in bytes."""
_PREAMBLE = 4
"""Lines of plain text that may come before the first entry, as Mendeley and JabRef write them."""

# It logs the entries that it cannot read; they are reported as problems instead.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def _month(record: Record) -> object:
    """Year and month."""
    month = str(record.get("month", "")).strip().lower()
    if month[:3] in _MONTHS:
        return f"{record.get('year')}-{_MONTHS.index(month[:3]) + 1:02}"
    return f"{record.get('year')}-{int(month):02}" if re.fullmatch(r"\d{1,2}", month, re.ASCII) else None


def _authors(record: Record) -> list[str]:
    """Names, first names first."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    names = split_multiple_persons_names(str(record.get("author", "")))
    parts = (parse_single_name_into_parts(name, strict=False) for name in names if name != "others")
    return [part.merge_first_name_first for part in parts]


def _eprint(record: Record) -> object:
    """The eprint number, if the archive is arXiv."""
    archive = str(record.get("archiveprefix") or record.get("eprinttype") or "arxiv")
    return record.get("eprint") if archive.lower() == "arxiv" else None


def _stated(record: Record) -> object:
    """The arXiv id in `arXiv preprint arXiv:1810.04805`, in a volume `abs/1810.04805`, or alone in a note."""
    found = re.search(r"arxiv:\S+", str(record.get("journal", "")), re.IGNORECASE)
    if found:
        return found.group()
    places = (str(record.get(name, "")).strip() for name in ("volume", "number", "note", "howpublished"))
    return next((place for place in places if re.match(r"abs/|arxiv:", place, re.IGNORECASE) and arxiv_id(place)), None)


FIELDS: Fields = {
    "title": ("title",),
    "abstract": ("abstract",),
    "year": ("year",),
    "published": ("date", _month),
    "authors": (_authors,),
    "organizations": ("institution", "school"),
    "url": ("url",),
    "arxiv_id": (_eprint, _stated),
    "doi": ("doi",),
}
_KEPT = {"title", "abstract", "year", "month", "date", "author", "institution", "school", "url", "journal", "doi"} | {
    "eprint",
    "eprinttype",
    "archiveprefix",
    "volume",
    "number",
    "note",
    "howpublished",
}


def recognises(head: Head) -> Fit:
    """Certain if the file begins with an entry or comments, possible after a few lines of plain text."""
    others = 0
    for line in head.text.lstrip("\ufeff").splitlines():
        if _BEGINS.match(line):
            return Fit.POSSIBLE if others else Fit.CERTAIN
        others += bool(line.strip()) and not line.lstrip().startswith("%")
        if others > _PREAMBLE:
            break
    return Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads entry by entry; see `kg.sources.format.Format`."""
    strings: dict[str, str] = {}
    for line, block in _blocks(source):
        if len(block) > _LONGEST:
            yield Problem(source.file, line, f"an entry of more than {_LONGEST >> 10} KiB, left out")
            continue
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = line + block.count(b"\n", 0, error.start)
            yield Problem(source.file, bad, "not UTF-8, entry left out")
            continue
        yield from _papers(text, strings, source, line)


def _blocks(source: Source) -> Iterator[tuple[int, bytes]]:
    """Each entry with everything up to the next one, and the line on which it begins."""
    begun, block, number = 1, b"", 1
    for line in source.lines():
        if block and _BEGINS.match(line[:100].decode("utf-8", "replace")):
            yield begun, block
            begun, block = number, b""
        # One byte more than allowed shows that the entry is too long.
        block += line[: max(_LONGEST + 1 - len(block), 0)]
        number += line.endswith(b"\n")
    if block.strip():
        yield begun, block


def _papers(text: str, strings: dict[str, str], source: Source, line: int) -> Iterator[Paper | Problem]:
    # Imported here because it is slow, and only this format needs it.
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry

    doubled = []
    blocks = parse_string(text, parse_stack=[])
    for string in blocks.strings:
        strings[string.key.lower()] = string.value
    for block in blocks.failed_blocks:
        # An entry with a duplicate field is still read.
        if isinstance(block.ignore_error_block, Entry):
            doubled.append(block.ignore_error_block)
        else:
            reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")
            yield Problem(source.file, line + (block.start_line or 0), f"not BibTeX ({reason}); entry left out")
    for entry in (*blocks.entries, *doubled):
        record = _record(entry, strings)
        if record is None:
            yield Problem(source.file, line + (entry.start_line or 0), "TeX that cannot be read; entry left out")
        else:
            yield from papers(record, FIELDS, NAME, source, line + (entry.start_line or 0))


def _record(entry: "Entry", strings: dict[str, str]) -> dict[str, str] | None:
    """The fields of a paper as text without TeX, or None if the TeX is nested too deeply to be read."""
    entry.fields = [field for field in entry.fields if field.key.lower() in _KEPT]
    for field in entry.fields:
        field.value = links_shown(_resolved(field.value, strings))
    _transformed(entry, _unclosed())
    fields = list(reversed(entry.fields))
    # Decoding is the slowest step, and most abstracts have no TeX.
    entry.fields = [field for field in fields if _TEX.search(field.value)]
    for field in entry.fields:
        field.value = _PERCENT.sub(rf"\1{_STAND_IN}", field.value)
    if entry.fields and not _transformed(entry, decoding()):
        return None
    for field in entry.fields:
        field.value = field.value.replace(_STAND_IN, "%")
    return {field.key.lower(): " ".join(field.value.split()) for field in fields}


def _resolved(value: str, strings: dict[str, str]) -> str:
    """A value with its @string names replaced and its pieces (`"A" # name # "B"`) concatenated."""
    if not _PIECES.fullmatch(value):
        return value
    pieces: list[str] = [strings.get(piece.lower(), piece) for piece in _PIECE.findall(value)]
    if len(pieces) == 1:
        return pieces[0]
    return "{" + "".join(piece[1:-1] if piece[0] in '"{' else piece for piece in pieces) + "}"


def _transformed(entry: "Entry", middleware: "Middleware") -> bool:
    """Applies a middleware to an entry in place; returns whether it succeeded."""
    from bibtexparser.library import Library

    return bool(middleware.transform(Library([entry])).entries)


@cache
def _unclosed() -> "Middleware":
    from bibtexparser.middlewares import RemoveEnclosingMiddleware

    return RemoveEnclosingMiddleware()
