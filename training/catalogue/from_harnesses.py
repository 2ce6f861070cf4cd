"""Evaluation harnesses: lm-eval, lmms-eval, opencompass, inspect-evals, HELM and ParlAI."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from entry import Entry, Paper, key
from fetch import Package
from names import is_coined, written_name
from source_code import rows
from texts import arxiv_id, bibtex_paper, plain, title_name

README_TITLE = re.compile(r"^(?:#+ *)?(?:Paper )?Title:? *`?(.{8,250}?)`?\s*$", re.MULTILINE | re.IGNORECASE)
HEADING = re.compile(r"^# +(.{2,60}?)\s*$", re.MULTILINE)
TAIL = re.compile(
    r"\s*(?:[(\u2013\u2014:`\[].*|for lmms-eval.*|task in .*|Task Notes|Benchmark|Integration.*|metrics|Dataset)$",
    re.IGNORECASE,
)
SIZE = re.compile(r"\s*\((\d[\d.]*[BMK])\)$")
DATED = re.compile(r"\s*[\(\[]?(?:\d{4}-?\d{2}-?\d{2}|\d{4})[\)\]]?$|\s*\((?!\d[\d.]*[BM]\)).*\)$|\s+v\d$")
VAGUE = re.compile(
    r"^(?:tasks?|all |group|leaderboard|multilingual|translation|evaluation|overview|bench(?:mark)?s?$)", re.IGNORECASE
)


def readme(path: Path, package: Package) -> Iterator[Entry]:
    """The benchmark of a task folder: its paper's head, or its heading where the folder has the same name."""
    text = path.read_text(encoding="utf-8", errors="replace")
    paper = bibtex_paper(text)
    if title := README_TITLE.search(text):
        paper = Paper(plain(title.group(1)), arxiv_id(text[title.end() : title.end() + 300]) or paper.arxiv, paper.year)
    folder = key(path.parent.name)
    heading = HEADING.search(text)
    shown = re.sub(r"^The ", "", TAIL.sub("", TAIL.sub("", heading.group(1)))) if heading else None
    for name in (title_name(paper.title), shown):
        same = name and (key(name) == folder or (len(key(name)) > 3 and key(name) in folder) or folder in key(name))
        if name and same and is_coined(name) and not VAGUE.search(name):
            sure = title_name(paper.title) == name
            yield Entry(name, "Benchmark", package.source, paper=paper if sure else Paper())
            return


def readmes(package: Package) -> Iterator[Entry]:
    """The benchmarks that the READMEs of task folders describe."""
    for path in sorted(package.root.rglob("README.md")):
        yield from readme(path, package)


def inspect_evals(package: Package) -> Iterator[Entry]:
    """The evaluations of inspect-evals: title before the colon, arXiv link of its own field."""
    for path in sorted(package.root.rglob("eval.yaml")):
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = str(facts.get("title") or "").split(":")[0].strip()
        if is_coined(name) and len(name.split()) <= 3:
            yield Entry(name, "Benchmark", package.source, paper=Paper(arxiv=arxiv_id(str(facts.get("arxiv")))))


def helm_groups(path: Path) -> list[dict[str, Any]]:
    """The scenarios of a schema of HELM."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [group for group in content.get("run_groups") or [] if "subgroups" not in group]


def helm(package: Package) -> Iterator[Entry]:
    """Scenarios of the schemas, and models with the sizes that HELM writes in brackets."""
    for path in sorted(package.root.rglob("static/schema_*.yaml")):
        for group in helm_groups(path):
            name = (
                re.sub(r"\s*[\(\[].*$", "", str(group.get("display_name") or "")).split(" - ")[0].split(":")[0].strip()
            )
            if is_coined(name) and len(name.split()) <= 3 and not VAGUE.search(name):
                links = set(re.findall(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})", str(group.get("description"))))
                yield Entry(
                    name, "Benchmark", package.source, paper=Paper(arxiv=links.pop() if len(links) == 1 else None)
                )
    for path in package.root.rglob("config/model_metadata.yaml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            shown = str(model.get("display_name") or "")
            if size := SIZE.search(shown):
                bare = SIZE.sub("", shown)
                shown = bare if size.group(1).lower() in bare.lower() else f"{bare} {size.group(1)}"
                shown = re.sub(r"[ -](Instruct|Chat|Base|Code) (\S+)$", r" \2 \1", shown, flags=re.IGNORECASE)
            name = DATED.sub("", DATED.sub("", shown)).strip()
            if is_coined(name) and "simple/" not in model["name"]:
                yield Entry(name, "Model", package.source)


def parlai(package: Package) -> Iterator[Entry]:
    """The data sets of ParlAI's task list."""
    for path in package.root.rglob("tasks/task_list.py"):
        for task in rows(path, "task_list"):
            shown = str(task.get("display_name") or "")
            name = written_name(shown, None, str(task.get("description"))) if shown else None
            if name and "test" not in name.lower():
                arxiv = arxiv_id(str((task.get("links") or {}).get("arXiv", "")))
                yield Entry(name, "Benchmark", package.source, paper=Paper(arxiv=arxiv))


def collect(package: Package) -> Iterator[Entry]:
    """The entries of one of these packages."""
    readers = {"crfm-helm": helm, "inspect-evals": inspect_evals, "parlai": parlai}
    yield from readers.get(package.name, readmes)(package)
