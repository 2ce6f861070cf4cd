"""A small graph with every shape that tests of the engines want."""

from projection import Projection

from kg.schema import Edge

EVIDENCE = {"evidence": "We report it.", "field": "abstract", "start": 4, "end": 17, "confidence": 0.9, "by": "rule"}


def small() -> Projection:
    """Two papers, the second citing the first; a benchmark that both evaluate on; a model; a repository."""
    graph = Projection()
    for number in (1, 2):
        key = f"2401.0000{number}"
        graph.nodes["Paper"][key] = {"id": key, "title": f"Paper {number}", "year": 2024, "keys": [key]}
    graph.nodes["Benchmark"]["benchmark/mteb"] = {
        "id": "benchmark/mteb",
        "name": "MTEB",
        "type": "Benchmark",
        "aliases": ["Massive Text Embedding Benchmark"],
        "keys": ["mteb", "massivetextembeddingbenchmark"],
        "origin": "extracted",
        "papers": 2,
    }
    graph.nodes["Model"]["model/e5"] = {"id": "model/e5", "name": "E5", "type": "Model", "aliases": [], "papers": 1}
    graph.nodes["Repository"]["github.com/a/b"] = {
        "id": "github.com/a/b",
        "name": "a/b",
        "url": "https://github.com/a/b",
    }
    paper, benchmark = ("2401.00001", "Paper"), ("benchmark/mteb", "Benchmark")
    graph.edges["EVALUATES_ON"] = [
        Edge(*paper, *benchmark, EVIDENCE),
        Edge("2401.00002", "Paper", *benchmark, EVIDENCE | {"confidence": 1}),
    ]
    graph.edges["INTRODUCES"] = [Edge(*paper, "model/e5", "Model", EVIDENCE)]
    graph.edges["CITES"] = [Edge("2401.00002", "Paper", *paper, {"inferred": False})]
    graph.edges["HAS_CODE"] = [Edge(*paper, "github.com/a/b", "Repository", {})]
    return graph
