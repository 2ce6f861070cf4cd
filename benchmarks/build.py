"""Times adding a listing to a large archive, beside linking everything again (`full`).

    python benchmarks/build.py STORE LISTING [--runs 3]
    python benchmarks/build.py STORE LISTING... --server bolt://localhost:7687

STORE is a data folder that `kg build` made; it is copied and stays as it is. Each command is timed as a whole, from the
start of Python to its end. Prints one line of JSON: seconds of each run and their median, for adding the listing
(`listing`) and until readers see it (`seen`), for building again with nothing new (`nothing`), and for adding the
listing where nothing of the last linking is cached (`full`). On a server, whose graph is replaced: for sending it
everything (`whole`), for adding each of the listings one after the other, and for nothing new.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("listing", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--server")
    arguments = parser.parse_args()
    if arguments.server:
        seconds = on_server(arguments.store, arguments.listing, arguments.server)
    else:
        seconds = in_folder(arguments.store, arguments.listing[0], arguments.runs)
    print(json.dumps({what: {"median": statistics.median(each), "runs": each} for what, each in seconds.items()}))


def in_folder(store: Path, listing: Path, runs: int) -> dict[str, list[float]]:
    """Times of embedded builds, each in a copy of the folder."""
    seconds: dict[str, list[float]] = {"listing": [], "seen": [], "nothing": [], "full": []}
    for _ in range(runs):
        with copied(store) as copy:
            switched = copy / "CURRENT"
            began = time.time()
            seconds["listing"].append(_timed(str(listing), "--store", str(copy)))
            seconds["seen"].append(round(switched.stat().st_mtime - began, 1))
            seconds["nothing"].append(_timed(str(listing), "--store", str(copy)))
        with copied(store, "analysis") as copy:
            seconds["full"].append(_timed(str(listing), "--store", str(copy)))
    return seconds


def on_server(store: Path, listings: list[Path], server: str) -> dict[str, list[float]]:
    """Times of builds whose graph is on a server."""
    seconds: dict[str, list[float]] = {"whole": [], "listing": [], "nothing": []}
    with copied(store, "graph-*", "search-*", "CURRENT", "written") as copy:
        place = ("--store", server, "--data", str(copy))
        seconds["whole"].append(_timed(*place))
        for listing in listings:
            seconds["listing"].append(_timed(str(listing), *place))
            seconds["nothing"].append(_timed(str(listing), *place))
    return seconds


@contextmanager
def copied(store: Path, *without: str) -> Iterator[Path]:
    """A copy of a data folder, without some of what is in it."""
    with tempfile.TemporaryDirectory(dir=store.parent) as folder:
        copy = shutil.copytree(store, Path(folder) / "store", ignore=shutil.ignore_patterns(*without))
        # What is still to be written to the disk is no part of what is timed.
        os.sync()
        yield copy


def _timed(*arguments: str) -> float:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "build", *arguments], check=True, capture_output=True, text=True
    )
    print(done.stdout.strip() or done.stderr.strip(), file=sys.stderr)
    return round(time.monotonic() - began, 1)


if __name__ == "__main__":
    main()
