"""Runs generated statements through the guard for a time, and checks that each ends in time and nothing changes.

    python benchmarks/statements.py STORE --minutes 30

Statements come from a grammar of what people write, from the same with words left out, doubled, swapped or put in, and
from those that the tests have refused, all of them harmless, in random spellings and places. After each, the answer or
the error is looked at; at the end the graph, the data folder and a canary file are compared with what they were.
"""

import argparse
import hashlib
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path += [str(Path(__file__).parent.parent / "tests" / place) for place in ("", "syntax")]

from ordinary import ORDINARY
from ordinary import PARAMETERS as VALUES
from refused import CANARY, PARAMETERS, all_refused

from kg.errors import CitegraphError, ExhaustedError
from kg.queries import cypher
from kg.schema import EDGES, NODES, Kind
from kg.store import GraphReader, Location, open_store

TIMEOUT = 2.0
LATE = 10.0
"""Seconds beyond the timeout that count as hanging: a machine that others use may take some to start a process."""

_TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|\w+|\s+|[^\w\s]")
_WORDS = [
    *"MATCH WITH RETURN WHERE UNWIND CREATE DELETE SET MERGE CALL LOAD CSV FROM COPY TO REMOVE DETACH UNION".split(),
    *"OPTIONAL EXISTS COUNT COLLECT CASE WHEN END NOT NULL IN AS ORDER BY LIMIT SKIP DISTINCT FOREACH".split(),
    *"( ) [ ] { } -> <- - * .. . , : ; | & ! = <> =~ $ ' \" ` // /* */ 0 1 -1 9223372036854775807 1e308 null".split(),
]


Statement = tuple[str, str]
"""The kind of a statement, and its text."""


