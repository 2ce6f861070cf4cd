"""The papers among the blocks of a text, and what else is there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.sources.entries.html_blocks import html_blocks
from kg.sources.entries.markdown_blocks import Block, Heading, Item, MarkdownTable, Other, Paragraph
from kg.sources.entries.paper_entry import Entry, cleaned, is_paper_link, joined, paper_of_entry, separate_papers
from kg.sources.entries.paper_names import Edition, year_of_heading
from kg.sources.entries.runs import TextRun, plain_text
from kg.sources.entries.vocabulary import plain_label, words
from kg.sources.markdown_rows import fields_of_header, paper_of_row

# What headings say above lists of papers.
_PAPERS = re.compile(r"\b(?:papers|publications|proceedings|bibliography|articles|posters)\b|论文", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*\(?\d{1,4}[.)、:]\s+")


@dataclass(slots=True)
class FoundEntry:
    """An entry or other part of a text: the record of its paper, or None."""

    line: int | None
    text: str
    record: Entry | None
    listed: bool = False
    """Whether it is an item or row, which would be a paper in a list of papers."""


class Finder:
    """Finds papers in the blocks of a text, one piece after the other; headings hold for the pieces after them."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, Edition | None, bool]] = []

    def found(self, blocks: Sequence[Block]) -> Iterator[FoundEntry]:
        """The entries of blocks and everything else, in order."""
        at = 0
        while at < len(blocks):
            block = blocks[at]
            at += 1
            match block:
                case Heading():
                    end = next((n for n in range(at, len(blocks)) if isinstance(blocks[n], Heading)), len(blocks))
                    section = _section(block, blocks[at:end])
                    if section:
                        yield self._dated(section)
                        at = end
                    else:
                        self._enter(block)
                case Paragraph():
                    yield from map(self._dated, _of_paragraph(block))
                case Item():
                    items = [block, *takewhile(lambda each: isinstance(each, Item), blocks[at:])]
                    at += len(items) - 1
                    yield from map(self._dated, _of_items(items, self._told))
                case MarkdownTable():
                    yield from map(self._dated, _of_table(block, self._told))
                case Other() if block.html:
                    yield from self.found(html_blocks(block.text))
                case Other():
                    yield FoundEntry(block.line, block.text, None)

    def _enter(self, heading: Heading) -> None:
        text = plain_text(heading.runs)
        self._headings = [above for above in self._headings if above[0] < heading.level]
        self._headings.append((heading.level, year_of_heading(text), _PAPERS.search(text) is not None))

    @property
    def _told(self) -> bool:
        """Whether a heading says that papers follow."""
        return any(told for _, _, told in self._headings)

    def _dated(self, found: FoundEntry) -> FoundEntry:
        """With the year of the heading above it, if it says none itself."""
        record = found.record
        if record and not any(record.get(name) for name in ("year", "date", "venue_year")):
            edition = next((edition for _, edition, _ in reversed(self._headings) if edition), None)
            if edition:
                record["year"] = edition.year
                if edition.venue and not record.get("venue"):
                    record["venue"], record["venue_year"] = edition.venue, edition.venue_year
        return found


def _of_paragraph(block: Paragraph) -> list[FoundEntry]:
    several = separate_papers([block.runs]) or [block.runs]
    return [FoundEntry(block.line, plain_text(runs), _in_paragraph(runs)) for runs in several]


def _in_paragraph(runs: Sequence[TextRun]) -> Entry | None:
    """The paper of a paragraph, or None; one that goes on for long about a paper is prose."""
    record = paper_of_entry(runs, loose=False)
    if record is None and any(run.href and is_paper_link(run.href) for run in runs):
        plain = paper_of_entry(runs)
        record = plain if plain and plain.get("authors") and (plain.get("year") or plain.get("venue")) else None
    if not record or record.get("abstract"):
        return record
    expected = 3 * len(record["title"]) + len(record.get("authors", "")) + 250
    return record if len(plain_text(runs)) <= expected else None


def _of_items(items: Sequence[Block], told: bool) -> Iterator[FoundEntry]:
    """The papers of items that follow each other: where most are papers, a title and one name will do."""
    found = [_of_item(item, told) for item in items if isinstance(item, Item)]
    papers = [any(one.record for one in each) for each in found]
    again = not told and 2 * sum(papers) > len(papers)
    for item, each, paper in zip(items, found, papers, strict=True):
        yield from _of_item(item, told=True) if again and not paper and isinstance(item, Item) else each


