"""Prints on the command line: tables and lines for people, JSON for programs.

Records are untrusted text: it is shown, never obeyed by the terminal and never read as markup.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Control characters, with which a text could control the terminal, and the marks that change the writing direction.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONG = 40
"""Characters from which a column may be wrapped."""
_RATIOS = {"evidence": 3, "title": 2}
"""Widths of long columns, as multiples of the others'."""

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def text(value: object, style: str = "") -> Text:
    """A value as plain text."""
    return Text(_CONTROL.sub("", _plain(value)), style=style)


def line(*parts: str | Text) -> None:
    """Prints one line on standard output."""
    out.print(Text.assemble(*(part if isinstance(part, Text) else text(part) for part in parts)), soft_wrap=True)


def problem(value: object) -> None:
    """Prints one line on standard error."""
    err.print(text(value), soft_wrap=True)


def as_json(value: BaseModel) -> None:
    """Prints an answer as one JSON document."""
    sys.stdout.write(json.dumps(value.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n")


def table(columns: Sequence[str], records: Sequence[Mapping[str, Any]]) -> None:
    """Prints rows as a table; a title and its id share a cell, columns without any value are left out."""
    filled = [column for column in columns if any(record.get(column) not in (None, "", []) for record in records)]
    merged = {"title", "id"} <= set(filled)
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 1 if merged else 0, 0), header_style="bold")
    names = [column for column in filled if not (merged and column == "id")]
    for name in names:
        long = max(len(_plain(record.get(name))) for record in records) > _LONG
        heading = "paper" if merged and name == "title" else words(name)
        shown.add_column(text(heading), overflow="fold", ratio=_RATIOS.get(name, 1) if long else None)
    for record in records:
        shown.add_row(*(_paper(record) if merged and name == "title" else text(record.get(name)) for name in names))
    out.print(shown)


def words(name: str) -> str:
    """The name of a column, an edge type or a section in words."""
    return name.lower().replace("_", " ")


def _paper(record: Mapping[str, Any]) -> Text:
    return Text.assemble(text(record["title"]), "\n", text(record["id"], "dim"))


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case dict() if value.keys() >= {"label", "id"}:
            from kg.queries import title

            return f"{value['label']} {title(value)}"
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return ", ".join(map(_plain, value))
        case float():
            return f"{value:g}"
        case _:
            return str(value)
