"""Data set packages: tensorflow-datasets, torchgeo, ir-datasets and torchvision."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from entry import Entry, Paper, key
from fetch import Package
from names import is_coined, is_identifier, written_name
from source_code import assigned, classes
from texts import arxiv_id, bibtex_paper, quoted_papers, title_name


def from_citation(identifier: str, citation: str, text: str, package: Package) -> Iterator[Entry]:
    """The data set behind an identifier, if the cited title or the text around has it as a coined name."""
    paper = bibtex_paper(citation)
    head = title_name(paper.title)
    if head and len(key(head)) > 2 and key(head) in key(identifier):
        yield Entry(head, "Benchmark", package.source, paper=paper)
        return
    name = written_name(identifier, paper.title, text)
    if name and name != identifier and key(name) in key(paper.title or "") + key(text):
        yield Entry(name, "Benchmark", package.source, paper=paper if name in (paper.title or "") else Paper())


def tensorflow_datasets(package: Package) -> Iterator[Entry]:
    """Folders with CITATIONS.bib beside README.md, and older modules with a constant _CITATION."""
    for path in sorted(package.root.rglob("CITATIONS.bib")):
        about = path.with_name("README.md")
        text = about.read_text(encoding="utf-8") if about.exists() else ""
        yield from from_citation(path.parent.name, path.read_text(encoding="utf-8") + "\n", text[:600], package)
    for path in sorted(package.root.rglob("*.py")):
        citation = assigned(path, "_CITATION")
        if isinstance(citation, str):
            text = str(assigned(path, "_DESCRIPTION") or "")
            yield from from_citation(path.stem, citation + "\n", text[:600], package)


def torchgeo(package: Package) -> Iterator[Entry]:
    """Classes whose docstring opens with their own name."""
    for path in sorted((package.root / "torchgeo" / "datasets").rglob("*.py")):
        for name, doc, _ in classes(path):
            opening = re.match(r"(?:The )?`?([\w.+ -]{2,40}?)`?(?: <[^>]*>`_+)? (?:dataset|benchmark)\b", doc)
            written = opening.group(1) if opening else ""
            if key(written) == key(name) and is_coined(written) and not is_identifier(written):
                linked = re.findall(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})", doc)
                yield Entry(
                    written, "Benchmark", package.source, paper=Paper(arxiv=linked[0] if len(linked) == 1 else None)
                )


def ir_datasets(package: Package) -> Iterator[Entry]:
    """The collections that have a display name, and the benchmark parts of BEIR."""
    for path in sorted((package.root / "ir_datasets" / "docs").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for part in content.values() if isinstance(content, dict) else ():
            name = str(part.get("pretty_name") or "") if isinstance(part, dict) else ""
            name = re.sub(r"\s*\(.*\)$", "", name)
            if is_coined(name) and len(name.split()) <= 3 and "/" not in name:
                linked = set(re.findall(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})", str(part.get("desc"))))
                yield Entry(
                    name, "Benchmark", package.source, paper=Paper(arxiv=linked.pop() if len(linked) == 1 else None)
                )


def torchvision(package: Package) -> Iterator[Entry]:
    """Data sets by their class names, and models by the papers that their docstrings link to."""
    for path in sorted((package.root / "torchvision" / "datasets").glob("*.py")):
        for name, doc, bases in classes(path):
            if any("Dataset" in base for base in bases) and is_coined(name) and not is_identifier(name) and name in doc:
                yield Entry(name, "Benchmark", package.source)
    for path in sorted((package.root / "torchvision" / "models").rglob("*.py")):
        yield from linked_models(path, package)


def linked_models(path: Path, package: Package) -> Iterator[Entry]:
    """Models whose builders' docstrings link a title with a name before its colon."""
    for paper in quoted_papers(path.read_text(encoding="utf-8")):
        head = title_name(paper.title)
        if head and paper.arxiv and is_coined(head) and key(head)[:4] in key(path.stem):
            yield Entry(head, "Model", package.source, paper=paper)


def timm(package: Package) -> Iterator[Entry]:
    """Models whose modules open with their paper: `Name: title` - link."""
    for path in sorted((package.root / "timm" / "models").glob("*.py")):
        opening = path.read_text(encoding="utf-8")[:2500]
        for title, link in re.findall(
            r"[`'\"](\w[^`\"\n]{8,200})[`'\"]\s*[-\u2013:]?\s*\(?(https?://arxiv\.org/\S+)", opening
        ):
            head = title_name(title)
            if head and is_coined(head) and len(head.split()) <= 2:
                yield Entry(head, "Model", package.source, paper=Paper(title, arxiv_id(link)))


def collect(package: Package) -> Iterator[Entry]:
    """The entries of one of these packages."""
    readers = {
        "tensorflow-datasets": tensorflow_datasets,
        "torchgeo": torchgeo,
        "ir-datasets": ir_datasets,
        "torchvision": torchvision,
        "timm": timm,
    }
    yield from readers[package.name](package)
