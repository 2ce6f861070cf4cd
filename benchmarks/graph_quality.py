"""How much of a graph is right: draws samples for a careful reader, and counts the verdicts.

    python benchmarks/graph_quality.py draw STORE FOLDER --seed 15 [--each 60] [--rows USES,CITES]
    python benchmarks/graph_quality.py score VERDICTS...
    python benchmarks/graph_quality.py kept STORE VERDICTS...

`draw` writes a file ROW.jsonl for each row of the table in docs/quality.md: one item a line, with all that a reader
needs (title, abstract, evidence, names), and `verdict` and `why` to be filled in. The items with the smallest SHA-256
of seed, row, source and target are drawn, so that two builds' samples share what both graphs have. `score` prints the
share of each row that is right, with its 95 % interval (Wilson 1927), and the reasons given for what is not. `kept`
says how many of the edges that a reader called right in another graph's sample are in this graph.

A verdict is `right`, `wrong` or `doubt` (which counts as neither). Files of verdicts may be those that `draw` wrote, or
.tsv with the columns row, source, target, name, verdict, why, which `score --write FILE` makes of them: without texts,
so that they can be published.
"""

import argparse
import csv
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.questions import ask
from kg.schema import ENTITY_LABELS, RELATIONS
from kg.store import GraphReader, open_store
from kg.text.keys import name_key

MOST_USED = 400
"""Entities with the most papers, which are looked at one by one."""
_ENTITIES = "|".join(ENTITY_LABELS)
_FORMS = 12
"""Aliases and similar names that an item shows."""
_OWN_TITLE = re.compile(r"([^:]{2,40}): ")
_PAPER = "MATCH (p:Paper {id: $id}) RETURN p.id"
_COLUMNS = ("row", "source", "target", "name", "verdict", "why")
Item = dict[str, Any]


