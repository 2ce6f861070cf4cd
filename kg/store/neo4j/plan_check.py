"""Operators of a Neo4j plan that only read the graph."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

# fmt: off
_STEPS = frozenset({
    "AntiConditionalApply", "AntiSemiApply", "Apply", "Argument", "BidirectionalRepeat", "CacheProperties",
    "CartesianProduct", "ConditionalApply", "Distinct", "Eager", "EagerAggregation", "EmptyResult", "EmptyRow",
    "ExhaustiveLimit", "Expand", "Filter", "LetAntiSemiApply", "LetSelectOrAntiSemiApply", "LetSelectOrSemiApply",
    "LetSemiApply", "Limit", "NodeCountFromCountStore", "NodeHashJoin", "NodeLeftOuterHashJoin",
    "NodeRightOuterHashJoin", "NullifyMetadata", "Optional", "OptionalExpand", "OrderedAggregation",
    "OrderedDistinct", "OrderedUnion", "PartialSort", "PartialTop", "PartitionedUnwind", "PreserveOrder",
    "ProduceResults", "ProjectEndpoints", "Projection", "RelationshipCountFromCountStore", "Repeat", "RollUpApply",
    "SelectOrAntiSemiApply", "SelectOrSemiApply", "SemiApply", "ShortestPath", "Skip", "Sort", "StatefulShortestPath",
    "Top", "Top1WithTies", "TriadicBuild", "TriadicFilter", "TriadicSelection", "Union", "Unwind", "ValueHashJoin",
    "VarLengthExpand",
})
_NODES = (
    "AllNodesScan", "NodeByLabelScan", "UnionNodeByLabelsScan", "IntersectionNodeByLabelsScan",
    "SubtractionNodeByLabelsScan", "NodeByIdSeek", "NodeByElementIdSeek", "MultiNodeIndexSeek",
    "NodeIndexScan", "NodeIndexSeek", "NodeIndexSeekByRange", "NodeIndexContainsScan", "NodeIndexEndsWithScan",
    "NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange",
)
_RELATIONSHIPS = (
    "AllRelationshipsScan", "RelationshipTypeScan", "UnionRelationshipTypesScan", "RelationshipByIdSeek",
    "RelationshipByElementIdSeek", "RelationshipIndexScan", "RelationshipIndexSeek", "RelationshipIndexSeekByRange",
    "RelationshipIndexContainsScan", "RelationshipIndexEndsWithScan", "RelationshipUniqueIndexSeek",
    "RelationshipUniqueIndexSeekByRange",
)
# fmt: on
READING = frozenset(
    {
        *_STEPS,
        *(f"{how}{scan}" for how, scan in product(("", "Partitioned"), _NODES)),
        *(
            f"{how}{direction}{scan}"
            for how, direction, scan in product(("", "Partitioned"), ("Directed", "Undirected"), _RELATIONSHIPS)
        ),
    }
)
"""Names of the operators that the plan of an untrusted statement may have; any other, even a new one, is refused."""


def operators(plan: Mapping[str, Any]) -> Iterator[str]:
    """Names of all operators of a plan, as the driver gives it, without database and variant."""
    yield str(plan["operatorType"]).partition("@")[0].partition("(")[0]
    for child in plan.get("children", ()):
        yield from operators(child)
