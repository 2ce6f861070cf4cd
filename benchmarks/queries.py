"""Times every named query on a graph, beside the bare engine: `python benchmarks/queries.py STORE…`.

STORE is a data folder, or a Neo4j server's address with NEO4J_USERNAME and NEO4J_PASSWORD. Each query is asked of nodes
of median degree and of nodes among the 20 of the highest degree, in turns through `kg.queries.run` and through the
engine's own Python client with the same statement. Printed as a Markdown table, in milliseconds.
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles
from typing import Any, cast

import ladybug
import neo4j

from kg.queries import run
from kg.schema import RELATIONS
from kg.statements import Statement, queries
from kg.store import GraphReader, Location, open_store
from kg.store.ladybug.reader import DATABASE

LIMIT = 25
NODES = 5
CALLS = 100
SECONDS = 2.0
"""How long one query is asked of one kind of node, at most; p99 is then the slowest call."""

RELATED = f"r:{'|'.join(RELATIONS)}"

# What a parameter's node is, and its degree.
DEGREES = {
    "entity": f"MATCH (n:Benchmark|Dataset|Model|Method)<-[{RELATED}]-(:Paper)",
    "system": "MATCH (n:Model|Method)<-[r:USES]-(:Paper)",
    "benchmark": "MATCH (n:Benchmark)<-[r:EVALUATES_ON]-(:Paper)",
    "model": "MATCH (n:Model|Method)<-[r:OF]-(:Result)",
    "author": "MATCH (n:Author)<-[r:AUTHORED_BY]-(:Paper)",
    "paper": f"MATCH (n:Paper)-[{RELATED}]->(:Benchmark|Dataset|Model|Method)",
    "venue": "MATCH (n:Venue)<-[r:PUBLISHED_IN]-(:Paper)",
    "cited": "MATCH (n:Paper)<-[r:CITES]-(:Paper)",
}
ROLES = {
    ("descendants", "entity"): "system",
    ("ancestors", "entity"): "system",
    ("citing", "paper"): "cited",
    ("papers_of", "node"): "author",
    ("neighbourhood", "node"): "entity",
    ("path", "source"): "entity",
    ("path", "target"): "benchmark",
    ("results_of_model", "model"): "model",
    ("results_of_system", "model"): "model",
}
SET = {
    "since": 0,
    "until": 9999,
    "earlier": 2024,
    "later": 2025,
    "each": 3,
    "relations": ["EVALUATES_ON", "USES", "COMPARES_WITH"],
    "types": ["Benchmark", "Model", "Method"],
}

Call = Callable[[str, dict[str, Any]], object]


def main() -> None:
    """Reads the command line, measures each store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", nargs="+", metavar="STORE")
    parser.add_argument("--only", nargs="*", metavar="QUERY", help="these queries alone")
    arguments = parser.parse_args()
    for place in arguments.stores:
        with open_store(place) as store:
            print(f"\n{store.engine}: {place}\n")
            print("| query | degree | p50 | p99 | bare p50 | bare p99 | within |")
            print("| --- | --- | ---: | ---: | ---: | ---: | --- |")
            measure(store, bare(place), arguments.only)


def measure(store: GraphReader, engine: Call, only: list[str] | None) -> None:
    """Prints a line of the table for each query and kind of node."""
    nodes = {role: of_degrees(store, text) for role, text in DEGREES.items()}
    for statement in queries().values():
        if only and statement.name not in only:
            continue
        roles = {each.name: role(statement.name, each.name) for each in statement.parameters}
        of_nodes = {name: kind for name, kind in roles.items() if kind in DEGREES}
        for degree in ("median", "top 20") if of_nodes else ("",):
            chosen = [values(statement, of_nodes, nodes, degree, place) for place in range(NODES if of_nodes else 1)]
            ours, theirs = timed(store, engine, statement, chosen)
            within = median(ours) <= 1.2 * median(theirs) + 1e-3
            seconds = (median(ours), p99(ours), median(theirs), p99(theirs))
            figures = " | ".join(f"{1000 * each:.1f}" for each in seconds)
            print(f"| {statement.name} | {degree} | {figures} | {'yes' if within else 'no'} |", flush=True)


def role(query: str, parameter: str) -> str:
    """Which of `DEGREES` a parameter's node is of, else the parameter's name."""
    return ROLES.get((query, parameter), parameter)


def of_degrees(store: GraphReader, matched: str) -> dict[str, list[str]]:
    """Ids of nodes of median degree, and of those of the highest."""
    ids = [row[0] for row in store.read(f"{matched} RETURN n.id, count(r) AS degree ORDER BY degree DESC, n.id").rows]
    middle = len(ids) // 2
    return {"median": ids[middle : middle + NODES], "top 20": ids[:20:4]}


def values(
    statement: Statement, of_nodes: dict[str, str], nodes: dict[str, dict[str, list[str]]], degree: str, place: int
) -> dict[str, Any]:
    """A query's parameters, with the nodes of a degree."""
    given = {
        name: SET[name] if name in SET and type(SET[name]) is type(value) else value
        for name, value in statement.example.items()
    }
    for name, kind in of_nodes.items():
        given[name] = nodes[kind][degree][place]
    return given | ({"limit": LIMIT} if "limit" in given else {})


def timed(
    store: GraphReader, engine: Call, statement: Statement, chosen: list[dict[str, Any]]
) -> tuple[list[float], list[float]]:
    """Seconds of calls through citegraph and through the bare engine, in turns, after some that do not count."""
    text = statement.text(store.engine)
    ours: list[float] = []
    theirs: list[float] = []
    began = time.perf_counter()
    for number in range(-len(chosen), CALLS):
        given = chosen[number % len(chosen)]
        wanted = given | {"limit": LIMIT + 1} if "limit" in given else given
        calls: list[tuple[list[float], Callable[[], object]]] = [
            (ours, partial(run, store, statement.name, **given)),
            (theirs, partial(engine, text, wanted)),
        ]
        # Whoever comes second finds the machine's caches warm.
        for seconds, call in calls if number % 2 else calls[::-1]:
            start = time.perf_counter()
            call()
            if number >= 0:
                seconds.append(time.perf_counter() - start)
        if number > len(chosen) and time.perf_counter() - began > SECONDS:
            break
    return ours, theirs


def p99(seconds: list[float]) -> float:
    """The 99th percentile."""
    return quantiles(seconds, n=100, method="inclusive")[98]


def bare(place: str) -> Call:
    """The engine's own Python client, as one writes it without citegraph."""
    folder = Location.parse(place).folder
    if folder is None:
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"]
        driver = neo4j.GraphDatabase.driver(place, auth=(user, password), notifications_min_severity="OFF")

        def ask(text: str, given: dict[str, Any]) -> object:
            with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
                return session.execute_read(lambda transaction: transaction.run(text, given).values())

        return ask
    file = folder.graph_folder(folder.current() or 0) / DATABASE
    database = ladybug.Database(file, read_only=True, buffer_pool_size=1 << 30, max_db_size=1 << 34)
    connection = ladybug.Connection(database)
    return lambda text, given: list(cast(ladybug.QueryResult, connection.execute(text, given)))


if __name__ == "__main__":
    main()