class Node(NamedTuple):
    """An entity of the graph."""

    id: str
    name: str
    type: str
    aliases: list[str]
    keys: list[str]
    papers: int

    def shown(self) -> Item:
        """What a reader sees of it."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "papers": self.papers,
            "aliases": self.aliases[:_FORMS],
        }


class Sampler:
    """Draws items from one graph."""

    def __init__(self, store: GraphReader, seed: int, each: int) -> None:
        self.store = store
        self.seed = seed
        self.each = each
        rows = store.read(
            f"MATCH (e:{_ENTITIES}) RETURN e.id AS id, e.name AS name, e.type AS type, e.aliases AS aliases,"
            " e.keys AS keys, e.papers AS papers"
        ).rows
        self.nodes = {row[0]: Node(row[0], row[1], row[2], row[3] or [], row[4] or [], row[5] or 0) for row in rows}
        ranked = sorted(self.nodes.values(), key=lambda node: (-node.papers, node.id))
        self.most_used = ranked[:MOST_USED]
        self.rows: dict[str, Callable[[], Iterator[Item]]] = {
            "nodes": self._nodes,
            "nodes-by-papers": self._nodes_by_papers,
            **{relation: lambda relation=relation: self._relation(relation) for relation in RELATIONS},  # type: ignore[misc]
            "VARIANT_OF": self._variants,
            "INTRODUCES-most-used": self._introductions_of_most_used,
            "who-introduced": self._who_introduced,
            "CITES": self._citations,
            "ADDRESSES": self._tasks,
            "most-used": self._most_used,
        }

    def _rank(self, row: str, *ids: str) -> str:
        """Where an item comes in the order in which items of a row are drawn."""
        return hashlib.sha256("\t".join((str(self.seed), row, *ids)).encode()).hexdigest()

    def _drawn(self, row: str, ends: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        return sorted(ends, key=lambda pair: self._rank(row, *pair[:2]))[: self.each]

    def _read(self, statement: str, **parameters: Any) -> list[list[Any]]:
        return self.store.read(statement, parameters).rows

    def _paper(self, key: str) -> Item:
        (row,) = self._read("MATCH (p:Paper {id: $id}) RETURN p.title, p.abstract", id=key)
        return {"paper": key, "title": row[0], "abstract": row[1]}

    def _node_item(self, row: str, node: Node) -> Item:
        found = self._read(
            f"MATCH (p:Paper)-[r]->(e:{_ENTITIES} {{id: $id}}) RETURN p.id, p.title, label(r), r.evidence"
            if self.store.engine == "ladybug"
            else f"MATCH (p:Paper)-[r]->(e:{_ENTITIES} {{id: $id}}) RETURN p.id, p.title, type(r), r.evidence",
            id=node.id,
        )
        places = sorted(found, key=lambda place: self._rank(row, node.id, place[0]))[:4]
        return {
            **_blank(row, node.id, "", node.name),
            "entity": node.shown(),
            "similar": [other.shown() for other in self._similar(node)],
            "evidence": [dict(zip(("paper", "title", "relation", "sentence"), place, strict=True)) for place in places],
        }

    def _nodes(self) -> Iterator[Item]:
        for (identifier,) in self._drawn("nodes", ((node,) for node in self.nodes)):
            yield self._node_item("nodes", self.nodes[identifier])

    def _nodes_by_papers(self) -> Iterator[Item]:
        """Nodes drawn with a chance in proportion to their papers (Efraimidis and Spirakis 2006)."""

        def late(node: Node) -> float:
            chance = (int(self._rank("nodes-by-papers", node.id)[:13], 16) + 1) / 16**13
            return -math.log(chance) / node.papers

        for node in sorted((node for node in self.nodes.values() if node.papers), key=late)[: self.each]:
            yield self._node_item("nodes-by-papers", node)

    def _edge_item(self, row: str, edge: list[Any]) -> Item:
        paper, entity, evidence, confidence, by = edge
        node = self.nodes[entity]
        return {
            **_blank(row, paper, entity, node.name),
            **self._paper(paper),
            "entity": node.shown(),
            "evidence": evidence,
            "confidence": confidence,
            "by": by,
        }

    def _edges(self, relation: str) -> list[list[Any]]:
        return self._read(
            f"MATCH (p:Paper)-[r:{relation}]->(e:{_ENTITIES}) RETURN p.id, e.id, r.evidence, r.confidence, r.by"
        )

    def _relation(self, relation: str) -> Iterator[Item]:
        for edge in sorted(self._edges(relation), key=lambda edge: self._rank(relation, edge[0], edge[1]))[: self.each]:
            yield self._edge_item(relation, edge)

    def _introductions_of_most_used(self) -> Iterator[Item]:
        """All of them, not a sample."""
        most_used = {node.id for node in self.most_used}
        for edge in self._edges("INTRODUCES"):
            if edge[1] in most_used:
                yield self._edge_item("INTRODUCES-most-used", edge)

    def _variants(self) -> Iterator[Item]:
        pairs = self._read("MATCH (a:Model)-[:VARIANT_OF]->(b:Model) RETURN a.id, b.id")
        pairs += self._read("MATCH (a:Benchmark)-[:VARIANT_OF]->(b:Benchmark) RETURN a.id, b.id")
        for one, other in self._drawn("VARIANT_OF", map(tuple, pairs)):
            yield {
                **_blank("VARIANT_OF", one, other, self.nodes[one].name),
                "variant": self._node_item("VARIANT_OF", self.nodes[one]),
                "of": self._node_item("VARIANT_OF", self.nodes[other]),
            }

    def _who_introduced(self) -> Iterator[Item]:
        """Asks for things that three papers use and that one paper's title begins with, "X: …"."""
        owners: dict[str, list[str]] = defaultdict(list)
        for key, title in self._read("MATCH (p:Paper) WHERE p.title CONTAINS ': ' RETURN p.id, p.title"):
            if match := _OWN_TITLE.match(title):
                owners[name_key(match[1])].append(key)
        asked = [
            (node.id, owners[key][0])
            for node in self.nodes.values()
            if node.papers > 2
            for key in node.keys
            if len(owners.get(key, ())) == 1
        ]
        for identifier, owner in self._drawn("who-introduced", asked):
            node = self.nodes[identifier]
            answer = ask(self.store, f"who introduced {node.name}", limit=3)
            yield {
                **_blank("who-introduced", owner, identifier, node.name),
                "entity": node.shown(),
                **{f"titled {key}": value for key, value in self._paper(owner).items()},
                "answer": [
                    {name: row.get(name) for name in ("id", "title", "year", "evidence")} for row in answer.rows
                ],
            }

    def _citations(self) -> Iterator[Item]:
        pairs = self._read("MATCH (a:Paper)-[r:CITES]->(b:Paper) WHERE r.inferred RETURN a.id, b.id")
        for citing, cited in self._drawn("CITES", map(tuple, pairs)):
            shared = self._read(
                f"MATCH (p:Paper {{id: $citing}})-[r]->(e:{_ENTITIES})<-[i:INTRODUCES]-(q:Paper {{id: $cited}})"
                " RETURN e.id, r.evidence, i.evidence",
                citing=citing,
                cited=cited,
            )
            yield {
                **_blank("CITES", citing, cited, ""),
                "citing": self._paper(citing),
                "cited": self._paper(cited),
                "because": [
                    {"entity": self.nodes[entity].shown(), "citing says": one, "cited says": other}
                    for entity, one, other in shared
                ],
            }

    def _tasks(self) -> Iterator[Item]:
        pairs = self._read("MATCH (p:Paper)-[:ADDRESSES]->(t:Task) RETURN p.id, t.id, t.name")
        for paper, task, name in self._drawn("ADDRESSES", map(tuple, pairs)):
            yield {**_blank("ADDRESSES", paper, task, name), **self._paper(paper), "task": name}

    def _most_used(self) -> Iterator[Item]:
        """All of them; a verdict for each of two questions: is there a duplicate, and is it several things in one."""
        for node in self.most_used:
            item = self._node_item("most-used", node)
            yield {**item, "row": "most-used-duplicate"}
            yield {**_blank("most-used-merged", node.id, "", node.name), "entity": item["entity"]}

    def _similar(self, node: Node) -> list[Node]:
        """Other nodes that may be the same thing: they share a key, or a key begins or ends with this one's name."""
        if not hasattr(self, "_by_key"):
            self._by_key: dict[str, list[Node]] = defaultdict(list)
            for other in self.nodes.values():
                for key in other.keys:
                    self._by_key[key].append(other)
        found: dict[str, Node] = {}
        for key in node.keys:
            for other in self._by_key[key]:
                found[other.id] = other
        own = name_key(node.name)
        if len(own) > 2:
            for key, others in self._by_key.items():
                if key != own and (key.startswith(own) or key.endswith(own)) and len(key) < len(own) + 14:
                    found.update({other.id: other for other in others})
        found.pop(node.id, None)
        return sorted(found.values(), key=lambda other: (-other.papers, other.id))[:_FORMS]


