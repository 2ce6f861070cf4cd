"""Runs statements on the embedded engine and on Neo4j, and says where the answers are not the same.

    python benchmarks/differential.py                          all seeds of tests/differential
    python benchmarks/differential.py --seed 7 --count 5000    generated statements
    python benchmarks/differential.py --file STATEMENTS        one statement a line, as in tests/differential/seeds

A Neo4j server is started for it, as for the tests; with NEO4J_TEST_URI, a given one is taken over.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))
sys.path.append(str(Path(__file__).parent.parent / "tests" / "differential"))

from both_engines import both_engines
from compare import FAULTS, Kind, Outcome, Seed, compare, of_file, seeds
from grammar import generated
from neo4j_server import running


def main() -> None:
    """Compares, and prints how often each kind of outcome came and all that no statement may have."""
    arguments = parsed()
    if arguments.file:
        chosen: Iterable[Seed] = of_file(arguments.file)
    elif arguments.count:
        chosen = generated(arguments.seed, arguments.count)
    else:
        chosen = seeds()
    outcomes = run(chosen)
    for kind in (*FAULTS, Kind.EXHAUSTED):
        for outcome in outcomes:
            if outcome.kind is kind:
                print(outcome)
    for kind in (Kind.REFUSED, Kind.ERROR):
        reasons = Counter(reason(outcome) for outcome in outcomes if outcome.kind is kind)
        for words, number in reasons.most_common():
            example = next(each.seed.statement for each in outcomes if each.kind is kind and reason(each) == words)
            print(f"{kind}: {number:4} {words}\n      {example}")
    for kind, number in Counter(outcome.kind for outcome in outcomes).most_common():
        print(f"{number:6} {kind}")
    sys.exit(any(outcome.kind in FAULTS for outcome in outcomes))


def run(chosen: Iterable[Seed]) -> list[Outcome]:
    """Each statement on both engines."""
    with ExitStack() as open_:
        home = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="citegraph-differential-")))
        (home / "neo4j").mkdir()
        server = open_.enter_context(running(home / "neo4j"))
        os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"] = server.user, server.password
        here, there = open_.enter_context(both_engines(home / "graph", server.uri))
        began = time.monotonic()
        outcomes = [compare(here, there, seed) for seed in chosen]
        print(f"{len(outcomes):,} statements in {time.monotonic() - began:.0f} s")
    return outcomes


def reason(outcome: Outcome) -> str:
    """A message without what it quotes, so that the same reasons are counted together."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "…", str(outcome.here))


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="of the generated statements")
    parser.add_argument("--count", type=int, default=0, help="generated statements; 0 for the seeds of the tests")
    parser.add_argument("--file", type=Path, help="a file of statements")
    return parser.parse_args()


if __name__ == "__main__":
    main()
