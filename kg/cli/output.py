"""What the command line prints: tables for people, JSON for programs, progress on a terminal.

Records are untrusted text: it is shown, never obeyed by the terminal and never read as markup.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel
from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from kg.analytics import Statistics
    from kg.doctor import Checkup
    from kg.evaluate import Report
    from kg.link import Explanations
    from kg.queries import Answer, Asked, Details, NamedQuery, Neighbourhood
    from kg.search import Hit

# Control characters, those that steer a terminal among them, and the marks that turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONG = 40
_RATIOS = {"evidence": 3, "title": 2}
_PAPER_STAGES = ("read", "extract")

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


def asked(answer: "Asked") -> None:
    """Prints what a question was taken to mean, its answer, and the statement behind it."""
    line(text(answer.understood, "bold"))
    out.print()
    rows(answer)
    out.print()
    line(text(f"the query {answer.query}, as Cypher:", "dim"))
    out.print(Padding(text(answer.cypher, "dim"), (0, 0, 0, 2)))
    for name, value in answer.parameters.items():
        line(text(f"  ${name} = {json.dumps(value, ensure_ascii=False)}", "dim"))


def rows(answer: "Answer") -> None:
    """Prints an answer's rows, and how many they are."""
    if answer.rows:
        # What was asked for stands above the table; a column that only repeats it says nothing.
        alike = len(answer.rows) > 1 and len({row.get("relation") for row in answer.rows}) == 1
        table([column for column in answer.columns if not (alike and column == "relation")], answer.rows)
        out.print()
    number = len(answer.rows)
    line("nothing found" if not number else f"{number} row{'s' * (number > 1)}", " (there are more)" * answer.truncated)


def named_queries(known: "Sequence[NamedQuery]") -> None:
    """Prints what each named query answers, and its parameters with an example's values."""
    for query in known:
        line(text(query.name, "bold"), f": {query.answers}")
        for parameter in query.parameters:
            value = query.example[parameter.name]
            shown = ",".join(map(str, value)) if isinstance(value, list) else value
            line(text(f"    {parameter.name}={shown}"), text(f"  {parameter.doc}", "dim"))


def table(columns: Sequence[str], records: Sequence[Mapping[str, Any]]) -> None:
    """Prints rows as a table; a title and its id share a cell, columns without any value are left out."""
    filled = [column for column in columns if any(record.get(column) not in (None, "", []) for record in records)]
    merged = {"title", "id"} <= set(filled)
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 1 if merged else 0, 0), header_style="bold")
    names = [column for column in filled if not (merged and column == "id")]
    for name in names:
        long = max(len(_plain(record.get(name))) for record in records) > _LONG
        heading = "paper" if merged and name == "title" else _words(name)
        shown.add_column(text(heading), overflow="fold", ratio=_RATIOS.get(name, 1) if long else None)
    for record in records:
        shown.add_row(*(_paper(record) if merged and name == "title" else text(record.get(name)) for name in names))
    out.print(shown)


def details(shown: "Details") -> None:
    """Prints what is known of a node."""
    line(text(shown.name, "bold"))
    line(text(f"{shown.label}  {shown.id}", "dim"))
    _facts((name, value) for name, value in shown.properties.items() if name not in ("name", "title", "type"))
    for section in ("authors", "organizations", "tasks"):
        _facts([(section, getattr(shown, section))])
    _facts([("relations", ", ".join(f"{_words(relation)} {count}" for relation, count in shown.relations.items()))])
    for section in ("introduced_by", "entities", "repositories", "results", "variants", "citing", "papers"):
        if records := getattr(shown, section):
            out.print()
            line(text(_words(section), "bold underline"))
            table(list(records[0]), records)


def hits(found: "Sequence[Hit]") -> None:
    """Prints what was found by name, the best first."""
    records = [
        {
            "name": hit.name,
            "type": hit.label,
            "papers": hit.papers,
            "as": hit.matched if hit.matched != hit.name else None,
            "id": hit.id,
        }
        for hit in found
    ]
    if records:
        table(list(records[0]), records)
    else:
        line("nothing found")


def neighbourhood(around: "Neighbourhood") -> None:
    """Prints edges with the names of their ends."""
    from kg.queries import title

    names = {node["id"]: title(node) for node in around.nodes}
    records = [
        {
            "from": names[edge["source"]],
            "edge": _words(edge["type"]),
            "to": names[edge["target"]],
            "evidence": edge.get("evidence"),
        }
        for edge in around.edges
    ]
    if records:
        table(list(records[0]), records)
        out.print()
    line(f"{len(around.nodes)} nodes, {len(around.edges)} edges", " (there are more)" * around.truncated)


