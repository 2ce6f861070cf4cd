"""From real listings to answered questions, on both engines, compared with annotations made by reading."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from kg import questions
from kg.builds import build
from kg.errors import NotUnderstoodError
from kg.store import GraphReader, open_store
from kg.text.keys import name_key

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def data(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the graph of the seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    build(sorted((shared_folder / "seeds").glob("*.txt")), str(folder), folder, on_problem=pytest.fail)
    return folder


@pytest.fixture(scope="module", params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, data: Path) -> GraphReader:
    if request.param == "neo4j":
        uri = request.getfixturevalue("neo4j_uri")
        build([], uri, data)
        return open_store(uri)
    return open_store(str(data))


@pytest.fixture(scope="module")
def gold(shared_folder: Path) -> dict[str, tuple[set[str], set[str]]]:
    """For each thing evaluated on: titles of the papers that do so, and of those of which one may say so."""
    titles = {}
    for line in (shared_folder / "gold" / "dev.papers.jsonl").read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        titles[paper["id"]] = paper["title"]
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    names: dict[str, str] = {}
    for line in (shared_folder / "gold" / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines():
        annotation = json.loads(line)
        for entity in annotation["entities"]:
            if entity["type"] in {"Benchmark", "Dataset"} and not entity["optional"]:
                name = names.setdefault(name_key(entity["name"]), entity["name"])
                title = titles[annotation["id"]]
                if entity["role"] == "EVALUATES_ON":
                    found[name][0].add(title)
                elif "EVALUATES_ON" in entity.get("also", []):
                    found[name][1].add(title)
    return {name: sets for name, sets in found.items() if sets[0]}


def answer(store: GraphReader, name: str) -> set[str]:
    try:
        return {row["title"] for row in questions.ask(store, f"which papers evaluate on {name}", limit=200).rows}
    except NotUnderstoodError:
        return set()


def test_a_paper_that_only_mentions_mteb_is_not_in_the_answer(store: GraphReader, gold) -> None:
    evaluating, may = gold["MTEB"]
    assert evaluating <= answer(store, "MTEB") <= evaluating | may
    mentioning = "ChemTEB: Chemical Text Embedding Benchmark, an Overview of Embedding Models Performance"
    assert not any(title.startswith(mentioning) for title in answer(store, "MTEB"))


def test_other_benchmarks_have_the_papers_that_readers_found(store: GraphReader, gold) -> None:
    right = [
        name
        for name, (evaluating, may) in gold.items()
        if name != "MTEB" and evaluating <= answer(store, name) <= evaluating | may
    ]
    assert len(right) >= 45, sorted(gold.keys() - set(right))
