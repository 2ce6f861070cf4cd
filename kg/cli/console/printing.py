"""Prints what the console answers; longer texts than the terminal are shown page by page."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from rich.pager import SystemPager

from kg.cli import output, views
from kg.queries import Answer, Explained, NamedQuery

# Options of `less`: keep the colours, and end at once if everything fits on the screen.
_LESS = "-FRSX"


def table(answer: Answer) -> None:
    """Prints an answer's rows as a table."""
    shown(_captured(lambda: views.rows(answer)))


def shown(text: str) -> None:
    """Prints a text, with the user's pager if it is longer than the terminal."""
    if sys.stdin.isatty() and output.out.is_terminal and text.count("\n") >= output.out.height:
        os.environ.setdefault("LESS", _LESS)
        SystemPager().show(text)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def as_json(answer: Answer) -> None:
    """Prints an answer as JSON, as `kg cypher --json` does."""
    shown(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n")


def as_csv(answer: Answer) -> None:
    """Prints an answer's rows as CSV below a line of column names; lists and nodes are JSON."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(answer.columns)
    rows.writerows([_cell(row[column]) for column in answer.columns] for row in answer.rows)
    shown(file.getvalue())


def named(queries: Iterable[NamedQuery]) -> None:
    """Prints a table of named queries."""
    records = [
        {"query": query.name, "answers": query.answers, "parameters": [each.name for each in query.parameters]}
        for query in queries
    ]
    shown(_captured(lambda: output.table(["query", "answers", "parameters"], records)))


def query(wanted: NamedQuery) -> None:
    """Prints what a named query answers, its parameters and columns, and its Cypher."""
    output.line(output.text(wanted.answers, "bold"))
    for heading, declared in (("parameter", wanted.parameters), ("column", wanted.columns)):
        for each in declared:
            output.line(f"{heading} {each.name} ({each.kind}): {each.doc}")
    example = " ".join(f"{name}={_argument(value)}" for name, value in wanted.example.items())
    output.line(output.text(f":run {wanted.name} {example}", "dim"))
    output.line(wanted.cypher)


def explained(value: Explained) -> None:
    """Prints how an engine would run a statement."""
    shown(_captured(lambda: views.explained(value)))


def _captured(prints: Callable[[], None]) -> str:
    """What a function prints."""
    with output.out.capture() as captured:
        prints()
    return captured.get()


def _cell(value: Any) -> str:
    plain = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | bool) else value
    return output.text(plain).plain if plain is not None else ""


def _argument(value: Any) -> str:
    text = ",".join(value) if isinstance(value, list) else str(value)
    return f"'{text}'" if " " in text else text