def _of_item(item: Item, told: bool = False) -> list[FoundEntry]:
    """The papers of an item: its own, of which the items within it say more, or those within it."""
    several = separate_papers(item.runs)
    inner = [found for one in item.items for found in _of_item(one, told)]
    if several:
        return [
            *(FoundEntry(item.line, plain_text(runs), paper_of_entry(runs, told=told), True) for runs in several),
            *inner,
        ]
    own = joined(item.runs)
    record = paper_of_entry(own, told=told)
    papers = [found for found in inner if found.record]
    if papers:
        return [*([FoundEntry(item.line, plain_text(own), record, True)] if record else []), *inner]
    if item.items:
        whole = joined([*item.runs, *(runs for one in item.items for runs in _all_runs(one))])
        record = (paper_of_entry(whole, told=told) if own else None) or record
        if record or not _is_contents(own):
            return [FoundEntry(item.line, plain_text(whole), record, True)]
    return [] if _is_contents(own) else [FoundEntry(item.line, plain_text(own), record, True), *inner]


def _all_runs(item: Item) -> Iterator[list[TextRun]]:
    yield from item.runs
    for one in item.items:
        yield from _all_runs(one)


def _is_contents(runs: Iterable[TextRun]) -> bool:
    """Whether an item only leads to a part of the text itself, or says nothing."""
    links = [run.href for run in runs if run.href is not None]
    return (bool(links) and all("#" in href and not is_paper_link(href) for href in links)) or not plain_text(runs)


def _of_table(table: MarkdownTable, told: bool) -> list[FoundEntry]:
    """The papers of a table with a column of titles, and authors or links to papers, or of rows that are entries."""
    fields = fields_of_header([plain_text(cell) for cell in table.header])
    if "title" not in fields:
        rows = [
            (line, cells, paper_of_entry(joined(cells), told=told))
            for line, cells in [(table.line, table.header), *table.rows]
        ]
        listed = 2 * sum(record is not None for _, _, record in rows) >= len(rows)
        if listed and not told:
            rows = [(line, cells, record or paper_of_entry(joined(cells), told=True)) for line, cells, record in rows]
        return [
            FoundEntry(line, plain_text(joined(cells)), record if listed else None, listed)
            for line, cells, record in (rows if listed and rows[0][2] else rows[1:])
        ]
    rows = [(line, cells, paper_of_row(fields, cells)) for line, cells in table.rows]
    filled = [(line, cells, record) for line, cells, record in rows if any(plain_text(cell) for cell in cells)]
    linked = sum(bool(record and any(map(is_paper_link, record.get("links", ())))) for _, _, record in filled)
    telling = {"authors", "abstract", "arxiv", "doi"} & {name for name in fields if name} or 2 * linked >= len(filled)
    return [
        FoundEntry(line, plain_text(joined(cells)), record if telling else None, listed=bool(telling or linked))
        for line, cells, record in filled
    ]


def _section(heading: Heading, below: Sequence[Block]) -> FoundEntry | None:
    """A paper whose title is a heading with its authors, abstract or links below it."""
    title = plain_text(heading.runs)
    if not below or len(cleaned(title).split()) < 3 or plain_label(title) in words("not_titles"):
        return None
    if any(isinstance(block, MarkdownTable) for block in below) or year_of_heading(title):
        return None
    if any(found.record for block in below if isinstance(block, Item) for found in _of_item(block)):
        return None
    parts = [heading.runs]
    for block in below:
        match block:
            case Paragraph():
                parts.append(block.runs)
            case Item():
                parts += _all_runs(block)
    labelled = [TextRun(f"Title: {_NUMBERING.sub('', title)}")]
    record = paper_of_entry(
        joined([labelled, *parts[1:], [run for run in heading.runs if run.href and is_paper_link(run.href)]])
    )
    telling = record and (
        any(run.href and is_paper_link(run.href) for run in heading.runs)
        or record.get("abstract")
        or _has_label(parts[1:])
    )
    return FoundEntry(heading.line, plain_text(joined(parts)), record, True) if telling else None


def _has_label(parts: Sequence[Sequence[TextRun]]) -> bool:
    return any(paper is not None for paper in (_labelled_authors(runs) for runs in parts))


def _labelled_authors(runs: Sequence[TextRun]) -> bool | None:
    text = plain_text(runs)
    label = text.partition(":")[0] if ":" in text else text.partition("：")[0]
    return True if plain_label(label) in {"authors", "author", "author(s)", "作者"} else None
