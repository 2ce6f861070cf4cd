"""What the guard costs: the same small statements guarded and bare, by turns, in the same run.

    python benchmarks/guard.py STORE --rounds 300

Guarded is `kg.queries.cypher`; bare is the same rewritten statement straight to the engine in this process, or the
statement as it is to the server. Of a statement that is interpreted, bare are the engine's statements for its patterns.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from kg.queries import cypher
from kg.store import GraphReader, open_store
from kg.store.ladybug.translation import UntranslatableError, plan_statement, translate
from kg.syntax import guard, tree

STATEMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "one value": ("RETURN 1 AS one", {}),
    "a node and a calculation": (
        "MATCH (b:Benchmark {id: $id}) RETURN b.name + '!' AS name, round(b.papers / 2.0, 1) AS half",
        {"id": "benchmark/mmlu"},
    ),
    "a node by its key": (
        "MATCH (b:Benchmark {id: $id}) RETURN b.name AS name, b.papers AS papers",
        {"id": "benchmark/mmlu"},
    ),
    "25 papers of a benchmark": (
        "MATCH (p:Paper)-[r:EVALUATES_ON]->(b:Benchmark {id: $id}) RETURN p.id AS id, p.title AS title, "
        "p.year AS year, r.evidence AS evidence ORDER BY year DESC, id LIMIT 25",
        {"id": "benchmark/mmlu"},
    ),
    "the same, interpreted": (
        "MATCH (p:Paper)-[r:EVALUATES_ON]->(b:Benchmark {id: $id}) RETURN p.id AS id, toUpper(p.title) AS title, "
        "p.year AS year, r.evidence AS evidence ORDER BY year DESC, id LIMIT 25",
        {"id": "benchmark/mmlu"},
    ),
}  # fmt: skip


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def engine_statements(query: tree.Query, values: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What the embedded engine runs for a statement."""
    try:
        translation = translate(query, values, 1001)
    except UntranslatableError:
        return plan_statement(query, values).statements()
    return [(translation.statement, translation.parameters)]


def main() -> None:
    """Reads the arguments, measures, prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="data folder or server")
    parser.add_argument("--rounds", type=int, default=300)
    args = parser.parse_args()
    with open_store(args.store) as store:
        measure(store, args.rounds)


def measure(store: GraphReader, rounds: int) -> None:
    """Prints the table."""
    began = time.perf_counter()
    cypher(store, "RETURN 1 AS one")
    first = (time.perf_counter() - began) * 1e3
    print(f"{store.engine}; the first statement, with the start of a process: {first:.0f} ms")
    print("| Statement | bare p50 | guarded p50 | guard's cost | parse and judge | bare p99 | guarded p99 |")
    print("|" + " --- |" * 7)
    for name, (statement, values) in STATEMENTS.items():
        judged = guard.check(statement, store.engine, values)
        engines = [(statement, values)] if store.engine == "neo4j" else engine_statements(judged, values)
        bare, guarded, judging = [], [], []
        for _ in range(rounds):
            bare.append(timed(lambda engines=engines: [store.read(*each, limit=1000) for each in engines]))
            guarded.append(timed(lambda text=statement, given=values: cypher(store, text, given)))
            judging.append(timed(lambda text=statement, given=values: guard.check(text, store.engine, given)))
        cost = median(one - other for one, other in zip(guarded, bare, strict=True))
        tails = [quantiles(times, n=100)[98] * 1e3 for times in (bare, guarded)]
        print(
            f"| {name} | {median(bare) * 1e3:.2f} ms | {median(guarded) * 1e3:.2f} ms | {cost * 1e3:.2f} ms "
            f"| {median(judging) * 1e3:.2f} ms | {tails[0]:.1f} ms | {tails[1]:.1f} ms |"
        )


if __name__ == "__main__":
    main()
