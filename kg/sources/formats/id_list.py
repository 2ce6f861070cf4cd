"""A plain list of ids or links of papers, one a line, perhaps with their titles."""

import re
from collections.abc import Iterator

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.identifiers import identity_from_id

NAME = "id-list"
DESCRIPTION = "a list of ids or links of papers, one a line (arXiv ids, DOIs, addresses)"

FIELDS: Fields = {"title": ("title",), "arxiv_id": ("id",), "doi": ("id",), "ids": ("id",), "url": ("id",)}

_BULLET = re.compile(r"(?:[-*+•]|\d{1,5}[.)]|\[\d{1,5}\])\s+")
_SIGNS = " \t\r\n,;\"'<>()[]|"
_BETWEEN = " \t\r\n,;:|\"'<>[]–—-"
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 1_000


def recognises(head: Head) -> Fit:
    """Certain if every line but those of a comment has ids, and nothing else but titles."""
    lines = head.text.splitlines()
    lines = lines[:-1] if len(lines) > 1 and not head.text.endswith("\n") and len(head.raw) >= 1 << 18 else lines
    lines = [line for line in lines if _says_something(line)]
    # Nearly every other file shows in its first line that it is none.
    return Fit.CERTAIN if lines and all(_ids_and_title(line)[0] for line in lines) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads line by line; a paper without a title has its id for one until a source with the title is read.

    Other sources' records of the same paper are merged with it by the id, and their titles are taken.
    """
    for number, raw in enumerate(source.lines(), 1):
        line = raw.decode("utf-8", errors="replace")
        if not _says_something(line):
            continue
        ids, title = _ids_and_title(line)
        if not ids:
            yield Problem(source.file, number, f"no id of a paper, left out: {line.strip()[:60]}")
        for one in ids:
            yield from papers({"id": one, "title": title or _name(one)}, FIELDS, NAME, source, number)


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", "//", "%"))


def _ids_and_title(line: str) -> tuple[list[str], str | None]:
    """The ids on a line, and the title beside a single one; no ids if there is anything else."""
    text = line.strip()
    # Records of JSON, elements of XML and entries of BibTeX may end with an id too.
    if len(text) > _LONGEST or text.startswith(("{", "[{", "<", "@")):
        return [], None
    text = text if identity_from_id(text) else _BULLET.sub("", text, count=1)
    if identity_from_id(text.strip(_SIGNS)):
        return [text.strip(_SIGNS)], None
    parts = [part.strip(_SIGNS) for part in re.split(r"[\s,;|]+", text) if part.strip(_SIGNS)]
    known = [part for part in parts if identity_from_id(part)]
    if len(known) == len(parts):
        return known, None
    if len(known) != 1 or known[0] not in (parts[0], parts[-1]):
        return [], None
    before, _, after = text.partition(known[0])
    title = (after if known[0] == parts[0] else before).strip(_BETWEEN)
    return (known, title) if len(_WORD.findall(title)) >= 2 else ([], None)


def _name(own_id: str) -> str:
    """What a paper is called of which only an id is known: `arXiv:1810.04805`, `doi:10.18653/v1/n19-1423`."""
    known = identity_from_id(own_id) or own_id
    return f"arXiv:{known.removeprefix('arxiv:')}" if known.startswith("arxiv:") else known
