"""Times reading beside a bare `json.loads` loop over the same lines, in the same run, and takes peak memory.

    python benchmarks/read_sources.py [PAPERS.jsonl[.gz]] [--runs 5]

Prints one JSON object: for each way the records a second (median, lowest, highest of the runs) and peak memory in MiB.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "kg" / "sample" / "papers.jsonl"
LOADS = """
import gzip, json, sys
count = 0
for line in (gzip.open if sys.argv[1].endswith(".gz") else open)(sys.argv[1], "rb"):
    json.loads(line)
    count += 1
print(count)
"""
READ = """
import sys
from kg.sources import read
print(sum(1 for _ in read([sys.argv[1]], print)))
"""


def timed(program: str, path: Path) -> tuple[int, float, float]:
    """Records, seconds and peak MiB of a program that is given the path.

    A process's peak is at least that of the one that starts it, so nothing of citegraph is imported here.
    """
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
    assert process.stdout
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return int(output), time.perf_counter() - began, usage.ru_maxrss / 1024


def main() -> None:
    """Times both in turn, several times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    runs = [[timed(program, args.input) for program in (LOADS, READ)] for _ in range(args.runs)]
    for name, taken in zip(("json.loads", "kg.sources.read"), zip(*runs, strict=True), strict=True):
        rates = sorted(count / seconds for count, seconds, _ in taken)
        figures = {
            "records": taken[0][0],
            "records/s": round(statistics.median(rates)),
            "lowest": round(rates[0]),
            "highest": round(rates[-1]),
            "peak MiB": round(max(memory for _, _, memory in taken), 1),
        }
        print(json.dumps({"way": name, **figures}))


if __name__ == "__main__":
    main()
