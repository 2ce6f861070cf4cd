import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import evaluate, read_annotations, reliability

GOLD = {
    "p": {
        "id": "p",
        "entities": [
            {"name": "MTEB", "type": "Benchmark", "mentions": ["MTEB"], "role": "EVALUATES_ON", "also": ["USES"], "optional": False},
            {"name": "LoRA", "type": "Method", "mentions": ["LoRA"], "role": "USES", "also": [], "optional": False},
            {"name": "odd thing", "type": "Method", "mentions": [], "role": "USES", "also": [], "optional": True},
        ],
        "tasks": ["text embedding"],
        "links": [{"url": "https://github.com/a/b", "kind": "code"}],
        "results": [{"model": "", "benchmark": "MTEB", "metric": "", "value": "57.1%"}],
    }
}  # fmt: skip


def found(**changes: object) -> dict:
    """A prediction that is right but for the changes."""
    entities = [
        {"name": "MTEB", "type": "Dataset", "mentions": [], "relations": [{"type": "EVALUATES_ON", "confidence": 0.9}]},
        {"name": "LoRA", "type": "Method", "mentions": [], "relations": [{"type": "USES", "confidence": 0.7}]},
    ]
    right = {
        "id": "p",
        "entities": entities,
        "tasks": ["text embedding"],
        "links": [{"url": "http://www.github.com/a/b/", "kind": "code"}],
        "results": [{"model": "", "benchmark": "MTEB", "metric": "acc", "value": "57.1"}],
    }
    return {"p": right | changes}


def test_what_is_right_scores_hundred() -> None:
    scores = evaluate(GOLD, found()).scores
    for measure in ("entities", "relations", "EVALUATES_ON", "links", "link_kinds", "results", "results_full", "tasks"):
        assert (scores[measure].precision, scores[measure].recall, scores[measure].f1) == (100, 100, 100), measure
    assert scores["entities_strict"].f1 < 100


def test_a_paper_without_prediction_is_all_missed() -> None:
    report = evaluate(GOLD, {})
    assert report.scores["entities"].recall == 0
    assert {(cause.about, cause.cause) for cause in report.causes} >= {("Method missed", "name not found")}


def test_errors_are_told_apart_by_cause() -> None:
    entities = [
        {"name": "MTEB", "type": "Model", "mentions": [], "relations": []},
        {"name": "LoRA-X", "type": "Method", "mentions": [], "relations": []},
        {"name": "Zorb", "type": "Method", "mentions": [], "relations": []},
    ]
    causes = {(cause.about, cause.cause) for cause in evaluate(GOLD, found(entities=entities)).causes}
    assert ("Model too many", "wrong type, or found twice") in causes
    assert ("Method too many", "wrong boundary") in causes
    assert ("Method too many", "no name, or left out by gold") in causes
    assert ("Benchmark missed", "wrong type") in causes


@pytest.mark.parametrize("text", ["", "nonsense", '{"id": "x"}', "[]"])
def test_a_file_that_is_none_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        read_annotations(path)


def test_reliability_compares_confidence_with_the_share_that_is_right() -> None:
    report = reliability(GOLD, found())
    assert [(b.low, b.relations, b.right) for b in report.bins] == [(0.7, 1, 1.0), (0.9, 1, 1.0)]
    assert report.error == pytest.approx(0.2)


@pytest.mark.slow
@pytest.mark.shared
def test_the_figures_are_those_of_the_gold_sets_own_scorer(shared_folder: Path, tmp_path: Path, extractor) -> None:
    from kg.sources import read

    papers, gold = shared_folder / "gold" / "dev.papers.jsonl", shared_folder / "gold" / "dev.gold.jsonl"
    out = tmp_path / "found.jsonl"
    with out.open("w", encoding="utf-8") as file:
        for extraction in extractor.extract(read([papers], pytest.fail)):
            file.write(extraction.model_dump_json() + "\n")
    printed = subprocess.run(
        [sys.executable, str(shared_folder / "gold" / "score.py"), str(gold), str(out), "--papers", str(papers)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    theirs = json.loads(printed)
    ours = evaluate(read_annotations(gold), read_annotations(out)).scores
    for measure, score in theirs.items():
        if measure == "offsets":
            assert score["right"] == score["total"] > 0
        elif measure == "evaluates_on":
            assert ours["EVALUATES_ON"].f1 == pytest.approx(score["f1"], abs=0.11)
        else:
            assert (ours[measure].precision, ours[measure].recall) == (score["p"], score["r"]), measure
    # What ships must not fall far below what docs/extraction.md states for these papers.
    assert theirs["entities"]["f1"] >= 75
    assert theirs["relations"]["f1"] >= 64
