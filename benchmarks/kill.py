"""Kills builds at many moments and says what came of it.

    python benchmarks/kill.py                          100 kills of embedded builds
    python benchmarks/kill.py --neo4j --kills 20       20 kills of builds that write to a Neo4j server
    python benchmarks/kill.py --server --kills 20      20 kills of that server while a build writes to it

Every kill is followed by a look at what is left, `kg doctor`, and building again; the graph must be that of an
undisturbed build, and `kg doctor` must find nothing. Exit code 1 where it is not so. --seed decides which moments.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "tests"), str(Path(__file__).parent.parent / "tests" / "robustness")]

import os  # noqa: E402
import signal  # noqa: E402

import kills  # noqa: E402
import neo4j_server  # noqa: E402

from kg import sample  # noqa: E402
from kg.extraction import Extractor  # noqa: E402
from kg.sources import read  # noqa: E402


def main() -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--papers", metavar="FILE", help="extractions to build; the sample's if none are given")
    parser.add_argument("--most", type=int, default=300, help="how many of them")
    parser.add_argument("--copies", type=int, default=1, help="how many times each of them")
    parser.add_argument("--signal", default="SIGKILL")
    parser.add_argument("--neo4j", action="store_true", help="builds write to a server, which is started")
    parser.add_argument("--server", action="store_true", help="the server is killed instead of the build")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    number = signal.Signals[arguments.signal]
    outcomes: list[kills.Outcome] = []
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="citegraph-kill-")))
        inputs = kills.write_inputs(papers(arguments.papers, arguments.most), work, arguments.copies)
        server = None
        if arguments.neo4j or arguments.server:
            server = stack.enter_context(neo4j_server.Restartable.started(work / "neo4j"))
            os.environ |= {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
        place = kills.Place(work, inputs, server.uri if server else None)
        print(f"undisturbed builds take {place.seconds[0]:.2f} and {place.seconds[1]:.2f} s", flush=True)
        while len(outcomes) < arguments.kills:
            second = chance.random() < 0.6
            if arguments.server and server:
                # Nothing is sent to the server in the first half of a build.
                after = chance.uniform(0.5, 1.0) * place.seconds[second]
                outcome = place.interrupt(second, after, server.kill_and_start)
            else:
                outcome = place.kill(second, place.moment(chance, second), number)
            if outcome.stage == kills.ENDED and not outcome.wrong:
                # A build that was faster than the moment was not killed.
                continue
            outcomes.append(outcome)
            print(f"{len(outcomes)}: {outcome}", flush=True)
    for stage, times in Counter(outcome.stage for outcome in outcomes).most_common():
        print(f"{times:4} {stage}")
    wrong = sum(bool(outcome.wrong) for outcome in outcomes)
    print(f"{len(outcomes)} kills, {wrong} with a wrong end")
    sys.exit(wrong > 0)


def papers(file: str | None, most: int) -> list[dict[str, object]]:
    """Extractions of a file, or of the sample."""
    if file:
        with Path(file).open(encoding="utf-8") as lines:
            return [json.loads(line) for line in islice(lines, most)]
    read_papers = read([sample.papers()], print)
    return [each.model_dump(mode="json") for each in islice(Extractor.load().extract(read_papers), most)]


if __name__ == "__main__":
    main()
