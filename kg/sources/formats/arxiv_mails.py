"""arXiv's daily mails: new, cross-listed and replaced papers between lines with two backslashes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.publication_dates import publication_date

NAME = "arxiv-mails"
DESCRIPTION = "arXiv's daily mails (text)"

FIELDS: Fields = {
    "title": ("title",),
    "abstract": ("abstract",),
    "published": ("date",),
    "authors": ("authors",),
    "venue": ("journal-ref",),
    "categories": ("categories",),
    "arxiv_id": ("arxiv",),
    "doi": ("doi",),
    "url": ("url",),
}

_QUOTE = r"(?:> ?)*"
_BEGIN = re.compile(rf"^{_QUOTE}\\\\[ \t]*\r?\n{_QUOTE}(?:arXiv:|Paper\b[^\n:]*:)\s*\S", re.MULTILINE | re.IGNORECASE)
_QUOTED = re.compile(f"^{_QUOTE}")
_PAPER = re.compile(r"(?:arXiv:|Paper\b[^:]{0,40}:)\s*(?P<id>\S+)", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z-]{2,20})(?:\s?\((?P<version>[^)]*)\))?:\s*(?P<value>.*)")
_END = re.compile(r"\\\\\s*\(\s*(?P<url>\S+)")
_RULE = re.compile(r"(?:-{20,}|(?:%-?%?-?){8,})\s*$")
# Between a value and what follows it on its line, such as the size of the files.
_SIZE = re.compile(r"\s*\([\d.]+\s?[kM]?b[^)]*\)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Record:
    """A record that is being read, and the field whose value may go on."""

    line: int
    fields: dict[str, object] = field(default_factory=dict)
    last: str | None = None
    abstract: list[str] = field(default_factory=list)
    in_abstract: bool = False
    lines: int = 0
    """How many of its lines are not blank."""


def recognises(head: Head) -> Fit:
    """Certain if most lines are those of papers as arXiv's mails have them."""
    if not _BEGIN.search(head.text):
        return Fit.NONE
    lines = head.text.splitlines()
    records = list(_records(enumerate(lines, 1)))
    inside = sum(record.lines for record in records if record.fields.get("title"))
    return Fit.CERTAIN if 2 * inside > sum(bool(line.strip()) for line in lines) else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads paper by paper, whatever is between them; see `kg.sources.format.Format`."""
    lines = ((number, raw.decode("utf-8", errors="replace")) for number, raw in enumerate(source.lines(), 1))
    for record in _records(lines):
        if record.abstract:
            record.fields["abstract"] = " ".join(filter(None, record.abstract))
        yield from papers(record.fields, FIELDS, NAME, source, record.line)


def _records(lines: Iterable[tuple[int, str]]) -> Iterator[_Record]:
    record: _Record | None = None
    before = ""
    for number, written in lines:
        line = _QUOTED.sub("", written).rstrip()
        begun = _PAPER.match(line) if before == "\\\\" and not (record and record.in_abstract) else None
        before = line.strip()
        if record:
            record.lines += bool(before)
        if begun:
            record = _Record(number, {"arxiv": begun["id"]}, lines=2)
        elif record is None:
            continue
        elif _RULE.match(line) or (ended := _END.match(line)):
            if not _RULE.match(line) and ended:
                record.fields["url"] = ended["url"]
            yield record
            record = None
        elif before == "\\\\":
            record.in_abstract = True
        elif record.in_abstract:
            record.abstract.append(before)
        else:
            _add(record, line)
    if record:
        yield record


def _add(record: _Record, line: str) -> None:
    """Takes a line of a record's head: a field, or the rest of the field before."""
    found = _FIELD.match(line)
    if found:
        name = record.last = found["name"].lower()
        value = _SIZE.sub("", found["value"].strip())
        if name == "categories":
            record.fields[name] = value.split()
        elif name != "date":
            record.fields.setdefault(name, value)
        elif "v1" in (found["version"] or "v1"):
            record.fields.setdefault(name, publication_date(value))
    elif line[:1] in " \t" and record.last and line.strip():
        known = record.fields.get(record.last)
        if isinstance(known, str):
            record.fields[record.last] = f"{known} {line.strip()}"
    else:
        record.last = None
