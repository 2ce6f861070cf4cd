"""CONTRIBUTING and the pages beside it: their examples work, what they name is there, and their lists are whole."""

import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import kg
from kg.extraction.cues import macros
from kg.schema.graph_types import EVIDENCE, RELATIONS, EdgeType
from kg.sources import read, registry
from kg.statements import load
from kg.store import GraphReader

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
FINDINGS = sorted((ROOT / "findings").glob("*.sh"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), *DECISIONS, ROOT / "findings" / "README.md"]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SHOWN = {
    "kg/sources/formats/reading_list.py",
    "kg/knowledge/lexicon/relation_cues/distils.jsonl",
    "cypher/conditions/distils.cypher",
    "cypher/queries/metrics_of_benchmark.cypher",
    "kg/cypher",
    "kg/build.py",
}
"""Files of the examples, the folder that only the wheel has, and a name that is not taken for a reason."""


def shown(language: str) -> list[str]:
    """The blocks of CONTRIBUTING in a language, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indentation}", "", block, flags=re.MULTILINE) for indentation, block in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_named_files_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert target.startswith("http") or (page.parent / target).exists(), target
    folders = "api|benchmarks|cypher|docs|findings|kg|requirements|tests|training"
    for name in re.findall(rf"`((?:{folders})/[\w./-]+)`", text):
        assert name in SHOWN or (ROOT / name).exists() or any(part.isupper() for part in re.split(r"\W", name)), name


def test_the_source_shown_reads_the_file_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = shown("python")[0]
    module = ModuleType("reading_list")
    exec(code, module.__dict__)
    monkeypatch.setattr(registry, "OWN", (*registry.OWN, module))
    (tmp_path / "list.json").write_text(shown("json")[0])
    problems: list[object] = []
    (paper,) = read([tmp_path / "list.json"], problems.append)
    assert (paper.title, paper.authors, paper.arxiv_id) == ("MTEB", ("Ada",), "2210.07316")
    assert problems == []


def test_the_relation_shown_is_one_of_the_schema_and_its_cue_finds_it() -> None:
    edge = eval(shown("diff")[0].strip("+,\n"), {"EdgeType": EdgeType, "EVIDENCE": EVIDENCE})
    cue = yaml.safe_load(shown("json")[1])
    assert edge.label == cue["gives"] not in RELATIONS
    pattern = re.sub(r"\{(\w+)\}", lambda name: macros()[name[1]], cue["before"])
    assert re.search(f"(?:{pattern})$", "NAME is distilled from ")
    assert not re.search(f"(?:{pattern})$", "NAME is evaluated on ")


def test_the_query_shown_gives_rows(ladybug: GraphReader, tmp_path: Path) -> None:
    (tmp_path / "metrics_of_benchmark.cypher").write_text(shown("cypher")[0])
    statement = load(tmp_path / "metrics_of_benchmark.cypher")
    answer = ladybug.read(statement.text("ladybug"), statement.example)
    assert answer.columns == [column.name for column in statement.columns]
    assert ["average score", 2] in answer.rows


def test_the_make_targets_of_contributing_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {first or second for first, second in re.findall(r"`make ([a-z]+)`|^\$ make ([a-z]+)", CONTRIBUTING, re.M)}
    assert len(named) > 5 and named <= targets


def test_every_decision_and_every_finding_is_listed() -> None:
    for folder, pages in (("docs/decisions", DECISIONS), ("findings", FINDINGS)):
        listed = re.findall(r"\]\(([\w-]+\.(?:md|sh))\)", (ROOT / folder / "README.md").read_text(encoding="utf-8"))
        assert sorted(set(listed)) == sorted(page.name for page in pages if page.name != "README.md")


@pytest.mark.parametrize("page", [page for page in DECISIONS if page.name != "README.md"], ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts(page: Path) -> None:
    parts = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequences", "What was tried instead"]


@pytest.mark.parametrize("script", FINDINGS, ids=lambda script: script.stem)
def test_a_finding_names_exact_versions_and_leaves_nothing_behind(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    (packages,) = re.findall(r"-m pip install --quiet --disable-pip-version-check (.+)$", text, re.MULTILINE)
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", package) for package in packages.split())
    assert "mktemp -d" in text and "trap 'rm -rf" in text and "sys.exit(0 if as_described else 1)" in text
    assert all(package.split("==")[1] in text.splitlines()[1] for package in packages.split())


def test_changelog_and_citation_know_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    versions = re.findall(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$", CHANGELOG, re.MULTILINE)
    assert versions[0] == (citation["version"], citation["date-released"]) and "## Unreleased" in CHANGELOG
    assert project["version"] == citation["version"] == kg.__version__
    assert (citation["license"], citation["title"]) == (project["license"], project["name"])
