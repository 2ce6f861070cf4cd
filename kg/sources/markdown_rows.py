"""Rows of tables of papers in Markdown, such as the tables of daily digests."""

import re
from collections.abc import Sequence

from kg.sources.entries.paper_entry import (
    Entry,
    add_links,
    cleaned,
    is_paper_link,
    paper_of_entry,
    title_in_link,
)
from kg.sources.entries.paper_names import are_names, edition, is_preprint, names_in
from kg.sources.entries.runs import BREAK, TextRun, cells_of, plain_text, runs_of_markdown
from kg.sources.entries.vocabulary import field_of_label
from kg.text.identifiers import identity_from_id

__all__ = ["cells_of", "paper_of_cells", "paper_of_row"]

_NOTHING = {"", "-", "--", "—", "–", "null", "none", "n/a", "na", "nan", "/", "x", "×", "?"}
_DAY = re.compile(r"\W*(?:19|20)\d\d(?:[-/.]\d{1,2}){1,2}\W*")


def paper_of_cells(header: Sequence[str] | None, cells: Sequence[str]) -> Entry | None:
    """The record of a row of a table of papers.

    Args:
        header: names of the columns; None where there are none, as in the files from which daily digests are made.
        cells: the row's cells, in Markdown.

    Returns:
        A record with the keys of `kg.sources.entries.paper_entry.FIELDS`, or None if the row has no title.
    """
    return paper_of_row(fields_of_header(header) if header else None, [runs_of_markdown(cell) for cell in cells])


def fields_of_header(header: Sequence[str]) -> list[str | None]:
    """The field that each column holds; the second of two columns for the title is none."""
    fields = [field_of_label(name) for name in header]
    return [None if name == "title" and "title" in fields[:at] else name for at, name in enumerate(fields)]


def paper_of_row(fields: Sequence[str | None] | None, cells: Sequence[Sequence[TextRun]]) -> Entry | None:
    """The record of a row whose cells are runs, or None if it has no title."""
    known = list(fields) if fields else _guessed(cells)
    if "title" not in known:
        return None
    at, more = known.index("title"), len(cells) - len(known)
    if more > 0:
        # Bars in a title that were not escaped.
        bar = TextRun("|")
        title = [run for cell in cells[at : at + more + 1] for run in (*cell, bar)][:-1]
        cells = [*cells[:at], title, *cells[at + more + 1 :]]
    record = _titled(cells[at]) if at < len(cells) else None
    if not record:
        return None
    links = []
    for name, cell in zip(known, cells, strict=False):
        links += [run.href for run in cell if run.href and name != "title"]
        text = plain_text(
            [run for run in cell if not (run.href and name not in ("authors", "arxiv", "doi", "venue", "date"))]
        )
        if name not in (None, "title", "link", "code") and cleaned(text).lower() not in _NOTHING:
            _fill(record, name, text if name == "abstract" else cleaned(text))
    add_links(record, links)
    return {name: value for name, value in record.items() if value}


def _titled(cell: Sequence[TextRun]) -> Entry | None:
    """The record of what stands in the cell of the title: perhaps links, authors and a venue too."""
    text = plain_text([run for run in cell if not run.href]) or plain_text(cell)
    record = paper_of_entry(cell, told=BREAK in cell)
    if record is None or (
        BREAK not in cell and cleaned(text).startswith(record["title"]) and not record.get("authors")
    ):
        linked = next(
            (run.text for run in cell if run.href and is_paper_link(run.href) and title_in_link(run.text, 1)), None
        )
        linked = linked or next((run.text for run in cell if run.href and title_in_link(run.text, 2)), None)
        title = cleaned(linked or text)
        if title.lower() in _NOTHING or identity_from_id(title):
            return None
        record = {"title": title}
        add_links(record, [run.href for run in cell if run.href])
    return record


def _fill(record: Entry, name: str, value: str) -> None:
    match name:
        case "venue":
            found = edition(value)
            record["venue"] = None if is_preprint(value) else value
            record["venue_year"] = found.venue_year
            record["year"] = record.get("year") or found.year
            record["date"] = record.get("date") or found.date
        case "categories":
            record[name] = [part for part in re.split(r"\s*[,;]\s*", value) if part]
        case "authors":
            record[name] = names_in(value)
        case "date":
            record["date"] = value.strip(" []()")
        case _:
            record[name] = value


def _guessed(cells: Sequence[Sequence[TextRun]]) -> list[str | None]:
    """What the cells of a row without a header hold: a date, then a title, then authors, then links."""
    texts = [plain_text(cell) for cell in cells]
    fields: list[str | None] = ["date" if _DAY.fullmatch(text) else None for text in texts]
    titles = [
        at for at, text in enumerate(texts) if fields[at] is None and title_in_link(text, 2) and not are_names(text)
    ]
    if titles:
        fields[titles[0]] = "title"
        for at in range(titles[0] + 1, len(texts)):
            if are_names(texts[at], alone=True):
                fields[at] = "authors"
                break
    return fields
