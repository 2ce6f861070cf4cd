"""How the command line shows what the library gives: one function for each kind of answer."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cli.output import line, out, table, text, words

if TYPE_CHECKING:
    from kg.analytics import Statistics
    from kg.builds import BuildReport
    from kg.doctor import Checkup
    from kg.evaluate import Report
    from kg.link import Explanations, PaperExplanation
    from kg.queries import Answer, Asked, Details, Explained, NamedQuery, Neighbourhood
    from kg.search import Hit


def build_report(built: "BuildReport", store: str) -> None:
    """Prints what a build did to a store."""
    if built.changed:
        summary = (
            f"build {built.build} of {store}: {built.papers:,} papers ({built.new:,} new), "
            f"{built.nodes:,} nodes, {built.edges:,} edges in {built.seconds:.1f} s"
        )
    else:
        summary = f"nothing new: build {built.build} of {store} stays, with {built.papers:,} papers"
    problems = f"; {built.problems:,} problem{'s' if built.problems > 1 else ''}" if built.problems else ""
    line(summary + problems)


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
    """Prints an answer's rows, and how many they are; a plan as the engine draws it."""
    # Who has an answer has imported this already.
    from kg.queries import PlanAnswer

    if isinstance(answer, PlanAnswer):
        explained(answer.explained)
        return
    if answer.rows:
        # A column that has the same relation in all rows only repeats the question.
        alike = len(answer.rows) > 1 and len({row.get("relation") for row in answer.rows}) == 1
        table([column for column in answer.columns if not (alike and column == "relation")], answer.rows)
        out.print()
    number = len(answer.rows)
    line("nothing found" if not number else f"{number} row{'s' * (number > 1)}", " (there are more)" * answer.truncated)
    if answer.note:
        line(answer.note)


def explained(value: "Explained") -> None:
    """Prints how an engine would run a statement, or how it ran."""
    line(text(f"for {value.engine}:", "bold"))
    line(value.statement)
    for name, given in value.parameters.items():
        line(f"${name} = {json.dumps(given, ensure_ascii=False)}")
    line(text("its plan:", "bold"))
    line(value.plan)


def named_queries(known: "Sequence[NamedQuery]") -> None:
    """Prints what each named query answers, and its parameters with an example's values."""
    for query in known:
        line(text(query.name, "bold"), f": {query.answers}")
        for parameter in query.parameters:
            value = query.example[parameter.name]
            shown = ",".join(map(str, value)) if isinstance(value, list) else value
            line(text(f"    {parameter.name}={shown}"), text(f"  {parameter.doc}", "dim"))


def details(shown: "Details") -> None:
    """Prints what is known of a node."""
    line(text(shown.name, "bold"))
    line(text(f"{shown.label}  {shown.id}", "dim"))
    _facts((name, value) for name, value in shown.properties.items() if name not in ("name", "title", "type"))
    for section in ("authors", "organizations", "venues", "categories", "tasks"):
        _facts([(section, getattr(shown, section))])
    _facts([("relations", ", ".join(f"{words(relation)} {count}" for relation, count in shown.relations.items()))])
    for section in ("introduced_by", "entities", "repositories", "results", "variants", "citing", "papers"):
        if records := getattr(shown, section):
            out.print()
            line(text(words(section), "bold underline"))
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
            "edge": words(edge["type"]),
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
    """Prints the written forms of each node with a name, the near names that are other nodes, and records of papers."""
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
    for paper in value.papers:
        _paper_explanation(paper)


def _paper_explanation(paper: "PaperExplanation") -> None:
    """Prints the records that were joined into a paper, and the papers that were kept apart from it."""
    count = len(paper.records)
    line(text(paper.title, "bold"), f"  {paper.id}, {count:,} record{'s' * (count > 1)}")
    records = [
        {
            "record": record.id,
            "title": record.title,
            "from": record.source,
            "year": record.year,
            "joined by": "; ".join(f"{shared.cause}: {shared.detail}" for shared in record.shared) or None,
        }
        for record in paper.records
    ]
    table(["record", "title", "from", "year", "joined by"], records)
    if paper.apart:
        line("")
        apart = [
            {
                "apart from": f"{other.title} ({other.id})",
                "records": other.records,
                "despite": f"{other.shared.cause}: {other.shared.detail}",
                "because of": "; ".join(f"{reason.cause}: {reason.detail}" for reason in other.reasons),
            }
            for other in paper.apart
        ]
        table(["apart from", "records", "despite", "because of"], apart)
    line("")


def checkup(value: "Checkup") -> None:
    """Prints the findings of a check-up, and what was checked."""
    for finding in value.findings:
        line(text(f"{finding.about}: ", "bold red"), finding.found)
        line(text(f"  {finding.advice}", "dim"))
    for note in value.notes:
        line(text(note, "dim"))
    checked = ", ".join(f"{count:,} {what}" for what, count in value.checked.items())
    if value.building:
        line("a build is writing: what it has not finished yet was not checked")
    number = len(value.findings)
    summary = "all is well" if not number else f"{number} finding{'s' * (number > 1)}"
    line(text(summary, "bold"), f" in {value.store}", f" ({checked})" if checked else "")


def _facts(facts: Iterable[tuple[str, Any]]) -> None:
    for name, value in facts:
        if value not in (None, "", []):
            out.print(Text.assemble((f"{words(name)}: ", "bold"), text(value)))
