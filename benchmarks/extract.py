"""Times `kg extract` as a whole command: both pipelines beside bare tokenising of the same papers, in the same run.

    python benchmarks/extract.py [PAPERS.jsonl[.gz]] [--papers 2000] [--runs 5] [--processes 2]

Prints one JSON object: for each command the median, lowest and highest seconds, papers a second at the median without
the start of the command (timed on an empty input), and peak memory of the largest process, in MiB.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from kg import sample, sources

TOKENISE = """
import sys, spacy, kg.extraction
from kg.sources import read
nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "citegraph.tokenizer.v1"}}})
for paper in read([sys.argv[1]], print):
    nlp.make_doc(paper.title + "\\n\\n" + paper.abstract)
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak MiB of one run of a command."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main() -> None:
    """Times every command in turn, several times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path, nargs="?", default=sample.papers())
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        part, one = Path(folder) / "papers.jsonl", Path(folder) / "one.jsonl"
        papers = list(islice(sources.read([args.input], print), args.papers))
        part.write_text("".join(paper.model_dump_json() + "\n" for paper in papers), encoding="utf-8")
        one.write_text(papers[0].model_dump_json() + "\n", encoding="utf-8")
        extract = [sys.executable, "-m", "kg.cli", "extract", "--out", os.devnull]
        commands = {
            "tokenise, 1 process": lambda path: [sys.executable, "-c", TOKENISE, str(path)],
            **{
                f"{pipeline}, {processes} process{'es' if processes > 1 else ''}": (
                    lambda path, pipeline=pipeline, processes=processes: [
                        *extract, str(path), "--pipeline", pipeline, "--processes", str(processes)
                    ]
                )
                for pipeline in ("rules", "default")
                for processes in sorted({1, args.processes})
            },
        }  # fmt: skip
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        starts: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(args.runs):
            for name, command in commands.items():
                runs[name].append(timed(command(part)))
                starts[name].append(timed(command(one))[0])
    report = {}
    for name, measured in runs.items():
        seconds = [run[0] for run in measured]
        median, start = statistics.median(seconds), statistics.median(starts[name])
        report[name] = {
            "seconds": {"median": round(median, 2), "low": round(min(seconds), 2), "high": round(max(seconds), 2)},
            "start": round(start, 2),
            "papers_per_second": round(len(papers) / median, 1),
            "papers_per_second_without_start": round(len(papers) / (median - start), 1),
            "peak_mib": round(max(run[1] for run in measured)),
        }
    print(json.dumps({"papers": len(papers), "runs": args.runs, **report}, indent=2))


if __name__ == "__main__":
    main()