def statistics(counted: "Statistics") -> None:
    """Prints numbers of nodes and edges by type, of papers by year, and the most evaluated benchmarks."""
    counts: dict[str, Mapping[Any, int]] = {
        f"{counted.nodes:,} nodes": counted.nodes_by_label,
        f"{counted.edges:,} edges": counted.edges_by_type,
        "papers by year": counted.papers_by_year,
        "most evaluated benchmarks": {each.name: each.papers or 0 for each in counted.most_evaluated},
    }
    for heading, numbers in counts.items():
        shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        shown.add_column(width=28)
        shown.add_column(justify="right")
        for name, number in numbers.items():
            if number:
                shown.add_row(text(name), text(f"{number:,}"))
        line(text(heading, "bold"))
        out.print(shown)
        out.print()


def report(value: "Report") -> None:
    """Prints the measures of an extraction, and its errors by cause."""
    measures = [
        {
            "measure": name,
            "precision": s.precision,
            "recall": s.recall,
            "F1": s.f1,
            "low": s.low,
            "high": s.high,
            "gold": s.gold,
        }
        for name, s in value.scores.items()
        if s.gold
    ]
    table(["measure", "precision", "recall", "F1", "low", "high", "gold"], measures)
    line(f"{value.papers:,} papers; F1 is between low and high in 95 of 100 samples of them\n")
    causes = [
        {
            "errors": cause.count,
            "about": cause.about,
            "cause": cause.cause,
            "for example": "; ".join(cause.examples[:3]),
        }
        for cause in value.causes
    ]
    table(["errors", "about", "cause", "for example"], causes)


def explanations(value: "Explanations") -> None:
    """Prints what each node that a name may mean joins, and what it keeps apart."""
    for node in value.nodes:
        line(text(node.name, "bold"), f"  {node.id}, {node.papers:,} papers, {node.origin}")
        joined = [
            {"form": f.form, "papers": f.papers, "joined by": "; ".join(f"{r.cause}: {r.detail}" for r in f.reasons)}
            for f in node.joined
        ]
        table(["form", "papers", "joined by"], joined)
        if node.apart:
            line("")
            apart = [
                {
                    "apart from": f"{a.name} ({a.id})",
                    "papers": a.papers,
                    "because of": f"{a.reason.cause}: {a.reason.detail}",
                }
                for a in node.apart
            ]
            table(["apart from", "papers", "because of"], apart)
        line("")


def checkup(value: "Checkup") -> None:
    """Prints what a check-up looked at, and what it found."""
    for finding in value.findings:
        line(text(f"{finding.about}: ", "bold red"), finding.found)
        line(text(f"  {finding.advice}", "dim"))
    for note in value.notes:
        line(text(note, "dim"))
    looked = ", ".join(f"{count:,} {what}" for what, count in value.checked.items())
    if value.building:
        line("a build is writing: what it has not finished yet was left out")
    number = len(value.findings)
    said = "all is well" if not number else f"{number} finding{'s' * (number > 1)}"
    line(text(said, "bold"), f" in {value.store}", f" ({looked})" if looked else "")


def _facts(facts: Iterable[tuple[str, Any]]) -> None:
    for name, value in facts:
        if value not in (None, "", []):
            out.print(Text.assemble((f"{_words(name)}: ", "bold"), text(value)))


def _paper(record: Mapping[str, Any]) -> Text:
    return Text.assemble(text(record["title"]), "\n", text(record["id"], "dim"))


def _words(name: str) -> str:
    return name.lower().replace("_", " ")


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


class OnProgress(Protocol):
    """Takes a stage's name, how much of it is done, and how much there is, if known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Reports progress."""


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        unit = "papers" if task.description in _PAPER_STAGES else "rows"
        return Text(f"{speed:,.0f} {unit}/s" if speed else "", style="progress.data.speed")


@contextmanager
def progress() -> Iterator[OnProgress]:
    """Progress bars with speed on standard error, one a stage; nothing where that is no terminal."""
    if not err.is_terminal:
        yield lambda stage, done, total: None
        return
    stages: dict[str, TaskID] = {}
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Speed(),
        TimeElapsedColumn(),
        console=err,
    ) as bars:

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                for before in stages.values():
                    bars.update(before, total=bars.tasks[before].completed)
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield report
