"""Every pair of the hand-made list goes through linking: one paper writes the first form, another the second."""

from pathlib import Path
from typing import NamedTuple

import pytest
from linked_graph import link
from linking_records import entity, extraction

pytestmark = pytest.mark.slow

PAIRS = Path(__file__).with_name("pairs.tsv")


class Pair(NamedTuple):
    line: int
    one: str
    one_type: str
    other: str
    other_type: str
    verdict: str
    one_long: str
    other_long: str


def pairs() -> list[Pair]:
    found = []
    for number, line in enumerate(PAIRS.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            columns = line.split("\t")
            found.append(Pair(number, *columns, *[""] * (7 - len(columns))))
    return found


def judged(pair: Pair) -> str:
    """What linking makes of a pair: same, variant, reverse or not."""
    graph = link(
        [
            extraction("2401.00001", entity(pair.one, pair.one_type, pair.one_long)),
            extraction("2401.00002", entity(pair.other, pair.other_type, pair.other_long)),
        ]
    )
    assert graph.problems() == []
    node = {edge.source: edge.target for edge in graph.edges["USES"]}
    one, other = node["2401.00001"], node["2401.00002"]
    variants = {(edge.source, edge.target) for edge in graph.edges["VARIANT_OF"]}
    if one == other:
        return "same"
    if (one, other) in variants:
        return "variant"
    return "reverse" if (other, one) in variants else "not"


def test_there_are_enough_pairs() -> None:
    assert len(pairs()) >= 300


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.line}: {pair.one} – {pair.other}")
def test_pair(pair: Pair) -> None:
    found = judged(pair)
    assert found == pair.verdict or (pair.verdict == "apart" and found != "same")