class Grammar:
    """Statements as people write them, more or less."""

    def __init__(self, chance: random.Random, keys: list[str]) -> None:
        """Takes ids of nodes to look for."""
        self._chance = chance
        self._keys: dict[str, list[str]] = {}
        for key in keys:
            kind = key.partition("/")[0].title()
            self._keys.setdefault(kind if kind in NODES else "Paper", []).append(key)
        self._nodes: list[tuple[str, str | None]] = []
        self._edges: list[tuple[str, str | None]] = []
        self._numbers = 0

    def statement(self) -> str:
        """The next statement."""
        self._nodes, self._edges, self._numbers = [], [], 0
        parts = [self._match() for _ in range(self._chance.randint(1, 3))]
        if self._chance.random() < 0.3:
            kept = [name for name, _ in self._nodes[:2]]
            parts.append(f"WITH {', '.join(dict.fromkeys(kept))}, {self._aggregate()} AS total{self._order()}")
            self._nodes, self._edges = self._nodes[:2], []
        if self._chance.random() < 0.2:
            parts.append(f"UNWIND {self._list(2)} AS u{self._number()}")
        items = [f"{self._value(3)} AS c{place}" for place in range(self._chance.randint(1, 4))]
        parts.append(f"RETURN {self._some('DISTINCT ', 0.2)}{', '.join(items)}{self._order()}")
        if self._chance.random() < 0.6:
            parts.append(f"LIMIT {self._chance.randint(0, 50)}")
        text = " ".join(parts)
        return f"{text} UNION ALL {text}" if self._chance.random() < 0.05 else text

    def _some(self, text: str, probability: float) -> str:
        return text if self._chance.random() < probability else ""

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _order(self) -> str:
        return f" ORDER BY {self._property()}{self._some(' DESC', 0.5)}" if self._chance.random() < 0.3 else ""

    def _match(self) -> str:
        text = f"{self._some('OPTIONAL ', 0.2)}MATCH {self._path()}"
        if self._chance.random() < 0.15:
            text += f", {self._path()}"
        return f"{text} WHERE {self._condition(2)}" if self._chance.random() < 0.6 else text

    def _path(self) -> str:
        text, label = self._node(None)
        for _ in range(self._chance.choice([0, 1, 1, 1, 2, 2, 3])):
            edge, wanted = self._edge(label)
            node, label = self._node(wanted)
            text += edge + node
        return text

    def _node(self, wanted: str | None) -> tuple[str, str | None]:
        known = [pair for pair in self._nodes if wanted in (None, pair[1])]
        if known and self._chance.random() < 0.3:
            name, label = self._chance.choice(known)
            return f"({name})", label
        name, label = f"n{self._number()}", wanted or self._chance.choice([None, *NODES])
        self._nodes.append((name, label))
        labels = f":{label}" if label else ""
        if label and self._chance.random() < 0.1:
            labels += self._chance.choice(["|", "|", "&", ":"]) + self._chance.choice(list(NODES))
        keys = self._keys.get(label or "Paper", ["x"])
        key = f" {{id: '{self._chance.choice(keys)}'}}" if self._chance.random() < 0.3 else ""
        return f"({name}{labels}{key})", label

    def _edge(self, source: str | None) -> tuple[str, str | None]:
        """An edge that such a node may have, mostly, and the label of the node at its other end."""
        fitting = [(edge, one, other, True) for edge in EDGES.values() for one, other in edge.ends if one == source]
        fitting += [(edge, one, other, False) for edge in EDGES.values() for one, other in edge.ends if other == source]
        hops = self._chance.choice(["", "", "", "", "*1..2", "*..3", "*2", "*0..1"])
        name = f"r{self._number()}"
        if not fitting or self._chance.random() < 0.2:
            kind, wanted, outgoing = self._chance.choice([None, *EDGES]), None, self._chance.random() < 0.5
        else:
            edge, one, other, outgoing = self._chance.choice(fitting)
            kind, wanted = edge.label, other if outgoing else one
        if not hops:
            self._edges.append((name, kind))
        inner = f"[{name}{f':{kind}' if kind else ''}{hops}]"
        forms = [f"-{inner}->" if outgoing else f"<-{inner}-", f"-{inner}-"]
        return self._chance.choice([forms[0], *forms]), None if hops else wanted

    def _property(self) -> str:
        return self._typed()[0]

    def _typed(self) -> tuple[str, Kind | None]:
        """A property of one of the variables, and what it holds."""
        pairs = self._nodes + self._edges
        for _ in range(5 if pairs else 0):
            name, label = self._chance.choice(pairs)
            if declared := (NODES | EDGES)[label].properties if label else ():
                prop = self._chance.choice(declared)
                return f"{name}.{prop.name}", prop.kind
        return ("n.id", Kind.STRING) if not self._nodes else (f"{self._nodes[0][0]}.id", Kind.STRING)

    def _compared(self) -> str:
        name, kind = self._typed()
        fitting = {
            Kind.STRING: ["'MTEB'", "'a'", "$name", "''", "null"],
            Kind.INTEGER: ["1", "-1", "2023", "$year", "null"],
            Kind.NUMBER: ["1", "0.5", "-1e3", "null"],
            Kind.BOOLEAN: ["true", "false", "null"],
        }.get(kind or Kind.STRING, ["['a']"])
        value = self._literal() if self._chance.random() < 0.1 else self._chance.choice(fitting)
        return f"{name} {self._chance.choice(['=', '<>', '<', '>='])} {value}"

    def _tested(self) -> str:
        name, kind = self._typed()
        if kind is Kind.STRING or self._chance.random() < 0.1:
            return f"{name} {self._chance.choice(['CONTAINS', 'STARTS WITH', 'ENDS WITH', '=~'])} 'a.*'"
        return f"{name} IS NULL"

    def _condition(self, depth: int) -> str:
        pick = self._chance.randint(0, 9) if depth else self._chance.randint(0, 4)
        match pick:
            case 0 | 1:
                return self._compared()
            case 2:
                return f"{self._property()} IS {self._some('NOT ', 0.5)}NULL"
            case 3:
                return self._tested()
            case 4:
                return f"{self._property()} IN {self._list(1)}"
            case 5 | 6:
                joined = self._chance.choice(["AND", "OR", "XOR"])
                return f"({self._condition(depth - 1)} {joined} {self._condition(depth - 1)})"
            case 7:
                return f"NOT {self._condition(depth - 1)}"
            case 8:
                kept = list(self._nodes), list(self._edges)
                text = f"EXISTS {{ MATCH {self._path()} }}"
                self._nodes, self._edges = kept
                return text
        return f"any(x IN {self._list(1)} WHERE x = {self._literal()})"

    def _literal(self) -> str:
        return self._chance.choice(["1", "-1", "2023", "0.5", "'MTEB'", "'a'", "null", "true", "$year", "$name", "''"])

    def _list(self, depth: int) -> str:
        choices = ["[1, 2, 3]", "['a', 'b']", "range(0, 5)", "[]", "$ids", "$none", "[null, 1]"]
        if depth:
            inner = self._list(depth - 1)
            choices += [f"[x IN {inner} WHERE x = {self._literal()} | x]", f"{inner}[1..]"]
        return self._chance.choice(choices)

    def _aggregate(self) -> str:
        name = self._chance.choice(["count", "collect", "min", "max", "sum", "avg"])
        return self._chance.choice(["count(*)", f"{name}({self._some('DISTINCT ', 0.3)}{self._property()})"])

    def _value(self, depth: int) -> str:
        if not depth or self._chance.random() < 0.4:
            return self._chance.choice([self._property(), self._property(), self._literal(), self._aggregate()])
        inner = self._value(depth - 1)
        node = self._nodes[0][0] if self._nodes else "1"
        return self._chance.choice(
            [
                f"size({inner})", f"toString({inner})", f"coalesce({inner}, {self._literal()})", f"labels({node})",
                f"toUpper({inner})", f"substring({inner}, 0, 3)", f"head({self._list(1)})", f"{self._list(2)}[0]",
                f"CASE WHEN {self._condition(1)} THEN {inner} ELSE {self._literal()} END",
                f"{inner} + {self._literal()}",
                f"{node} {{.id, x: {inner}}}", f"{{a: {inner}}}", f"[{inner}, {self._literal()}]", f"id({node})",
                f"COUNT {{ ({node})--() }}", f"toInteger({inner})", f"keys({node})", f"properties({node})", node,
            ]
        )  # fmt: skip


