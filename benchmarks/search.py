"""Times making the index of names and looking names up in it, beside scans of the graph, in one run.

    python benchmarks/search.py STORE [--names 200] [--seed 1]

STORE is a data folder or a server's address, as for `kg --store`. Times are milliseconds a look-up, in this process,
after one look-up of each kind that is not counted; those of CPU say what it costs on a machine that is busy otherwise.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.queries import find, near, run
from kg.schema import ENTITY_LABELS
from kg.search import index_of, search, write_index
from kg.store import GraphReader, open_store
from kg.text.keys import name_key
from kg.text.similarity import closest

BY_KEY = """
MATCH (n:Paper|Benchmark|Dataset|Model|Method)
UNWIND n.keys AS key
WITH n, key
WHERE key IN $keys
RETURN n AS node, key
ORDER BY n.id, key
LIMIT 25
"""
"""Finds nodes by name without an index."""

SCANS = 12
"""Scans take so long that fewer of them are timed."""


def main() -> None:
    """Prints two tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("--names", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with open_store(given.store) as store:
        _making(store)
        _looking_up(store, given.names, random.Random(given.seed))


def _making(store: GraphReader) -> None:
    print("| index | nodes | seconds | seconds of CPU | MB |\n| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first"), Path(folder, "second")
        for what, target, before in (("new", first, None), ("from the one before, nothing changed", second, first)):
            began, used = time.perf_counter(), time.process_time()
            nodes = write_index(store, target, before)
            seconds, used = time.perf_counter() - began, time.process_time() - used
            size = sum(file.stat().st_size for file in target.iterdir())
            print(f"| {what} | {nodes:,} | {seconds:.1f} | {used:.1f} | {size / 1e6:.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\npeak memory of the process: {peak / 1024:.0f} MB\n")


def _looking_up(store: GraphReader, number: int, chance: random.Random) -> None:
    known = run(store, "entity_names", types=list(ENTITY_LABELS), limit=100_000).rows
    # Half of them what people ask about most, half of them anything.
    names = [row["name"] for row in known[: number // 2]] + [row["name"] for row in chance.sample(known, number // 2)]
    typos = [_mistyped(name, chance) for name in names]
    papers = run(store, "pages_of_papers", after="", limit=number).rows
    titles = [row["name"] for row in papers if row["name"]]
    few = chance.sample(names, SCANS)
    wrong = chance.sample(typos, SCANS)
    index_of(store)
    print("| look-up | p50 | p99 | CPU p50 | CPU p99 |\n| --- | ---: | ---: | ---: | ---: |")
    _timed("exact name, index: `find`", names, lambda text: find(store, text))
    _timed("exact name, scan of the graph", few, lambda text: _scan(store, text))
    _timed("exact name, index: `search`", names, lambda text: search(store, text))
    _timed("one letter wrong: `search`", typos, lambda text: search(store, text))
    _timed("first half of a name: `search`", [name[: len(name) // 2 + 1] for name in names], lambda t: search(store, t))
    _timed("one letter: `search`", [chance.choice(name) for name in names], lambda text: search(store, text))
    _timed("title, words in any order: `search`", [_shuffled(t, chance) for t in titles], lambda t: search(store, t))
    _timed("did you mean, index: `near`", typos, lambda text: near(store, text))
    _timed("did you mean, scan of 20,000 names", wrong, lambda text: _near(store, text))


def _timed(what: str, texts: Iterable[str], look: Callable[[str], object]) -> None:
    first, *others = texts
    look(first)
    times, used = [], []
    for text in others:
        began, cpu = time.perf_counter(), time.process_time()
        look(text)
        used.append(1000 * (time.process_time() - cpu))
        times.append(1000 * (time.perf_counter() - began))
    print(f"| {what} | {' | '.join(f'{value:.2f}' for each in (times, used) for value in _percentiles(each))} |")


def _percentiles(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


def _mistyped(name: str, chance: random.Random) -> str:
    place = chance.randrange(len(name))
    return chance.choice(
        (
            name[:place] + name[place + 1 :],
            name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            name[:place] + chance.choice("aeinorst") + name[place:],
        )
    )


def _shuffled(title: str, chance: random.Random) -> str:
    words = title.split()
    return " ".join(chance.sample(words, len(words)))


def _scan(store: GraphReader, name: str) -> None:
    store.read(BY_KEY, {"keys": [name_key(name)]})
    run(store, "nodes", ids=[name])


def _near(store: GraphReader, name: str) -> None:
    rows = run(store, "entity_names", types=list(ENTITY_LABELS), limit=20_000).rows
    names = {name_key(form): row["name"] for row in rows for form in (row["name"], *(row["aliases"] or ()))}
    closest(name_key(name), names, 10, 0.7)


if __name__ == "__main__":
    main()
