"""Graph learning packages: torch_geometric, ogb and pykeen."""

import csv
import re
from collections.abc import Iterator

import yaml
from entry import Entry, Paper, key
from fetch import Package
from names import is_coined, is_identifier, written_name
from source_code import classes
from texts import arxiv_id, quoted_papers

OPERATOR = re.compile(r"(?:Conv|Pooling|Aggregation|Model|Layer|Encoder)$")


def torch_geometric(package: Package) -> Iterator[Entry]:
    """Data sets and networks, whose docstrings link to their papers (for data sets often one that only uses them)."""
    for path in sorted((package.root / "torch_geometric").rglob("*.py")):
        place = path.relative_to(package.root).parts
        kind = "Benchmark" if "datasets" in place else "Model" if place[1] == "nn" else ""
        for name, doc, _ in classes(path) if kind else ():
            papers = quoted_papers(doc)
            if not papers or "paper" not in doc[:900]:
                continue
            first = doc[:400]
            bare = OPERATOR.sub("", name) if kind == "Model" else name.removesuffix("Dataset")
            written = written_name(bare, papers[0].title, first if bare == name else "")
            whole = bare == name or (written is not None and written in (papers[0].title or ""))
            if written and whole and not is_identifier(written):
                named = kind == "Model" or key(written) in key(papers[0].title or "")
                yield Entry(written, kind, package.source, paper=papers[0] if named else Paper())


def ogb(package: Package) -> Iterator[Entry]:
    """The data sets that the head lines of the master tables name."""
    for path in sorted(package.root.rglob("master.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for name in next(csv.reader(table)):
                if name.startswith("ogb"):
                    yield Entry(name, "Benchmark", package.source)


def documented(doc: str) -> dict[str, object]:
    """The YAML that a docstring of pykeen closes with."""
    _, line, tail = doc.partition("\n---\n")
    try:
        found = yaml.safe_load(tail) if line else None
    except yaml.YAMLError:
        found = None
    return found if isinstance(found, dict) else {}


def pykeen(package: Package) -> Iterator[Entry]:
    """Data sets and embedding models with the papers that their docstrings cite."""
    for folder, kind in (("datasets", "Benchmark"), ("models", "Model")):
        for path in sorted((package.root / "pykeen" / folder).rglob("*.py")):
            for name, doc, _ in classes(path):
                facts = documented(doc)
                citation = facts.get("citation")
                if not isinstance(citation, dict):
                    continue
                written = re.sub(r"\s*\(.*\)$", "", str(facts.get("name") or name))
                year = citation.get("year")
                if is_coined(written) and not is_identifier(written):
                    paper = Paper(
                        arxiv=arxiv_id(str(citation.get("link"))), year=year if isinstance(year, int) else None
                    )
                    yield Entry(written, kind, package.source, paper=paper)


def collect(package: Package) -> Iterator[Entry]:
    """The entries of one of these packages."""
    readers = {"torch-geometric": torch_geometric, "ogb": ogb, "pykeen": pykeen}
    yield from readers[package.name](package)