def _blank(row: str, source: str, target: str, name: str) -> Item:
    return {"row": row, "source": source, "target": target, "name": name, "verdict": "", "why": ""}


def draw(arguments: argparse.Namespace) -> None:
    """Writes samples."""
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with open_store(arguments.store) as store:
        sampler = Sampler(store, arguments.seed, arguments.each)
        for row in arguments.rows.split(",") if arguments.rows else sampler.rows:
            items = list(sampler.rows[row]())
            lines = (json.dumps(item, ensure_ascii=False) for item in items)
            (arguments.folder / f"{row}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            print(f"{row}: {len(items)}")


def verdicts(paths: Iterable[Path]) -> Iterator[Item]:
    """The verdicts in files that `draw` wrote and a reader filled in, or in tables of them."""
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = csv.DictReader(stream, delimiter="\t") if path.suffix == ".tsv" else map(json.loads, stream)
            for number, item in enumerate(lines, 1):
                if item["verdict"] not in {"right", "wrong", "doubt"}:
                    raise SystemExit(f"{path}:{number}: verdict {item['verdict']!r}: use right, wrong or doubt")
                yield {name: item[name] for name in _COLUMNS}


def score(arguments: argparse.Namespace) -> None:
    """Prints the share that is right in each row."""
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in verdicts(arguments.verdicts):
        rows[item["row"]].append(item)
    print("| row | read | right | share | 95 % interval | wrong because |\n| --- | --- | --- | --- | --- | --- |")
    for row, items in rows.items():
        decided = [item for item in items if item["verdict"] != "doubt"]
        right = sum(item["verdict"] == "right" for item in decided)
        low, high = wilson(right, len(decided))
        reasons = Counter(item["why"].split(":")[0] for item in decided if item["verdict"] == "wrong").most_common(6)
        told = ", ".join(f"{reason} {count}" for reason, count in reasons)
        share = 100 * right / max(1, len(decided))
        print(
            f"| {row} | {len(items)} | {right} of {len(decided)} | {share:.0f} % | {low:.0f} to {high:.0f} % | {told} |"
        )
    if arguments.write:
        with arguments.write.open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, _COLUMNS, delimiter="\t", lineterminator="\n")
            table.writeheader()
            table.writerows(item for items in rows.values() for item in items)


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent (Wilson 1927)."""
    if not count:
        return 0.0, 100.0
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return 100 * (middle - half), 100 * (middle + half)


def kept(arguments: argparse.Namespace) -> None:
    """Prints how many of the edges that were right in another graph are in this one, by row, and those that are not.

    Edges of papers that are not in the graph are left out.
    """
    found: Counter[str] = Counter()
    named: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with open_store(arguments.store) as store:
        for item in verdicts(arguments.verdicts):
            if item["verdict"] != "right" or item["row"] not in {*RELATIONS, "ADDRESSES", "VARIANT_OF"}:
                continue
            if item["row"] != "VARIANT_OF" and not store.read(_PAPER, {"id": item["source"]}).rows:
                continue
            total[item["row"]] += 1
            named[item["row"]] += item["row"] in RELATIONS and _has(store, {**item, "row": "|".join(RELATIONS)})
            if _has(store, item):
                found[item["row"]] += 1
            else:
                print(f"lost: {item['row']} {item['source']} {item['name']}")
    for row, count in total.items():
        related = f", {named[row]} with this or another relation" if row in RELATIONS else ""
        print(f"{row}: {found[row]} of {count} kept ({100 * found[row] / count:.0f} %){related}")


def _has(store: GraphReader, item: Item) -> bool:
    """Whether a graph has an edge of this kind, from a node of this name or to one."""
    key = name_key(item["name"])
    match item["row"]:
        case "ADDRESSES":
            statement = "MATCH (:Paper {id: $source})-[:ADDRESSES]->(n:Task) RETURN n.id, n.name"
            rows = store.read(statement, {"source": item["source"]}).rows
            return any(item["target"] == row[0] or name_key(row[1]) == key for row in rows)
        case "VARIANT_OF":
            statement = "MATCH (n:Model|Benchmark)-[:VARIANT_OF]->(:Model|Benchmark) WHERE $key IN n.keys RETURN n.id"
            return bool(store.read(statement, {"key": key}).rows)
        case relation:
            statement = f"MATCH (:Paper {{id: $source}})-[:{relation}]->(n:{_ENTITIES}) RETURN n.keys"
            return any(key in row[0] for row in store.read(statement, {"source": item["source"]}).rows)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("draw")
    one.add_argument("store")
    one.add_argument("folder", type=Path)
    one.add_argument("--seed", type=int, default=15)
    one.add_argument("--each", type=int, default=60)
    one.add_argument("--rows", default="")
    one.set_defaults(run=draw)
    two = commands.add_parser("score")
    two.add_argument("verdicts", type=Path, nargs="+")
    two.add_argument("--write", type=Path)
    two.set_defaults(run=score)
    three = commands.add_parser("kept")
    three.add_argument("store")
    three.add_argument("verdicts", type=Path, nargs="+")
    three.set_defaults(run=kept)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