def nearly(chance: random.Random, statement: str) -> str:
    """A statement with a few slips."""
    tokens = _TOKEN.findall(statement)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(tokens))
        match chance.randint(0, 3):
            case 0:
                tokens[place] = ""
            case 1:
                tokens.insert(place, tokens[chance.randrange(len(tokens))])
            case 2:
                tokens[place] = f" {chance.choice(_WORDS)} "
            case 3:
                other = chance.randrange(len(tokens))
                tokens[place], tokens[other] = tokens[other], tokens[place]
    return "".join(tokens)


def refused(chance: random.Random, known: list[str], statement: str) -> str:
    """A statement that is refused, alone or somewhere within another."""
    text = chance.choice(known)
    match chance.randint(0, 4):
        case 0 | 1:
            return text
        case 2:
            return nearly(chance, text)
        case 3:
            tokens = _TOKEN.findall(statement)
            tokens.insert(chance.randrange(len(tokens)), f" {text} ")
            return "".join(tokens)
    return f"{statement} {text}"


def of_graph(store: GraphReader) -> str:
    """A hash of all nodes and edges of a server's graph, in whatever order."""
    total = 0
    for statement in (
        "MATCH (n) RETURN n",
        "MATCH (n)-[r]->(m) RETURN n.id AS a, type(r) AS t, m.id AS b, r.evidence AS e, r.by AS w, r.confidence AS c",
    ):
        for row in store.read(statement).rows:
            digest = hashlib.blake2b(json.dumps(row, sort_keys=True).encode(), digest_size=16).digest()
            total = (total + int.from_bytes(digest)) % 2**128
    return f"{total:032x}"


def of_folder(folder: Path) -> str:
    """A hash of all files of a data folder."""
    digest = hashlib.blake2b()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()


