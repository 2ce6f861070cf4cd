"""All that a graph holds, in one order, to compare graphs with."""

import hashlib
import json
from collections import Counter

from kg.schema import EDGES, NODES
from kg.store import open_store

# When a record was first read is no part of what is compared.
_WITHOUT = {"first_seen"}


def dump(location: str) -> list[str]:
    """A line of JSON for each node and edge."""
    lines = []
    with open_store(location) as store:
        for label in NODES:
            for (node,) in store.read(f"MATCH (n:`{label}`) RETURN n").rows:
                lines.append(_line(label, {name: node[name] for name in node.keys() - _WITHOUT}))
        for label in EDGES:
            for source, target, edge in store.read(f"MATCH (s)-[r:`{label}`]->(t) RETURN s.id, t.id, r").rows:
                lines.append(_line(label, [source, target, edge]))
    return sorted(lines)


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def difference(one: list[str], other: list[str]) -> str:
    """What only one of two graphs has, cut short."""
    here, there = Counter(one), Counter(other)
    missing, more = list((here - there).elements()), list((there - here).elements())
    return f"{len(missing)} missing, such as {missing[:2]}; {len(more)} more, such as {more[:2]}"[:2000]


def _line(label: str, content: object) -> str:
    without = _without_nothing(content)
    return f"{label} {json.dumps(without, sort_keys=True, ensure_ascii=False)}"


def _without_nothing(content: object) -> object:
    """Engines differ in whether a property without a value is there."""
    if isinstance(content, dict):
        return {name: _without_nothing(value) for name, value in content.items() if value not in (None, [])}
    if isinstance(content, list):
        return [_without_nothing(value) for value in content]
    return content
