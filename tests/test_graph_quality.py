"""What a reader called right in the graph of the sample papers stays in it, and samples are drawn as docs/quality.md says."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "benchmarks" / "graph_quality.py"
VERDICTS = HERE / "data" / "graph_quality.tsv"


def run(*arguments: str | Path) -> str:
    done = subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nearly_all_edges_that_a_reader_called_right_are_there(sample_store: Path) -> None:
    counts = Counter[str]()
    for line in run("kept", sample_store, VERDICTS).splitlines():
        if not line.startswith("lost: "):
            words = line.split()
            counts.update(kept=int(words[1]), right=int(words[3]))
    assert counts["right"] > 100
    assert counts["kept"] >= 0.95 * counts["right"]


def test_a_sample_is_drawn_again_by_its_seed(sample_store: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("draw", sample_store, tmp_path / name, "--seed", "15", "--each", "4", "--rows", "USES,nodes,ADDRESSES")
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["ADDRESSES.jsonl", "USES.jsonl", "nodes.jsonl"]
    for name in files:
        drawn = (tmp_path / "one" / name).read_text("utf-8")
        assert drawn == (tmp_path / "two" / name).read_text("utf-8")
        items = [json.loads(line) for line in drawn.splitlines()]
        assert len(items) == 4 and {item["verdict"] for item in items} == {""}


def test_verdicts_are_counted_with_their_interval() -> None:
    rows = run("score", VERDICTS).splitlines()[2:]
    assert "| VARIANT_OF | 15 | 15 of 15 | 100 % | 80 to 100 % |  |" in rows
