"""Times adding a listing to a large archive, beside linking everything anew.

    python benchmarks/build.py STORE LISTING [--runs 3]

STORE is a data folder that `kg build` made; it is copied for each run and stays as it is. Each command is timed as a
whole, from the start of Python to its end. Prints one line of JSON: seconds of each run and their median, for adding
the listing (`listing`), for building again with nothing new (`nothing`), and for adding the listing where nothing is
kept of the last linking (`anew`).
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("listing", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    seconds: dict[str, list[float]] = {"listing": [], "nothing": [], "anew": []}
    for _ in range(arguments.runs):
        with tempfile.TemporaryDirectory(dir=arguments.store.parent) as folder:
            store = Path(folder) / "store"
            shutil.copytree(arguments.store, store)
            seconds["listing"].append(_timed(str(arguments.listing), "--store", str(store)))
            seconds["nothing"].append(_timed(str(arguments.listing), "--store", str(store)))
        with tempfile.TemporaryDirectory(dir=arguments.store.parent) as folder:
            store = Path(folder) / "store"
            shutil.copytree(arguments.store, store, ignore=shutil.ignore_patterns("analysis"))
            seconds["anew"].append(_timed(str(arguments.listing), "--store", str(store)))
    print(json.dumps({what: {"median": statistics.median(each), "runs": each} for what, each in seconds.items()}))


def _timed(*arguments: str) -> float:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "build", *arguments], check=True, capture_output=True, text=True
    )
    print(done.stdout.strip() or done.stderr.strip(), file=sys.stderr)
    return round(time.monotonic() - began, 1)


if __name__ == "__main__":
    main()
