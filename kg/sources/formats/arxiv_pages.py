"""arXiv's lists of new and recent papers and its search results, copied from a browser as text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.schema import Paper
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import Fields, papers
from kg.sources.problems import Problem
from kg.sources.streams import Source
from kg.text.publication_dates import publication_date

NAME = "arxiv-pages"
DESCRIPTION = "arXiv's lists and search results saved as text"

FIELDS: Fields = {
    "title": ("title",),
    "abstract": ("abstract",),
    "published": ("date",),
    "authors": ("authors",),
    "venue": ("venue",),
    "categories": ("categories",),
    "arxiv_id": ("arxiv",),
    "doi": ("doi",),
}

_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_ENTRY = re.compile(
    rf"\s*(?:\[?\d+[\].]\s*)?arXiv:(?P<id>{_ID})\s*(?:\((?:cross-list|replaced)[^)]*\)\s*)?(?:\[(?P<links>[^\]]*)\])?"
    r"(?P<rest>(?:\s+(?:[a-z][a-z-]+(?:\.[A-Za-z-]+)?|doi|10\.\d+/\S+))*)\s*$"
)
# A program with such a list in it, such as the test of a reader.
_PROGRAM = re.compile(r"^(?:import \w+$|from [\w.]+ import |def \w+\()", re.MULTILINE)
_NUMBER = re.compile(r"\s*(?:\[\d+\]|\d+\.)\s*$")
_LABEL = re.compile(
    r"(?P<label>title|authors?|comments|subjects|journal[- ]ref|abstract|doi|report[- ]no|msc[- ]class|acm[- ]class"
    r"|cite as)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"[a-z][a-z-]+(?:\.[A-Za-z-]+)?")
_CATEGORIES = re.compile(rf"{_CATEGORY.pattern}(?:\s+{_CATEGORY.pattern})*")
_SUBMITTED = re.compile(r"(?:submitted|v1 submitted)\s+(?P<date>\d{1,2} [A-Z][a-z]+,? \d{4})", re.IGNORECASE)
_FIRST = re.compile(r"v1 submitted\s+(?P<date>\d{1,2} [A-Z][a-z]+,? \d{4})", re.IGNORECASE)
_MORE = re.compile(r"\s*[△▽]\s*(?:more|less)\s*", re.IGNORECASE)
_HIDDEN = re.compile(r",?\s*\(?\d+ additional authors? not shown\)?", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:(?:new|cross|replacement) (?:submissions|lists|-lists|entries).*|(?:replacements|cross-lists) for .*"
    r"|new submissions for .*|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*, \d{1,2} [a-z]+ \d{4}.*"
    r"|total of \d+ entries.*|showing (?:up to|new listings|\d+).*|\[?\s*(?:showing|total) .*entries.*"
    r"|see (?:today's|recent).*|authors and titles for .*|about|help|contact.*|subscribe.*|copyright|privacy policy"
    r"|web accessibility.*|arxiv operational status.*|get status notifications.*|\d+(?:-\d+)?(?: \d+-\d+)* ?"
    r"|previous|next|(?:\d+ )+|search v\d.*|fewer.*more.*all|links to:.*|back to top)\s*$",
    re.IGNORECASE,
)


def recognises(head: Head) -> Fit:
    """Certain if most lines are those of entries as arXiv's pages have them: an id, a title, labels."""
    if "arXiv:" not in head.text or _PROGRAM.search(head.text):
        return Fit.NONE
    lines = head.text.splitlines()
    entries = [entry for _, entry in _entries(enumerate(lines, 1))]
    whole = [entry for entry in entries if _has_label(entry) and _record(entry).get("title")]
    inside, total = sum(map(len, whole)), sum(bool(line.strip()) for line in lines)
    return Fit.CERTAIN if 2 * len(whole) > len(entries) and 2 * inside > total else Fit.NONE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads entry by entry; see `kg.sources.format.Format`."""
    lines = ((number, raw.decode("utf-8", errors="replace")) for number, raw in enumerate(source.lines(), 1))
    for number, entry in _entries(lines):
        yield from papers(_record(entry), FIELDS, NAME, source, number)


def _entries(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """The lines of each entry that are not blank, and the number of its first."""
    entry: list[str] = []
    begun, open_ = 0, False
    for number, line in lines:
        text = line.strip()
        if _ENTRY.match(text):
            if entry:
                yield begun, entry
            begun, entry, open_ = number, [text], True
        elif _NUMBER.match(text) or (entry and _FURNITURE.match(text)):
            # What follows the page's own text belongs to no entry.
            open_ = open_ and not entry[1:]
        elif text and open_:
            entry.append(text)
    if entry:
        yield begun, entry


def _has_label(lines: Sequence[str]) -> bool:
    labels = {found["label"].lower() for found in map(_LABEL.match, lines[1:]) if found}
    return bool(labels & {"title", "authors", "author", "subjects"})


def _record(lines: Sequence[str]) -> dict[str, Any]:
    """The fields of an entry: labelled lines, and lines that are known by their place."""
    first = _ENTRY.match(lines[0])
    if not first:
        return {}
    parts: list[tuple[str | None, list[str]]] = [(None, first["rest"].split())]
    for line in lines[1:]:
        if found := _LABEL.match(line):
            parts.append((found["label"].lower().replace(" ", "-"), [found["value"].strip()]))
        elif _SUBMITTED.match(line):
            parts.append(("date", [line]))
        else:
            parts[-1][1].append(line)
    record: dict[str, Any] = {"arxiv": first["id"]}
    for name, values in parts:
        _take(record, name, [value for value in values if value])
    return record


def _take(record: dict[str, Any], name: str | None, values: list[str]) -> None:
    text = " ".join(values)
    match name:
        case None:
            # Search results have categories, perhaps a DOI, then the title without a label.
            others = [value for value in values if not _CATEGORIES.fullmatch(value)]
            known = (one for value in values if value not in others for one in _CATEGORY.findall(value))
            record["categories"] = [one for one in known if one != "doi"]
            title = [value for value in others if not re.match(r"(?:doi\s+)?10\.\d+/\S+$", value)]
            doi = next((value for value in others if value not in title), "")
            record["doi"] = doi.removeprefix("doi").strip() or None
            if title:
                record["title"] = " ".join(title)
        case "title" if values:
            record["title"] = values[0]
            if values[1:]:
                record["authors"] = _HIDDEN.sub("", " ".join(values[1:]))
        case "author" | "authors":
            record["authors"] = _HIDDEN.sub("", text)
        case "subjects" if values:
            record["categories"] = re.findall(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)", values[0])
            if values[1:]:
                record["abstract"] = " ".join(values[1:])
        case "abstract":
            excerpt, more, whole = text.partition("▽ More")
            record["abstract"] = _MORE.sub(" ", whole if more and whole.strip() else excerpt).strip()
        case "journal-ref":
            record["venue"] = values[0] if values else None
        case "doi":
            record["doi"] = text
        case "date":
            found = _FIRST.search(text) or _SUBMITTED.search(text)
            record["date"] = publication_date(found["date"]) if found else None
        case "comments" | "report-no" | "msc-class" | "acm-class" if "subjects" not in record and values[2:]:
            record.setdefault("abstract", " ".join(values[1:]))
