"""Lists and tables of papers in Markdown, as in awesome lists and daily digests."""

import re
from collections.abc import Iterator
from itertools import islice

from kg.schema import Paper
from kg.sources.entries.found_papers import Finder, FoundEntry
from kg.sources.entries.markdown_blocks import blocks
from kg.sources.entries.paper_entry import FIELDS
from kg.sources.format import Fit
from kg.sources.head import Head
from kg.sources.mapping import papers
from kg.sources.problems import Problem
from kg.sources.streams import Source

NAME = "markdown"
DESCRIPTION = "lists and tables of papers in Markdown (awesome lists, daily digests)"

_MARK = re.compile(r"\]\(|https?://|\*\*|^[ \t]*(?:\||[-*+] |\d{1,4}[.)] )", re.MULTILINE)
_RULE = re.compile(r"^ {0,9}\|?[ \t]{0,9}:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
_NO_MARKDOWN = re.compile(
    r"\s*(?:[{@%]|\"\"\"|#!|(?-i:import \w|from [\w.]+ import |(?:def|package|class|use|const|function) )"
    r"|<(?!(?:a|b|br|center|details|div|h[1-6]|i|img|p|picture|span|strong|table)\b|!--))",
    re.IGNORECASE,
)
# A text with hardly any of these is looked at only at its beginning.
_EVIDENCE = re.compile(
    r"arxiv|doi\.org|\.pdf\b|openreview|aclanthology|\[+(?:pdf|paper)\]|\bet\.? ?al\b", re.IGNORECASE
)
_FEW = 1 << 14
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_PIECE = 1 << 16
_MOST = 1 << 22


def recognises(head: Head) -> Fit:
    """Whether most items, rows and text are papers; certain if some are rows of a table."""
    text = head.text
    if _NO_MARKDOWN.match(text) or "\0" in text:
        return Fit.NONE
    if len(_MARK.findall(text, 0, 1 << 16)) < 2 and not _RULE.search(text, 0, 1 << 12):
        return Fit.NONE
    text = text[: text.rfind("\n")] if len(head.raw) >= 1 << 18 else text
    if next(islice(_EVIDENCE.finditer(text), 3, None), None) is None:
        text = text[:_FEW]
    others = count = 0
    inside = outside = 0
    for found in Finder().found(blocks(text)):
        count += found.record is not None
        others += found.listed and found.record is None
        inside += len(found.text) if found.record else 0
        outside += 0 if found.record else len(found.text)
    if count < 2 and not (count and _RULE.search(text)):
        return Fit.NONE
    if count < 2 * others or 2 * inside < outside:
        return Fit.NONE
    return Fit.CERTAIN if _RULE.search(text) else Fit.POSSIBLE


def read(source: Source) -> Iterator[Paper | Problem]:
    """Reads a few sections at a time; items and rows that are no papers are told of together."""
    finder = Finder()
    for first, text in _pieces(source):
        left_out: list[FoundEntry] = []
        for found in finder.found(blocks(text, first)):
            if found.record:
                yield from papers(found.record, FIELDS, NAME, source, found.line)
            elif found.listed and found.text:
                left_out.append(found)
        if left_out:
            yield Problem(source.file, left_out[0].line, _left_out(left_out))


def _left_out(entries: list[FoundEntry]) -> str:
    """Says which entries are no papers."""
    name = entries[0].text[:60]
    if len(entries) == 1:
        return f"no paper in this entry, left out: {name}"
    lines = ", ".join(str(entry.line) for entry in entries[1:6])
    more = f" and {len(entries) - 6} more" if len(entries) > 6 else ""
    return f"no paper in {len(entries)} entries, left out: {name}; those of the lines {lines}{more}"


def _pieces(source: Source) -> Iterator[tuple[int, str]]:
    """Pieces of the text with the numbers of their first lines; each ends at a blank line outside of lists and code."""
    lines: list[str] = []
    size, first, fenced = 0, 1, False
    for number, raw in enumerate(source.lines(), 1):
        line = raw.decode("utf-8", errors="replace").replace("\0", "")
        fenced ^= bool(_FENCE.match(line))
        begins = size > _PIECE and not fenced and lines and not lines[-1].strip() and line[:1].strip() != ""
        if begins or size > _MOST:
            yield first, "".join(lines)
            lines, size, first = [], 0, number
        lines.append(line)
        size += len(line)
    if lines:
        yield first, "".join(lines)