def run(store: GraphReader, statements: Iterable[Statement]) -> tuple[Counter[str], list[float]]:
    """Runs statements, each with its kind, and counts kinds with outcomes; also the seconds that each took.

    Raises:
        AssertionError: one took too long, or failed otherwise than it may.
    """
    outcomes: Counter[str] = Counter()
    times: list[float] = []
    values: dict[str, Any] = {**PARAMETERS, **VALUES}
    reported = time.monotonic()
    for kind, statement in statements:
        began = time.monotonic()
        try:
            answer = cypher(store, statement, values, timeout=TIMEOUT, limit=100)
            outcome = "answered"
            json.dumps(answer.model_dump())
            assert len(answer.rows) <= 100
        except CitegraphError as error:
            outcome = "out of time or memory" if isinstance(error, ExhaustedError) else type(error).__name__
            message = str(error)
            assert message and "\n" not in message and "Traceback" not in message, (statement, message)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error} on {statement!r}") from error
        took = time.monotonic() - began
        assert took < TIMEOUT + LATE, f"{took:.1f} s for {statement!r}"
        outcomes[f"{kind}: {outcome}"] += 1
        times.append(took)
        if time.monotonic() - reported > 60:
            reported = time.monotonic()
            print(f"{len(times):,} statements, {dict(outcomes)}", file=sys.stderr, flush=True)
    return outcomes, times


def generated(chance: random.Random, keys: list[str], canary: Path) -> Iterator[Statement]:
    """Without end: statements, each with its kind. Those that are refused read or write in the folder `canary`."""
    grammar = Grammar(chance, keys)
    known = [each.statement for each in all_refused(canary)]
    while True:
        statement = grammar.statement() if chance.random() < 0.8 else chance.choice(ORDINARY)
        match chance.randint(0, 3):
            case 0 | 1:
                yield "valid", statement
            case 2:
                yield "nearly valid", nearly(chance, statement)
            case 3:
                yield "refused", refused(chance, known, statement)


def check(
    store: GraphReader,
    folder: Path | None,
    seed: int,
    some: Callable[[Iterator[Statement]], Iterable[Statement]],
) -> tuple[Counter[str], list[float]]:
    """Runs some of the statements that a seed gives; afterwards the graph, its files and a canary are what they were.

    Args:
        store: where they run.
        folder: its data folder; none of a server.
        seed: decides which statements are generated.
        some: takes as many of them as are to run.

    Returns:
        As `run`.

    Raises:
        AssertionError: something has changed, or a statement took too long, or failed otherwise than it may.
    """
    keys = [row[0].replace("'", "") for row in store.read("MATCH (n) RETURN n.id AS id ORDER BY id LIMIT 2000").rows]
    before = of_folder(folder) if folder else of_graph(store)
    with tempfile.TemporaryDirectory(prefix="citegraph-canary-") as scratch:
        canary = Path(scratch)
        (canary / "canary.csv").write_text(CANARY, "utf-8")
        ran = run(store, some(generated(random.Random(seed), keys, canary)))
        assert [(path.name, path.read_text("utf-8")) for path in canary.iterdir()] == [("canary.csv", CANARY)]
    assert (of_folder(folder) if folder else of_graph(store)) == before, "the graph or its files have changed"
    return ran


def main() -> None:
    """Reads the arguments, runs, prints what happened."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="data folder or server")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    location = Location.parse(args.store)
    with open_store(location) as store:
        report(store, location.folder and location.folder.path, args.minutes, args.seed)


def report(store: GraphReader, folder: Path | None, minutes: float, seed: int) -> None:
    """Runs statements for some minutes, and prints what happened."""
    end = time.monotonic() + minutes * 60
    outcomes, times = check(store, folder, seed, lambda endless: takewhile(lambda _: time.monotonic() < end, endless))
    cuts = quantiles(times, n=1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(times):,} statements in {minutes:g} minutes, seed {seed}, {store.engine}: nothing changed")
    for outcome, count in sorted(outcomes.items()):
        print(f"  {outcome}: {count:,}")
    print(f"  p50 {cuts[499] * 1e3:.1f} ms, p99 {cuts[989] * 1e3:.0f} ms, longest {max(times):.2f} s")
    print(f"  largest memory of the service itself: {memory:.0f} MB")


if __name__ == "__main__":
    main()
