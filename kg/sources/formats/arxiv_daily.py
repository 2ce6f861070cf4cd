"""JSON of repositories that list new arXiv papers: under a topic and an id a row of a Markdown table or list."""

import re
from collections.abc import Iterator
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.json_records import have, read_records
from kg.sources.json_records_within import ROW
from kg.sources.mapping import Fields, Record
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.identifiers import arxiv_id, arxiv_month

NAME = "arxiv-daily"
DESCRIPTION = "lists of arxiv-daily repositories: JSON of Markdown rows under ids"

FIELDS: Fields = {
    "id": ("id",),
    "title": ("title",),
    "abstract": ("abstract",),
    "published": ("published",),
    "authors": ("authors",),
    "url": ("url",),
    "repositories": ("code",),
}

_DATE = re.compile(r"\**((?:19|20)\d\d-\d\d-\d\d)\**")
_LINK = re.compile(r"\[[^\]]*\]\(\s*(https?://[^\s)]+)\s*\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*(?=\s*(?:\||,|$))", re.DOTALL)
_ET_AL = re.compile(r"(.*?),?\s*et\.?\s*al\b\.*,?", re.DOTALL)
_ITEM = re.compile(r"([\d-]+),\s*(\*\*.+?\*\*),\s*(.*?),\s*(?=\w+:\s*\**\[)", re.DOTALL)
# From that many words on, a cell is an abstract.
_WORDS = 40


def recognises(head: Head) -> Fit:
    """Certain if most records are rows of Markdown with a title and a link."""
    return Fit.CERTAIN if have(head, lambda record: _paper(record).get("title") is not None) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads rows; see `kg.sources.format.Format`."""
    return read_records(source, NAME, FIELDS, _paper)


def _paper(record: Record) -> dict[str, Any]:
    """The paper that a row names; an empty object for anything else."""
    row = record.get(ROW)
    if not isinstance(row, str):
        return {}
    found: dict[str, Any] = {"id": record.get("id")}
    cells = row.strip().strip("|").split("|") if row.lstrip().startswith("|") else _items(row)
    for cell in map(str.strip, cells):
        link = _LINK.search(cell)
        if date := _DATE.fullmatch(cell):
            found.setdefault("published", date[1])
        elif link:
            name = "url" if arxiv_id(link[1]) and "url" not in found else "code" if "url" in found else "page"
            found.setdefault(name, link[1])
        elif (bold := _BOLD.fullmatch(cell)) and "title" not in found:
            found["title"] = bold[1].strip()
        elif (named := _ET_AL.fullmatch(cell)) and "authors" not in found:
            found["authors"] = [named[1]]
        elif "title" in found and "authors" not in found and "url" not in found:
            found["authors"] = cell
        elif len(cell.split()) >= _WORDS:
            found.setdefault("abstract", cell)
    found.setdefault("url", found.get("page"))
    # The day is that of the last version; the id says when the first one appeared.
    month = arxiv_month(str(found["id"]))
    if month and not str(found.get("published", month)).startswith(month):
        found["published"] = month
    return found


def _items(row: str) -> list[str]:
    """The parts of a list's item: day, title, authors, links."""
    row = row.strip().lstrip("-*").strip()
    parts = _ITEM.match(row)
    if not parts:
        return []
    return [*parts.groups(), *(link.group() for link in _LINK.finditer(row, parts.end()))]
