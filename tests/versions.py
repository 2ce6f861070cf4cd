"""Digests of what citegraph gives for the sample papers, of the files that decide it, and of schemas, with their versions.

    python tests/versions.py           keeps today's digests, of all whose version is another one than before
    python tests/versions.py --same    also those of files and schemas that say the same in another way; no output may
                                       have changed

tests/test_versions.py compares them with those kept in tests/data/versions.json: where an output has changed, people's
archives must be extracted or linked again, where a schema has, their graphs or indexes must be made again, and only a
new version makes that happen.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tantivy
from linked_graph import link

from kg import sample
from kg.extraction import PIPELINES, Extractor, pipeline_version
from kg.extraction.linear import MODELS_VERSION
from kg.extraction.pipeline import PIPELINE_VERSION
from kg.knowledge.catalogue import CATALOGUE_VERSION
from kg.link import LINKING_VERSION, Analysis
from kg.schema import EDGE_TYPES, GRAPH_SCHEMA_VERSION, NODE_TYPES, EdgeType, Extraction, NodeType, Paper
from kg.search import index_files
from kg.search.index_files import INDEX_VERSION
from kg.sources import read

KEPT = Path(__file__).parent / "data" / "versions.json"
KG = Path(sample.__file__).parents[1]

PIPELINE = "PIPELINE_VERSION in kg/extraction/pipeline.py"
MODELS = "MODELS_VERSION in kg/extraction/linear.py"
CATALOGUE = "CATALOGUE_VERSION in kg/knowledge/catalogue.py"
LINKING = "LINKING_VERSION in kg/link/version.py"
GRAPH_SCHEMA = "GRAPH_SCHEMA_VERSION in kg/schema/graph_types.py"
INDEX = "INDEX_VERSION in kg/search/index_files.py"

FILES = {
    "patterns": (PIPELINE, f"p{PIPELINE_VERSION}", ("knowledge/lexicon", "extraction/config")),
    "models": (MODELS, f"m{MODELS_VERSION}", ("extraction/model",)),
    "catalogue": (CATALOGUE, f"c{CATALOGUE_VERSION}", ("knowledge/entries",)),
    "venues": (LINKING, f"l{LINKING_VERSION}", ("knowledge/venues",)),
}
SCHEMAS = ("graph schema", "index schema")
TEXTS = {".md"}
"""Endings of files that say something to people alone."""


class Watched(NamedTuple):
    """Something that may not change without its number.

    Attributes:
        version: what it is today.
        digest: of what it gives or holds.
        number: the constant that is raised with it.
    """

    version: str
    digest: str
    number: str


def files() -> dict[str, Watched]:
    """The files of patterns, models and catalogue."""
    found = {}
    for name, (number, version, folders) in FILES.items():
        paths = [path for folder in folders for path in (KG / folder).rglob("*") if path.is_file()]
        parts = [
            (path.relative_to(KG).as_posix(), path.read_bytes()) for path in sorted(paths) if path.suffix not in TEXTS
        ]
        assert parts, f"there are no files in {', '.join(folders)}"
        found[name] = Watched(
            version, digest(f"{name} {hashlib.sha256(raw).hexdigest()}" for name, raw in parts), number
        )
    return found


def schemas() -> dict[str, Watched]:
    """The schemas of graph and search index."""
    found = graph_schema(NODE_TYPES, EDGE_TYPES), index_schema(index_files.schema())
    return dict(zip(SCHEMAS, found, strict=True))


def graph_schema(nodes: Iterable[NodeType], edges: Iterable[EdgeType]) -> Watched:
    """Types of nodes and edges with their properties, and what each means."""
    return Watched(str(GRAPH_SCHEMA_VERSION), digest(line(asdict(each)) for each in (*nodes, *edges)), GRAPH_SCHEMA)


def index_schema(schema: tantivy.Schema) -> Watched:
    """Fields of the search index with their options."""
    # Pickling alone shows the fields of a schema of tantivy.
    _, fields = schema.__reduce__()
    return Watched(str(INDEX_VERSION), digest([line(fields)]), INDEX)


def outputs() -> dict[str, Watched]:
    """What extraction and linking give for the sample papers."""
    found = {}
    papers = list(read([sample.papers()], pytest.fail))
    extractions: list[Extraction] = []
    for name in reversed(PIPELINES):
        extractions = list(Extractor.load(name).extract(papers))
        version = pipeline_version(name)
        found[f"extraction by {name}"] = Watched(version, digest(map(found_in, extractions)), PIPELINE)
    linking = f"{version} l{LINKING_VERSION}"
    tables = Analysis.of(extractions).tables.values()
    # Without the names of tables and columns: what is kept under another name is not found, and made again.
    analysis = sorted(digest(map(line, table.iter_rows())) for table in tables)
    found["analysis"] = Watched(linking, digest(analysis), LINKING)
    graph = link(extractions)
    nodes = (line([label, row]) for label, rows in graph.nodes.items() for row in rows.values())
    edges = (
        line([label, edge.source, edge.target, dict(edge.properties)])
        for label, edges in graph.edges.items()
        for edge in edges
    )
    found["graph"] = Watched(linking, digest(sorted([*nodes, *edges])), LINKING)
    return found


def found_in(extraction: Extraction) -> str:
    """What extraction found in a paper."""
    return line(extraction.model_dump(mode="json", exclude=set(Paper.model_fields) | {"pipeline"}))


def line(content: Any) -> str:
    """The same text for the same content, wherever floats differ in their last digits."""
    return json.dumps(rounded(content), sort_keys=True, ensure_ascii=False)


def rounded(content: Any) -> Any:
    if isinstance(content, float):
        return round(content, 6)
    if isinstance(content, dict):
        return {name: rounded(value) for name, value in content.items()}
    return [rounded(value) for value in content] if isinstance(content, list | tuple) else content


def digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(f"{each}\n" for each in lines).encode()).hexdigest()[:16]


def kept() -> dict[str, dict[str, str]]:
    """Version and digest of each, as they are kept."""
    return json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}


def complaint(name: str, watched: Watched, known: dict[str, str] | None) -> str | None:
    """What is wrong with one of them, and what to do."""
    if known is None or known["version"] != watched.version:
        return f"the version of {name} is new ({watched.version}): run `python tests/versions.py` to keep its digest"
    if known["digest"] == watched.digest:
        return None
    if name in FILES:
        what = f"the files of {name} have changed, and their version ({watched.version}) has not"
        form = ". If they say the same as before in another way, run `python tests/versions.py --same` instead"
    elif name in SCHEMAS:
        what = f"the {name} has changed, and its version ({watched.version}) has not"
        form = ". If it says the same as before in another way, run `python tests/versions.py --same` instead"
    else:
        what = f"for the sample papers, {name} is not what it was, and its version ({watched.version}) is the same"
        form = ". If it was not meant to change, find out why it did"
    return f"{what}: raise {watched.number}, then run `python tests/versions.py`{form}"


def main() -> None:
    """Keeps today's digests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--same", action="store_true")
    same = parser.parse_args().same
    before, today = kept(), files() | schemas() | outputs()
    for name, watched in today.items():
        known = before.get(name)
        unchanged = known is None or known["version"] != watched.version or known["digest"] == watched.digest
        if not unchanged and not (same and name in (*FILES, *SCHEMAS)):
            sys.exit(complaint(name, watched, known))
    lines = {name: {"version": watched.version, "digest": watched.digest} for name, watched in today.items()}
    KEPT.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
