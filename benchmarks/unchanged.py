"""Shows that two versions of citegraph extract the same and make the same graph, byte for byte.

    python benchmarks/unchanged.py --write FOLDER [--python OTHER/.venv/bin/python] [--quick]
    python benchmarks/unchanged.py --against FOLDER [--quick]

`--write` keeps what a version gives: the extraction of the annotated papers, and the graph and search names built from
the listings (`gold/*.papers.jsonl` and `seeds/*.txt` of --shared, ../shared by default). `--python` runs another
checkout's version. `--against` compares what this version gives with it and says what differs; exit code 1 if anything
does. `--quick` takes the sample papers that travel with citegraph instead. The field `pipeline` names the version and
is left out. The graph is read with the engine alone, so that the result depends on no code of either version.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ladybug

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "kg" / "sample" / "papers.jsonl"
GRAPH = "graph.jsonl"
NUMBERS = {"_ID", "_SRC", "_DST", "_id", "_src", "_dst"}
"""The engine's own numbers of nodes, edges and tables."""
WHEN_MADE = {"first_seen"}
"""Properties that say when a build was made, not what was found."""
SHOWN = 3


def main() -> None:
    """Writes or compares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", type=Path, metavar="FOLDER")
    what.add_argument("--against", type=Path, metavar="FOLDER")
    parser.add_argument("--python", default=sys.executable, help="Python of the version that is run")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    if given.write:
        given.write.mkdir(parents=True, exist_ok=True)
        for name, lines in outputs(given):
            (given.write / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            print(f"{name}: {len(lines):,} lines")
        return
    same = True
    for name, lines in outputs(given):
        before = (given.against / name).read_text(encoding="utf-8").splitlines()
        if name == GRAPH:
            before = sorted(
                line(what, json.loads(content)) for what, content in (text.split(" ", 1) for text in before)
            )
        same &= lines == before
        print(f"{name}: {len(lines):,} lines, {difference(before, lines)}")
    sys.exit(0 if same else 1)


def outputs(given: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Name and lines of everything that is compared."""
    if given.quick:
        papers, listings = [SAMPLE], [SAMPLE]
    else:
        papers = sorted((given.shared / "gold").glob("*.papers.jsonl"))
        listings = sorted((given.shared / "seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory(prefix="citegraph-unchanged-") as folder:
        found, store = Path(folder, "found.jsonl"), Path(folder, "store")
        many = ("--processes", given.processes)
        for pipeline in ("default", "rules"):
            kg(given.python, "extract", *papers, "--out", found, "--pipeline", pipeline, *many)
            yield f"extraction-{pipeline}.jsonl", [unversioned(line) for line in found.read_text("utf-8").splitlines()]
        kg(given.python, "build", *listings, "--store", store, *many)
        yield GRAPH, dump(next(store.glob("graph-*")))


def kg(python: str, *arguments: object) -> None:
    """Runs `kg` of the version that this Python has."""
    # From a folder of its own: Python looks for packages where it is started.
    with tempfile.TemporaryDirectory() as folder:
        command = [python, "-m", "kg.cli", *map(str, arguments)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 6):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")


def unversioned(line: str) -> str:
    """An extraction without the version of the pipeline that made it; all else as it is written."""
    extraction = json.loads(line)
    extraction.pop("pipeline", None)
    return json.dumps(extraction, ensure_ascii=False)


def dump(graph: Path) -> list[str]:
    """A line for every node and edge of an embedded graph, in order of the alphabet."""
    file = graph if graph.is_file() else next(path for path in graph.iterdir() if path.suffix not in {".wal", ".json"})
    with ladybug.Database(str(file), read_only=True) as database, ladybug.Connection(database) as connection:
        lines = [line("node", node) for (node,) in rows(connection, "MATCH (n) RETURN n")]
        lines += [line("edge", row) for row in rows(connection, "MATCH (s)-[r]->(t) RETURN s.id, t.id, r")]
    return sorted(lines)


def rows(connection: ladybug.Connection, statement: str) -> Iterator[list[Any]]:
    """The rows of an answer."""
    answer = connection.execute(statement)
    while answer.has_next():
        yield answer.get_next()


def line(what: str, content: object) -> str:
    """A node or edge as JSON, without the engine's own numbers and without nulls."""
    return f"{what} {json.dumps(known(content), sort_keys=True, ensure_ascii=False, default=str)}"


def known(content: object) -> object:
    """A value without the engine's own numbers, nulls and dates of the build."""
    if isinstance(content, dict):
        return {
            name: known(value)
            for name, value in content.items()
            if value is not None and name not in NUMBERS | WHEN_MADE
        }
    return [known(value) for value in content] if isinstance(content, list) else content


def difference(before: list[str], after: list[str]) -> str:
    """What is missing and what is new, cut short."""
    if before == after:
        return "the same"
    missing, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if not missing and not new:
        return "the same lines in another order"
    shown = "".join(f"\n  - {text[:300]}" for text in list(missing)[:SHOWN])
    shown += "".join(f"\n  + {text[:300]}" for text in list(new)[:SHOWN])
    return f"{missing.total()} missing, {new.total()} new{shown}"


if __name__ == "__main__":
    main()
