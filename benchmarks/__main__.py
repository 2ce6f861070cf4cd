"""Runs the benchmarks that time something, one after the other, on the sample papers: `python benchmarks`.

The first lines of each say how it is run on other papers and graphs. What is not a timing is not run here:
fuzz_sources.py, kill.py and statements.py look for input, moments and statements that do harm, differential.py
for statements that the two engines answer differently, and unchanged.py compares what two versions of citegraph find.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from kg import sample

ADDED = 12
"""Papers that are added to a graph of the others."""


def main() -> None:
    """Builds a graph, runs the benchmarks on it."""
    papers = sample.papers().read_text(encoding="utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory(prefix="citegraph-bench-") as folder:
        first, added, store = (Path(folder, name) for name in ("first.jsonl", "added.jsonl", "store"))
        first.write_text("".join(papers[:-ADDED]), encoding="utf-8")
        added.write_text("".join(papers[-ADDED:]), encoding="utf-8")
        run("-m", "kg.cli", "build", first, "--store", store)
        for name, *arguments in (
            ("read_sources",),
            ("extract", "--runs", "1"),
            ("build", store, added, "--runs", "1"),
            ("queries", store),
            ("search", store),
            ("guard", store),
        ):
            script = Path(__file__).with_name(f"{name}.py")
            print(f"\n{script.name}", flush=True)
            run(script, *arguments)


def run(*arguments: str | Path) -> None:
    """Runs Python on them; what fails ends all."""
    done = subprocess.run([sys.executable, *map(str, arguments)])
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
